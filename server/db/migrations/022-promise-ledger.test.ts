import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { DIALECTS, openEmptyTestDatabase } from '../../../test/support/database.ts'
import { migrateToLatestOrThrow } from '../migrator.ts'
import type { Database } from '../transaction.ts'
import { migrations } from './index.ts'

const DUE = '2026-11-23T02:00:00.000Z'
const TRIED = '2026-11-23T02:00:01.000Z'
const AGAIN = '2026-11-23T02:15:01.000Z'

test.each(DIALECTS)('promises of an older release keep what they had on %s', async (dialect) => {
  const database = await openEmptyTestDatabase(dialect)
  const older = Object.entries(migrations).filter(([name]) => name < '022')
  await migrateToLatestOrThrow(database, Object.fromEntries(older))
  await addPeople(database)
  await addPromise(database, 'k1', 't1', 'scheduled')
  await addPromise(database, 'k2', 't2', 'done')
  await addAttempt(database, 'a2', 'k1', AGAIN)
  await addAttempt(database, 'a1', 'k1', TRIED)

  await migrateToLatestOrThrow(database)

  const { db } = database
  const promises = await db
    .selectFrom('callback')
    .select(['id', 'ticket_id', 'reason', 'team', 'promised_for', 'agreed', 'first_attempt_at'])
    .orderBy('id')
    .execute()
  const made = { reason: 'guidance', team: 'cskh', promised_for: DUE, agreed: 0 }
  expect(promises).toEqual([
    { id: 'k1', ticket_id: 't1', ...made, first_attempt_at: TRIED },
    { id: 'k2', ticket_id: 't2', ...made, first_attempt_at: null },
  ])
  expect(await attemptsOf(database)).toEqual(['a1 k1', 'a2 k1'])
  // What the tables were guarded by still guards them.
  await expect(addPromise(database, 'k3', 't1', 'scheduled')).rejects.toThrow(/unique/i)
  await expect(addAttempt(database, 'a3', 'nobody', TRIED)).rejects.toThrow(/foreign key/i)
  await expect(addPromise(database, 'k4', 'nobody', 'done')).rejects.toThrow(/foreign key/i)
  // A caller whom nobody has talked to has no ticket, and is promised one callback at a time.
  await addMissed(database, 'k5')
  await expect(addMissed(database, 'k6')).rejects.toThrow(/unique/i)
  await database.close()
})

async function addPeople({ db }: Database): Promise<void> {
  await sql`insert into staff (id, username, display_name, role, active, password_hash, version,
    created_at, updated_at) values ('s', 's', 's', 'agent', 1, '', 1, ${DUE}, ${DUE})`.execute(db)
  for (const id of ['t1', 't2']) {
    // oxlint-disable-next-line no-await-in-loop
    await sql`insert into ticket (id, code, status, kind, priority, team, channel, subject,
      description, received_at, recovered, version, created_at, updated_at)
      values (${id}, ${id}, 'new', 'incident', 'normal', 'cskh', 'hotline', '', '', ${DUE}, 0, 1,
      ${DUE}, ${DUE})`.execute(db)
  }
}

async function addPromise({ db }: Database, id: string, ticket: string, status: string) {
  await sql`insert into callback (id, ticket_id, number_raw, number_dial, due_at, status, note,
    assignee_id, attempts, version, created_by, created_at, updated_at)
    values (${id}, ${ticket}, '0912345678', '0912345678', ${DUE}, ${status}, '', 's', 0, 1, 's',
    ${DUE}, ${DUE})`.execute(db)
}

async function addMissed({ db }: Database, id: string): Promise<void> {
  await sql`insert into callback (id, number_raw, number_dial, due_at, promised_for, status, note,
    attempts, version, created_at, updated_at)
    values (${id}, '0987654321', '0987654321', ${DUE}, ${DUE}, 'scheduled', '', 0, 1, ${DUE},
    ${DUE})`.execute(db)
}

async function addAttempt({ db }: Database, id: string, promise: string, at: string) {
  await sql`insert into callback_attempt (id, callback_id, number, pbx_id, channel_id, extension,
    stage, submitted_at, ended_at)
    values (${id}, ${promise}, 1, 'pbx1', ${id}, '101', 'ended', ${at}, ${at})`.execute(db)
}

async function attemptsOf({ db }: Database): Promise<string[]> {
  const rows = await db
    .selectFrom('callback_attempt')
    .select(['id', 'callback_id'])
    .orderBy('id')
    .execute()
  return rows.map(({ id, callback_id: promise }) => `${id} ${promise}`)
}
