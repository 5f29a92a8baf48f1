import {
  EVIDENCE_CHANNELS,
  type EvidenceGiven,
  type ReplyChannel,
} from '#contract/casework/process.ts'
import type { SessionUser } from '#contract/staff.ts'
import { intakeChannel, type Ticket } from '#contract/tickets.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import { isOpen } from '../tickets/ticket.ts'
import type { StoredTicket } from '../tickets/ticket-record.ts'
import { caseOf } from './case-record.ts'
import type { ProcessEffect, TicketWalked } from './effect.ts'
import { deleteAttempt, hasAttempt, insertEvidence, readTicket, saveStep } from './process-store.ts'

export interface ReplyDeps {
  database: Database
  clock: Clock
  newId: NewId
  state: StateFact
  viewOf: (ticketId: string, user: SessionUser) => Promise<Ticket>
}

type Noted = Extract<ProcessEffect, { type: 'note_attempt' | 'note_reply' }>

/** An attempt by what it is known by. */
interface NotedAttempt {
  ticketId: string
  reference: string
}

export type ReplyService = ReturnType<typeof createReplyService>

/** What is on record of answers to the customer: by hand, and by the steps of the process. */
export function createReplyService(deps: ReplyDeps) {
  const { database, clock, newId, state } = deps

  /**
   * Notes an answer or a try that no machine saw, once for each reference. Throws NotFound, Conflict for a ticket that is over,
   * InvalidInput (422) for a moment that cannot be or a channel that does not fit.
   */
  async function addEvidence(
    ticketId: string,
    given: EvidenceGiven,
    user: SessionUser,
  ): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const row = await requireOpen(trx, ticketId)
      const ticket = caseOf(row)
      const at = given.at ?? clock.now()
      const channel = given.channel ?? ticket.agreedChannel ?? ticket.channel
      if (!EVIDENCE_CHANNELS[given.kind].some((one) => one === channel)) {
        const fits = EVIDENCE_CHANNELS[given.kind].join(', ')
        throw unprocessable('channel', `a ${given.kind} goes with ${fits}`, 'channel_mismatch')
      }
      if (at > clock.now() || at < ticket.receivedAt) {
        const reason = `must be between the receipt (${ticket.receivedAt}) and now`
        throw unprocessable('at', reason, 'at_out_of_range')
      }
      const id = newId()
      const reference = given.reference === '' ? id : given.reference
      const evidence = { id, ticketId, channel, kind: given.kind, at, reference }
      const whose = { loopNo: ticket.loopNo, staffId: user.id }
      if (!(await insertEvidence(trx.db, { ...evidence, ...whose }))) return
      const fields = { kind: given.kind, channel, at, reference: given.reference }
      // A try that reached nobody is no word to the customer.
      const answeredAt = given.kind === 'attempt' ? null : at
      const answer = { ticketId, actorId: user.id, answeredAt, note: given.note, fields }
      await state(trx, { type: 'reply_noted', ...answer })
    })
    return deps.viewOf(ticketId, user)
  }

  /** The customer agreed to be answered on another channel than the one they used. */
  async function agreeChannel(
    ticketId: string,
    { version, channel, agreedBy }: ReplyChannel,
    user: SessionUser,
  ): Promise<Ticket> {
    await database.transaction(async (trx) => {
      const row = await requireOpen(trx, ticketId)
      const agreed = { channel, agreedBy, notedBy: user.id, at: clock.now() }
      const isBack = intakeChannel.parse(row.channel) === channel
      const saved = await saveStep(
        trx.db,
        { id: row.id, version },
        { reply_channel: isBack ? null : JSON.stringify(agreed), updated_at: clock.now() },
      )
      if (saved === undefined) throw new Conflict('the ticket was changed meanwhile: read it again')
      const fields = { channel, agreedBy }
      const noted = { ticketId, actorId: user.id, answeredAt: null, note: '', fields }
      await state(trx, { type: 'reply_noted', ...noted })
    })
    return deps.viewOf(ticketId, user)
  }

  /** What a step notes of itself: a try that nobody answered, a mail or a letter that was sent. */
  async function note(
    trx: Trx,
    effect: Noted,
    step: Pick<TicketWalked, 'ticketId' | 'actorId' | 'at' | 'loopNo' | 'reference'>,
  ): Promise<void> {
    const row = await readTicket(trx.db, step.ticketId)
    if (row === undefined) return
    const { channel, agreedChannel } = caseOf(row)
    const id = newId()
    const common = { id, ticketId: step.ticketId, loopNo: step.loopNo, staffId: step.actorId }
    await insertEvidence(
      trx.db,
      effect.type === 'note_attempt'
        ? {
            ...common,
            kind: 'attempt',
            channel: 'hotline',
            at: step.at,
            reference: step.reference ?? id,
          }
        : { ...common, ...effect, channel: agreedChannel ?? channel },
    )
  }

  /**
   * An attempt to call the customer that did not reach them counts once, whoever hears of it. While
   * the ticket waits for its callback its steps alone count them (row 8).
   */
  async function noteAttempt(
    trx: Trx,
    attempt: { ticketId: string; reference: string; staffId: string | null },
  ): Promise<void> {
    const row = await readTicket(trx.db, attempt.ticketId)
    if (row === undefined || caseOf(row).status === 'callback_due') return
    const common = { id: newId(), kind: 'attempt', channel: 'hotline', at: clock.now() } as const
    await insertEvidence(trx.db, { ...attempt, ...common, loopNo: row.loop_no })
  }

  /** The customer called us about it themselves: they were spoken to, once per call. */
  async function noteCall(
    trx: Trx,
    call: { ticketId: string; callId: string; at: string; staffId: string | null },
  ): Promise<void> {
    const row = await readTicket(trx.db, call.ticketId)
    if (row === undefined) return
    const { ticketId, callId: reference, at, staffId } = call
    const common = { id: newId(), kind: 'call', channel: 'hotline' } as const
    const evidence = { ...common, ticketId, reference, at, staffId, loopNo: row.loop_no }
    await insertEvidence(trx.db, evidence)
  }

  return {
    addEvidence,
    agreeChannel,
    note,
    noteAttempt,
    isAttemptNoted,
    withdrawAttempt,
    noteCall,
  }
}

function isAttemptNoted(trx: Trx, attempt: NotedAttempt): Promise<boolean> {
  return hasAttempt(trx.db, attempt)
}

/** It reached the customer, or never called them: it counts no more. Safe to repeat. */
function withdrawAttempt(trx: Trx, attempt: NotedAttempt): Promise<void> {
  return deleteAttempt(trx.db, attempt)
}

/** Throws NotFound, Conflict when it is over or part of another ticket. */
async function requireOpen(trx: Trx, ticketId: string): Promise<StoredTicket> {
  const row = await readTicket(trx.db, ticketId)
  if (row === undefined) throw new NotFound('ticket', ticketId)
  const { status, mergedInto } = caseOf(row)
  if (!isOpen(status) || mergedInto !== null) {
    throw new Conflict('the ticket is over: nothing can be answered on it')
  }
  return row
}
