import { existsSync } from 'node:fs'
import { readCallbackSettings } from '../../server/callbacks/settings/callback-settings-store.ts'
import { openDatabase, parseDatabaseUrl } from '../../server/db/database.ts'
import type { Db } from '../../server/db/schema.ts'
import { openLongReads } from '../../server/db/sqlite/long-read.ts'
import type { CallbacksSaved } from './judge-pbx.ts'

/** What administrators saved of callbacks, also while the service runs; writes nothing. */
export async function readSaved(databaseUrl: string): Promise<CallbacksSaved> {
  const address = parseDatabaseUrl(databaseUrl)
  if (address.dialect === 'sqlite' && !existsSync(address.path)) return { saved: null }
  try {
    const opened =
      address.dialect === 'sqlite' ? openLongReads(address.path) : await openDatabase(databaseUrl)
    return await readFrom(opened)
  } catch (error) {
    return { because: error instanceof Error ? error.message : String(error) }
  }
}

async function readFrom(opened: { db: Db; close(): Promise<void> }): Promise<CallbacksSaved> {
  try {
    return { saved: await readCallbackSettings(opened.db) }
  } finally {
    await opened.close()
  }
}
