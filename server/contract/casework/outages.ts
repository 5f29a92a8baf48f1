import { z } from 'zod'
import { id, instant, instantInput, revision, words } from '../primitives.ts'

export const outageStatus = z.enum(['offered', 'open', 'ended'])
export type OutageStatus = z.infer<typeof outageStatus>

/** What tickets and pops say of an outage that is open: "known, expected until …". */
export const outageRef = z.object({
  /** The parent ticket. */
  ticketId: id,
  code: z.string(),
  message: z.string(),
  /** Null when nobody has said. */
  expectedUntil: instant.nullable(),
})
export type OutageRef = z.infer<typeof outageRef>

/** `offered`: as many people called from there in a short time; nobody has opened it yet. */
export const outageView = z.object({
  id,
  status: outageStatus,
  /** Null for an offer. */
  ticket: z.object({ id, code: z.string() }).nullable(),
  area: z.string().nullable(),
  service: z.string().nullable(),
  message: z.string(),
  expectedUntil: instant.nullable(),
  callbacksPerMinute: z.number().int(),
  /** Distinct callers when it was offered; 0 when a person opened it. */
  callers: z.number().int(),
  /** Tickets that are linked now; of one that has ended those still to be released. */
  children: z.number().int(),
  offeredAt: instant.nullable(),
  openedAt: instant.nullable(),
  endedAt: instant.nullable(),
  cancelled: z.boolean(),
  version: revision,
})
export type OutageView = z.infer<typeof outageView>

export const outageQuery = z.object({ status: outageStatus.optional() })
/** Newest first, at most 100. */
export const outageList = z.object({ items: z.array(outageView) })

const message = words().min(1).max(500)
const callbacksPerMinute = z.number().int().min(1).max(60)

/** Area, service or both; with `fromOffer` they are the offer's. */
export const outageCreate = z
  .object({
    area: words().min(1).max(80).optional(),
    service: words().min(1).max(80).optional(),
    message,
    expectedUntil: instantInput.nullable().default(null),
    callbacksPerMinute: callbacksPerMinute.default(5),
    fromOffer: id.optional(),
  })
  .refine(({ area, service, fromOffer }) => (area ?? service ?? fromOffer) !== undefined, {
    path: ['area'],
    error: 'name the area or the service, or the offer that is taken up',
  })
export type OutageCreate = z.infer<typeof outageCreate>

export const outagePatch = z.object({
  version: revision,
  message: message.optional(),
  expectedUntil: instantInput.nullable().optional(),
  callbacksPerMinute: callbacksPerMinute.optional(),
})
export type OutagePatch = z.infer<typeof outagePatch>

/** All are linked, or none: then the answer lists each that cannot be, and why. */
export const outageLink = z.object({ ticketIds: z.array(id).min(1).max(100) })

/** So many distinct callers of one area or service within so many minutes. */
export const outageSettings = z.object({
  callers: z.number().int().min(2).max(1000),
  minutes: z.number().int().min(1).max(120),
})
export type OutageSettings = z.infer<typeof outageSettings>

/** With how often they were changed; another version is refused (409). */
export const outageSettingsView = outageSettings.extend({ version: revision })
export type OutageSettingsView = z.infer<typeof outageSettingsView>
