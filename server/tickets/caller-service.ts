import type { PhoneNumber } from '#contract/customers.ts'
import { ticketStatus } from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import { Conflict, NotFound } from '../errors.ts'
import { withContract } from './contract-store.ts'
import { isOpen } from './ticket.ts'
import { differing, editedFields } from './ticket-edit.ts'
import type { StoredTicket } from './ticket-record.ts'
import type { TicketDeps } from './ticket-service.ts'
import { selectTicket, updateTicket } from './ticket-store.ts'
import { addLines } from './timeline-store.ts'

/** Who the caller of a ticket is, for features that find out. */
export function createCallers(deps: TicketDeps) {
  const { clock, newId, view, state } = deps

  /**
   * Gives the ticket its customer, who is remembered for the number. Throws NotFound, Conflict for a
   * ticket that is over.
   */
  async function linkCustomer(
    trx: Trx,
    order: { ticketId: string; customerId: string; actorId: string },
  ): Promise<void> {
    const { ticketId, customerId, actorId } = order
    const before = await requireTicket(trx.db, ticketId)
    if (!isOpen(ticketStatus.parse(before.status))) {
      throw new Conflict(`the ticket is ${before.status}: its customer cannot be changed`)
    }
    const customer = (await deps.customersById(trx.db, [customerId])).get(customerId)
    if (!customer) throw new NotFound('customer', customerId)
    const contract = await contractOf(trx.db, before, customerId)
    const columns = { ...contract.columns, customer_id: customerId, updated_at: clock.now() }
    const after = await updateTicket(trx.db, ticketId, before.version, columns)
    if (!after) throw new Conflict('the ticket was changed meanwhile')
    const chosen = { customerId, code: customer.code, name: customer.name }
    const fields = { ...chosen, ...contract.fields }
    const line = { ticketId, actorId, kind: 'customer_chosen' as const, fields, note: '' }
    await addLines(trx.db, [{ ...line, id: newId(), at: clock.now() }])
    const phoneKey = readNumber(before)?.key ?? null
    if (phoneKey !== null) {
      await state(trx, { type: 'customer_picked', phoneKey, customerId, staffId: actorId })
    }
    await state(trx, { type: 'ticket_changed', ticketId })
    const [shown] = await view.toRows(trx.db, [after])
    if (shown) trx.afterCommit(() => deps.notifier.ticketUpdated(shown))
  }

  /** What comes and goes with the contract when this is the customer, and what the line says of it. */
  async function contractOf(db: Db, before: StoredTicket, customerId: string) {
    const order = await withContract(db, {}, customerId)
    const known = { ...before, customer_id: customerId }
    const { columns, contractNo } = await deps.details.check(db, order, known)
    const changed = differing(before, columns)
    return { columns: changed, fields: editedFields(changed, {}, contractNo) }
  }

  function readNumber(row: StoredTicket): PhoneNumber | null {
    return row.number_raw === null ? null : deps.describeNumber(row.number_raw)
  }

  return { linkCustomer, numberOf }
}

/** The number as it came; null for a ticket without one. Throws NotFound. */
async function numberOf(db: Db, ticketId: string): Promise<string | null> {
  return (await requireTicket(db, ticketId)).number_raw
}

async function requireTicket(db: Db, id: string): Promise<StoredTicket> {
  const row = await selectTicket(db, id)
  if (!row) throw new NotFound('ticket', id)
  return row
}
