import type { Alarm, AlarmMeasure, AlarmRule } from '#contract/supervision/alarms.ts'
import type { Instant } from '#contract/primitives.ts'
import type { QueuesSnapshot } from '#contract/queues.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { LiveFact } from '../domain-fact.ts'
import type { Logger } from '../logger.ts'
import type { Clock, NewId, Notifier } from '../ports.ts'
import { type PassedSince, type Reading, stepOf, worseOf } from './alarm-rule.ts'
import {
  endAlarm,
  insertAlarm,
  listOpen,
  listRules,
  noteWorst,
  type StoredAlarm,
  toAlarm,
} from './alarm-store.ts'
import { type AlarmSources, readingOf } from './readings.ts'

export interface WatchDeps {
  database: Database
  clock: Clock
  newId: NewId
  logger: Logger
  notifier: Pick<Notifier, 'alarmsChanged'>
  staffById: (id: string) => { id: string; displayName: string } | null
  /** Takes `alarms_changed`. */
  live: (fact: LiveFact) => void
  board: () => QueuesSnapshot
  countPromises: () => Promise<{ atRisk: number }>
  countOverdue: () => Promise<number>
  /** Tells the webhook, in the transaction of what it is told. */
  tell: (trx: Trx, event: 'alarm.opened' | 'alarm.ended', alarm: Alarm) => Promise<void>
}

/** What is counted in the database is not counted oftener. */
const COUNT_EVERY_MS = 10_000
/** Nor is what gets worse written oftener. */
const WRITE_EVERY_MS = 10_000

export type WatchService = ReturnType<typeof createWatchService>

