import type { PhoneNumber } from '#contract/customers.ts'
import { type TicketCategory, ticketCategory } from '#contract/casework/guidance.ts'
import type { TicketRow } from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import type { Notifier } from '../ports.ts'
import { makeSubject, subjectAfter, type SubjectParts } from './subject.ts'
import type { StoredTicket } from './ticket-record.ts'
import { selectTicket, writeMadeSubject } from './ticket-store.ts'

/** What category and checklist say in a subject; `ticketId` is null for a ticket that begins. */
export type SubjectPartsOf = (
  db: Db,
  ticketId: string | null,
  category: TicketCategory | null,
) => Promise<Pick<SubjectParts, 'label' | 'details'>>

export interface SubjectDeps {
  subjectParts: SubjectPartsOf
  describeNumber: (raw: string | null) => PhoneNumber
  notifier: Pick<Notifier, 'ticketUpdated'>
  view: { toRows: (db: Db, rows: readonly StoredTicket[]) => Promise<TicketRow[]> }
}

type Named = Pick<StoredTicket, 'category' | 'service' | 'area' | 'subject' | 'subject_by_person'>

export type SubjectService = ReturnType<typeof createSubjectService>

/** The names that tickets have by themselves. */
export function createSubjectService(deps: SubjectDeps) {
  /** The subject of a ticket that is about this now, with what a person wrote (undefined: nothing). */
  async function subjectOf(
    db: Db,
    ticketId: string | null,
    ticket: Named,
    written: string | undefined,
  ): Promise<Pick<StoredTicket, 'subject' | 'subject_by_person'>> {
    const { service, area } = ticket
    const category = ticketCategory.nullable().parse(ticket.category)
    const parts = await deps.subjectParts(db, ticketId, category)
    return subjectAfter(ticket, written, makeSubject({ ...parts, service, area }))
  }

  /**
   * Makes the subject anew from what is known now; answers whether it is another. A person's own
   * stays. The version stays, too: nobody's edit is in the way of what nobody wrote.
   */
  async function renewSubject(trx: Trx, ticketId: string): Promise<boolean> {
    const ticket = await selectTicket(trx.db, ticketId)
    if (!ticket || ticket.subject_by_person === 1) return false
    const { subject } = await subjectOf(trx.db, ticketId, ticket, undefined)
    if (subject === ticket.subject) return false
    await writeMadeSubject(trx.db, ticketId, subject)
    const [shown] = await deps.view.toRows(trx.db, [{ ...ticket, subject }])
    if (shown) trx.afterCommit(() => deps.notifier.ticketUpdated(shown))
    return true
  }

  return { subjectOf, renewSubject }
}
