import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { createScratchDatabase, postgresTestUrl } from '../support/database.ts'
import { openTcpProxy, type TcpProxy } from '../support/tcp-proxy.ts'
import { openDatabase } from '../../server/db/database.ts'
import { errorClass } from '../../server/db/error-class.ts'
import { acquireInstanceLock } from '../../server/db/instance-lock.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import { eventually } from '../support/eventually.ts'

const NOTICED_WITHIN_MS = 10_000

const thrownBy = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

async function pidOf(db: Database['db']): Promise<number> {
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)
  return rows[0]?.pid ?? 0
}

interface Scene {
  proxy: TcpProxy
  /** Of the database, through the proxy. */
  url: string
  open: () => Promise<Database>
}

/** A scene of its own, so that tests that mostly wait can wait side by side. */
function behindProxy(play: (scene: Scene) => Promise<void>): () => Promise<void> {
  return async () => {
    const scratch = await createScratchDatabase('postgres')
    const address = new URL(scratch.url)
    const proxy = await openTcpProxy({ host: address.hostname, port: Number(address.port) })
    address.port = String(proxy.port)
    let database: Database | null = null
    const open = async () => {
      database = await openDatabase(address.href)
      await migrateToLatestOrThrow(database)
      return database
    }
    try {
      await play({ proxy, url: address.href, open })
    } finally {
      await (database as Database | null)?.close()
      await proxy.close()
      await scratch.remove()
    }
  }
}

function count(into: Database, name: string) {
  return into.transaction(({ db }) =>
    db
      .insertInto('counter')
      .values({ name, value: 1 })
      .onConflict((conflict) => conflict.doNothing())
      .returning('name')
      .execute(),
  )
}

async function counted(from: Database): Promise<string[]> {
  const rows = await from.db.selectFrom('counter').select('name').orderBy('name').execute()
  return rows.map((row) => row.name)
}

