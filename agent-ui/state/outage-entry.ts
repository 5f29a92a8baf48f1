import { z } from 'zod'
import { words } from '#contract/primitives.ts'
import type { OutageCreate, OutagePatch, OutageView } from '#contract/casework/outages.ts'
import type { Role } from '#contract/staff.ts'
import { formatDateTime, parseLocalDateTime } from './local-time.ts'

/** An outage as typed into the form: the time in local words, empty when nobody knows. */
export interface OutageEntry {
  area: string
  service: string
  message: string
  expectedUntil: string
  callbacksPerMinute: string
}

const USUAL_PACE = '5'

/** Who opens outages, tells people of them and links tickets; the server enforces the same. */
export function mayRunOutages(role: Role): boolean {
  return role === 'agent' || role === 'noc' || role === 'supervisor'
}

export const outageEntrySchema = z
  .object({
    area: words().max(80),
    service: words().max(80),
    message: words().min(1).max(500),
    expectedUntil: z.string().refine((typed) => typed.trim() === '' || untilOf(typed) !== null),
    callbacksPerMinute: z.coerce.number().int().min(1).max(60),
  })
  .refine(({ area, service }) => area !== '' || service !== '', { path: ['area'] })

/** What is known of it already: an outage that is changed, or an offer that is taken up. */
export function outageEntryOf(known: OutageView | null): OutageEntry {
  const until = known?.expectedUntil ?? null
  return {
    area: known?.area ?? '',
    service: known?.service ?? '',
    message: known?.message ?? '',
    expectedUntil: until === null ? '' : formatDateTime(until),
    callbacksPerMinute: known === null ? USUAL_PACE : String(known.callbacksPerMinute),
  }
}

export function outageOrder(entry: OutageEntry, offer: OutageView | null): Partial<OutageCreate> {
  const { area, service } = entry
  const where = {
    ...(area.trim() === '' ? {} : { area: area.trim() }),
    ...(service.trim() === '' ? {} : { service: service.trim() }),
  }
  return { ...toldOf(entry), ...(offer === null ? where : { fromOffer: offer.id }) }
}

export function outageChange(entry: OutageEntry, { version }: OutageView): OutagePatch {
  return { version, ...toldOf(entry) }
}

function toldOf({ message, expectedUntil, callbacksPerMinute }: OutageEntry) {
  return {
    message: message.trim(),
    expectedUntil: untilOf(expectedUntil),
    callbacksPerMinute: Number(callbacksPerMinute),
  }
}

function untilOf(typed: string): string | null {
  return typed.trim() === '' ? null : parseLocalDateTime(typed)
}

/** "Cầu Giấy · Internet". */
export function outageTitle({ area, service }: Pick<OutageView, 'area' | 'service'>): string {
  return [area, service].filter((part) => part !== null).join(' · ')
}

/** Outages as the choices of a field, by their parent tickets. */
export function outageChoices(outages: readonly OutageView[]): { value: string; label: string }[] {
  return outages.flatMap(({ ticket, ...rest }) =>
    ticket === null
      ? []
      : [{ value: ticket.id, label: [ticket.code, outageTitle(rest), rest.message].join(' · ') }],
  )
}

/** How long the callbacks to everybody who is linked take, in whole minutes within calling hours. */
export function callbackMinutes({
  children,
  callbacksPerMinute,
}: Pick<OutageView, 'children' | 'callbacksPerMinute'>): number {
  return Math.ceil(children / callbacksPerMinute)
}

/** Which outages the list shows. */
export const OUTAGE_SCOPES = ['open', 'ended'] as const
export type OutageScope = (typeof OUTAGE_SCOPES)[number]

/** What stands in the address: `offer` is one that is being taken up. */
export interface OutageSearch {
  scope?: OutageScope
  offer?: string
}

export function outageSearch(search: Record<string, unknown>): OutageSearch {
  const { offer } = search
  const scope = OUTAGE_SCOPES.find((known) => known === search['scope'])
  return {
    ...(scope ? { scope } : {}),
    ...(typeof offer === 'string' && offer !== '' ? { offer } : {}),
  }
}
