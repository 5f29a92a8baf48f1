import { describe, expect, it } from 'vitest'
import { createScratchDatabase, postgresTestUrl } from '../../../test/support/database.ts'
import { openDatabase } from '../database.ts'
import { migrateToLatestOrThrow } from '../migrator.ts'

describe.runIf(postgresTestUrl() !== null)('PostgreSQL seen through one schema', () => {
  it('answers the migrator with the tables of this schema and of no other', async () => {
    const [one, other] = await Promise.all([
      createScratchDatabase('postgres'),
      createScratchDatabase('postgres'),
    ])
    const full = await openDatabase(one.url)
    const empty = await openDatabase(other.url)
    try {
      await migrateToLatestOrThrow(full)
      const tables = await full.db.introspection.getTables({ withInternalKyselyTables: true })
      expect(tables.map(({ name }) => name)).toContain('kysely_migration')
      expect(new Set(tables.map(({ schema }) => schema)).size).toBe(1)
      expect(await empty.db.introspection.getTables({ withInternalKyselyTables: true })).toEqual([])
    } finally {
      await Promise.all([full.close(), empty.close()])
      await Promise.all([one.remove(), other.remove()])
    }
  })
})
