import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '../../server/contract/staff.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'

describe.each(HOUSE_DIALECTS)('a customer who calls before we call back, on %s,', (dialect) => {
  let database: Database
  let house: LiveHouse
  let mai: SessionUser
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    mai = house.person('mai')
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  async function promised() {
    const { id, ticketId } = await house.promise(mai)
    return { id, ticketId }
  }
  /** A caller whom mai answers at 02:10:05 and who hangs up after so many seconds. */
  async function answered(number: string) {
    await house.hear(`
      10:00.000  queue_joined     trunk#1  num=${number}
      10:01.000  agent_called     trunk#1  101#2  num=${number}
      10:05.000  agent_connected  trunk#1  101#2  hold=5
      10:05.010  bridge_entered   trunk#1
      10:05.020  bridge_entered   101#2`)
  }
  async function talk(number: string, seconds: number) {
    await answered(number)
    await hangUp(seconds)
  }
  const hangUp = (seconds: number) =>
    house.hear(`10:${String(5 + seconds).padStart(2, '0')}.000  hung_up  trunk#1`)
  const status = async (ticketId: string) =>
    (await house.callbacks.service.ofTicket(ticketId)).map((one) => one.status)
  const evidence = () =>
    database.db.selectFrom('reply_evidence').select(['ticket_id', 'kind', 'reference']).execute()

  test('keeps the promise by it, and that they were spoken to is on record', async () => {
    const { ticketId } = await promised()
    await talk('0912345678', 10)
    expect(await status(ticketId)).toEqual(['cancelled'])
    const { timeline } = await house.tickets.service.get(ticketId, mai)
    expect(timeline.at(-1)).toMatchObject({
      kind: 'callback_ended',
      note: 'superseded',
      actor: null,
    })
    expect(await evidence()).toMatchObject([{ ticket_id: ticketId, kind: 'call' }])
  })

  test.each([
    ['the talk was too short', '0912345678', 9],
    ['somebody else called', '0912345679', 30],
  ])('but not when %s', async (_why, number, seconds) => {
    const { ticketId } = await promised()
    await talk(number, seconds)
    expect(await status(ticketId)).toEqual(['scheduled'])
    expect(await evidence()).toEqual([])
  })

  test('is still called back when it was promised, or moved, in that very talk', async () => {
    const { id, ticketId } = await promised()
    await answered('0912345678')
    await house.advance(606_000)
    const dueAt = '2026-11-23T04:00:00.000Z'
    await house.callbacks.service.reschedule(mai, id, { version: 1, dueAt })
    const { id: other } = await house.openTicket(mai)
    await house.callbacks.service.promise(mai, other, { note: '' })
    await hangUp(30)
    expect(await status(ticketId)).toEqual(['scheduled'])
    expect(await status(other)).toEqual(['scheduled'])
  })
})
