import { endOfLocalDay, localDay, addDays } from '../../../server/calendar/working-days.ts'
import type { ClockTime, TicketClock } from '../../../server/clocks/clock.ts'
import type { ClockContext } from '../../../server/clocks/ticket-clocks.ts'
import { ANY_HOUR } from './any-hour.ts'
import { DEFAULT_SETTINGS } from '../../../server/clocks/clock-rules.ts'

export const HOUR_MS = 3_600_000

/** Every day is worked and people are called at any hour, unless a test says otherwise. */
export const EVERY_DAY: ClockTime = {
  workingDaysEnd: (from, days) => endOfLocalDay(addDays(localDay(from), days)),
  callingHours: ANY_HOUR,
}

/** 9:00 in Vietnam. */
export const START = '2026-11-23T02:00:00.000Z'

/** So many hours after the start. */
export function hour(hours: number): string {
  return new Date(Date.parse(START) + hours * HOUR_MS).toISOString()
}

/** The clock of NOC, running since `START`. */
export function aClock(changes: Partial<TicketClock> = {}): TicketClock {
  return {
    id: 'clock-1',
    ticketId: 'ticket-1',
    kind: 'noc',
    loopNo: 1,
    startedAt: START,
    lengthMs: 24 * HOUR_MS,
    workingDays: null,
    dueAt: hour(24),
    pauses: [],
    stoppedAt: null,
    stopReason: null,
    frozen: null,
    alarm: 'half',
    ...changes,
  }
}

export function aClockContext(changes: Partial<ClockContext> = {}): ClockContext {
  let made = 0
  return {
    ticketId: 'ticket-1',
    kind: 'incident',
    areaClass: null,
    receivedAt: START,
    loopNo: 1,
    inOutage: false,
    now: START,
    time: EVERY_DAY,
    settings: DEFAULT_SETTINGS,
    newId: () => `made-${(made += 1)}`,
    ...changes,
  }
}
