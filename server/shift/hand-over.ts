import type { CallbackView, PromiseCounts } from '#contract/callbacks.ts'
import type { MissedCaller } from '#contract/casework/missed.ts'
import type { ClockKind } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import {
  type Counted,
  HANDOVER_MOST,
  HANDOVER_ROWS,
  type HandoverAlarm,
  type HandoverCaller,
  type HandoverPromise,
  handoverSections,
  type HandoverSections,
  type LateStage,
} from '#contract/supervision/handover.ts'
import type { Alarm } from '#contract/supervision/alarms.ts'
import type { HelpView } from '#contract/supervision/help.ts'
import type { TicketStatus } from '#contract/tickets.ts'
import { plusMs } from '../time.ts'

/** What the features say is left. */
export interface Left {
  /** Open tickets, and how many of them are past the end of the whole case. */
  open: { byStatus: Partial<Record<TicketStatus, number>>; overdue: number }
  late: { byClock: ReadonlyMap<ClockKind, number>; items: readonly LateStage[] }
  promises: {
    counts: Pick<PromiseCounts, 'late' | 'atRisk'>
    late: readonly CallbackView[]
    atRisk: readonly CallbackView[]
    missed: readonly MissedCaller[]
  }
  help: readonly HelpView[]
  /** Those that last. */
  alarms: readonly Alarm[]
  /** Those that ended in this shift, and nobody had acknowledged. */
  endedAlarms: readonly Alarm[]
}

/** As long as a weekend. */
const LONGEST_SHIFT_MS = 72 * 3_600_000

/** When this shift began: with the last hand-over, three days ago at the most. */
export function shiftBegan(lastHandOver: Instant | null, now: Instant): Instant {
  const earliest = plusMs(now, -LONGEST_SHIFT_MS)
  return lastHandOver === null || lastHandOver < earliest ? earliest : lastHandOver
}

/** What is left, as it is shown and stored: of each list the first, of each count what is worth counting. */
export function sectionsOf(left: Left, asOf: Instant): HandoverSections {
  const { open, late, promises, help } = left
  const { counts } = promises
  const unseen = unseenOf(left).map(alarmLine)
  return {
    asOf,
    open: { ...counted(sum(Object.values(open.byStatus))), ...open },
    late: {
      ...firstOf(late.items, sum(late.byClock.values())),
      byClock: Object.fromEntries(late.byClock),
    },
    promisesLate: firstOf(promises.late.map(promiseLine), counts.late),
    promisesAtRisk: firstOf(promises.atRisk.map(promiseLine), counts.atRisk),
    missed: firstOf(promises.missed.map(callerLine), promises.missed.length),
    help: firstOf(help, help.length),
    alarms: firstOf(unseen, unseen.length),
  }
}

function firstOf<T>(items: readonly T[], total: number): Counted<T> {
  return { ...counted(total), items: items.slice(0, HANDOVER_ROWS) }
}

function counted(total: number): { count: number; hasMore: boolean } {
  return { count: Math.min(total, HANDOVER_MOST), hasMore: total > HANDOVER_MOST }
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((all, one) => all + one, 0)
}

function promiseLine(promise: CallbackView): HandoverPromise {
  const { id, ticket, customerName, number, dueAt, assignee: keeper } = promise
  return { id, ticket, customerName, number: number.display, dueAt, keeper }
}

function callerLine({
  callId,
  number,
  customerName,
  missedAt,
  calls,
}: MissedCaller): HandoverCaller {
  return { callId, number: number.display, customerName, missedAt, calls }
}

/** Those that last first. */
function unseenOf({ alarms, endedAlarms }: Pick<Left, 'alarms' | 'endedAlarms'>): Alarm[] {
  const ended = new Set(endedAlarms.map(({ id }) => id))
  const open = alarms.filter(({ id, acknowledgedAt }) => acknowledgedAt === null && !ended.has(id))
  return [...open, ...endedAlarms]
}

function alarmLine({
  id,
  measure,
  queue,
  severity,
  worst,
  openedAt,
  endedAt,
}: Alarm): HandoverAlarm {
  return { id, measure, queue, severity, worst, openedAt, endedAt }
}

/** What was stored of a hand-over. Throws for anything else. */
export function toSections(text: string): HandoverSections {
  return handoverSections.parse(JSON.parse(text))
}
