import { renameSync } from 'node:fs'
import { sql } from 'kysely'
import { expect } from 'vitest'
import type { Database } from '../../server/db/transaction.ts'
import { holdWriteLock } from './busy-database.ts'
import type { TestDialect } from './database.ts'
import type { TcpProxy } from './tcp-proxy.ts'
import { eventually } from './eventually.ts'

/** A running service's database, from where it can be taken away. */
export interface OutageScene {
  /** As the service opened it: what runs here runs on the service's own connections. */
  inside: Database
  /** The same rows by a connection of the test's own. */
  outside: Database
  /** Of SQLite. */
  file: string
  /** The service's way to PostgreSQL, and the role that nobody else has there. */
  proxy: TcpProxy | null
  role: string
}

/** One way in which a database cannot be used for a while. */
export interface Outage {
  name: string
  dialect: TestDialect
  /** What `/readyz` says of the database meanwhile. */
  says: RegExp
  /** Turns of the event loop until the service has noticed, a tenth of what they are on a busy machine. */
  turnsAtLeast: number
  /** Begins it; the answer ends it. */
  begin(scene: OutageScene): Promise<() => Promise<void>>
}

const PAGE = 4096
/** Tables that a call, its ticket and the readiness probe write. */
const WRITTEN = ['call', 'ticket', 'setting'] as const
/** Where an outage is noticed by a limit of seconds; who stands still for them turns once or twice. */
const TURNS_OF_SECONDS = 20
const TURNS_AT_ONCE = 0

export const OUTAGES: readonly Outage[] = [
  {
    name: 'locked by another program',
    dialect: 'sqlite',
    says: /database is locked/,
    turnsAtLeast: TURNS_OF_SECONDS,
    begin: ({ file }) => holdWriteLock(file),
  },
  {
    name: 'full',
    dialect: 'sqlite',
    says: /database or disk is full/,
    turnsAtLeast: TURNS_AT_ONCE,
    begin: fillSqlite,
  },
  {
    name: 'read-only',
    dialect: 'sqlite',
    says: /attempt to write a readonly database/,
    turnsAtLeast: TURNS_AT_ONCE,
    async begin({ inside }) {
      // In a transaction, which runs on the connection that writes.
      await inside.transaction(({ db }) => pragma(db, 'query_only = on'))
      return () =>
        // Outside of one the reader may be hit instead: until a row can be written.
        eventually(async () => {
          await pragma(inside.db, 'query_only = off')
          await inside.ping()
        })
    },
  },
  {
    name: 'moved away',
    dialect: 'sqlite',
    says: /deleted or replaced/,
    turnsAtLeast: TURNS_AT_ONCE,
    async begin({ file }) {
      renameSync(file, `${file}.away`)
      return async () => renameSync(`${file}.away`, file)
    },
  },
  {
    name: 'locked by another session',
    dialect: 'postgres',
    says: /statement timeout/,
    turnsAtLeast: TURNS_OF_SECONDS,
    begin: lockPostgres,
  },
  {
    name: 'full',
    dialect: 'postgres',
    says: /No space left on device/,
    turnsAtLeast: TURNS_AT_ONCE,
    begin: fillPostgres,
  },
  {
    name: 'read-only',
    dialect: 'postgres',
    says: /read-only transaction/,
    turnsAtLeast: TURNS_AT_ONCE,
    async begin({ outside, role }) {
      const set = async (change: string) => {
        await sql.raw(`alter role ${role} ${change}`).execute(outside.db)
        await endSessions(outside, role)
      }
      await set('set default_transaction_read_only = on')
      return () => set('reset default_transaction_read_only')
    },
  },
  {
    name: 'gone',
    dialect: 'postgres',
    says: /the lock on the database is being taken again|terminated|ECONNRESET|socket hang up/,
    turnsAtLeast: TURNS_AT_ONCE,
    async begin({ proxy }) {
      proxy?.refuse()
      return async () => proxy?.speak()
    },
  },
  {
    name: 'silent',
    dialect: 'postgres',
    says: /timeout|no answer within/,
    turnsAtLeast: TURNS_OF_SECONDS,
    async begin({ proxy }) {
      proxy?.silence()
      return async () => proxy?.speak()
    },
  },
]