describe
  .runIf(postgresTestUrl() !== null)
  .concurrent('PostgreSQL behind a network that fails', () => {
    it(
      'one that accepts and is silent is noticed at connecting, by the pool and by the lock',
      behindProxy(async ({ proxy, url }) => {
        proxy.silence()
        const startedAt = performance.now()
        const errors = await Promise.all([
          thrownBy(openDatabase(url)),
          thrownBy(acquireInstanceLock(url, () => {})),
        ])
        expect(performance.now() - startedAt).toBeLessThan(NOTICED_WITHIN_MS)
        for (const error of errors) {
          expect(String(error)).toMatch(
            /^StartError: DATABASE_URL: cannot reach PostgreSQL: .*time/,
          )
        }
      }),
    )

    it(
      'one that falls silent later is noticed, and used again when it speaks',
      behindProxy(async ({ proxy, open }) => {
        const hotline = await open()
        await count(hotline, 'before')
        proxy.silence()
        const startedAt = performance.now()
        const errors = await Promise.all([
          thrownBy(count(hotline, 'lost')),
          thrownBy(counted(hotline)),
          thrownBy(hotline.ping()),
        ])
        expect(performance.now() - startedAt).toBeLessThan(NOTICED_WITHIN_MS)
        expect(errors.map(errorClass)).toEqual(['weather', 'weather', 'weather'])
        proxy.speak()
        await Promise.all(Array.from({ length: 15 }, (_, index) => count(hotline, `c${index}`)))
        await hotline.ping()
        expect(await counted(hotline)).toHaveLength(16)
      }),
    )

    it(
      'what was open beside a connection that fell silent is not waited for in turn',
      behindProxy(async ({ proxy, open }) => {
        const hotline = await open()
        await Promise.all(Array.from({ length: 8 }, (_, index) => count(hotline, `c${index}`)))
        proxy.silence()
        expect(errorClass(await thrownBy(count(hotline, 'lost')))).toBe('weather')
        proxy.speak()
        expect(await counted(hotline)).toHaveLength(8)
      }),
    )

    it(
      'in the middle of a transaction: nothing of it stays, and its connection goes',
      behindProxy(async ({ proxy, open }) => {
        const hotline = await open()
        await eventually(() => expect(proxy.connections()).toBe(1))
        const lost = hotline.transaction(async ({ db }) => {
          await db.insertInto('counter').values({ name: 'half', value: 1 }).execute()
          proxy.silence()
          await db.insertInto('counter').values({ name: 'rest', value: 1 }).execute()
        })
        const startedAt = performance.now()
        expect(errorClass(await thrownBy(lost))).toBe('weather')
        expect(performance.now() - startedAt).toBeLessThan(NOTICED_WITHIN_MS)
        await eventually(() => expect(proxy.connections()).toBe(0))
        proxy.speak()
        expect(await counted(hotline)).toEqual([])
      }),
    )

    it(
      'a commit whose answer was lost is repeated, and there is one row',
      behindProxy(async ({ proxy, open }) => {
        const hotline = await open()
        proxy.cutAfter('commit')
        const error = await thrownBy(count(hotline, 'once'))
        expect(errorClass(error)).toBe('weather')
        expect(await count(hotline, 'once')).toEqual([])
        expect(await counted(hotline)).toEqual(['once'])
      }),
    )

    it(
      'a statement that is only slow is stopped by the server and keeps its connection',
      behindProxy(async ({ open }) => {
        const hotline = await open()
        const before = await pidOf(hotline.db)
        const error = await thrownBy(sql`select pg_sleep(30)`.execute(hotline.db))
        expect(error).toMatchObject({ code: '57014' })
        expect(errorClass(error)).toBe('weather')
        expect(await pidOf(hotline.db)).toBe(before)
      }),
    )

    it(
      'a migration may take its time',
      behindProxy(async ({ open }) => {
        const hotline = await open()
        const slow = sql<{ done: string }>`select pg_sleep(8.5), 'yes' as done`
        const { rows } = await hotline.withoutTimeLimit((db) => slow.execute(db))
        expect(rows[0]?.done).toBe('yes')
      }),
    )

    it(
      'a server that reads only is weather, and its ping says so',
      behindProxy(async ({ url, open }) => {
        const hotline = await open()
        const readOnly = new URL(url)
        const options = readOnly.searchParams.get('options') ?? ''
        readOnly.searchParams.set('options', `${options} -c default_transaction_read_only=on`)
        const reader = await openDatabase(readOnly.href)
        expect(await counted(reader)).toEqual(await counted(hotline))
        for (const error of [await thrownBy(reader.ping()), await thrownBy(count(reader, 'x'))]) {
          expect(error).toMatchObject({ code: '25006' })
          expect(errorClass(error)).toBe('weather')
        }
        await reader.close()
      }),
    )

    it(
      'connections that the server ends while they are used fail their query and nothing else',
      behindProxy(async ({ open }) => {
        const hotline = await open()
        const killed = hotline.transaction(async ({ db }) => {
          await sql`select pg_terminate_backend(${await pidOf(db)})`.execute(hotline.db)
          await new Promise((resolve) => setImmediate(resolve))
          await db.insertInto('counter').values({ name: 'x', value: 1 }).execute()
        })
        expect(errorClass(await thrownBy(killed))).toBe('weather')
        await count(hotline, 'after')
        expect(await counted(hotline)).toEqual(['after'])
      }),
    )

    it(
      'closing does not wait for a server that is silent',
      behindProxy(async ({ proxy, url, open }) => {
        const hotline = await open()
        await count(hotline, 'a')
        const lost: string[] = []
        const lock = await acquireInstanceLock(url, (reason) => void lost.push(reason))
        proxy.silence()
        const startedAt = performance.now()
        await Promise.all([hotline.close(), lock.release()])
        expect(lost).toEqual([])
        expect(performance.now() - startedAt).toBeLessThan(5_000)
      }),
    )
  })
