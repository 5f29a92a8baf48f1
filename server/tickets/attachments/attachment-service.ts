import type { Attachment, AttachmentOrder, AttachmentType } from '#contract/casework/attachments.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { TimelineEntry } from '#contract/tickets.ts'
import type { Db } from '../../db/schema.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import {
  Conflict,
  Forbidden,
  NotFound,
  StorageFault,
  Unavailable,
  unprocessable,
} from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import type { Clock, NewId, StateFact } from '../../ports.ts'
import type { Schedule } from '../../schedule/schedule-feature.ts'
import { addLines } from '../timeline-store.ts'
import { mayRemove, MOST_ATTACHMENTS, type StoredAttachment } from './attachment.ts'
import * as rows from './attachment-store.ts'
import type { AttachmentViewService } from './attachment-view-service.ts'
import { fileName, namesText } from './file-name.ts'
import { createTextCheck, fileType, HEAD_BYTES, TAIL_BYTES } from './file-type.ts'
import type { Folder } from './folder-store.ts'
import { deleteThumbnail } from './thumbnail-store.ts'

export interface AttachmentDeps {
  database: Database
  clock: Clock
  newId: NewId
  logger: Logger
  /** Takes `file_removed`, in the transaction that removes it. */
  state: StateFact
  schedule: Pick<Schedule, 'recur'>
  folder: Folder
  view: AttachmentViewService
  announce: (trx: Trx, ticketId: string) => Promise<void>
}

/** Longer than any upload takes: the HTTP server ends requests after five minutes. */
const LOOSE_AFTER_MS = 3_600_000
const MOST_AT_ONCE = 500

export type AttachmentService = ReturnType<typeof createAttachmentService>

/**
 * Files of tickets. What lies in the folder without being attached is a row (`loose_file`) from before
 * its first byte until it is attached, and again from its removal until it is gone: so nothing of a
 * file stays when anything fails, and no file is removed that this database does not know.
 */
