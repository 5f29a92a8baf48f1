import { type OutageSettings, outageSettings } from '#contract/casework/outages.ts'
import type { Db } from '../db/schema.ts'
import { readSetting, writeSetting } from '../db/setting.ts'

const KEY = 'outages.window'

export const DEFAULT_OUTAGE_SETTINGS: OutageSettings = { callers: 5, minutes: 15 }

export async function readOutageSettings(db: Db): Promise<OutageSettings> {
  return (await readSetting(db, KEY, outageSettings)) ?? DEFAULT_OUTAGE_SETTINGS
}

export function writeOutageSettings(db: Db, settings: OutageSettings): Promise<void> {
  return writeSetting(db, KEY, settings)
}
