import type { ClockSettingsChange } from '#contract/casework/clocks.ts'
import type { Database } from '../db/transaction.ts'
import type { StateFact } from '../ports.ts'
import { type ClockSettings, DEFAULT_SETTINGS } from './clock-rules.ts'
import { readClockSettings, writeClockSettings } from './settings-store.ts'

export type ClockSettingsService = ReturnType<typeof createClockSettingsService>

export interface ClockSettingsDeps {
  database: Database
  /** Takes `clock_settings_changed`, in the transaction of the change. */
  state: StateFact
}

/** The lengths that administrators set, held in memory; clocks that run take them with their ticket's next change. */
export function createClockSettingsService({ database, state }: ClockSettingsDeps) {
  let settings: ClockSettings = DEFAULT_SETTINGS

  async function load(): Promise<void> {
    settings = await readClockSettings(database.db)
  }

  async function change(order: ClockSettingsChange, actorId: string): Promise<ClockSettings> {
    await database.transaction(async (trx) => {
      await writeClockSettings(trx.db, order)
      const detail = {
        restorationUrbanHours: String(order.restorationUrbanHours),
        restorationRuralHours: String(order.restorationRuralHours),
      }
      await state(trx, { type: 'clock_settings_changed', actorId, detail })
      trx.afterCommit(() => (settings = order))
    })
    return settings
  }

  return { load, read: () => settings, change }
}