export function createAttachmentService(deps: AttachmentDeps) {
  const { database, clock, newId, folder, view } = deps

  /** Attaches what is sent. Throws NotFound, Forbidden, Conflict, InvalidInput (422) and what `pieces` throw. */
  async function add(
    ticketId: string,
    order: AttachmentOrder,
    pieces: AsyncIterable<Uint8Array>,
    user: SessionUser,
  ): Promise<Attachment> {
    await view.requireOpen(database.db, ticketId, user)
    const sent = await sentBefore(ticketId, order, user)
    if (sent !== undefined) return view.view(sent, user)
    if ((await rows.countAttachments(database.db, ticketId)) >= MOST_ATTACHMENTS)
      throw new Conflict(`a ticket has at most ${MOST_ATTACHMENTS} files`, 'too_many_files')
    const [id, uploaded_at] = [newId(), clock.now()]
    const path = `${uploaded_at.slice(0, 7)}/${id}`
    await database.transaction((trx) => rows.noteLoose(trx.db, path, uploaded_at))
    const { type, size } = await receive(path, order.name, pieces)
    const row = { id, ticket_id: ticketId, name: fileName(order.name, type), type, size, path }
    const client_id = order.clientId ?? null
    return attach({ ...row, uploaded_by: user.id, uploaded_at, client_id }, user)
  }

  async function sentBefore(
    ticketId: string,
    { clientId }: AttachmentOrder,
    { id: uploadedBy }: SessionUser,
  ): Promise<StoredAttachment | undefined> {
    if (clientId === undefined) return undefined
    const sent = await rows.selectSent(database.db, { uploadedBy, clientId })
    if (sent !== undefined && sent.ticket_id !== ticketId)
      throw new Conflict('this was attached to another ticket', 'client_id_used')
    return sent
  }

  /** Into the folder, and what it is; of what is refused nothing stays. */
  async function receive(path: string, name: string, pieces: AsyncIterable<Uint8Array>) {
    try {
      const seen = await writeDown(path, pieces)
      if (seen.size === 0) throw unprocessable('file', 'the file is empty', 'file_empty')
      const tail = await folder.tail(path, TAIL_BYTES, seen.size)
      const type = fileType({ ...seen, tail, namesText: namesText(name) })
      if (type === null) throw unprocessable('file', NO_TYPE, 'file_type')
      await folder.keep(path)
      return { type, size: seen.size } satisfies { type: AttachmentType; size: number }
    } catch (error) {
      if (error instanceof StorageFault) deps.logger.error({ err: error }, 'a file was not stored')
      await discard(path)
      throw error
    }
  }

  async function writeDown(path: string, pieces: AsyncIterable<Uint8Array>) {
    const words = createTextCheck()
    let head: Uint8Array = new Uint8Array()
    let size = 0
    async function* looking() {
      for await (const piece of pieces) {
        if (head.length < HEAD_BYTES) head = Buffer.concat([head, piece]).subarray(0, HEAD_BYTES)
        size += piece.length
        words.add(piece)
        yield piece
      }
    }
    await folder.write(path, looking())
    return { head, size, isText: words.end() }
  }

  /** The file has its row from here on. When the answer of the commit is lost, the sweep finds out. */
  function attach(row: StoredAttachment, user: SessionUser): Promise<Attachment> {
    return database.transaction(async (trx) => {
      if (!(await rows.insertAttachment(trx.db, row))) {
        trx.afterCommit(() => void discard(row.path))
        return view.view((await twinOf(trx.db, row)) ?? row, user)
      }
      const isInTime = await rows.forgetLoose(trx.db, row.path)
      if (!isInTime) throw new Unavailable('the upload took too long: send it again')
      await note(trx, 'file_added', row, user)
      await deps.announce(trx, row.ticket_id)
      return view.view(row, user)
    })
  }

  async function note(
    trx: Trx,
    kind: Extract<TimelineEntry['kind'], `file_${string}`>,
    { ticket_id: ticketId, name }: StoredAttachment,
    { id: actorId }: SessionUser,
  ): Promise<void> {
    const line = { id: newId(), at: clock.now(), ticketId, actorId, kind, note: name, fields: {} }
    await addLines(trx.db, [line])
  }

  /** A file and how to read it. Throws NotFound and Forbidden. */
  async function get(id: string, user: SessionUser) {
    const row = await requireRow(id)
    await view.requireOpen(database.db, row.ticket_id, user)
    return { ...view.view(row, user), open: () => folder.read(row.path) }
  }

  /** Its author within the hour, or a lead. Throws NotFound and Forbidden. */
  async function remove(id: string, user: SessionUser): Promise<void> {
    const row = await requireRow(id)
    const { code } = await view.requireOpen(database.db, row.ticket_id, user)
    if (!mayRemove(user, row, clock.now())) throw new Forbidden(TOO_LATE, 'file_not_removable')
    await database.transaction(async (trx) => {
      await deleteThumbnail(trx.db, id)
      if (!(await rows.deleteAttachment(trx.db, id))) return
      await rows.noteLoose(trx.db, row.path, clock.now())
      await note(trx, 'file_removed', row, user)
      const { name, uploaded_by: authorId } = row
      await deps.state(trx, { type: 'file_removed', actorId: user.id, code, name, authorId })
      await deps.announce(trx, row.ticket_id)
      trx.afterCommit(() => void discard(row.path))
    })
  }

  async function requireRow(id: string): Promise<StoredAttachment> {
    const row = await rows.selectAttachment(database.db, id)
    if (row === undefined) throw new NotFound('attachment', id)
    return row
  }

  /** Removes a file that is attached to nothing; what cannot be removed now is left to the sweep. */
  async function discard(path: string): Promise<void> {
    try {
      await folder.remove(path)
      await database.transaction((trx) => rows.forgetLoose(trx.db, path))
    } catch (error) {
      deps.logger.warn({ err: error, path }, 'a file could not be removed: it will be, later')
    }
  }

  async function sweep(): Promise<void> {
    const before = new Date(clock.nowMs() - LOOSE_AFTER_MS).toISOString()
    const paths = await rows.selectLoose(database.db, before, MOST_AT_ONCE)
    // oxlint-disable-next-line no-await-in-loop -- nobody waits for it
    for (const path of paths) await discard(path)
  }

  deps.schedule.recur({
    name: 'files that are attached to nothing',
    cron: '*/15 * * * *',
    runAtStart: true,
    work: sweep,
  })

  return { add, get, remove }
}

const NO_TYPE =
  'send a picture (PNG, JPEG, WebP, GIF, HEIC), PDF, Word or Excel without macros, MP4, or .txt in UTF-8'
const TOO_LATE = 'its author may remove a file within the hour, later a supervisor'

async function twinOf(db: Db, { uploaded_by: uploadedBy, client_id }: StoredAttachment) {
  return rows.selectSent(db, { uploadedBy, clientId: client_id ?? '' })
}
