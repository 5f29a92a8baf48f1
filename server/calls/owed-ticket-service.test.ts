import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { aCall, aSegment } from '../../test/support/domain/a-call.ts'
import { addStaff } from '../../test/support/domain/a-staff.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import type { Database } from '../db/transaction.ts'
import { createOwedTicketService } from './owed-ticket-service.ts'

const MOMENT = '2026-11-23T02:00:02.000Z'
/** Answered, and over: what a crash or a failed commit left without its ticket. */
const OVER = {
  ticketMomentAt: MOMENT,
  status: 'ended',
  outcome: 'answered',
  endedAt: '2026-11-23T02:00:08.000Z',
} as const
const owing = aCall(OVER)

describe.each(DIALECTS)('owed tickets on %s', (dialect) => {
  let database: Database
  let houses: TestHouse[]

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'agent-2')
    houses = []
  })
  afterEach(async () => {
    for (const house of houses) await house.schedule.stop()
    await database.close()
  })

  async function aHouse(start = '2026-11-23T02:05:00.000Z'): Promise<TestHouse> {
    const house = await openTestHouse(database, { start })
    houses.push(house)
    return house
  }
  /** The house at work, and what its first look has done. */
  async function started(start?: string): Promise<TestHouse> {
    const house = await aHouse(start)
    house.schedule.start()
    await looked(house)
    return house
  }
  const tickets = () => database.db.selectFrom('ticket').selectAll().orderBy('code').execute()
  const callRow = (id = 'call-1') =>
    database.db.selectFrom('call').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const lines = async () => {
    const rows = await database.db
      .selectFrom('ticket_timeline')
      .select(['kind', 'actor_id'])
      .orderBy('id')
      .execute()
    return rows.map(({ kind, actor_id }) => `${kind} ${actor_id}`)
  }
  const aside = async () =>
    (await database.db.selectFrom('set_aside').selectAll().execute()).map(
      ({ kind, subject }) => `${kind} ${subject}`,
    )

  test('are opened at the start: one each, marked as recovered, the agent’s, without a pop', async () => {
    await storeCall(database.db, 'call-1', owing)
    const house = await started()
    expect(await tickets()).toMatchObject([
      {
        code: 'KN-2026-000001',
        recovered: 1,
        assignee_id: 'agent-1',
        opened_by_call_id: 'call-1',
        received_at: owing.enteredAt,
      },
    ])
    expect((await callRow()).ticket_id).toBe((await tickets())[0]?.id)
    expect(house.notifier.of('screenPop')).toEqual([])
    expect(house.notifier.of('ticketUpdated')).toHaveLength(1)
    await looked(house, 120_000)
    expect(await tickets()).toHaveLength(1)
  })

  test('are found while the service runs, within a minute', async () => {
    const house = await started()
    await storeCall(database.db, 'call-1', owing)
    await looked(house, 50_000)
    expect(await tickets()).toHaveLength(0)
    await looked(house, 10_000)
    expect(await tickets()).toHaveLength(1)
  })

  test('get no pop even while the agent still talks', async () => {
    await storeCall(database.db, 'call-1', aCall({ ticketMomentAt: MOMENT }))
    const house = await started()
    expect(await tickets()).toHaveLength(1)
    expect(house.notifier.of('screenPop')).toEqual([])
    expect(await database.db.selectFrom('screen_pop').selectAll().execute()).toEqual([])
  })

  test('are left to the answer itself for ten seconds', async () => {
    await storeCall(database.db, 'call-1', owing)
    const house = await started('2026-11-23T02:00:05.000Z')
    expect(await tickets()).toHaveLength(0)
    await looked(house, 6_900)
    expect(await tickets()).toHaveLength(0)
    await looked(house, 200)
    expect(await tickets()).toHaveLength(1)
  })

  test('name every agent of the conversation', async () => {
    const second = aSegment({ agentUniqueid: '1795399200.9', extension: '102', how: 'transfer' })
    await storeCall(database.db, 'call-1', aCall({ ...OVER, segments: [aSegment(), second] }))
    await started()
    expect(await tickets()).toMatchObject([{ assignee_id: 'agent-1' }])
    expect(await lines()).toEqual(['opened agent-1', 'call agent-2'])
  })

  test('are nobody’s when nobody of the staff has the extension', async () => {
    await storeCall(database.db, 'call-1', aCall({ ...OVER, segments: [] }))
    await started()
    expect(await tickets()).toMatchObject([{ assignee_id: null, recovered: 1 }])
  })

  test('are opened once by two services over one database', async () => {
    for (let i = 0; i < 6; i++) await storeCall(database.db, `call-${i}`, owing)
    const two = await Promise.all([aHouse(), aHouse()])
    for (const house of two) house.schedule.start()
    await Promise.all(two.map((house) => looked(house, 1000)))
    const opened = await tickets()
    expect(opened).toHaveLength(6)
    expect(new Set(opened.map((ticket) => ticket.opened_by_call_id)).size).toBe(6)
  })

  test.each<[string, Parameters<typeof aCall>[0]]>([
    ['was not answered', { ticketMomentAt: null, answeredAt: null, segments: [] }],
    ['was answered where no ticket is owed', { ticketMomentAt: null }],
  ])('a call that %s owes none', async (_why, change) => {
    await storeCall(database.db, 'call-1', aCall({ ...OVER, ...change }))
    await started()
    expect(await tickets()).toEqual([])
  })

  test('a call that has its ticket is left alone', async () => {
    await storeCall(database.db, 'call-1', owing)
    await started()
    const before = [await tickets(), await callRow()]
    const again = await started('2026-11-23T03:00:00.000Z')
    expect([await tickets(), await callRow()]).toEqual(before)
    expect(again.notifier.of('ticketUpdated')).toEqual([])
  })

  test('that cannot be opened are set aside after five tries, and do not hold up the others', async () => {
    await storeCall(database.db, 'call-1', owing)
    await storeCall(database.db, 'call-2', owing)
    await database.db.updateTable('call').set({ state: '{}' }).where('id', '=', 'call-1').execute()
    const house = await started()
    expect(await tickets()).toMatchObject([{ opened_by_call_id: 'call-2' }])
    expect(await callRow()).toMatchObject({
      due_tries: 1,
      due_retry_at: '2026-11-23T02:05:10.000Z',
    })
    for (let minute = 0; minute < 10; minute++) await looked(house, 60_000)
    expect(await callRow()).toMatchObject({ due_tries: 5, due_retry_at: null, ticket_id: null })
    expect(await aside()).toEqual(['owed_ticket call-1'])
    const { schedule, clock, workflow } = house
    const owed = createOwedTicketService({
      database,
      clock,
      work: schedule.work,
      state: workflow.onFact,
    })
    expect(await owed.nextDueAt()).toBe(null)
  })
})

async function looked(house: TestHouse, afterMs = 0): Promise<void> {
  await house.clock.advance(afterMs)
  await house.schedule.settled()
  await house.desk.settled()
}
