import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'

let migrated: Promise<Buffer> | null = null

/**
 * The bytes of a migrated SQLite file without a row. To write them costs a tenth of running the
 * migrations, which matters to tests that each want a database of their own.
 */
export function migratedFile(): Promise<Buffer> {
  migrated ??= migrate()
  return migrated
}

async function migrate(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'hotline-template-'))
  const file = join(folder, 'hotline.db')
  try {
    const database = await openDatabase(`sqlite:${file}`)
    await migrateToLatestOrThrow(database)
    await database.close()
    return await readFile(file)
  } finally {
    await rm(folder, { recursive: true })
  }
}
