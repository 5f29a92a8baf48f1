import type { PhoneNumber } from '#contract/customers.ts'
import type { TimelineEntry } from '#contract/tickets.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { NumberOwners } from '../customers/customer-record.ts'
import { giveNumberBack, takeNumber } from '../db/counter.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import type { Clock, NewId, Notifier } from '../ports.ts'
import { type DueAt, ticketDueAt } from './clocks.ts'
import { codeYear, NEW_TICKET, TICKET_STATES, ticketCode } from './ticket.ts'
import { parseFields, type Person, ticketSearchText, toTicketRow } from './ticket-record.ts'
import * as store from './ticket-store.ts'

export interface CallTicketDeps {
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'ticketUpdated'>
  dueAt: DueAt
  describeNumber: (raw: string | null, withheld: boolean) => PhoneNumber
  findByNumber: (db: Db, key: string | null) => Promise<NumberOwners>
  staffById: (staffId: string) => Person | null
  /** Notes on the call's own row which ticket it belongs to. */
  linkCall: (trx: Trx, link: { callId: string; ticketId: string }) => Promise<void>
}

export interface CallOrder {
  callId: string
  call: Call
  /** Null when no member of staff has the extension that answered. */
  staffId: string | null
}

export interface EnsuredTicket {
  ticketId: string
  /** Whose number it is, when that was asked to open the ticket. */
  owners: NumberOwners | null
}

export interface TimelineNote {
  ticketId: string
  actorId: string | null
  kind: TimelineEntry['kind']
  note: string
  fields: Record<string, string>
}

export type CallTicketService = ReturnType<typeof createCallTicketService>

/** What calls do to tickets: open one, join the one that is there, or belong to a promise's. */
export function createCallTicketService(deps: CallTicketDeps) {
  const { clock, newId, notifier } = deps

  /**
   * The ticket of this conversation: opened at its first answer, found again at every later one.
   * Safe to repeat, and two processes that hear the same answer open one.
   */
  async function ensureForCall(trx: Trx, order: CallOrder): Promise<EnsuredTicket> {
    const { call } = order
    const mayHaveOne = call.segments.length > 1 || call.direction === 'callback'
    const known = mayHaveOne ? await store.selectTicketOfCall(trx.db, order.callId) : undefined
    if (known) return join(trx, known, order)
    const opened = await open(trx, order)
    if (opened !== null) return opened
    const other = await store.selectTicketOfCall(trx.db, order.callId)
    if (!other) throw new Error(`call ${order.callId} has a ticket that cannot be read`)
    return join(trx, other, order)
  }

  /** Null when another process has opened it meanwhile. */
  async function open(trx: Trx, order: CallOrder): Promise<EnsuredTicket | null> {
    const { callId, call } = order
    const number = deps.describeNumber(call.callerIdNum, call.withheld)
    const owners = await deps.findByNumber(trx.db, number.key)
    const { chosen } = owners
    const counter = `ticket:${codeYear(call.enteredAt)}`
    const code = ticketCode(codeYear(call.enteredAt), await takeNumber(trx.db, counter))
    const row = newTicket(order, { code, number, customerId: chosen?.id ?? null })
    if (!(await store.insertTicket(trx.db, row))) {
      await giveNumberBack(trx.db, counter)
      return null
    }
    await note(trx, lineOf(row.id, order, 'opened'))
    await deps.linkCall(trx, { callId, ticketId: row.id })
    const assignee = order.staffId === null ? null : deps.staffById(order.staffId)
    trx.afterCommit(() => {
      const shown = row.number_raw === null ? null : number
      notifier.ticketUpdated(toTicketRow(row, { customer: chosen, number: shown, assignee }))
    })
    return { ticketId: row.id, owners }
  }

  function newTicket(
    { callId, call, staffId }: CallOrder,
    of: { code: string; number: PhoneNumber; customerId: string | null },
  ): store.StoredTicket {
    const now = clock.now()
    const hidden = of.number.kind === 'anonymous'
    return {
      ...NEW_TICKET,
      id: newId(),
      code: of.code,
      team: TICKET_STATES[NEW_TICKET.status].owner,
      channel: 'hotline',
      subject: '',
      description: '',
      customer_id: of.customerId,
      number_raw: hidden ? null : of.number.raw,
      number_key: of.number.key,
      assignee_id: staffId,
      received_at: call.enteredAt,
      due_at: ticketDueAt(NEW_TICKET.kind, call.enteredAt, deps.dueAt),
      opened_by_call_id: callId,
      recovered: call.recovered ? 1 : 0,
      search_text: ticketSearchText(of.code, '', hidden ? null : of.number),
      version: 1,
      created_at: now,
      updated_at: now,
    }
  }

  /** A further agent of the conversation: one line per segment; a ticket nobody has becomes theirs. */
  async function join(
    trx: Trx,
    ticket: store.StoredTicket,
    order: CallOrder,
  ): Promise<EnsuredTicket> {
    const joined = { ticketId: ticket.id, owners: null }
    const line = lineOf(ticket.id, order, 'call')
    const isKnown = (fields: Record<string, string>) =>
      fields['agentUniqueid'] === line.fields['agentUniqueid']
    if (await hasLine(trx.db, ticket.id, isKnown)) return joined
    await note(trx, line)
    if (ticket.assignee_id === null && order.staffId !== null) {
      await store.assignIfFree(trx.db, ticket.id, order.staffId)
    }
    return joined
  }

  /** The call that kept a promise belongs to the promise's ticket; safe to repeat. */
  async function attachCallbackCall(
    trx: Trx,
    { callId, ticketId }: { callId: string; ticketId: string },
  ): Promise<void> {
    const isKnown = (fields: Record<string, string>) => fields['callId'] === callId
    if (await hasLine(trx.db, ticketId, isKnown)) return
    const fields = { callId, direction: 'callback' }
    await note(trx, { ticketId, actorId: null, kind: 'call', note: '', fields })
    await deps.linkCall(trx, { callId, ticketId })
  }

  /** One line of a ticket's timeline, now, in the caller's transaction. */
  async function note(trx: Trx, { ticketId, actorId, kind, ...line }: TimelineNote): Promise<void> {
    await store.insertTimeline(trx.db, {
      id: newId(),
      ticket_id: ticketId,
      at: clock.now(),
      actor_id: actorId,
      kind,
      note: line.note,
      fields: JSON.stringify(line.fields),
    })
  }

  return { ensureForCall, attachCallbackCall, note }
}

async function hasLine(
  db: Db,
  ticketId: string,
  isIt: (fields: Record<string, string>) => boolean,
): Promise<boolean> {
  const lines = await store.selectTimeline(db, ticketId)
  return lines.some((line) => isIt(parseFields(line.fields)))
}

function lineOf(
  ticketId: string,
  { callId, call, staffId }: CallOrder,
  kind: 'opened' | 'call',
): TimelineNote {
  const segment = call.segments.at(-1)
  const fields: Record<string, string> = { callId, direction: call.direction }
  if (call.queue !== null) fields['queue'] = call.queue
  if (segment) {
    fields['extension'] = segment.extension
    fields['how'] = segment.how
    fields['agentUniqueid'] = segment.agentUniqueid
  }
  return { ticketId, actorId: staffId, kind, note: '', fields }
}
