import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const BOSS = { id: 'boss', username: 'boss', displayName: 'Boss', extension: null }
const MINUTE_MS = 60_000

describe.each(HOUSE_DIALECTS)('a promise whose owner is not there, on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    await house.hire({ ...BOSS, role: 'supervisor' })
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const told = async (staffId: string) => {
    const user = house.person(staffId)
    const { items } = await house.notifications.service.list(user, { limit: 50, unread: '1' })
    return items.map(({ kind, ticket }) => ({ kind, ticketId: ticket?.id }))
  }

  test('is given on with a line, an audit entry and word to who keeps it now', async () => {
    const { id, ticketId } = await house.promise(house.person('mai'))
    await house.queues.setState(house.person('lan'), { state: 'ready' })
    await house.startSchedule()
    await house.advance(2_000)
    expect(await told('lan')).toEqual([{ kind: 'promise_given', ticketId }])
    const { timeline } = await house.tickets.service.get(ticketId, house.person('lan'))
    expect(timeline.filter(({ kind }) => kind === 'callback_handed_over')).toMatchObject([
      { actor: null, fields: { callbackId: id } },
    ])
    const { db } = database
    const audited = await db
      .selectFrom('audit')
      .select('subject')
      .where('action', '=', 'callback.handed_over')
      .execute()
    expect(audited).toEqual([{ subject: id }])
    await house.advance(MINUTE_MS)
    expect(house.telephony.originated).toMatchObject([{ extension: '102' }])
  })

  test('and that nobody can keep is told to the leads before it is due, once', async () => {
    const { ticketId } = await house.promise(house.person('mai'))
    await house.startSchedule()
    await house.advance(2_000)
    expect(await told('boss')).toEqual([{ kind: 'promise_at_risk', ticketId }])
    await house.callbacks.guard.run()
    await house.advance(MINUTE_MS)
    expect(await told('boss')).toHaveLength(1)
    expect(house.telephony.originated).toEqual([])
  })
})
