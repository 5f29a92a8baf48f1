import type { PromiseFigure, PromiseVerdict, VerdictCounts } from '#contract/callbacks.ts'
import type { LocalDate, Team } from '#contract/primitives.ts'
import { localDay } from '../../calendar/working-days.ts'

/** How many promises of one hour (UTC, `2026-11-23T02`), person and team have this verdict. */
export interface VerdictCount {
  hour: string
  agentId: string | null
  agentName: string | null
  team: Team
  verdict: PromiseVerdict
  count: number
}

export type FiguresBy = 'agent' | 'team' | 'day'

/** One line per person, team or day, in the order of the counts; days in theirs. */
export function figuresBy(by: FiguresBy, counts: readonly VerdictCount[]): PromiseFigure[] {
  const groups = [...Map.groupBy(counts, (count) => keyOf(by, count))]
  const ordered = by === 'day' ? groups.toSorted(([a], [b]) => a.localeCompare(b)) : groups
  return ordered.flatMap(([, group]) => {
    const [first] = group
    return first === undefined ? [] : [{ ...namesOf(by, first), ...sumOf(group) }]
  })
}

function keyOf(by: FiguresBy, count: VerdictCount): string {
  switch (by) {
    case 'agent':
      return count.agentId ?? ''
    case 'team':
      return count.team
    case 'day':
      return dayOf(count)
  }
}

/** Vietnam is a whole number of hours ahead, so that an hour is of one day. */
function dayOf({ hour }: VerdictCount): LocalDate {
  return localDay(`${hour}:00:00.000Z`)
}

function namesOf(
  by: FiguresBy,
  count: VerdictCount,
): Pick<PromiseFigure, 'agent' | 'team' | 'day'> {
  const { agentId: id, agentName } = count
  return {
    agent: by === 'agent' && id !== null ? { id, displayName: agentName ?? '' } : null,
    team: by === 'team' ? count.team : null,
    day: by === 'day' ? dayOf(count) : null,
  }
}

/** All of them, and how many of those that count were kept. */
export function sumOf(counts: readonly VerdictCount[]): VerdictCounts {
  const of = (verdict: PromiseVerdict) =>
    counts.reduce((sum, one) => sum + (one.verdict === verdict ? one.count : 0), 0)
  const kept = of('kept')
  const late = of('late')
  const broken = of('broken')
  const counted = kept + late + broken
  // Rounded down: one broken promise of many is not 100 %.
  const keptPercent = counted === 0 ? null : Math.floor((kept * 1000) / counted) / 10
  return {
    kept,
    late,
    broken,
    superseded: of('superseded'),
    cancelled: of('cancelled'),
    keptPercent,
  }
}
