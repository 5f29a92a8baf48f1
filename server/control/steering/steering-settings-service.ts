import {
  type SteeringSettings,
  steeringSettings,
  type SteeringSettingsView,
} from '#contract/supervision/steering.ts'
import type { Db } from '../../db/schema.ts'
import {
  passSettingVersion,
  readSetting,
  readSettingVersion,
  writeSetting,
} from '../../db/setting.ts'
import type { Database } from '../../db/transaction.ts'
import { settingsStale } from '../../errors.ts'
import type { StateFact } from '../../ports.ts'

const KEY = 'steering.settings'
const VERSION = 'steering.version'
/** Whoever is listened to is told, unless administrators have agreed otherwise with their people. */
const FIRST: SteeringSettings = { tellListened: true }

export type SteeringSettingsService = ReturnType<typeof createSteeringSettings>

/** What administrators set about supervisors' orders, held in memory. */
export function createSteeringSettings(deps: { database: Database; state: StateFact }) {
  const { database, state } = deps
  let settings = FIRST

  async function load(): Promise<void> {
    settings = await read(database.db)
  }

  async function view(): Promise<SteeringSettingsView> {
    const { db } = database
    return { ...(await read(db)), version: await readSettingVersion(db, VERSION) }
  }

  /** Throws Conflict when somebody was faster. */
  async function change(
    { version, ...wanted }: SteeringSettingsView,
    actorId: string,
  ): Promise<SteeringSettingsView> {
    await database.transaction(async (trx) => {
      if (!(await passSettingVersion(trx.db, VERSION, version))) {
        throw settingsStale('what agents are told', await readSettingVersion(trx.db, VERSION))
      }
      await writeSetting(trx.db, KEY, wanted)
      trx.afterCommit(() => void (settings = wanted))
      const detail = { tellListened: String(wanted.tellListened) }
      const fact = { action: 'settings_changed', subject: 'steering', detail } as const
      await state(trx, { type: 'steering_commanded', actorId, ...fact })
    })
    return { ...wanted, version: version + 1 }
  }

  return { load, view, change, current: () => settings }
}

async function read(db: Db): Promise<SteeringSettings> {
  return (await readSetting(db, KEY, steeringSettings)) ?? FIRST
}
