import type { OutageSettings, OutageSettingsView } from '#contract/casework/outages.ts'
import { passSettingVersion, readSettingVersion } from '../db/setting.ts'
import type { Database } from '../db/transaction.ts'
import { settingsStale } from '../errors.ts'
import type { StateFact } from '../ports.ts'
import { readOutageSettings, writeOutageSettings } from './settings-store.ts'

export interface OutageSettingsDeps {
  database: Database
  /** Takes `outage_settings_changed`, in the transaction of the change. */
  state: StateFact
}

const VERSION = 'outages.version'

export type OutageSettingsService = ReturnType<typeof createOutageSettingsService>

/** When so many callers are an outage; set by administrators. */
export function createOutageSettingsService({ database, state }: OutageSettingsDeps) {
  const read = (): Promise<OutageSettings> => readOutageSettings(database.db)

  async function view(): Promise<OutageSettingsView> {
    return { ...(await read()), version: await readSettingVersion(database.db, VERSION) }
  }

  /** Throws Conflict when somebody was faster. */
  async function change(order: OutageSettingsView, actorId: string): Promise<OutageSettingsView> {
    const { version, ...wanted } = order
    await database.transaction(async (trx) => {
      if (!(await passSettingVersion(trx.db, VERSION, version))) {
        throw settingsStale('the signs of an outage', await readSettingVersion(trx.db, VERSION))
      }
      await writeOutageSettings(trx.db, wanted)
      const detail = { callers: String(wanted.callers), minutes: String(wanted.minutes) }
      await state(trx, { type: 'outage_settings_changed', actorId, detail })
    })
    return { ...wanted, version: version + 1 }
  }

  return { read, view, change }
}
