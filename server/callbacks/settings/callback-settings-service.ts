import type {
  CallbackPreview,
  CallbackSettings,
  CallbackSettingsView,
} from '#contract/casework/callback-settings.ts'
import { passSettingVersion, readSettingVersion } from '../../db/setting.ts'
import type { Database } from '../../db/transaction.ts'
import { settingsStale, unprocessable } from '../../errors.ts'
import type { Clock, StateFact } from '../../ports.ts'
import { type CallbackRules, changedSettings, dialsOf, rulesOf } from '../policy/callback-rules.ts'
import { readCallbackSettings, writeCallbackSettings } from './callback-settings-store.ts'

export interface CallbackSettingsDeps {
  database: Database
  clock: Clock
  /** Takes `promise_rules_changed`, in the transaction of the change. */
  state: StateFact
  /** The first values, which count until administrators save others. */
  first: CallbackSettings
  hotlineQueues: readonly string[]
}

const VERSION = 'callbacks.version'

export type CallbackSettingsService = ReturnType<typeof createCallbackSettingsService>

/** The rules of promises, held in memory; promises that are made already keep their moment. */
export function createCallbackSettingsService(deps: CallbackSettingsDeps) {
  const { database, clock, state, first } = deps
  let settings = first
  let isSaved = false

  async function load(): Promise<void> {
    const saved = await readCallbackSettings(database.db)
    settings = saved ?? first
    isSaved = saved !== null
  }

  async function view(): Promise<CallbackSettingsView> {
    const { db } = database
    const saved = await readCallbackSettings(db)
    return { ...(saved ?? first), version: await readSettingVersion(db, VERSION) }
  }

  /** Throws Conflict when somebody was faster, InvalidInput (422) for a queue that is not of the hotline. */
  async function change(
    order: CallbackSettingsView,
    actorId: string,
  ): Promise<CallbackSettingsView> {
    const { version, ...wanted } = order
    const { customerFirstQueue: queue } = wanted
    if (queue !== null && !deps.hotlineQueues.includes(queue)) {
      const known = deps.hotlineQueues.join(', ')
      throw unprocessable('customerFirstQueue', `give one of ${known}`, 'no_such_queue')
    }
    await database.transaction(async (trx) => {
      const before = (await readCallbackSettings(trx.db)) ?? first
      if (!(await passSettingVersion(trx.db, VERSION, version))) {
        throw settingsStale('the rules of callbacks', await readSettingVersion(trx.db, VERSION))
      }
      await writeCallbackSettings(trx.db, wanted)
      trx.afterCommit(() => {
        settings = wanted
        isSaved = true
      })
      const detail = changedSettings(before, wanted)
      await state(trx, { type: 'promise_rules_changed', actorId, detail })
    })
    return { ...wanted, version: version + 1 }
  }

  /** What these settings would do to a promise that is made now. */
  function preview(wanted: CallbackSettings): CallbackPreview {
    const at = clock.now()
    return { at, dials: dialsOf(rulesOf(wanted), at) }
  }

  /** As they count now. */
  const rules = (): CallbackRules => rulesOf(settings)

  /** For the log of the start: which settings count, and who gave them. */
  const inForce = () => ({ ...settings, from: isSaved ? 'administrators' : 'CALLBACK_*' })

  return { load, rules, inForce, view, change, preview }
}
