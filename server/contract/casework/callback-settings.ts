import { z } from 'zod'
import { instant, revision } from '../primitives.ts'

const timeOfDay = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):[0-5]\d|24:00)$/, 'must be a time of day as HH:MM')

const shape = {
  /** Customers are called from this time of day in Asia/Ho_Chi_Minh on … */
  hoursFrom: timeOfDay,
  /** … and before this one; `24:00` is midnight. */
  hoursTo: timeOfDay,
  /** When a promise names no time. */
  delayMinutes: z.number().int().min(1).max(1440),
  /** Attempts by itself after the first one that rang the customer. */
  retries: z.number().int().min(0).max(20),
  /**
   * A queue of the hotline: of what one act promises to many (the end of an outage) the customer is rung first,
   * and who presses 1 waits there. Null: an agent is rung first, as for every other promise.
   */
  customerFirstQueue: z.string().min(1).max(80).nullable().default(null),
}
const endsAfterItBegins = ({ hoursFrom, hoursTo }: { hoursFrom: string; hoursTo: string }) =>
  hoursFrom < hoursTo
const BACKWARDS = { error: 'the hours must end after they begin', path: ['hoursTo'] }

/** The rules of promises that administrators set. */
export const callbackSettings = z.object(shape).refine(endsAfterItBegins, BACKWARDS)
export type CallbackSettings = z.infer<typeof callbackSettings>

/** With how often they were changed, 0 while those of the start count; another version is refused (409). */
export const callbackSettingsView = callbackSettings.safeExtend({ version: revision })
export type CallbackSettingsView = z.infer<typeof callbackSettingsView>

const number = z
  .string()
  .regex(/^\d{1,4}$/)
  .transform(Number)
/** Settings as a query has them, saved or not. */
export const callbackSettingsQuery = z
  .object({
    ...shape,
    delayMinutes: number.pipe(shape.delayMinutes),
    retries: number.pipe(shape.retries),
  })
  .refine(endsAfterItBegins, BACKWARDS)

/** What these settings would do to a promise made now. */
export const callbackPreview = z.object({
  at: instant,
  /** When it is dialled: the first time, and again as long as nobody answers. */
  dials: z.array(instant),
})
export type CallbackPreview = z.infer<typeof callbackPreview>
