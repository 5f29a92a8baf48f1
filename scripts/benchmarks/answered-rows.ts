import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import { recordCalls } from './call-stream.ts'
import { changesBetween, readRows, type RowChange } from './row-changes.ts'
import { hearOut } from './hear.ts'
import { openTicketPath } from './ticket-path.ts'

/**
 * The rows that the service writes when a call is answered, seen by comparing its own database
 * before and after: whatever schema and indexes the tree has, the peer pays for the same.
 */
export interface AnsweredRows {
  /** What was there before the call. */
  ground: RowChange[]
  /** What the call wrote until it was answered. */
  ringing: RowChange[]
  /** What the answer wrote: the ticket and all that goes with it. */
  answer: RowChange[]
}

const CALLS_BEFORE = 2
/** Of the number of the call that is looked at, as `recordCalls` numbers them. */
const SAMPLE_DIGITS = String(10_000_000 + CALLS_BEFORE)

/** Plays a call through the service's own parts and looks at what it wrote. */
export async function readAnsweredRows(folder: string): Promise<AnsweredRows> {
  const own = await mkdtemp(join(folder, 'sample-'))
  const path = await openTicketPath(own)
  const reader = new BetterSqlite(path.file, { readonly: true })
  try {
    const calls = recordCalls(CALLS_BEFORE + 1, ['101', '102'], Date.now())
    const sample = calls.pop()
    if (sample === undefined) throw new Error('no call was recorded')
    for (const { before, answer, after } of calls) {
      await hearOut(path, [...before, answer, ...after])
    }
    const start = readRows(reader)
    await hearOut(path, sample.before)
    const ringing = readRows(reader)
    await hearOut(path, [sample.answer])
    const answered = readRows(reader)
    return {
      ground: changesBetween(reader, new Map(), start),
      ringing: changesBetween(reader, start, ringing),
      answer: changesBetween(reader, ringing, answered),
    }
  } finally {
    reader.close()
    await path.stop()
    await rm(own, { recursive: true, force: true })
  }
}

/**
 * A raw database in which `count` calls ring; `answer` makes the rows of the next one durable,
 * `answerAll` those of all that are left in one commit.
 */
export interface RawAnswers {
  answer: () => void
  answerAll: () => void
  close: () => void
}

/** Makes the file with the tree's own schema, and rings `count` calls in it. */
export async function prepareRawAnswers(
  file: string,
  rows: AnsweredRows,
  count: number,
): Promise<void> {
  const migrated = await openDatabase(`sqlite:${file}`)
  await migrateToLatestOrThrow(migrated)
  await migrated.close()
  const database = new BetterSqlite(file)
  database.pragma('journal_mode = WAL')
  database.pragma('foreign_keys = OFF')
  database.transaction(() => {
    for (const change of rows.ground) run(database, change)
    for (let index = 0; index < count; index += 1) {
      for (const change of varied(rows, 'ringing', index)) run(database, change)
    }
  })()
  database.pragma('wal_checkpoint(TRUNCATE)')
  database.close()
}

/** Statements are prepared and values made beforehand: only the database's own work is left. */
export function openRawAnswers(file: string, rows: AnsweredRows, count: number): RawAnswers {
  const database = new BetterSqlite(file)
  database.pragma('journal_mode = WAL')
  database.pragma('synchronous = FULL')
  database.pragma('foreign_keys = ON')
  const statements = rows.answer.map(({ sql }) => database.prepare(sql))
  const waiting = Array.from({ length: count }, (_, index) =>
    varied(rows, 'answer', index).map(({ values }) => values),
  ).toReversed()
  const commit = database.transaction((...answers: RowChange['values'][][]) => {
    for (const values of answers) {
      for (const [index, statement] of statements.entries()) statement.run(values[index] ?? [])
    }
  })
  return {
    answer() {
      const values = waiting.pop()
      if (values === undefined) throw new Error('more answers than calls')
      commit.immediate(values)
    },
    answerAll: () => commit.immediate(...waiting.splice(0).toReversed()),
    close: () => void database.close(),
  }
}

function run(database: BetterSqlite.Database, { sql, values }: RowChange): void {
  database.prepare(sql).run(values)
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g

/** The same rows of another call: later ids, another channel, number and ticket code. */
function varied(rows: AnsweredRows, part: 'ringing' | 'answer', index: number): RowChange[] {
  const ground = new Set(JSON.stringify(rows.ground).match(UUID))
  const step = index + 1
  const vary = (value: RowChange['values'][number]) =>
    typeof value !== 'string'
      ? value
      : value
          .replace(UUID, (id) => (ground.has(id) ? id : laterUuid(id, step)))
          .replace(
            /\b(1\d{9})\.(\d+)\b/g,
            (_, at, number) => `${at}.${Number(number) + step * 100}`,
          )
          .replace(/\b(KN-\d{4}-)(\d{6})\b/gi, (_, year, number) => year + laterCode(number, step))
          .replaceAll(SAMPLE_DIGITS, String(Number(SAMPLE_DIGITS) + step))
  return rows[part].map(({ sql, values }) => ({ sql, values: values.map(vary) }))
}

/** UUIDv7 begins with the time: ids that are made later sort later. */
function laterUuid(id: string, step: number): string {
  const time = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) + step * 10
  const digits = time.toString(16).padStart(12, '0')
  return `${digits.slice(0, 8)}-${digits.slice(8)}${id.slice(13)}`
}

function laterCode(number: string, step: number): string {
  return String(Number(number) + step).padStart(6, '0')
}
