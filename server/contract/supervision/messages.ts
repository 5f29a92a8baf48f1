import { z } from 'zod'
import { id, instant, pageOf, words } from '../primitives.ts'

export const MESSAGE_LENGTH = 500
/** For how long whoever signs in is still told, in minutes: until the shift is over at the latest. */
export const MESSAGE_MINUTES = { least: 15, most: 720, usual: 480 }

/** From a supervisor to one person, or (`staffId` null) to all agents and supervisors of the shift. */
export const messageOrder = z.object({
  staffId: id.nullable(),
  text: words().min(1).max(MESSAGE_LENGTH),
  validMinutes: z
    .number()
    .int()
    .min(MESSAGE_MINUTES.least)
    .max(MESSAGE_MINUTES.most)
    .default(MESSAGE_MINUTES.usual),
})
export type MessageOrder = z.input<typeof messageOrder>

const person = z.object({ id, displayName: z.string() })

/** To whom one can write: agents and supervisors, those who are signed in first. */
export const messagePeople = z.object({ items: z.array(person.extend({ isHere: z.boolean() })) })
export type MessagePeople = z.infer<typeof messagePeople>

export const messageView = z.object({
  id,
  /** Null: the shift. */
  to: person.nullable(),
  text: z.string(),
  sentAt: instant,
  /** Of a message to the shift: who signs in later than this is not told. */
  validUntil: instant,
  /** How many were told so far, and how many of them have read it. */
  told: z.number().int(),
  read: z.number().int(),
})
export type MessageView = z.infer<typeof messageView>

/** The sender's own, the newest first. */
export const messagePage = pageOf(messageView)
export type MessagePage = z.infer<typeof messagePage>

/** Who was told; `readAt` null: not read yet. */
export const messageReceipt = person.extend({ readAt: instant.nullable() })
export type MessageReceipt = z.infer<typeof messageReceipt>

/** Who has not read it first. */
export const messageReceipts = z.object({ items: z.array(messageReceipt) })
export type MessageReceipts = z.infer<typeof messageReceipts>
