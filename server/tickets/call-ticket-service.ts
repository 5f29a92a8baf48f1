import type { CustomerRef, PhoneNumber } from '#contract/customers.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { NumberOwners } from '../customers/customer-record.ts'
import { giveNumberBack, takeNumber } from '../db/counter.ts'
import type { Db } from '../db/schema.ts'
import type { Trx } from '../db/transaction.ts'
import type { Clock, NewId, Notifier } from '../ports.ts'
import type { DueAt } from './clocks.ts'
import { newTicket } from './new-ticket.ts'
import { codeYear, NEW_TICKET, ticketCode } from './ticket.ts'
import { type IsProvisional, type Person, type StoredTicket, toTicketRow } from './ticket-record.ts'
import * as store from './ticket-store.ts'
import { addLine, hasLine, type TimelineNote } from './timeline-store.ts'

export interface CallTicketDeps {
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'ticketUpdated'>
  dueAt: DueAt
  describeNumber: (raw: string | null, withheld: boolean) => PhoneNumber
  findByNumber: (db: Db, key: string | null) => Promise<NumberOwners>
  staffById: (staffId: string) => Person | null
  isProvisional: IsProvisional
}

/** One answered conversation, for the ticket that it is owed. */
export interface CallOrder {
  callId: string
  call: Call
  /** Null when no member of staff has the extension that answered. */
  staffId: string | null
  /** True when nobody heard the answer in time: the ticket says so. */
  recovered?: boolean
}

export interface EnsuredTicket {
  ticketId: string
  /** False when it was there before. */
  isNew: boolean
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
    const number = deps.describeNumber(order.call.callerIdNum, order.call.withheld)
    const owners = await deps.findByNumber(trx.db, number.key)
    const year = codeYear(order.call.enteredAt)
    const code = ticketCode(year, await takeNumber(trx.db, `ticket:${year}`))
    const row = ticketOf(order, { code, number, customerId: owners.chosen?.id ?? null })
    if (!(await store.insertTicket(trx.db, row))) {
      await giveNumberBack(trx.db, `ticket:${year}`)
      return null
    }
    await note(trx, lineOf(row.id, order, 'opened'))
    announce(trx, row, { number, customer: owners.chosen })
    return { ticketId: row.id, isNew: true }
  }

  function ticketOf(
    { callId, call, staffId, recovered = call.recovered }: CallOrder,
    found: { code: string; number: PhoneNumber; customerId: string | null },
  ): StoredTicket {
    return newTicket(
      {
        channel: 'hotline',
        kind: NEW_TICKET.kind,
        subject: '',
        description: '',
        number: found.number,
        customerId: found.customerId,
        assigneeId: staffId,
        receivedAt: call.enteredAt,
        openedByCallId: callId,
        recovered,
      },
      { id: newId(), code: found.code, now: clock.now(), dueAt: deps.dueAt },
    )
  }

  function announce(
    trx: Trx,
    row: StoredTicket,
    found: { number: PhoneNumber; customer: CustomerRef | null },
  ): void {
    const assignee = row.assignee_id === null ? null : deps.staffById(row.assignee_id)
    const number = row.number_raw === null ? null : found.number
    const { isProvisional } = deps
    const { customer } = found
    trx.afterCommit(() =>
      notifier.ticketUpdated(toTicketRow(row, { customer, number, assignee, isProvisional })),
    )
  }

  /** A further agent of the conversation: one line per segment; a ticket nobody has becomes theirs. */
  async function join(trx: Trx, ticket: StoredTicket, order: CallOrder): Promise<EnsuredTicket> {
    const joined = { ticketId: ticket.id, isNew: false }
    const line = lineOf(ticket.id, order, 'call')
    if (await hasLine(trx.db, ticket.id, 'agentUniqueid', line.fields['agentUniqueid']))
      return joined
    await note(trx, line)
    if (ticket.assignee_id === null && order.staffId !== null) {
      await store.assignIfFree(trx.db, ticket.id, order.staffId)
    }
    return joined
  }

  /** The call that keeps a promise is a line of the promise's ticket; safe to repeat. */
  async function addCallbackCall(trx: Trx, callId: string, ticketId: string): Promise<void> {
    if (await hasLine(trx.db, ticketId, 'callId', callId)) return
    const fields = { callId, direction: 'callback' }
    await note(trx, { ticketId, actorId: null, kind: 'call', note: '', fields })
  }

  /** One line of a ticket's timeline, now, in the caller's transaction. */
  function note(trx: Trx, line: TimelineNote): Promise<void> {
    return addLine(trx.db, line, { id: newId(), at: clock.now() })
  }

  return { ensureForCall, addCallbackCall, note }
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
