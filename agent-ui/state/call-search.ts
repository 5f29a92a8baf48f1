import { AGENT_DAYS } from '#contract/calls.ts'
import { daysAfter, isDay } from './local-time.ts'

/** `missed`: customers' calls that nobody answered. */
export const CALLS_SHOWN = ['inbound', 'callback', 'missed'] as const

/** Days up to the last one that an agent's calls are shown of, while no first day is chosen. */
const AGENT_DAYS_SHOWN = 30

/** The filters of the list of calls, kept in its address; days are those of Vietnam, both included. */
export interface CallSearch {
  direction?: (typeof CALLS_SHOWN)[number]
  q?: string
  from?: string
  to?: string
  agent?: string
}

/** Search words made of digits arrive as a number. */
function words(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

function day(value: unknown): string | undefined {
  return typeof value === 'string' && isDay(value) ? value : undefined
}

export function callSearch(search: Record<string, unknown>): CallSearch {
  const filters = {
    direction: CALLS_SHOWN.find((known) => known === search['direction']),
    q: words(search['q']),
    from: day(search['from']),
    to: day(search['to']),
    agent: words(search['agent']),
  }
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined))
}

/** Whether words or filters leave calls out. */
export function isNarrowed(search: CallSearch): boolean {
  return Object.keys(search).length > 0
}

/** The days that are asked for: those of an agent's calls have a first and a last one, never far apart. */
export function callDays({ from, to, agent }: CallSearch, today: string): CallSearch {
  if (agent === undefined) return { ...(from ? { from } : {}), ...(to ? { to } : {}) }
  const last = to ?? today
  const earliest = daysAfter(last, 1 - AGENT_DAYS)
  const first = from ?? daysAfter(last, 1 - AGENT_DAYS_SHOWN)
  return { from: first < earliest ? earliest : first, to: last }
}

/** What the address asks the server for. */
export function callListQuery(search: CallSearch, today: string): Record<string, string> {
  const { direction, q, agent } = search
  return {
    ...(direction === 'missed' ? { missed: '1' } : {}),
    ...(direction !== undefined && direction !== 'missed' ? { direction } : {}),
    ...(q === undefined ? {} : { q }),
    ...callDays(search, today),
    ...(agent === undefined ? {} : { agent }),
  }
}
