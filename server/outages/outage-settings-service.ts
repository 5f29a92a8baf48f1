import type { OutageSettings } from '#contract/casework/outages.ts'
import type { Database } from '../db/transaction.ts'
import type { StateFact } from '../ports.ts'
import { readOutageSettings, writeOutageSettings } from './settings-store.ts'

export interface OutageSettingsDeps {
  database: Database
  /** Takes `outage_settings_changed`, in the transaction of the change. */
  state: StateFact
}

export type OutageSettingsService = ReturnType<typeof createOutageSettingsService>

/** When so many callers are an outage; set by administrators. */
export function createOutageSettingsService({ database, state }: OutageSettingsDeps) {
  const read = (): Promise<OutageSettings> => readOutageSettings(database.db)

  async function change(order: OutageSettings, actorId: string): Promise<OutageSettings> {
    await database.transaction(async (trx) => {
      await writeOutageSettings(trx.db, order)
      const detail = { callers: String(order.callers), minutes: String(order.minutes) }
      await state(trx, { type: 'outage_settings_changed', actorId, detail })
    })
    return order
  }

  return { read, change }
}
