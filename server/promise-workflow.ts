import type { AttemptOutcome } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Callbacks } from './callbacks/callbacks-feature.ts'
import type { Ask } from './callbacks/hold/hold-service.ts'
import type { Call } from './calls/conversation/call.ts'
import { talkSeconds } from './calls/conversation/durations.ts'
import { promiseLine } from './callbacks/ledger/promise-line.ts'
import type { Calls } from './calls/calls-feature.ts'
import type { Clocks } from './clocks/clocks-feature.ts'
import type { Trx } from './db/transaction.ts'
import type { DomainFact } from './domain-fact.ts'
import type { MissedFact, OutgoingFact, PromiseFact } from './callbacks/promise-fact.ts'
import { Forbidden } from './errors.ts'
import type { Notifications } from './notifications/notifications-feature.ts'
import type { Pops } from './pops/pops-feature.ts'
import type { Process } from './process/process-feature.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { RecordAudit } from './staff/audit/audit-service.ts'
import { auditLine } from './teams/audit-line.ts'
import type { Teams } from './teams/teams-feature.ts'
import type { Tickets } from './tickets/tickets-feature.ts'

/** What promises ask of the other features. */
export interface PromiseDeps {
  audit: RecordAudit
  calls: Pick<Calls, 'linkTicket'>
  tickets: Pick<Tickets, 'note' | 'noteOfCall' | 'addCallbackCall' | 'ensureForCall'>
  clocks: Pick<
    Clocks,
    'promised' | 'promiseOver' | 'promiseDialled' | 'promiseTried' | 'acknowledged'
  >
  process: Pick<
    Process,
    'step' | 'say' | 'noteAttempt' | 'isAttemptNoted' | 'withdrawAttempt' | 'noteCall'
  >
  callbacks: Pick<Callbacks, 'gotThrough' | 'wake' | 'missed' | 'hold'>
  pops: Pick<Pops, 'giveTicket'>
  notifications: Pick<Notifications, 'tell'>
  teams: Pick<Teams, 'leadsOf'>
  /** SHORTEST_TALK_SECONDS. */
  shortestTalkSeconds: number
  /** Who works here; null for anybody else. */
  personById: (staffId: string) => SessionUser | null
  /** Whose the extension was at that moment. */
  staffIdOf: (extension: string, at?: Instant) => string | null
}

/** One attempt, as the PBX or a person says that it ended. */
interface Tried {
  ticketId: string
  promiseId: string
  attempt: number
  /** Null: nobody of ours took part. */
  staffId: string | null
  outcome: AttemptOutcome
}

type PromiseChanged = Extract<
  PromiseFact,
  { type: 'promise_made' | 'promise_moved' | 'promise_cancelled' | 'promise_asked' }
>
const AUDITED = {
  promise_moved: 'callback.moved',
  promise_cancelled: 'callback.cancelled',
  promise_asked: 'callback.asked',
} as const

function dueDetail(fact: PromiseChanged): Record<string, string> {
  return 'dueAt' in fact ? { dueAt: fact.dueAt } : {}
}

/** How an attempt ends that rang the customer, or found them busy, and did not reach them. */
const NOT_REACHED: readonly AttemptOutcome[] = [
  'no_answer',
  'busy',
  'rejected',
  'not_accepted',
  'left_waiting',
]

