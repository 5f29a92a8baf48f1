import { z } from 'zod'
import { clockKind, type ClockView, pauseReason } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { DueColumns, Row } from '../db/schema.ts'
import { nextAlarmAt } from './alarm.ts'
import { alarmStep } from '#contract/casework/clocks.ts'
import { type ClockTime, elapsed, pauseAt, type TicketClock } from './clock.ts'
import { STAGE_CLOCKS } from './clock-rules.ts'

type StoredClock = Row<'ticket_clock'>

/** A clock as it is written; who does its alarm is the due loop's. */
export type ClockColumns = Omit<StoredClock, keyof DueColumns>

const storedPauses = z.array(
  z.object({ from: z.string(), to: z.string().nullable(), why: pauseReason }),
)
const storedResult = z.object({
  rawMs: z.number(),
  netMs: z.number(),
  kept: z.boolean().nullable(),
})

export function toClock(row: ClockColumns): TicketClock {
  return {
    id: row.id,
    ticketId: row.ticket_id,
    kind: clockKind.parse(row.kind),
    loopNo: row.loop_no,
    startedAt: row.started_at,
    lengthMs: row.length_ms,
    workingDays: row.working_days,
    dueAt: row.due_at,
    pauses: storedPauses.parse(JSON.parse(row.pauses)),
    stoppedAt: row.stopped_at,
    stopReason: row.stop_reason,
    frozen: row.frozen === null ? null : storedResult.parse(JSON.parse(row.frozen)),
    alarm: alarmStep.nullable().parse(row.alarm),
  }
}

export function toColumns(clock: TicketClock, time: ClockTime): ClockColumns {
  return {
    id: clock.id,
    ticket_id: clock.ticketId,
    kind: clock.kind,
    loop_no: clock.loopNo,
    started_at: clock.startedAt,
    length_ms: clock.lengthMs,
    working_days: clock.workingDays,
    due_at: clock.dueAt,
    pauses: JSON.stringify(clock.pauses),
    stopped_at: clock.stoppedAt,
    stop_reason: clock.stopReason,
    frozen: clock.frozen === null ? null : JSON.stringify(clock.frozen),
    alarm: clock.alarm,
    alarm_at: nextAlarmAt(clock, time),
  }
}

/** How the clock stands now, for people. */
export function toClockView(
  clock: TicketClock,
  given: {
    now: Instant
    time: ClockTime
    isProvisional: (from: Instant, due: Instant) => boolean
  },
): ClockView {
  const { now, time, isProvisional } = given
  const pause = pauseAt(clock, now)
  const { rawMs, netMs } = clock.frozen ?? elapsed(clock, now, time)
  const { id, kind, loopNo, startedAt, dueAt, stoppedAt, workingDays } = clock
  return {
    id,
    kind,
    loopNo,
    startedAt,
    dueAt,
    stoppedAt,
    pausedSince: pause?.from ?? null,
    pausedBy: pause?.why ?? null,
    rawSeconds: Math.round(rawMs / 1000),
    netSeconds: Math.round(netMs / 1000),
    provisional: workingDays !== null && dueAt !== null && isProvisional(startedAt, dueAt),
  }
}

/** The clock of the stage that the ticket is in, or null: what a list shows beside the ticket. */
export function stageClockOf(clocks: readonly ClockView[]): ClockView | null {
  const running = clocks.filter(({ stoppedAt }) => stoppedAt === null)
  for (const kind of STAGE_CLOCKS) {
    const found = running.find((one) => one.kind === kind)
    if (found) return found
  }
  return null
}
