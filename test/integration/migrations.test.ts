import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openDatabase } from '../../server/db/database.ts'
import { migrations } from '../../server/db/migrations/index.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import { DIALECTS, openEmptyTestDatabase, openTestDatabase } from '../support/database.ts'
import { describeSchema } from '../support/schema-view.ts'

const addNote: Migration = {
  up: (db: Kysely<unknown>) =>
    db.schema.createTable('note').ifNotExists().addColumn('id', 'text').execute(),
}

for (const dialect of DIALECTS) {
  describe(`migrations on ${dialect}`, () => {
    let database: Database
    beforeEach(async () => {
      database = await openEmptyTestDatabase(dialect)
    })
    afterEach(() => database.close())

    it('make the whole schema from nothing, and do nothing the second time', async () => {
      await migrateToLatestOrThrow(database)
      const made = await describeSchema(database)
      expect(Object.keys(made)).toContain('ticket')
      await migrateToLatestOrThrow(database)
      expect(await describeSchema(database)).toEqual(made)
    })

    it('go on from where an older release stopped', async () => {
      const [oldest, ...rest] = Object.keys(migrations)
      const older = { [oldest ?? '']: migrations[oldest ?? ''] ?? addNote }
      await migrateToLatestOrThrow(database, older)
      expect(rest.length).toBeGreaterThan(0)
      await migrateToLatestOrThrow(database)
      const fresh = await openTestDatabase(dialect)
      expect(await describeSchema(database)).toEqual(await describeSchema(fresh))
      await fresh.close()
    })

    it('keep the timelines that an older release wrote', async () => {
      const upTo = Object.entries(migrations).filter(([name]) => name < '006')
      await migrateToLatestOrThrow(database, Object.fromEntries(upTo))
      const at = '2026-11-22T02:00:00.000Z'
      await sql`insert into ticket (id, code, status, kind, priority, team, channel, subject,
        description, received_at, recovered, search_text, version, created_at, updated_at) values
        ('t', 'KN-1', 'new', 'incident', 'normal', 'cskh', 'hotline', '', '', ${at}, 0, '', 1, ${at}, ${at})`.execute(
        database.db,
      )
      await sql`insert into call (id, pbx_id, uniqueid, direction, status, caller_raw, entered_at,
        recovered, local_day, state, updated_at) values
        ('c', 'pbx1', '1.1', 'inbound', 'talking', '', ${at}, 0, '2026-11-22', '{}', ${at})`.execute(
        database.db,
      )
      const line = { id: 'l', at, kind: 'opened' }
      const ofTicket = { ...line, ticket_id: 't', actor_id: null, note: 'x', fields: '{}' }
      const ofCall = { ...line, call_id: 'c', event_key: 'opened', detail: '{}' }
      await database.db.insertInto('ticket_timeline').values(ofTicket).execute()
      await database.db.insertInto('call_event').values(ofCall).execute()
      await migrateToLatestOrThrow(database)
      const { db } = database
      expect(await db.selectFrom('ticket_timeline').selectAll().execute()).toEqual([ofTicket])
      expect(await db.selectFrom('call_event').selectAll().execute()).toEqual([ofCall])
    })

    it('can run again over what a crash between two of their statements left', async () => {
      for (const migration of Object.values(migrations)) {
        await migration.up(database.db)
        await migration.up(database.db)
      }
      await migrateToLatestOrThrow(database)
      const fresh = await openTestDatabase(dialect)
      expect(await describeSchema(database)).toEqual(await describeSchema(fresh))
      await fresh.close()
    })
  })

  describe(`migrations on ${dialect}, made by two programs at once,`, () => {
    let database: Database
    beforeAll(async () => {
      database = await openEmptyTestDatabase(dialect)
      await Promise.all([migrateToLatestOrThrow(database), migrateToLatestOrThrow(database)])
    })
    afterAll(() => database.close())

    const tables = async () => Object.keys(await describeSchema(database))

    it('happen once', async () => {
      expect(await tables()).toContain('ticket')
    })

    it('leave nothing behind when a later one fails half-way, which works the next time', async () => {
      const broken: Record<string, Migration> = {
        ...migrations,
        '999-later': {
          async up(db: Kysely<unknown>) {
            await addNote.up(db)
            await sql`insert into no_such_table values (1)`.execute(db)
          },
        },
      }
      await expect(migrateToLatestOrThrow(database, broken)).rejects.toThrow(
        /^the database could not be migrated \(999-later\): .*no_such_table/,
      )
      expect(await tables()).not.toContain('note')
      await migrateToLatestOrThrow(database, { ...migrations, '999-later': addNote })
      expect(await tables()).toContain('note')
    })

    it('refuse a database that a newer release made, with one line', async () => {
      await migrateToLatestOrThrow(database, { ...migrations, '999-later': addNote })
      await expect(migrateToLatestOrThrow(database)).rejects.toThrow(
        'the database is newer than this program (it has 999-later): start the release that made it, or a newer one',
      )
    })
  })
}

/** Search: each database has its own kind of index and of running numbers. */
const OF_WORDS = /^(ticket|customer)_(doc|words)|^search_due/

describe.runIf(DIALECTS.length === 2)('the schema', () => {
  it('is the same on SQLite and PostgreSQL: tables, columns, rules and indexes', async () => {
    const sqlite = await openTestDatabase('sqlite')
    const postgres = await openTestDatabase('postgres')
    expect(await sharedSchema(postgres)).toEqual(await sharedSchema(sqlite))
    await Promise.all([sqlite.close(), postgres.close()])
  })
})

describe('a SQLite file', () => {
  it('keeps its rows when it is opened again, and syncs every commit', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'db-'))
    const url = `sqlite:${join(folder, 'made', 'for', 'it.db')}`
    const first = await openDatabase(url)
    await migrateToLatestOrThrow(first)
    await first.transaction(({ db }) =>
      db.insertInto('setting').values({ key: 'a', value: '1' }).execute(),
    )
    await first.close()
    const second = await openDatabase(url)
    expect(await second.db.selectFrom('setting').selectAll().execute()).toHaveLength(1)
    const settings = await Promise.all(
      ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map(async (name) => {
        const { rows } = await sql<Record<string, unknown>>`pragma ${sql.raw(name)}`.execute(
          second.db,
        )
        return Object.values(rows[0] ?? {})[0]
      }),
    )
    expect(settings).toEqual(['wal', 2, 1, 0])
    await second.close()
    rmSync(folder, { recursive: true })
  })

  it('that cannot be opened stops the start with one line', async () => {
    const inside = `sqlite:${import.meta.filename}/hotline.db`
    await expect(openDatabase(inside)).rejects.toThrow(/^DATABASE_URL: cannot open the SQLite file/)
    const noDatabase = `sqlite:${import.meta.filename}`
    await expect(openDatabase(noDatabase)).rejects.toThrow(/file is not a database$/)
    await expect(openDatabase('mysql://x')).rejects.toThrow(
      'DATABASE_URL must begin with sqlite: or postgres://, for example sqlite:./data/hotline.db',
    )
  })
})

async function sharedSchema(database: Database) {
  return Object.entries(await describeSchema(database)).filter(([name]) => !OF_WORDS.test(name))
}