/** Every save asks for pages, of which there are no more: SQLite itself says that it is full. */
async function fillSqlite({ inside, outside }: OutageScene): Promise<() => Promise<void>> {
  const run = (text: string) => sql.raw(text).execute(outside.db)
  await run('create table if not exists ballast (bytes blob)')
  for (const [table, event] of writes()) {
    // oxlint-disable-next-line no-await-in-loop
    await run(`create trigger fill_${table}_${event} after ${event} on ${table}
      begin insert into ballast values (zeroblob(${10 * PAGE})); end`)
  }
  await inside.transaction(async ({ db }) => {
    const free = await pragma(db, 'freelist_count')
    await sql`insert into ballast values (zeroblob(${(free + 1) * PAGE}))`.execute(db)
    await pragma(db, `max_page_count = ${await pragma(db, 'page_count')}`)
  })
  return async () => {
    for (const [table, event] of writes()) {
      // oxlint-disable-next-line no-await-in-loop
      await run(`drop trigger fill_${table}_${event}`)
    }
    await inside.transaction(({ db }) => pragma(db, 'max_page_count = 1000000'))
  }
}

function writes() {
  return WRITTEN.flatMap((table) =>
    (['insert', 'update'] as const).map((event) => [table, event] as const),
  )
}

/** Runs a pragma; answers its number, if it has one. */
async function pragma(db: Database['db'], text: string): Promise<number> {
  const { rows } = await sql.raw<Record<string, number>>(`pragma ${text}`).execute(db)
  return Object.values(rows[0] ?? {})[0] ?? 0
}

async function lockPostgres({ outside }: OutageScene): Promise<() => Promise<void>> {
  const held = Promise.withResolvers<void>()
  const over = Promise.withResolvers<void>()
  const lock = outside.transaction(async ({ db }) => {
    await sql`lock table ticket, call in access exclusive mode`.execute(db)
    held.resolve()
    await over.promise
  })
  await Promise.race([held.promise, lock])
  return async () => {
    over.resolve()
    await lock
  }
}

/** The server's own words for a full disk, of the class that a real one has. */
async function fillPostgres({ outside }: OutageScene): Promise<() => Promise<void>> {
  const run = (text: string) => sql.raw(text).execute(outside.db)
  await run(`create or replace function no_room() returns trigger language plpgsql as $$
    begin
      raise exception 'could not extend file: No space left on device' using errcode = '53100';
    end $$`)
  for (const table of WRITTEN) {
    // oxlint-disable-next-line no-await-in-loop
    await run(`create trigger fill before insert or update on ${table}
      for each row execute function no_room()`)
  }
  return async () => {
    for (const table of WRITTEN) {
      // oxlint-disable-next-line no-await-in-loop
      await run(`drop trigger fill on ${table}`)
    }
  }
}

/** A setting of a role is for sessions to come. */
async function endSessions({ db }: Database, role: string): Promise<void> {
  const { rows } = await sql<{ ended: boolean }>`
    select pg_terminate_backend(pid) as ended from pg_stat_activity where usename = ${role}
  `.execute(db)
  expect(rows.length).toBeGreaterThan(0)
}

/** No ticket can be inserted until the answer is called: a fault of the rows, not of the database. */
export async function refuseTickets({
  outside,
}: Pick<OutageScene, 'outside'>): Promise<() => Promise<void>> {
  const run = (text: string) => sql.raw(text).execute(outside.db)
  if (outside.dialect === 'sqlite') {
    await run(`create trigger refuse before insert on ticket
      begin select raise(abort, 'no ticket today'); end`)
    return async () => void (await run('drop trigger refuse'))
  }
  await run(`create or replace function refuse() returns trigger language plpgsql as $$
    begin raise exception 'no ticket today'; end $$`)
  await run(`create trigger refuse before insert on ticket
    for each row execute function refuse()`)
  return async () => void (await run('drop trigger refuse on ticket'))
}
