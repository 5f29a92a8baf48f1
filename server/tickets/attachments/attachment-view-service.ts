import type { Attachment, TicketFiles } from '#contract/casework/attachments.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Db } from '../../db/schema.ts'
import { Forbidden, NotFound } from '../../errors.ts'
import type { Clock } from '../../ports.ts'
import { followMerges } from '../merged-ticket-store.ts'
import type { Person, StoredTicket } from '../ticket-record.ts'
import { selectTicket } from '../ticket-store.ts'
import { mayOpen, mayRemove, type StoredAttachment, toAttachment } from './attachment.ts'
import { hasWorkedOn, selectAttachments } from './attachment-store.ts'
import { selectThumbnailed } from './thumbnail-store.ts'

export interface AttachmentViewDeps {
  clock: Clock
  staffById: (staffId: string) => Person | null
  settings: { attachmentsMaxMb: number }
}

export type AttachmentViewService = ReturnType<typeof createAttachmentViewService>

/** Whose files these are, and how people see them. */
export function createAttachmentViewService(deps: AttachmentViewDeps) {
  const { attachmentsMaxMb: maxMb } = deps.settings

  function view(row: StoredAttachment, user: SessionUser, hasThumbnail = false): Attachment {
    const by = deps.staffById(row.uploaded_by)
    const author = by && { id: by.id, displayName: by.displayName }
    const isRemovable = mayRemove(user, row, deps.clock.now())
    return toAttachment(row, author, { isRemovable, hasThumbnail })
  }

  /** The files of a ticket and of those that are part of it. */
  async function filesOf(
    db: Db,
    ticket: StoredTicket,
    parts: readonly string[],
    user: SessionUser,
  ): Promise<TicketFiles> {
    if (!(await opens(db, ticket, user))) return { items: [], mayAdd: false, maxMb }
    const rows = await selectAttachments(db, [ticket.id, ...parts])
    const small = await selectThumbnailed(
      db,
      rows.map(({ id }) => id),
    )
    const items = rows.map((row) => view(row, user, small.has(row.id)))
    return { items, mayAdd: true, maxMb }
  }

  return { view, requireOpen, filesOf }
}

/** Theirs: they have it or have had it, or what it is part of now. */
async function isTheirs(db: Db, ticket: StoredTicket, staffId: string): Promise<boolean> {
  const into = await followMerges(db, ticket)
  const tickets = into.id === ticket.id ? [ticket] : [ticket, into]
  if (tickets.some((one) => one.assignee_id === staffId)) return true
  const worked = await Promise.all(tickets.map(({ id }) => hasWorkedOn(db, id, staffId)))
  return worked.includes(true)
}

async function opens(db: Db, ticket: StoredTicket, user: SessionUser): Promise<boolean> {
  return mayOpen(user, false) || mayOpen(user, await isTheirs(db, ticket, user.id))
}

/** The ticket whose files this person may open. Throws NotFound and Forbidden. */
async function requireOpen(db: Db, ticketId: string, user: SessionUser): Promise<StoredTicket> {
  const ticket = await selectTicket(db, ticketId)
  if (ticket === undefined) throw new NotFound('ticket', ticketId)
  if (await opens(db, ticket, user)) return ticket
  throw new Forbidden('field staff open the files of their own tickets', 'not_your_ticket')
}
