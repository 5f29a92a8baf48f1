import type { OutageSettings } from '#contract/casework/outages.ts'
import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../time.ts'
import { nameKey, type Place } from './outage.ts'

/** One call to the hotline, answered or not, by whom and about which places. */
export interface CallerReport extends Place {
  at: Instant
  /** The customer, else the number: who calls twice is one. */
  caller: string
}

/** Of which area or service; `key` is its folded name. */
export interface Scope {
  kind: 'area' | 'service'
  key: string
}

/** An outage of this scope that is offered, open, or ended at that moment. */
export interface KnownOutage extends Scope {
  endedAt: Instant | null
}

export interface OutageSign extends Scope {
  /** As the first caller's ticket or contract writes it. */
  name: string
  callers: number
  firstAt: Instant
  /** One per scope and window. */
  onceKey: string
}

type Named = CallerReport & Scope & { name: string }

const MINUTE_MS = 60_000

/**
 * Areas and services of which as many distinct callers called within the window, each once. What is
 * offered or open already is left out, and so are the calls of before the end of the last one.
 */
export function outageSigns(
  reports: readonly CallerReport[],
  settings: OutageSettings,
  known: readonly KnownOutage[],
): OutageSign[] {
  const byScope = Map.groupBy(reports.flatMap(namedIn), ({ kind, key }) => `${kind}:${key}`)
  return [...byScope].flatMap(([scope, of]) => {
    const same = known.filter(({ kind, key }) => `${kind}:${key}` === scope)
    if (same.some(({ endedAt }) => endedAt === null)) return []
    const lastEnd =
      same
        .map(({ endedAt }) => endedAt ?? '')
        .toSorted()
        .at(-1) ?? ''
    const window = firstFullWindow(
      of.filter(({ at }) => at > lastEnd),
      settings,
    )
    const [first] = window
    if (first === undefined) return []
    const { kind, key, name, at: firstAt } = first
    const callers = distinctCallers(window)
    return [{ kind, key, name, callers, firstAt, onceKey: `${scope}:${firstAt}` }]
  })
}

/** The calls of the earliest window with as many distinct callers, all that are in it; else none. */
function firstFullWindow(reports: readonly Named[], { callers, minutes }: OutageSettings): Named[] {
  const sorted = reports.toSorted((a, b) => (a.at < b.at ? -1 : 1))
  const calls = new Map<string, number>()
  const count = ({ caller }: Named, by: 1 | -1) => {
    const left = (calls.get(caller) ?? 0) + by
    if (left === 0) calls.delete(caller)
    else calls.set(caller, left)
  }
  let start = 0
  for (const last of sorted) {
    count(last, 1)
    const from = plusMs(last.at, -minutes * MINUTE_MS)
    for (let first = sorted[start]; first !== undefined && first.at < from; first = sorted[start]) {
      count(first, -1)
      start += 1
    }
    if (calls.size >= callers) return windowFrom(sorted.slice(start), minutes)
  }
  return []
}

function windowFrom(reports: readonly Named[], minutes: number): Named[] {
  const until = plusMs(reports[0]?.at ?? '', minutes * MINUTE_MS)
  return reports.filter(({ at }) => at <= until)
}

function distinctCallers(reports: readonly CallerReport[]): number {
  return new Set(reports.map(({ caller }) => caller)).size
}

function namedIn(report: CallerReport): Named[] {
  const scopesOf = (kind: Scope['kind'], names: readonly string[]) =>
    names.map((name) => ({ ...report, kind, name, key: nameKey(name) }))
  return [...scopesOf('area', report.areas), ...scopesOf('service', report.services)].filter(
    ({ key }) => key !== '',
  )
}
