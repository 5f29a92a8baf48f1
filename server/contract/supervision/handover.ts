import { z } from 'zod'
import { clockKind } from '../casework/process.ts'
import { id, instant, pageOf, revision, words } from '../primitives.ts'
import { ticketStatus } from '../tickets.ts'
import { alarm } from './alarms.ts'
import { helpView } from './help.ts'

export const NOTE_LENGTH = 5000
/** So many of each list stand on the page. */
export const HANDOVER_ROWS = 20

const count = z.number().int().min(0)
/** Counting stops here. */
export const HANDOVER_MOST = 1000
const ticketRef = z.object({ id, code: z.string(), subject: z.string() })
const person = z.object({ id, displayName: z.string() })

/** A stage of a ticket that should have been over. */
export const lateStage = z.object({
  ticket: ticketRef,
  clock: clockKind,
  dueAt: instant,
  assignee: person.nullable(),
})
export type LateStage = z.infer<typeof lateStage>

export const handoverPromise = z.object({
  id,
  ticket: ticketRef.nullable(),
  customerName: z.string().nullable(),
  number: z.string(),
  dueAt: instant,
  keeper: person.nullable(),
})
export type HandoverPromise = z.infer<typeof handoverPromise>

export const handoverCaller = z.object({
  callId: id,
  number: z.string(),
  customerName: z.string().nullable(),
  missedAt: instant,
  calls: z.number().int(),
})
export type HandoverCaller = z.infer<typeof handoverCaller>

/** An alarm that nobody has acknowledged; it lasts, or ended in this shift. */
export const handoverAlarm = alarm
  .pick({ id: true, measure: true, queue: true, severity: true, worst: true, openedAt: true })
  // missing where hand-overs were stored when only those that last were named
  .extend({ endedAt: alarm.shape.endedAt.default(null) })
export type HandoverAlarm = z.infer<typeof handoverAlarm>

/** The first of a list; `hasMore`: there are more than `count`. */
function counted<T extends z.ZodType>(item: T) {
  return z.object({ count, hasMore: z.boolean(), items: z.array(item) })
}
export interface Counted<T> {
  count: number
  hasMore: boolean
  items: T[]
}

/** What one shift leaves to the next, as it was at `asOf`; of each list the first `HANDOVER_ROWS`. */
export const handoverSections = z.object({
  asOf: instant,
  /** Open tickets by status, one without any is left out; `overdue`: past the end of the whole case. */
  open: z.object({
    count,
    hasMore: z.boolean(),
    overdue: count,
    byStatus: z.partialRecord(ticketStatus, count),
  }),
  late: counted(lateStage).extend({ byClock: z.partialRecord(clockKind, count) }),
  promisesLate: counted(handoverPromise),
  promisesAtRisk: counted(handoverPromise),
  missed: counted(handoverCaller),
  help: counted(helpView),
  alarms: counted(handoverAlarm),
})
export type HandoverSections = z.infer<typeof handoverSections>

const note = words().min(1).max(NOTE_LENGTH)

export const handoverOrder = z.object({ note })
export type HandoverOrder = z.infer<typeof handoverOrder>
/** Other words over the version that was read. */
export const handoverPatch = z.object({ version: revision, note })
export type HandoverPatch = z.infer<typeof handoverPatch>

/** `version` 1 is as it was handed over first. */
const handoverNote = z.object({ version: revision, note: z.string(), by: person, at: instant })
export type HandoverNote = z.infer<typeof handoverNote>

export const handoverRow = z.object({ id, at: instant, by: person, latest: handoverNote })
export type HandoverRow = z.infer<typeof handoverRow>

/** One hand-over: what was left then, and its note with what it said before, the newest first. */
export const handover = handoverRow.extend({
  sections: handoverSections,
  before: z.array(handoverNote),
})
export type Handover = z.infer<typeof handover>

export const handoverPage = pageOf(handoverRow)
export type HandoverPage = z.infer<typeof handoverPage>
