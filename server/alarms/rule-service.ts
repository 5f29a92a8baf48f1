import {
  type AlarmRule,
  type AlarmRuleChange,
  type AlarmRuleList,
  type AlarmRuleOrder,
  MOST_ALARM_RULES,
} from '#contract/supervision/alarms.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import type { AlarmFact } from './alarm-fact.ts'
import { deleteRule, insertRule, listRules, updateRule } from './alarm-store.ts'

export interface RuleDeps {
  database: Database
  clock: Clock
  newId: NewId
  state: StateFact
  hotlineQueues: readonly string[]
  onChange: () => void
}

export type RuleService = ReturnType<typeof createRuleService>

/** The thresholds, as supervisors and administrators set them. */
export function createRuleService(deps: RuleDeps) {
  const { database, clock } = deps

  async function list(): Promise<AlarmRuleList> {
    return { items: await listRules(database.db) }
  }

  /** Throws InvalidInput (422) for a queue that is not of the hotline, and when there are too many. */
  async function create(order: AlarmRuleOrder, actorId: string): Promise<AlarmRule> {
    requireQueue(order)
    const rule = { ...order, id: deps.newId(), version: 1, updatedAt: clock.now() }
    await database.transaction(async (trx) => {
      if ((await listRules(trx.db)).length >= MOST_ALARM_RULES)
        throw unprocessable('', `there are ${MOST_ALARM_RULES} thresholds`, 'alarm_rules_full')
      await insertRule(trx.db, rule)
      await note(trx, 'rule_made', rule, actorId)
    })
    return rule
  }

  /** Throws NotFound, Conflict when somebody was faster, InvalidInput (422) as `create`. */
  async function change(
    id: string,
    { version, rule: order }: AlarmRuleChange,
    actorId: string,
  ): Promise<AlarmRule> {
    requireQueue(order)
    const rule = { ...order, id, version: version + 1, updatedAt: clock.now() }
    await database.transaction(async (trx) => {
      const known = (await listRules(trx.db)).find((one) => one.id === id)
      if (known === undefined) throw new NotFound('threshold', id)
      if (known.version !== version || !(await updateRule(trx.db, rule))) {
        const detail = `the threshold was changed meanwhile (version is ${known.version} now)`
        throw new Conflict(detail, 'settings_stale')
      }
      await note(trx, 'rule_changed', rule, actorId)
    })
    return rule
  }

  /** Its alarm, if one is open, ends with the next look. Throws NotFound. */
  async function remove(id: string, actorId: string): Promise<void> {
    await database.transaction(async (trx) => {
      const rule = await deleteRule(trx.db, id)
      if (rule === undefined) throw new NotFound('threshold', id)
      await note(trx, 'rule_deleted', rule, actorId)
    })
  }

  async function note(
    trx: Trx,
    act: AlarmFact['act'],
    rule: AlarmRule,
    actorId: string,
  ): Promise<void> {
    const { measure: subject, queue, quietFrom, quietTo } = rule
    const detail = {
      queue: queue ?? '',
      threshold: String(rule.threshold),
      clearAt: String(rule.clearAt),
      severity: rule.severity,
      quiet: quietFrom === null ? '' : `${quietFrom}–${quietTo}`,
      active: String(rule.active),
    }
    await deps.state(trx, { type: 'alarm_act', act, actorId, subject, detail })
    trx.afterCommit(deps.onChange)
  }

  function requireQueue({ queue }: AlarmRuleOrder): void {
    if (queue === null || deps.hotlineQueues.includes(queue)) return
    const known = deps.hotlineQueues.join(', ')
    throw unprocessable('queue', `give one of ${known}, or none for all`, 'no_such_queue')
  }

  return { list, create, change, remove }
}
