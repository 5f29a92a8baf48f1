import { type CallbackSettings, callbackSettings } from '#contract/casework/callback-settings.ts'
import type { Db } from '../../db/schema.ts'
import { readSetting, writeSetting } from '../../db/setting.ts'

const KEY = 'callbacks'

/** What administrators saved; null while they saved nothing. */
export function readCallbackSettings(db: Db): Promise<CallbackSettings | null> {
  return readSetting(db, KEY, callbackSettings)
}

export function writeCallbackSettings(db: Db, settings: CallbackSettings): Promise<void> {
  return writeSetting(db, KEY, settings)
}
