import { sql } from 'kysely'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS, openEmptyTestDatabase } from '../../../test/support/database.ts'
import { migrateToLatestOrThrow } from '../migrator.ts'
import type { Database } from '../transaction.ts'
import { migrations } from './index.ts'

const MOMENT = '2026-11-23T02:00:02.000Z'

describe.each(DIALECTS)('calls of an older release on %s', (dialect) => {
  let database: Database
  beforeEach(async () => {
    database = await openEmptyTestDatabase(dialect)
    const older = Object.entries(migrations).filter(([name]) => name < '006')
    await migrateToLatestOrThrow(database, Object.fromEntries(older))
  })
  afterEach(() => database.close())

  async function addCall(id: string, answeredAt: string | null, state: string): Promise<void> {
    await sql`
      insert into call (id, pbx_id, uniqueid, direction, status, caller_raw, entered_at, answered_at,
        recovered, local_day, state, updated_at)
      values (${id}, 'pbx1', ${id}, 'inbound', 'ended', '', ${MOMENT}, ${answeredAt}, 0, '2026-11-23',
        ${state}, ${MOMENT})
    `.execute(database.db)
  }
  const moments = async () =>
    Object.fromEntries(
      (
        await database.db
          .selectFrom('call')
          .select(['id', 'ticket_moment_at', 'due_fence', 'due_tries'])
          .execute()
      ).map((row) => [row.id, [row.ticket_moment_at, row.due_fence, row.due_tries]]),
    )

  test('are found when they owe a ticket; unreadable and other ones are left alone', async () => {
    await addCall('owes', MOMENT, JSON.stringify({ ticketMomentAt: MOMENT }))
    await addCall('owes-none', MOMENT, JSON.stringify({ ticketMomentAt: null }))
    await addCall('missed', null, JSON.stringify({ ticketMomentAt: null }))
    await addCall('unreadable', MOMENT, 'not json')
    await migrateToLatestOrThrow(database)
    expect(await moments()).toEqual({
      owes: [MOMENT, 0, 0],
      'owes-none': [null, 0, 0],
      missed: [null, 0, 0],
      unreadable: [null, 0, 0],
    })
  })

  test('are filled in steps, every one of them', async () => {
    const state = JSON.stringify({ ticketMomentAt: MOMENT })
    for (let i = 0; i < 501; i++) await addCall(`call-${i}`, MOMENT, state)
    await migrateToLatestOrThrow(database)
    const filled = Object.values(await moments()).filter(([moment]) => moment === MOMENT)
    expect(filled).toHaveLength(501)
  })
})
