import { z } from 'zod'
import { id, instant, pageOf, pageQuery } from '../primitives.ts'

/** `fields` say the rest: of a clock which one, which alarm and when it is due. */
export const notificationKind = z.enum([
  'clock_alarm',
  'team_work',
  'ticket_assigned',
  'outage_offered',
  /** A promise of somebody else is theirs to keep now. */
  'promise_given',
  /** Nobody is there to keep a promise that is due in minutes. */
  'promise_at_risk',
  /** A supervisor paused them, took them out of a queue, or the like: by whom, what, and why. */
  'member_steered',
  /** An agent asks for help: who. */
  'help_asked',
  /** A supervisor wrote to them or to the shift: who, and what. */
  'shift_message',
])
export type NotificationKind = z.infer<typeof notificationKind>

/** What a person is told; unread until they say so. */
export const notificationView = z.object({
  id,
  at: instant,
  kind: notificationKind,
  ticket: z.object({ id, code: z.string(), subject: z.string() }).nullable(),
  fields: z.record(z.string(), z.string()),
  readAt: instant.nullable(),
})
export type NotificationView = z.infer<typeof notificationView>

export const notificationQuery = pageQuery.extend({
  unread: z.enum(['0', '1']).default('0'),
  kind: notificationKind.optional(),
})
export type NotificationQuery = z.infer<typeof notificationQuery>

/** Newest first; `unread` counts all of the person's, at most 1000. */
export const notificationPage = pageOf(notificationView).extend({ unread: z.number().int() })
export type NotificationPage = z.infer<typeof notificationPage>
