import { type OutageSettings, outageSettings } from '#contract/casework/outages.ts'
import type { Db } from '../db/schema.ts'

const KEY = 'outages.window'

export const DEFAULT_OUTAGE_SETTINGS: OutageSettings = { callers: 5, minutes: 15 }

export async function readOutageSettings(db: Db): Promise<OutageSettings> {
  const row = await db
    .selectFrom('setting')
    .select('value')
    .where('key', '=', KEY)
    .executeTakeFirst()
  return row === undefined ? DEFAULT_OUTAGE_SETTINGS : outageSettings.parse(JSON.parse(row.value))
}

export async function writeOutageSettings(db: Db, settings: OutageSettings): Promise<void> {
  const value = JSON.stringify(settings)
  await db
    .insertInto('setting')
    .values({ key: KEY, value })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value }))
    .execute()
}
