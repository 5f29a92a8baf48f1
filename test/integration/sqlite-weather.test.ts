import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { countTurns, holdWriteLock } from '../support/busy-database.ts'
import { openDatabase } from '../../server/db/database.ts'
import { errorClass } from '../../server/db/error-class.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'

let folder: string
let file: string
let database: Database
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'weather-'))
  file = join(folder, 'hotline.db')
  database = await openDatabase(`sqlite:${file}`)
  await migrateToLatestOrThrow(database)
})
afterEach(async () => {
  await database.close()
  rmSync(folder, { recursive: true, force: true })
})

function count(name: string) {
  return database.transaction(({ db }) =>
    db.insertInto('counter').values({ name, value: 1 }).execute(),
  )
}

async function counted(): Promise<string[]> {
  const rows = await database.db.selectFrom('counter').select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}

const pragma = (text: string) => sql.raw(`pragma ${text}`).execute(database.db)

async function pagesNow(): Promise<number> {
  const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(database.db)
  return rows[0]?.page_count ?? 0
}

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

/** Of the many hundred that the event loop takes meanwhile; one that stood still would take a few. */
const MANY_TURNS = 40

it('a lock of another program is waited for while the event loop turns and reads go on', async () => {
  await count('before')
  await holdWriteLock(file, 1_500)
  const loop = countTurns()
  const startedAt = performance.now()
  const transaction = count('a')
  const single = database.db.insertInto('counter').values({ name: 'b', value: 1 }).execute()
  expect(await counted()).toEqual(['before'])
  expect(performance.now() - startedAt).toBeLessThan(1_000)
  await Promise.all([transaction, single])
  const waitedMs = performance.now() - startedAt
  expect(waitedMs).toBeGreaterThan(1_000)
  expect(loop.stop().turns).toBeGreaterThan(MANY_TURNS)
  expect(await counted()).toEqual(['a', 'b', 'before'])
})

it('opening and migrating wait for it in the same way', async () => {
  await holdWriteLock(file, 700)
  const loop = countTurns()
  const second = await openDatabase(`sqlite:${file}`)
  await migrateToLatestOrThrow(second)
  await second.transaction(({ db }) => db.deleteFrom('counter').execute())
  expect(loop.stop().turns).toBeGreaterThan(MANY_TURNS)
  await second.close()
})

it('a read that takes long stands in no way of the event loop, of other reads or of writing', async () => {
  await count('before')
  const numbers = sql<{ last: number }>`with recursive numbers (n) as
    (select 1 union all select n + 1 from numbers where n < 3000000)
    select max(n) as last, (select count(*) from counter) as counters from numbers`
  await database.longRead((db) => sql`select 1`.execute(db))
  const loop = countTurns()
  const reading = database.longRead((db) => numbers.execute(db))
  let isOver = false
  void reading.then(() => (isOver = true))
  await count('meanwhile')
  expect(await counted()).toEqual(['before', 'meanwhile'])
  expect(isOver).toBe(false)
  expect((await reading).rows[0]?.last).toBe(3_000_000)
  expect(loop.stop().turns).toBeGreaterThan(MANY_TURNS)
})

it('a long read that fails says what SQLite says, and the next one works', async () => {
  const wrong = database.longRead((db) => sql`select * from nowhere`.execute(db))
  expect(await thrownBy(wrong)).toMatchObject({ code: 'SQLITE_ERROR' })
  const write = database.longRead((db) => sql`insert into counter values ('x', 1)`.execute(db))
  expect(await thrownBy(write)).not.toBeNull()
  const { rows } = await database.longRead((db) => sql`select 1 as one`.execute(db))
  expect(rows).toEqual([{ one: 1 }])
})

it('a ping says while the lock is held that nothing can be written, and pings at once are one', async () => {
  const release = await holdWriteLock(file)
  const loop = countTurns()
  const answers = await Promise.all([1, 2, 3].map(() => thrownBy(database.ping())))
  expect(answers.map(errorClass)).toEqual(['weather', 'weather', 'weather'])
  expect(new Set(answers).size).toBe(1)
  expect(loop.stop().turns).toBeGreaterThan(MANY_TURNS)
  await release()
  await count('afterwards')
})

it('a ping names the lock also when a transaction waits for it already', async () => {
  const release = await holdWriteLock(file)
  const waiting = thrownBy(count('waits'))
  await expect(database.ping()).rejects.toThrow(/database is locked/)
  await release()
  await waiting
})

it('a ping does not queue behind a transaction that never ends', async () => {
  const gate = Promise.withResolvers<void>()
  const endless = database.transaction(() => gate.promise)
  expect(errorClass(await thrownBy(database.ping()))).toBe('weather')
  gate.resolve()
  await endless
  await database.ping()
})

it('a full disk fails the whole transaction and the ping, and all goes on when there is room', async () => {
  await pragma(`max_page_count = ${await pagesNow()}`)
  const big = 'x'.repeat(100_000)
  const full = database.transaction(async ({ db }) => {
    await db.insertInto('counter').values({ name: 'half', value: 1 }).execute()
    await db.insertInto('setting').values({ key: 'big', value: big }).execute()
  })
  expect(await thrownBy(full)).toMatchObject({ code: 'SQLITE_FULL' })
  expect(errorClass(await thrownBy(database.ping()))).toBe('weather')
  expect(await counted()).toEqual([])
  await pragma('max_page_count = 1000000')
  await database.ping()
  await count('whole')
  expect(await counted()).toEqual(['whole'])
})

it('work that catches the error of a transaction which is gone does not write on without it', async () => {
  const swallowed = database.transaction(async ({ db }) => {
    await db.insertInto('counter').values({ name: 'half', value: 1 }).execute()
    // As SQLite does by itself when the disk is full or fails.
    await thrownBy(
      sql`insert or rollback into counter (name, value) values ('half', 2)`.execute(db),
    )
    await thrownBy(db.insertInto('counter').values({ name: 'rest', value: 1 }).execute())
  })
  expect(await thrownBy(swallowed)).toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' })
  expect(await counted()).toEqual([])
  await count('next')
})

it('a read-only file fails the ping', async () => {
  await pragma('query_only = on')
  const error = await thrownBy(database.ping())
  expect(error).toMatchObject({ code: 'SQLITE_READONLY' })
  expect(errorClass(error)).toBe('weather')
  await pragma('query_only = off')
  await database.ping()
})

it('a file that was deleted or replaced under the service fails the ping', async () => {
  renameSync(file, `${file}.old`)
  const error = await thrownBy(database.ping())
  expect(String(error)).toMatch(/was deleted or replaced while the service runs/)
  expect(errorClass(error)).toBe('weather')
  renameSync(`${file}.old`, file)
  await database.ping()
})
