import { rmSync } from 'node:fs'
import BetterSqlite from 'better-sqlite3'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { RawInserts } from './raw-inserts.ts'
import { quantile } from './statistics.ts'

/**
 * The rows that an answered call writes, by hand: the same tables and indexes, statements prepared
 * once, one durable transaction per ticket. What is left to beat when nothing is asked or decided.
 */
const STATEMENTS = {
  call: `insert into "call" (id, pbx_id, uniqueid, direction, status, queue, caller_raw, caller_key,
    entered_at, answered_at, wait_seconds, recovered, local_day, state, updated_at)
    values (@id, 'pbx1', @id, 'inbound', 'talking', 'hotline', @number, @number, @at, @at, 1, 0, @day, @state, @at)`,
  counter: `insert into counter (name, value) values ('ticket:2026', 1)
    on conflict (name) do update set value = counter.value + 1`,
  ticket: `insert into ticket (id, code, status, kind, priority, team, channel, subject, description,
    number_raw, number_key, received_at, due_at, opened_by_call_id, recovered, search_text, version, created_at, updated_at)
    values (@id, @id, 'new', 'incident', 'normal', 'cskh', 'hotline', '', '', @number, @number, @at, @at, @id, 0, @number, 1, @at, @at)`,
  line: `insert into ticket_timeline (id, ticket_id, at, kind, note, fields) values (@id, @id, @at, 'opened', '', '{}')`,
  event: `insert into call_event (id, call_id, event_key, at, kind, detail) values (@id, @id, 'answered', @at, 'answered', '{}')`,
  link: `update "call" set ticket_id = @id where id = @id`,
} as const

const STATE = JSON.stringify({ filler: 'x'.repeat(900) })

export async function insertRawTickets(folder: string, count: number): Promise<RawInserts> {
  const path = `${folder}/raw-tickets.db`
  const migrated = await openDatabase(`sqlite:${path}`)
  await migrateToLatestOrThrow(migrated)
  await migrated.close()
  const database = new BetterSqlite(path)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  const statements = Object.values(STATEMENTS).map((text) => database.prepare(text))
  const openTicket = database.transaction((row: Record<string, string>) => {
    for (const statement of statements) statement.run(row)
  })
  const samples: number[] = []
  const startedAt = performance.now()
  for (let index = 0; index < count; index += 1) {
    const at = new Date().toISOString()
    const row = { id: String(index), number: `09${index}`, at, day: at.slice(0, 10), state: STATE }
    const before = performance.now()
    openTicket.immediate(row)
    samples.push(performance.now() - before)
  }
  const seconds = (performance.now() - startedAt) / 1000
  database.close()
  for (const suffix of ['', '-wal', '-shm']) rmSync(`${path}${suffix}`, { force: true })
  return { p50Ms: quantile(samples, 0.5), perSecond: count / seconds }
}