/** Holds the rules against the board and the rows; opens and ends alarms, each once. */
export function createWatchService(deps: WatchDeps) {
  const { database, clock } = deps
  /** By what is watched. */
  const passed = new Map<string, PassedSince>()
  /** Of each open alarm what is not in its row yet. */
  const worst = new Map<string, number>()
  const writtenMs = new Map<string, number>()
  let counts = { promisesAtRisk: null as number | null, ticketsOverdue: null as number | null }
  let countedMs = Number.NEGATIVE_INFINITY
  let lookAt: Instant | null = null
  let open: readonly Alarm[] = []
  /** Something was opened or ended, and nobody was told. */
  let isChanged = false

  /** One look at everything; what another process opened or ended is seen, too. */
  async function look(now: Instant): Promise<void> {
    // rules after the alarms: one that was made in between would look deleted to its alarm
    const rows = await listOpen(database.db)
    const rules = await listRules(database.db)
    show(rows)
    forgetEnded(rows)
    lookAt = null
    if (rules.length === 0 && rows.length === 0) return
    await count(rules)
    const sources = { board: deps.board(), ...counts }
    const known = new Set(rules.map(watched))
    for (const row of rows.filter((one) => !known.has(watchedBy(one)))) {
      // oxlint-disable-next-line no-await-in-loop -- its rule was deleted, or watches something else: once
      await end(row, now)
    }
    for (const rule of rules) {
      const row = rows.find((one) => watchedBy(one) === watched(rule)) ?? null
      // oxlint-disable-next-line no-await-in-loop -- a statement only for what changes
      await follow(rule, row, { sources, now })
    }
    for (const one of passed.keys()) if (!known.has(one)) passed.delete(one)
    if (isChanged) await refresh()
  }

  async function follow(
    rule: AlarmRule,
    row: StoredAlarm | null,
    { sources, now }: { sources: AlarmSources; now: Instant },
  ): Promise<void> {
    const reading = readingOf(rule, sources, now)
    const passedSince = passed.get(watched(rule)) ?? null
    const step = stepOf(rule, reading, { now, isOpen: row !== null, passedSince })
    passed.set(watched(rule), step.passedSince)
    if (step.lookAt !== null && (lookAt === null || step.lookAt < lookAt)) lookAt = step.lookAt
    if (step.act === 'open') return begin(rule, reading, now)
    if (row === null) return
    if (step.act === 'end') return end(row, now)
    if (reading.value !== null) await worsen(row, worseOf(rule, worstOf(row), reading.value))
  }

  async function begin(rule: AlarmRule, { value }: Reading, now: Instant): Promise<void> {
    const row = newAlarm(rule, { id: deps.newId(), value: value ?? rule.threshold, now })
    await database.transaction(async (trx) => {
      if (!(await insertAlarm(trx.db, row))) return
      await deps.tell(trx, 'alarm.opened', toAlarm(row, deps.staffById))
      trx.afterCommit(() => (isChanged = true))
    })
  }

  async function end(before: StoredAlarm, now: Instant): Promise<void> {
    await database.transaction(async (trx) => {
      const row = await endAlarm(trx.db, before.id, { now, worst: worstOf(before) })
      if (row === undefined) return
      await deps.tell(trx, 'alarm.ended', toAlarm(row, deps.staffById))
      trx.afterCommit(() => (isChanged = true))
    })
  }

  /** A span grows every second: it is remembered, and written now and then and at the end. */
  async function worsen(row: StoredAlarm, value: number): Promise<void> {
    worst.set(row.id, value)
    const nowMs = clock.monotonicMs()
    if (value === row.worst || nowMs - (writtenMs.get(row.id) ?? -Infinity) < WRITE_EVERY_MS) return
    writtenMs.set(row.id, nowMs)
    await database.transaction((trx) => noteWorst(trx.db, row.id, value))
  }

  function worstOf(row: StoredAlarm): number {
    return worst.get(row.id) ?? row.worst
  }

  /** Reads what is open again, and says so. */
  async function refresh(): Promise<void> {
    show(await listOpen(database.db))
    isChanged = false
    deps.notifier.alarmsChanged()
    deps.live({ type: 'alarms_changed' })
  }

  function forgetEnded(rows: readonly StoredAlarm[]): void {
    const ids = new Set(rows.map(({ id }) => id))
    for (const id of worst.keys()) if (!ids.has(id)) worst.delete(id)
    for (const id of writtenMs.keys()) if (!ids.has(id)) writtenMs.delete(id)
  }

  function show(rows: readonly StoredAlarm[]): void {
    open = rows.map((row) => toAlarm(row, deps.staffById))
  }

  async function count(rules: readonly AlarmRule[]): Promise<void> {
    const wants = (measure: AlarmMeasure) =>
      rules.some((rule) => rule.active && rule.measure === measure)
    if (clock.monotonicMs() - countedMs < COUNT_EVERY_MS) return
    countedMs = clock.monotonicMs()
    counts = {
      promisesAtRisk: wants('promises_at_risk') ? (await deps.countPromises()).atRisk : null,
      ticketsOverdue: wants('tickets_overdue') ? await deps.countOverdue() : null,
    }
  }

  /** Rules were changed: what they count is counted at once. */
  function rulesChanged(): void {
    countedMs = Number.NEGATIVE_INFINITY
  }

  return {
    look,
    refresh,
    rulesChanged,
    nextDueAt: async () => lookAt,
    /** As of the last look. */
    open: () => open,
  }
}

/** A rule that was changed to watch something else is another one to its alarm. */
function watched({ id, measure, queue }: { id: string; measure: string; queue: string | null }) {
  return JSON.stringify([id, measure, queue])
}

function watchedBy({ rule_id: id, measure, queue }: StoredAlarm): string {
  return watched({ id, measure, queue })
}

function newAlarm(
  { id: rule_id, measure, queue, severity, threshold }: AlarmRule,
  { id, value, now }: { id: string; value: number; now: Instant },
): StoredAlarm {
  const known = { id, rule_id, measure, queue, severity, threshold, value, worst: value }
  return { ...known, opened_at: now, ended_at: null, acknowledged_at: null, acknowledged_by: null }
}