/** The workflow of promises: their lines, their clock, and the step that an attempt is. */
export function createPromiseWorkflow(deps: PromiseDeps) {
  const { audit, calls, callbacks, tickets, clocks, process } = deps

  async function follow(trx: Trx, fact: CallbackFact): Promise<void> {
    switch (fact.type) {
      case 'outgoing_call_begun':
      case 'outgoing_call_ended':
        return followOrdered(trx, fact)
      case 'missed_caller_reached':
        return openForMissed(trx, fact)
      case 'missed_caller_dropped':
      case 'missed_rules_changed':
        return audit(trx, auditLine(fact))
      case 'promise_made':
      case 'promise_moved':
        await tickets.note(trx, promiseLine(fact))
        await auditChange(trx, fact)
        return clocks.promised(trx, fact.ticketId, fact.dueAt)
      case 'promise_cancelled':
        await tickets.note(trx, promiseLine(fact))
        await auditChange(trx, fact)
        return clocks.promiseOver(trx, fact.ticketId, 'cancelled')
      case 'promise_asked':
        return auditChange(trx, fact)
      case 'promise_attempted':
        await tickets.note(trx, promiseLine(fact))
        await clocks.promiseTried(trx, fact)
        if (fact.outcome === 'reached') {
          await clocks.acknowledged(trx, fact.ticketId)
          await callbacks.missed.keptByHand(trx, { ...fact, at: fact.submittedAt })
        }
        return followAttempt(trx, { ...fact, staffId: fact.assigneeId })
      case 'promise_handed_over': {
        const { actorId, promiseId: subject, fromId, toId } = fact
        await tickets.note(trx, promiseLine(fact))
        await tellHeir(trx, fact)
        const detail = { ...(fromId === null ? {} : { from: fromId }), to: toId }
        return audit(trx, { actorId, action: 'callback.handed_over', subject, detail })
      }
      case 'promise_at_risk':
        return tellLeads(trx, fact)
      case 'promise_outcome_given':
        return followWord(trx, fact)
      case 'promise_call_begun':
        await clocks.promiseDialled(trx, fact.ticketId)
        await tickets.addCallbackCall(trx, fact.callId, fact.ticketId)
        return calls.linkTicket(trx, fact)
      case 'promise_rules_changed': {
        const { actorId, detail } = fact
        // What waits for other hours may be dialled sooner than the loop knows.
        trx.afterCommit(callbacks.wake)
        return audit(trx, { actorId, action: 'callbacks.changed', subject: 'promises', detail })
      }
    }
  }

  /** What whoever called says stands above the PBX's word; with the customer's own it is a step. */
  async function followWord(trx: Trx, fact: FactOf<'promise_outcome_given'>): Promise<void> {
    const { actorId, ticketId, promiseId: subject, attempt, outcome, was, result, note } = fact
    await tickets.note(trx, promiseLine(fact))
    await clocks.promiseOver(trx, ticketId, 'outcome_given')
    if (attempt > 0 && outcome === 'reached') await clocks.acknowledged(trx, ticketId)
    if (attempt > 0) await followAttempt(trx, { ...fact, staffId: actorId })
    if (result !== null) {
      await process.say(trx, ticketId, { result, note }, requirePerson(actorId))
    }
    const action = outcome === was ? 'callback.confirmed' : 'callback.corrected'
    const detail = { outcome, ...(was === null ? {} : { was }), ...(result ? { result } : {}) }
    return audit(trx, { actorId, action, subject, detail })
  }

  function requirePerson(staffId: string): SessionUser {
    const person = deps.personById(staffId)
    if (person === null) throw new Forbidden(`${staffId} works here no more`)
    return person
  }

  /** What a person did to a promise that was there; what the service does stands on its ticket. */
  async function auditChange(trx: Trx, fact: PromiseChanged): Promise<void> {
    const { actorId, promiseId: subject } = fact
    if (actorId === null || fact.type === 'promise_made') return
    const detail = 'reason' in fact ? { reason: fact.reason } : dueDetail(fact)
    return audit(trx, { actorId, action: AUDITED[fact.type], subject, detail })
  }

  /** Who is given a promise is told; who took it knows. */
  async function tellHeir(trx: Trx, fact: FactOf<'promise_handed_over'>): Promise<void> {
    const { promiseId, ticketId, actorId, toId, version } = fact
    if (toId === actorId) return
    const onceKey = `${promiseId}/given/${version}`
    const notice = { kind: 'promise_given', ticketId, fields: {}, onceKey } as const
    return deps.notifications.tell(trx, { ...notice, staffIds: [toId] })
  }

  async function tellLeads(trx: Trx, fact: FactOf<'promise_at_risk'>): Promise<void> {
    const { promiseId, ticketId, dueAt, team } = fact
    const { onShift } = await deps.teams.leadsOf(team)
    const onceKey = `${promiseId}/at_risk/${dueAt}`
    const notice = { kind: 'promise_at_risk', ticketId, fields: { dueAt }, onceKey } as const
    return deps.notifications.tell(trx, { ...notice, staffIds: onShift })
  }

  /**
   * A customer who was not reached moves a ticket that waits for that call, and only that one. An
   * attempt counts once, and no more when it turns out to have reached them.
   */
  async function followAttempt(trx: Trx, tried: Tried): Promise<void> {
    const { ticketId, promiseId, attempt, staffId, outcome } = tried
    const noted = { ticketId, reference: `${promiseId}/${attempt}` }
    if (!NOT_REACHED.includes(outcome)) return process.withdrawAttempt(trx, noted)
    if (await process.isAttemptNoted(trx, noted)) return
    const order = { action: 'callback_no_answer', reference: noted.reference } as const
    if (await process.step(trx, ticketId, order)) return
    await process.noteAttempt(trx, { ...noted, staffId })
  }

  /**
   * A call that a person ordered: of its ticket, with its line, and a word to the customer. Who was
   * missed before and is reached by it needs no callback any more.
   */
  async function followOrdered(trx: Trx, fact: OutgoingFact): Promise<void> {
    const { ticketId, actorId, callId } = fact
    if (fact.type === 'outgoing_call_ended' && fact.outcome === 'reached') {
      const { numberDial, endedAt: at } = fact
      await callbacks.missed.keptByHand(trx, { numberDial, ticketId, callId, at })
    }
    if (ticketId === null) return
    if (fact.type === 'outgoing_call_begun') {
      await tickets.addCallbackCall(trx, fact.callId, ticketId, actorId)
      return calls.linkTicket(trx, { callId: fact.callId, ticketId })
    }
    const { device, outcome } = fact
    const fields = { device, outcome, ...(callId === null ? {} : { callId }) }
    await tickets.note(trx, { ticketId, actorId, kind: 'outgoing_call', note: '', fields })
    if (outcome === 'reached') return clocks.acknowledged(trx, ticketId)
    if (callId === null || !NOT_REACHED.includes(outcome)) return
    await process.noteAttempt(trx, { ticketId, reference: callId, staffId: actorId })
  }

  /** Whom nobody answered is promised a call, and whose conversation it was needs none any more. */
  async function followEnd(trx: Trx, callId: string, call: Call): Promise<void> {
    await callbacks.missed.note(trx, callId, call)
    await followTalk(trx, callId, call)
  }

  /** Who was answered was not missed, and is called back by nobody meanwhile. */
  async function followAnswers(
    trx: Trx,
    answers: readonly { callId: string; call: Call }[],
  ): Promise<void> {
    await callbacks.missed.takeBack(trx, answers)
    // oxlint-disable-next-line no-await-in-loop -- seldom more than one
    for (const { call } of answers) await callbacks.hold.leaveForCall(trx, call)
  }

  /** Whom an agent talked to already has a ticket, which says that they are called back. */
  async function followAsk(trx: Trx, ask: Ask): Promise<void> {
    const made = await callbacks.hold.ask(trx, ask)
    if (made === null || ask.call.answeredAt === null) return
    const fields = { callbackId: made.promiseId, dueAt: made.dueAt }
    const line = { actorId: null, kind: 'callback_promised', note: '', fields } as const
    await tickets.noteOfCall(trx, ask.callId, line)
  }

  /**
   * A customer who talked to an agent before we called them back has been called back; so has one who
   * asked for another call and talked in that.
   */
  async function followTalk(trx: Trx, callId: string, call: Call): Promise<void> {
    const { answeredAt } = call
    if (answeredAt === null || (talkSeconds(call) ?? 0) < deps.shortestTalkSeconds) return
    const asked = call.direction === 'callback' ? await callbacks.hold.calledBy(trx, callId) : null
    const number = call.direction === 'inbound' ? call.callerIdNum : (asked?.number ?? null)
    if (number === null) return
    const extension = call.segments[0]?.extension
    const staffId = extension === undefined ? null : deps.staffIdOf(extension, answeredAt)
    const talk = { number, answeredAt, own: asked?.promiseId ?? null }
    for (const ticketId of await callbacks.gotThrough(trx, talk)) {
      // oxlint-disable-next-line no-await-in-loop -- seldom more than one
      await process.noteCall(trx, { ticketId, callId, at: answeredAt, staffId })
    }
  }

  /** Who had not been talked to before gets a ticket by the callback, once; it goes on with that of others. */
  async function openForMissed(
    trx: Trx,
    fact: Extract<MissedFact, { type: 'missed_caller_reached' }>,
  ): Promise<void> {
    const { promiseId, callId, extension, numberRaw, missedCallId: goesOnWith } = fact
    const staffId = fact.assigneeId ?? deps.staffIdOf(extension)
    const call = { ...fact.called, callerIdNum: numberRaw, withheld: false }
    const order = { callId, call, staffId, recovered: false, goesOnWith }
    const { ticketId } = await tickets.ensureForCall(trx, order)
    await calls.linkTicket(trx, { callId, ticketId })
    await callbacks.missed.giveTicket(trx, promiseId, ticketId)
    await deps.pops.giveTicket(trx, { callId, ticketId })
  }

  return { followAnswers, followAsk, followEnd, follow }
}

/** Facts of calls of ours: each of them, and none else, is named so. */
type CallbackFact = Extract<
  DomainFact,
  { type: `promise_${string}` | `missed_${string}` | `outgoing_${string}` }
>

export function isCallbackFact(fact: DomainFact): fact is CallbackFact {
  return ['promise_', 'missed_', 'outgoing_'].some((name) => fact.type.startsWith(name))
}

type FactOf<T extends PromiseFact['type']> = Extract<PromiseFact, { type: T }>
