import type { OutageView } from '#contract/casework/outages.ts'
import type { ProcessAction } from '#contract/casework/process.ts'
import type { TicketRow, TicketStatus } from '#contract/tickets.ts'

/** The columns of the board: where a fault is on its way through NOC and back to it. */
export const LANES = [
  { id: 'queued', statuses: ['noc_queued'] },
  { id: 'diagnosing', statuses: ['noc_diagnosing'] },
  { id: 'core', statuses: ['noc_core_fix'] },
  { id: 'field', statuses: ['field_queued', 'field_working'] },
  { id: 'verifying', statuses: ['noc_verifying'] },
] as const satisfies readonly { id: string; statuses: readonly TicketStatus[] }[]
export type Lane = (typeof LANES)[number]

/** The rows of one lane, bounded; a cursor says that there are more. */
export interface LaneRows {
  items: TicketRow[]
  nextCursor: string | null
}

/** A lane after one ticket changed: it comes in, changes, or has gone on; the same lane otherwise. */
export function withLaneRow(rows: LaneRows, lane: Lane, row: TicketRow): LaneRows {
  const known = rows.items.find(({ id }) => id === row.id)
  const belongs = lane.statuses.some((status) => status === row.status)
  if (known === undefined) {
    return belongs && rows.nextCursor === null ? { ...rows, items: [...rows.items, row] } : rows
  }
  if (known.version >= row.version) return rows
  const items = belongs
    ? rows.items.map((other) => (other === known ? row : other))
    : rows.items.filter((other) => other !== known)
  return { ...rows, items }
}

export type BoardStep = Extract<
  ProcessAction,
  'core_fixable' | 'need_field' | 'core_done' | 'verify'
>

const STEPS: Partial<Record<TicketStatus, readonly (readonly [BoardStep, key: string])[]>> = {
  noc_diagnosing: [
    ['core_fixable', 'c'],
    ['need_field', 't'],
  ],
  noc_core_fix: [
    ['core_done', 'd'],
    ['need_field', 't'],
  ],
  noc_verifying: [
    ['verify', 'v'],
    ['need_field', 't'],
  ],
}

/** The steps that a stage leads to, the usual one first; the server says which are possible. */
export function boardSteps(status: TicketStatus): readonly (readonly [BoardStep, key: string])[] {
  return STEPS[status] ?? []
}

export type BoardMove = 'up' | 'down' | 'left' | 'right'
/** The ids of the rows, lane by lane. */
export type BoardIds = readonly (readonly string[])[]

interface Place {
  lane: number
  index: number
}

export function placeOf(lanes: BoardIds, id: string | null): Place | null {
  const lane = lanes.findIndex((ids) => id !== null && ids.includes(id))
  const ids = lanes[lane]
  return ids === undefined || id === null ? null : { lane, index: ids.indexOf(id) }
}

/** The row that a key leads to; from nowhere to the first one, null when there is none. */
export function boardMove(lanes: BoardIds, from: string | null, move: BoardMove): string | null {
  const place = placeOf(lanes, from)
  if (place === null) return nearestTo(lanes, { lane: 0, index: 0 })
  const { lane, index } = place
  if (move === 'up' || move === 'down') {
    return lanes[lane]?.[index + (move === 'down' ? 1 : -1)] ?? from
  }
  const step = move === 'right' ? 1 : -1
  for (let next = lane + step; next >= 0 && next < lanes.length; next += step) {
    const ids = lanes[next] ?? []
    if (ids.length > 0) return ids[Math.min(index, ids.length - 1)] ?? from
  }
  return from
}

/** Who stands now where a row was that has left the board: the one below, above, or of the next lane. */
export function nearestTo(lanes: BoardIds, { lane, index }: Place): string | null {
  const ids = lanes[lane] ?? []
  return (
    ids[Math.min(index, ids.length - 1)] ??
    lanes.slice(lane).flat()[0] ??
    lanes.slice(0, lane).flat().at(-1) ??
    null
  )
}

export interface BoardArea {
  area: string
  /** Tickets on the board that no outage holds yet. */
  count: number
  /** The outage that is open there. */
  outage: OutageView | null
  /** As many as are offered as an outage, and none is open. */
  isMany: boolean
}

/** The areas with several faults, the worst first; `threshold`: so many tickets look like an outage. */
export function boardAreas(
  rows: readonly TicketRow[],
  outages: readonly OutageView[],
  threshold: number,
): BoardArea[] {
  const free = rows.filter((row) => !row.isOutage && row.stageClock?.pausedBy !== 'outage')
  const counts = new Map<string, number>()
  for (const { area } of free) if (area !== null) counts.set(area, (counts.get(area) ?? 0) + 1)
  return [...counts]
    .map(([area, count]): BoardArea => {
      const outage = outages.find((open) => open.area === area) ?? null
      return { area, count, outage, isMany: outage === null && count >= threshold }
    })
    .filter(({ count, outage }) => count > 1 || outage !== null)
    .toSorted((a, b) => b.count - a.count || a.area.localeCompare(b.area, 'vi'))
}

/** What the address of the board keeps: only the faults of one area. */
export interface NocSearch {
  area?: string
}

export function nocSearch({ area }: Record<string, unknown>): NocSearch {
  return typeof area === 'string' && area !== '' ? { area } : {}
}
