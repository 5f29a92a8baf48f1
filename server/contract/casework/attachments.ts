import { z } from 'zod'
import { id, instant } from '../primitives.ts'

/** What may be attached, decided by what is in the file and never by its name. */
export const attachmentType = z.enum([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
  'image/heic',
  'application/pdf',
  'text/plain',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'video/mp4',
])
export type AttachmentType = z.infer<typeof attachmentType>

/** Pictures that every browser shows; all others are only downloaded. */
export const shownImage = attachmentType.extract([
  'image/png',
  'image/jpeg',
  'image/webp',
  'image/gif',
])

export const attachment = z.object({
  id,
  /** Of a merged ticket: the one that it was attached to. */
  ticketId: id,
  /** As its author named it, ending as its type does. */
  name: z.string(),
  type: attachmentType,
  /** Bytes. */
  size: z.number().int(),
  at: instant,
  by: z.object({ id, displayName: z.string() }).nullable(),
  /** A small picture of it can be had (`/attachments/:id/thumbnail`). */
  hasThumbnail: z.boolean(),
  /** The signed-in person may remove it now. */
  mayRemove: z.boolean(),
})
export type Attachment = z.infer<typeof attachment>

/** Bytes that a small picture may have: some 100 pixels wide, it needs a third of them. */
export const THUMBNAIL_BYTES = 16 * 1024

/** What a ticket says of its files; without the right to open them there are none. */
export const ticketFiles = z.object({
  items: z.array(attachment),
  mayAdd: z.boolean(),
  /** Megabytes that one may have. */
  maxMb: z.number().int(),
})
export type TicketFiles = z.infer<typeof ticketFiles>

export const attachmentQuery = z.object({
  name: z.string().min(1).max(1000),
  /** Made by whoever sends it: with the same one a file is attached once. */
  clientId: id.optional(),
})
export type AttachmentOrder = z.infer<typeof attachmentQuery>
