import BetterSqlite from 'better-sqlite3'
import { type Compilable, Kysely, sql, SqliteDialect } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import { prepared } from '../../server/db/prepared.ts'
import type { Db, Tables } from '../../server/db/schema.ts'
import { newUuid } from '../../server/system-clock.ts'
import { median } from './statistics.ts'

const ROUNDS = 6
const TRANSACTIONS = 150

interface Row {
  id: string
  at: string
  state: string
}

type Build = (db: Db, row: Row) => Compilable & { execute: () => Promise<unknown> }

/** The writes of an opened ticket, one of each kind: upsert, counter, insert, line, link, read back. */
const BUILDS: Build[] = [
  (db, row) =>
    db
      .insertInto('call')
      .values({
        id: row.id,
        pbx_id: 'pbx1',
        uniqueid: row.id,
        direction: 'inbound',
        status: 'talking',
        outcome: null,
        queue: 'hotline',
        caller_raw: '0912345678',
        caller_key: '+84912345678',
        entered_at: row.at,
        answered_at: row.at,
        ended_at: null,
        wait_seconds: 1,
        talk_seconds: null,
        recovered: 0,
        local_day: '2026-11-22',
        ticket_id: null,
        state: row.state,
        updated_at: row.at,
      })
      .onConflict((conflict) =>
        conflict.columns(['pbx_id', 'uniqueid']).doUpdateSet((eb) => ({
          status: eb.ref('excluded.status'),
          state: eb.ref('excluded.state'),
          updated_at: eb.ref('excluded.updated_at'),
        })),
      )
      .returning(['id', 'uniqueid']),
  (db) =>
    db
      .insertInto('counter')
      .values({ name: 'ticket:2026', value: 1 })
      .onConflict((conflict) =>
        conflict.column('name').doUpdateSet((eb) => ({ value: eb('counter.value', '+', 1) })),
      )
      .returning('value'),
  (db, row) =>
    db.insertInto('ticket').values({
      id: row.id,
      code: row.id,
      status: 'new',
      kind: 'incident',
      priority: 'normal',
      team: 'cskh',
      channel: 'hotline',
      subject: '',
      description: '',
      customer_id: null,
      number_raw: '0912345678',
      number_key: '+84912345678',
      assignee_id: null,
      received_at: row.at,
      due_at: row.at,
      opened_by_call_id: row.id,
      recovered: 0,
      version: 1,
      created_at: row.at,
      updated_at: row.at,
    }),
  (db, row) =>
    db.insertInto('ticket_timeline').values({
      id: row.id,
      ticket_id: row.id,
      at: row.at,
      actor_id: null,
      kind: 'opened',
      note: '',
      fields: '{}',
    }),
  (db, row) => db.updateTable('call').set({ ticket_id: row.id }).where('id', '=', row.id),
  (db, row) => db.selectFrom('ticket').selectAll().where('id', '=', row.id),
]

/** Milliseconds per transaction, begin to durable. */
export interface SqliteLayerContest {
  /** Our driver: each statement compiled once, prepared once, run without Kysely's layers. */
  oursP50Ms: number
  /** Kysely's own dialect as one would write it: built, compiled and prepared at each run. */
  kyselyP50Ms: number
  /** Kysely's own dialect given statements that were compiled once. */
  kyselyCompiledOnceP50Ms: number
}

/**
 * One transaction like that of an opened ticket, six statements, `begin immediate`, FULL: through
 * our SQLite layer and through Kysely's dialect, in turn, on the same disk and schema.
 */
export async function sqliteLayerContest(folder: string): Promise<SqliteLayerContest> {
  const own = await mkdtemp(join(folder, 'layer-'))
  const sides = [await oursSide(own), await kyselySide(own, false), await kyselySide(own, true)]
  try {
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
        // oxlint-disable-next-line no-await-in-loop -- the sides take turns
        await runRound(side, round > 0)
      }
    }
    const [oursP50Ms = 0, kyselyP50Ms = 0, kyselyCompiledOnceP50Ms = 0] = sides.map(({ samples }) =>
      median(samples),
    )
    return { oursP50Ms, kyselyP50Ms, kyselyCompiledOnceP50Ms }
  } finally {
    for (const side of sides) await side.close()
    await rm(own, { recursive: true, force: true })
  }
}

interface Side {
  samples: number[]
  write: (row: Row) => Promise<void>
  close: () => Promise<void>
}

/** The first round of each side warms it up and is thrown away. */
async function runRound({ samples, write }: Side, isCounted: boolean): Promise<void> {
  for (let index = 0; index < TRANSACTIONS; index += 1) {
    const row = { id: newUuid(), at: new Date().toISOString(), state: 'x'.repeat(900) }
    const startedAt = performance.now()
    await write(row)
    if (isCounted) samples.push(performance.now() - startedAt)
  }
}

async function oursSide(folder: string): Promise<Side> {
  const database = await openDatabase(`sqlite:${folder}/ours.db`)
  await migrateToLatestOrThrow(database)
  const statements = BUILDS.map((build) => prepared<Row, unknown>(build))
  return {
    samples: [],
    write: (row) =>
      database.transaction(async ({ db }) => {
        for (const statement of statements) await statement(db, row)
      }),
    close: () => database.close(),
  }
}

async function kyselySide(folder: string, isCompiledOnce: boolean): Promise<Side> {
  const path = join(folder, `kysely-${isCompiledOnce ? 'compiled' : 'plain'}.db`)
  const migrated = await openDatabase(`sqlite:${path}`)
  await migrateToLatestOrThrow(migrated)
  await migrated.close()
  const raw = new BetterSqlite(path)
  for (const setting of ['journal_mode = wal', 'synchronous = full', 'foreign_keys = on']) {
    raw.pragma(setting)
  }
  const kysely = new Kysely<Tables>({ dialect: new SqliteDialect({ database: raw }) })
  const compiled = BUILDS.map((build) => prepared<Row, unknown>(build))
  const statements = isCompiledOnce
    ? compiled
    : BUILDS.map((build) => (db: Db, row: Row) => build(db, row).execute())
  return {
    samples: [],
    write: (row) =>
      kysely.connection().execute(async (db) => {
        await sql`begin immediate`.execute(db)
        for (const statement of statements) await statement(db, row)
        await sql`commit`.execute(db)
      }),
    close: () => kysely.destroy(),
  }
}
