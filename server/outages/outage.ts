import { type OutageRef, outageStatus, type OutageView } from '#contract/casework/outages.ts'
import type { Row } from '../db/schema.ts'
import { foldText } from '../customers/fold-text.ts'

export type StoredOutage = Row<'outage'>

/** An outage that is open, as the house knows it by heart. */
export interface OpenOutage extends OutageRef {
  area: string | null
  service: string | null
}

/** Where somebody is and what they have; empty lists when nobody has said. */
export interface Place {
  areas: readonly string[]
  services: readonly string[]
}

/** Area and service names are compared without accents, case and doubled spaces. */
export function nameKey(name: string): string {
  return foldText(name)
}

/** The open outage that this place is part of; one that names area and service needs both. */
export function outageAt(outages: readonly OpenOutage[], place: Place): OpenOutage | null {
  const areas = new Set(place.areas.map(nameKey))
  const services = new Set(place.services.map(nameKey))
  return (
    outages.find(
      ({ area, service }) =>
        (area === null || areas.has(nameKey(area))) &&
        (service === null || services.has(nameKey(service))),
    ) ?? null
  )
}

export function toOutageRef({ ticketId, code, message, expectedUntil }: OutageRef): OutageRef {
  return { ticketId, code, message, expectedUntil }
}

/** "Cầu Giấy · Internet": what names an outage. */
export function outageName({ area, service }: Pick<OpenOutage, 'area' | 'service'>): string {
  return [area, service].filter((part) => part !== null).join(' · ')
}

export function toOutageView(
  row: StoredOutage & { code: string | null },
  children: number,
): OutageView {
  const { ticket_id: ticketId, code } = row
  return {
    id: row.id,
    status: outageStatus.parse(row.status),
    ticket: ticketId === null || code === null ? null : { id: ticketId, code },
    area: row.area,
    service: row.service,
    message: row.message,
    expectedUntil: row.expected_until,
    callbacksPerMinute: row.callbacks_per_minute,
    callers: row.callers,
    children,
    offeredAt: row.offered_at,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    cancelled: row.cancelled === 1,
    version: row.version,
  }
}
