import type { ClockSettingsView } from '#contract/casework/clocks.ts'
import type { Database } from '../db/transaction.ts'
import { passSettingVersion, readSettingVersion } from '../db/setting.ts'
import { settingsStale } from '../errors.ts'
import type { StateFact } from '../ports.ts'
import { type ClockSettings, DEFAULT_SETTINGS } from './clock-rules.ts'
import { readClockSettings, writeClockSettings } from './settings-store.ts'

export type ClockSettingsService = ReturnType<typeof createClockSettingsService>

export interface ClockSettingsDeps {
  database: Database
  /** Takes `clock_settings_changed`, in the transaction of the change. */
  state: StateFact
}

const VERSION = 'clocks.version'

/** The lengths that administrators set, held in memory; clocks that run take them with their ticket's next change. */
export function createClockSettingsService({ database, state }: ClockSettingsDeps) {
  let settings: ClockSettings = DEFAULT_SETTINGS

  async function load(): Promise<void> {
    settings = await readClockSettings(database.db)
  }

  async function view(): Promise<ClockSettingsView> {
    const { db } = database
    return { ...(await readClockSettings(db)), version: await readSettingVersion(db, VERSION) }
  }

  /** Throws Conflict when somebody was faster. */
  async function change(order: ClockSettingsView, actorId: string): Promise<ClockSettingsView> {
    const { version, ...wanted } = order
    await database.transaction(async (trx) => {
      if (!(await passSettingVersion(trx.db, VERSION, version))) {
        throw settingsStale('the lengths', await readSettingVersion(trx.db, VERSION))
      }
      await writeClockSettings(trx.db, wanted)
      const detail = {
        restorationUrbanHours: String(order.restorationUrbanHours),
        restorationRuralHours: String(order.restorationRuralHours),
      }
      await state(trx, { type: 'clock_settings_changed', actorId, detail })
      trx.afterCommit(() => (settings = wanted))
    })
    return { ...wanted, version: version + 1 }
  }

  return { load, read: () => settings, view, change }
}
