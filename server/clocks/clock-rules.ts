import type { ClockKind, PauseReason } from '#contract/casework/process.ts'
import type { TicketKind } from '#contract/tickets.ts'

/** How long a clock runs: milliseconds, or working days by the calendar. */
export interface ClockLength {
  lengthMs: number | null
  workingDays: number | null
}

export interface ClockRule {
  counts: 'wall' | 'calling_hours' | 'working_days'
  /** Whose waits it does not count. */
  pausedBy: readonly PauseReason[]
  /** One for the whole ticket: it begins with the receipt, and goes on when its stop was void. */
  wholeTicket: boolean
}

const STAGE = { counts: 'wall', pausedBy: [], wholeTicket: false } as const
const DAYS = { counts: 'working_days', pausedBy: [], wholeTicket: true } as const

/** What each clock counts (`process.md` §5). */
export const CLOCK_RULES: Readonly<Record<ClockKind, ClockRule>> = {
  promise: STAGE,
  noc: { ...STAGE, pausedBy: ['customer_info', 'outage'] },
  field: { ...STAGE, pausedBy: ['customer_info', 'visit_postponed', 'outage'] },
  verify: STAGE,
  reply: { ...STAGE, counts: 'calling_hours' },
  recheck: STAGE,
  overall: DAYS,
  acknowledgement: DAYS,
  restoration: { ...STAGE, wholeTicket: true },
}

/** The clocks of a stage of the process, in the order in which a list shows one of them. */
export const STAGE_CLOCKS: readonly ClockKind[] = [
  'verify',
  'field',
  'noc',
  'reply',
  'recheck',
  'promise',
]

/** What administrators may set; the regulator's limits differ by area and by year (`vietnam.md` §4.2). */
export interface ClockSettings {
  restorationUrbanHours: number
  restorationRuralHours: number
}

export const DEFAULT_SETTINGS: ClockSettings = {
  restorationUrbanHours: 24,
  restorationRuralHours: 48,
}

const HOUR_MS = 3_600_000
const OVERALL_DAYS = 20
const ACKNOWLEDGEMENT_DAYS = 2

/** How long this clock runs. The stricter limit holds as long as the area is not known. */
export function lengthOf(
  kind: Exclude<ClockKind, 'promise'>,
  areaClass: string | null,
  settings: ClockSettings,
): ClockLength {
  switch (kind) {
    case 'noc':
    case 'field':
    case 'recheck':
      return { lengthMs: 24 * HOUR_MS, workingDays: null }
    case 'verify':
    case 'reply':
      return { lengthMs: 2 * HOUR_MS, workingDays: null }
    case 'overall':
      return { lengthMs: null, workingDays: OVERALL_DAYS }
    case 'acknowledgement':
      return { lengthMs: null, workingDays: ACKNOWLEDGEMENT_DAYS }
    case 'restoration': {
      const { restorationRuralHours, restorationUrbanHours } = settings
      const hours = areaClass === 'rural' ? restorationRuralHours : restorationUrbanHours
      return { lengthMs: hours * HOUR_MS, workingDays: null }
    }
  }
}

/** The clocks that a ticket of this kind has from its receipt on. */
export function clocksOfKind(kind: TicketKind): ('overall' | 'acknowledgement' | 'restoration')[] {
  switch (kind) {
    case 'incident':
      return ['overall', 'acknowledgement', 'restoration']
    case 'complaint':
      return ['overall', 'acknowledgement']
    case 'request':
    case 'info':
      return []
  }
}
