import { Readable } from 'node:stream'
import { type Attachment, shownImage, THUMBNAIL_BYTES } from '#contract/casework/attachments.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import { Forbidden, NotFound, unprocessable } from '../../errors.ts'
import type { StoredAttachment } from './attachment.ts'
import { selectAttachment } from './attachment-store.ts'
import type { AttachmentViewService } from './attachment-view-service.ts'
import { fileType, HEAD_BYTES } from './file-type.ts'
import { selectThumbnail, upsertThumbnail } from './thumbnail-store.ts'

export interface ThumbnailDeps {
  database: Database
  view: AttachmentViewService
  announce: (trx: Trx, ticketId: string) => Promise<void>
}

export type ThumbnailService = ReturnType<typeof createThumbnailService>

/** Small pictures of attached ones: the browser that sends a picture makes them, nothing is scaled here. */
export function createThumbnailService({ database, view, announce }: ThumbnailDeps) {
  /** Throws NotFound, Forbidden for a picture of somebody else, InvalidInput (422) for what is none or too large. */
  async function put(id: string, bytes: Uint8Array, user: SessionUser): Promise<Attachment> {
    const row = await requireRow(id)
    await view.requireOpen(database.db, row.ticket_id, user)
    if (row.uploaded_by !== user.id) {
      throw new Forbidden('only who sent a picture sends its small one', 'not_your_file')
    }
    const type = pictureType(bytes)
    if (type === null || pictureIn(row.type) === null) {
      throw unprocessable('file', 'a small picture is a PNG, JPEG, WebP or GIF of one', 'file_type')
    }
    if (bytes.length > THUMBNAIL_BYTES) {
      const says = `a small picture has at most ${THUMBNAIL_BYTES} bytes`
      throw unprocessable('file', says, 'file_too_large')
    }
    const picture = Buffer.from(bytes).toString('base64')
    await database.transaction(async (trx) => {
      await upsertThumbnail(trx.db, { attachment_id: id, type, picture })
      await announce(trx, row.ticket_id)
    })
    return view.view(row, user, true)
  }

  /** Throws NotFound and Forbidden. */
  async function get(id: string, user: SessionUser) {
    const row = await requireRow(id)
    await view.requireOpen(database.db, row.ticket_id, user)
    const small = await selectThumbnail(database.db, id)
    if (small === undefined) throw new NotFound('thumbnail', id)
    const bytes = Buffer.from(small.picture, 'base64')
    const { type } = small
    return { type, size: bytes.length, name: row.name, open: async () => Readable.from([bytes]) }
  }

  async function requireRow(id: string): Promise<StoredAttachment> {
    const row = await selectAttachment(database.db, id)
    if (row === undefined) throw new NotFound('attachment', id)
    return row
  }

  return { put, get }
}

/** What it is by its content; null: no picture that pages show. */
function pictureType(bytes: Uint8Array) {
  const head = bytes.subarray(0, HEAD_BYTES)
  const sample = { head, tail: new Uint8Array(), size: bytes.length }
  return pictureIn(fileType({ ...sample, isText: false, namesText: false }))
}

function pictureIn(type: string | null) {
  return shownImage.nullable().safeParse(type).data ?? null
}
