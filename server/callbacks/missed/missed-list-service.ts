import type { MissedCaller, MissedRulesView } from '#contract/casework/missed.ts'
import type { SessionUser } from '#contract/staff.ts'
import { localDay } from '../../calendar/working-days.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Db } from '../../db/schema.ts'
import type { Database } from '../../db/transaction.ts'
import { passSettingVersion, readSettingVersion } from '../../db/setting.ts'
import { settingsStale, unprocessable } from '../../errors.ts'
import type { Clock, StateFact } from '../../ports.ts'
import { readViews, type Reading } from '../ledger-store.ts'
import { DEFAULT_RULE, DIRECT, ruleName } from './missed-call.ts'
import { readMissedRules, writeMissedRules } from './missed-rules-store.ts'
import { listMissedOfDay, listOpenMissed } from './missed-store.ts'

export interface MissedListDeps extends Reading {
  database: Database
  clock: Clock
  /** Names of those whose number leaves no doubt. */
  namesOf: (db: Db, phoneKeys: string[]) => Promise<ReadonlyMap<string, string>>
  hotlineQueues: readonly string[]
  state: StateFact
}

const VERSION = 'callbacks.missed_rules_version'

export type MissedListService = ReturnType<typeof createMissedListService>

/** Who is still to be called back, and by which rules missed callers come there. */
export function createMissedListService(deps: MissedListDeps) {
  const { database, clock, readNumber } = deps

  /** Missed callers who wait for their callback, due first, then those of today without a number. */
  async function list(): Promise<{ items: MissedCaller[] }> {
    const [open, hidden] = [await listPromised(), await listWithoutNumber()]
    return { items: [...open, ...hidden] }
  }

  async function listPromised(): Promise<MissedCaller[]> {
    const open = await listOpenMissed(database.db)
    const ids = open.map(({ promiseId }) => promiseId)
    const views = await readViews(database.db, ids, deps)
    const viewOf = new Map(views.map((view) => [view.id, view]))
    const keys = open.flatMap(({ callerKey }) => callerKey ?? [])
    const names = await deps.namesOf(database.db, [...new Set(keys)])
    return open.flatMap(({ promiseId, callId, queue, missedAt, callerKey, calls }) => {
      const promise = viewOf.get(promiseId)
      if (promise === undefined) return []
      const customerName = callerKey === null ? null : (names.get(callerKey) ?? null)
      const { number } = promise
      // The one that it is about may have a ticket of its own by now.
      const times = Math.max(1, calls)
      return [{ callId, number, customerName, queue, missedAt, calls: times, promise }]
    })
  }

  async function listWithoutNumber(): Promise<MissedCaller[]> {
    const known = await readMissedRules(database.db)
    const missed = await listMissedOfDay(database.db, localDay(clock.now()))
    return missed.flatMap(({ callerRaw, ...call }) => {
      const number = readNumber(callerRaw)
      const rule = known[ruleName(call.queue)] ?? DEFAULT_RULE
      if (rule === 'off' || !isNobodyToCall(number)) return []
      return [{ ...call, number, customerName: null, calls: 1, promise: null }]
    })
  }

  /** The rule of every queue that there is, and of calls past them. */
  async function rules(): Promise<MissedRulesView> {
    const known = await readMissedRules(database.db)
    return {
      version: await readSettingVersion(database.db, VERSION),
      rules: [...deps.hotlineQueues, DIRECT].map((queue) => ({
        queue,
        rule: known[queue] ?? DEFAULT_RULE,
      })),
    }
  }

  /**
   * Sets them; what is promised already stays. Throws InvalidInput (422) for a queue that is none,
   * Conflict when somebody was faster.
   */
  async function changeRules(user: SessionUser, asked: MissedRulesView): Promise<MissedRulesView> {
    for (const { queue } of asked.rules) {
      if (queue === DIRECT || deps.hotlineQueues.includes(queue)) continue
      throw unprocessable('rules', `${queue} is no queue of the hotline`)
    }
    const detail = Object.fromEntries(asked.rules.map(({ queue, rule }) => [queue, rule] as const))
    await database.transaction(async (trx) => {
      if (!(await passSettingVersion(trx.db, VERSION, asked.version))) {
        throw settingsStale('the rules', await readSettingVersion(trx.db, VERSION))
      }
      await writeMissedRules(trx.db, { ...(await readMissedRules(trx.db)), ...detail })
      await deps.state(trx, { type: 'missed_rules_changed', actorId: user.id, detail })
    })
    return rules()
  }

  return { list, rules, changeRules }
}

/** Hidden, foreign or nobody's; an extension is a colleague and no caller. */
function isNobodyToCall({ kind }: PhoneNumber): boolean {
  return kind !== 'mobile' && kind !== 'fixed' && kind !== 'short_or_ext'
}
