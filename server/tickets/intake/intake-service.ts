import type { PhoneNumber } from '#contract/customers.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Instant } from '#contract/primitives.ts'
import { type Ticket, type TicketCreate, ticketCreate } from '#contract/tickets.ts'
import { cleanNumberText, faultMessage, writtenFault } from '../../customers/customer-number.ts'
import type { NumberOwners } from '../../customers/customer-record.ts'
import { takeNumber } from '../../db/counter.ts'
import type { Db } from '../../db/schema.ts'
import type { Trx } from '../../db/transaction.ts'
import { InvalidInput, unprocessable } from '../../errors.ts'
import { asStored, newTicket, toOpened } from '../new-ticket.ts'
import { receivedFault } from './received-at.ts'
import { codeYear, ticketCode } from '../ticket.ts'
import { withContract } from '../contract-store.ts'
import { NO_CONTRACT } from '../ticket-contract.ts'
import { maskedNumber } from '../ticket-edit.ts'
import type { StoredTicket } from '../ticket-record.ts'
import type { TicketDeps } from '../ticket-service.ts'
import { insertWholeTicket } from '../ticket-store.ts'
import { addLines } from '../timeline-store.ts'

/** `state` takes `tickets_opened`. */
export interface IntakeDeps extends TicketDeps {
  findByNumber: (db: Db, key: string | null) => Promise<NumberOwners>
}

/** The parent ticket of an area outage; `name` says area and service. */
export interface ParentOrder {
  ticketId: string
  area: string | null
  service: string | null
  name: string
  message: string
  user: SessionUser
}

export type IntakeService = ReturnType<typeof createIntakeService>

/** Tickets that people open by hand: mail, letter, counter, other. */
export function createIntakeService(deps: IntakeDeps) {
  const { database, clock, newId, view, subjects } = deps

  /**
   * Opens a ticket, assigned to who opens it and received now or, with a reason, earlier: its
   * deadline counts from there. Throws InvalidInput (422) for what cannot be so.
   */
  async function create(order: TicketCreate, user: SessionUser): Promise<Ticket> {
    const number = readGivenNumber(order.number)
    const now = clock.now()
    const { receivedAt = now, receivedReason = '' } = order
    const fault = receivedFault(receivedAt, receivedReason, now)
    if (fault !== null) throw new InvalidInput(fault.message, [fault], 422)
    const id = await database.transaction(async (trx) => {
      const given = { id: newId(), number, receivedAt, now, user }
      const row = await rowOf(trx.db, order, given)
      await store(trx, row, openedLine(order, now), { actorId: user.id, acknowledgedAt: null })
      return row.id
    })
    return view.get(id, user)
  }

  /**
   * The parent ticket of an area outage: an incident without a customer, so nobody is acknowledged.
   * Who opens it for reception has it; NOC takes it from its own queue.
   */
  async function openParent(trx: Trx, order: ParentOrder): Promise<void> {
    const { ticketId: id, area, service, name: subject, message: description, user } = order
    const now = clock.now()
    const category = 'AREA_OUTAGE'
    const what = { category, subject, description, area, service }
    const asked = { channel: 'other', kind: 'incident', ...what }
    const given = { id, number: null, receivedAt: now, now, user }
    const row = await rowOf(trx.db, ticketCreate.parse(asked), given)
    const assigneeId = user.role === 'noc' ? null : user.id
    const parent = { ...row, is_outage: 1, assignee_id: assigneeId }
    const line = { kind: 'opened' as const, note: '', fields: { channel: 'other' } }
    await store(trx, parent, line, { actorId: user.id, acknowledgedAt: now })
  }

  async function store(
    trx: Trx,
    row: StoredTicket,
    line: Pick<ReturnType<typeof openedLine>, 'kind' | 'note' | 'fields'>,
    { actorId, acknowledgedAt }: { actorId: string; acknowledgedAt: Instant | null },
  ): Promise<void> {
    await insertWholeTicket(trx.db, row)
    const { id: ticketId, created_at: at } = row
    await addLines(trx.db, [{ ...line, id: newId(), at, ticketId, actorId }])
    const tickets = [{ ...toOpened(row), acknowledgedAt }]
    await deps.state(trx, { type: 'tickets_opened', tickets })
    const [shown] = await view.toRows(trx.db, [row])
    if (shown) trx.afterCommit(() => deps.notifier.ticketUpdated(shown))
  }

  async function rowOf(
    db: Db,
    order: TicketCreate,
    given: {
      id: string
      number: PhoneNumber | null
      receivedAt: string
      now: string
      user: SessionUser
    },
  ): Promise<StoredTicket> {
    const { id, number, receivedAt, now, user } = given
    const { channel, kind, subject, description } = order
    const customerId = await customerOf(db, order, number)
    const known = { ...NO_CONTRACT, customer_id: customerId }
    const { columns } = await deps.details.check(
      db,
      await withContract(db, order, customerId),
      known,
    )
    const year = codeYear(receivedAt)
    const code = ticketCode(year, await takeNumber(db, `ticket:${year}`))
    const begun = newTicket(
      {
        channel,
        kind,
        subject,
        description,
        number,
        customerId,
        contract: null,
        assigneeId: user.id,
        receivedAt,
        openedByCallId: null,
        recovered: false,
      },
      { id, code, now, dueAt: deps.dueAt },
    )
    const row = { ...asStored(begun), ...columns }
    const named = await subjects.subjectOf(db, null, { ...row, subject: '' }, subject)
    return { ...row, ...named }
  }

  /** Throws InvalidInput (422) for what no telephone can be, such as two numbers in one field. */
  function readGivenNumber(given: string | null): PhoneNumber | null {
    if (given === null) return null
    const text = cleanNumberText(given)
    const number = deps.describeNumber(text)
    const code = writtenFault(text, number)
    if (code === null) return number
    throw unprocessable('number', faultMessage(given, code), code)
  }

  /** The customer who was named, else the only one with this number. */
  async function customerOf(
    db: Db,
    { customerId }: TicketCreate,
    number: PhoneNumber | null,
  ): Promise<string | null> {
    if (customerId === null) {
      return (await deps.findByNumber(db, number?.key ?? null)).chosen?.id ?? null
    }
    const customer = (await deps.customersById(db, [customerId])).get(customerId)
    if (!customer) throw unprocessable('customerId', `there is no customer "${customerId}"`)
    return customer.id
  }

  return { create, openParent }
}

/** Says of an earlier receipt when it was and why it is entered only now. */
function openedLine(order: TicketCreate, now: string) {
  const { channel, receivedAt, receivedReason: note = '', complainant, contactNumber } = order
  const isEarlier = receivedAt !== undefined && receivedAt !== now
  const fields: Record<string, string> = { channel }
  if (isEarlier) fields['receivedAt'] = receivedAt
  if (complainant) fields['complainant'] = complainant.relation
  if (contactNumber) fields['contactNumber'] = maskedNumber(contactNumber)
  return { kind: 'opened' as const, note, fields }
}
