import type { AttemptOutcome, AttemptStage } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { PbxStatus } from '#contract/queues.ts'
import type { Callbacks } from './callbacks/callbacks-feature.ts'
import type { Calls } from './calls/calls-feature.ts'
import type { Call } from './calls/conversation/call.ts'
import type { Customers } from './customers/customers-feature.ts'
import type { Trx } from './db/transaction.ts'
import type { Desk } from './desk/desk-feature.ts'
import type {
  CallAnswered,
  CallDomainFact,
  DomainFact,
  LiveFact,
  PromiseFact,
} from './domain-fact.ts'
import type { StateFact } from './ports.ts'
import type { Pops } from './pops/pops-feature.ts'
import { createStepWorkflow, type StepDeps } from './process-workflow.ts'
import type { Process } from './process/process-feature.ts'
import type { Queues } from './queues/queues-feature.ts'
import type { RecordAudit } from './staff/audit-service.ts'
import type { Tickets } from './tickets/tickets-feature.ts'

/** What the workflow asks of each feature. */
export interface WorkflowDeps extends StepDeps {
  /** Whose the extension is, or was at that moment. */
  staffIdOf: (extension: string, at?: Instant) => string | null
  audit: RecordAudit
  calls: Pick<Calls, 'linkTicket'>
  tickets: Pick<
    Tickets,
    'ensureForCall' | 'ensureForCalls' | 'addCallbackCall' | 'note' | 'redate' | 'announce'
  >
  process: Pick<Process, 'step' | 'noteReplies' | 'noteAttempt'>
  pops: Pick<Pops, 'ring' | 'answer' | 'withdraw' | 'end' | 'touch' | 'tellAgain'>
  callbacks: Pick<
    Callbacks,
    'onCallProgress' | 'settleOrphaned' | 'wake' | 'promise' | 'cancelAll' | 'retry'
  >
  queues: Pick<Queues, 'count' | 'signOff' | 'losePhone' | 'setPbxStatus'>
  customers: Pick<Customers, 'rememberChoice'>
  desk: Pick<Desk, 'callChanged'>
}

export interface Workflow {
  onFact: StateFact
  onLive: (fact: LiveFact) => void
}

type PromiseAttempted = Extract<PromiseFact, { type: 'promise_attempted' }>

/** How an attempt ends that rang the customer, or found them busy, and did not reach them. */
const NOT_REACHED: readonly AttemptOutcome[] = ['no_answer', 'busy', 'rejected']

type AgentAnswer = Pick<CallAnswered, 'callId' | 'call' | 'extension'>

/**
 * What happens when: the one place where features meet. Runs inside the transaction that states the
 * fact, so a fact and everything it causes are durable together or not at all; news goes out after.
 */
export function createWorkflow(deps: WorkflowDeps): Workflow {
  const { audit, calls, tickets, pops, callbacks, queues, customers, desk, process } = deps
  const steps = createStepWorkflow(deps)

  function onFact(trx: Trx, fact: DomainFact): Promise<void> {
    return 'call' in fact ? onCallFact(trx, fact) : onOtherFact(trx, fact)
  }

  async function onCallFact(trx: Trx, fact: CallDomainFact): Promise<void> {
    const { callId, call } = fact
    switch (fact.type) {
      case 'call_entered':
      case 'call_abandoned':
        return
      case 'call_counted':
        return trx.afterCommit(() => queues.count(call, fact))
      case 'agent_ringing':
        return forStaff(fact.extension, (staffId) =>
          pops.ring(trx, { callId, call, staffId, ticketId: null }),
        )
      case 'agent_ring_ended':
        return forStaff(fact.extension, (staffId) => pops.withdraw(trx, { callId, staffId }))
      case 'agent_joined':
        return answer(trx, [fact])
      case 'answered_without_ticket':
        desk.callChanged(trx, callId, call)
        return forStaff(fact.extension, (staffId) => pops.withdraw(trx, { callId, staffId }))
      case 'ticket_owed':
        return openOwed(trx, callId, call)
      case 'agent_left':
        desk.callChanged(trx, callId, call)
        return forStaff(fact.extension, (staffId) => pops.end(trx, { callId, staffId }))
      case 'call_held':
      case 'call_resumed':
        return desk.callChanged(trx, callId, call)
      case 'call_ended':
        desk.callChanged(trx, callId, call)
        return pops.end(trx, { callId, staffId: null })
      case 'callback_progressed':
        return followCallback(trx, callId, call, fact.stage)
    }
  }

  async function onOtherFact(trx: Trx, fact: Exclude<DomainFact, CallDomainFact>): Promise<void> {
    switch (fact.type) {
      case 'calls_answered':
        return answer(trx, fact.answers)
      case 'calls_saved_again':
        return pops.tellAgain(trx, fact.callIds)
      case 'promise_made':
      case 'promise_moved':
      case 'promise_cancelled':
        return tickets.note(trx, lineOf(fact))
      case 'promise_attempted':
        await tickets.note(trx, lineOf(fact))
        return followAttempt(trx, fact)
      case 'promise_handed_over': {
        const { actorId, promiseId: subject, fromId, toId } = fact
        await tickets.note(trx, lineOf(fact))
        const detail = { from: fromId, to: toId }
        return audit(trx, { actorId, action: 'callback.handed_over', subject, detail })
      }
      case 'promise_outcome_given': {
        const { actorId, promiseId: subject, outcome } = fact
        await tickets.note(trx, lineOf(fact))
        return audit(trx, { actorId, action: 'callback.corrected', subject, detail: { outcome } })
      }
      case 'promise_call_begun':
        await tickets.addCallbackCall(trx, fact.callId, fact.ticketId)
        return calls.linkTicket(trx, fact)
      case 'ticket_changed':
        return pops.touch(trx, fact.ticketId)
      case 'ticket_walked':
        return steps.follow(trx, fact)
      case 'reply_noted': {
        const { ticketId, actorId, note, fields } = fact
        await tickets.note(trx, { ticketId, actorId, kind: 'answered', note, fields })
        return tickets.announce(trx, ticketId)
      }
      case 'customer_picked':
        await customers.rememberChoice(trx, fact)
        return
      case 'staff_signed_out':
        return queues.signOff(trx, fact.staffId)
      case 'staff_left':
        await callbacks.settleOrphaned(trx, fact.actorId)
        return
      case 'staff_phone_lost':
        return queues.losePhone(trx, fact.staffId, fact.extension)
      case 'calendar_changed': {
        const { actorId, dueAt, detail } = fact
        const ticketsMoved = String(await tickets.redate(trx, dueAt))
        const changed = { action: 'calendar.changed', subject: 'calendar' }
        return audit(trx, { ...changed, actorId, detail: { ...detail, ticketsMoved } })
      }
      case 'member_commanded': {
        const { actorId, extension: subject, detail } = fact
        return audit(trx, { actorId, action: 'queue.member_commanded', subject, detail })
      }
    }
  }

  function onLive(fact: LiveFact): void {
    switch (fact.type) {
      case 'pbx_status_changed':
        queues.setPbxStatus(fact.status satisfies PbxStatus[])
        return callbacks.wake()
      case 'reach_changed':
        return callbacks.wake()
    }
  }

  /** A customer who was not reached moves a ticket that waits for that call, and only that one. */
  async function followAttempt(trx: Trx, fact: PromiseAttempted): Promise<void> {
    const { ticketId, promiseId, attempt, assigneeId: staffId } = fact
    if (!NOT_REACHED.includes(fact.outcome)) return
    const moved = await process.step(trx, ticketId, { action: 'callback_no_answer' })
    if (moved) return
    const reference = `${promiseId}/${attempt}`
    await process.noteAttempt(trx, { ticketId, reference, staffId })
  }

  async function forStaff(
    extension: string,
    work: (staffId: string) => Promise<void>,
  ): Promise<void> {
    const staffId = deps.staffIdOf(extension)
    if (staffId !== null) await work(staffId)
  }

  /** Of each call the first agent opens the ticket, each further one joins it. */
  async function answer(trx: Trx, answers: readonly AgentAnswer[]): Promise<void> {
    const orders = answers.map(({ callId, call, extension }) => {
      return { callId, call, staffId: deps.staffIdOf(extension) }
    })
    const answered = await tickets.ensureForCalls(trx, orders)
    // Rows that are about to be written take the link with them.
    // oxlint-disable-next-line no-await-in-loop
    for (const one of answered) if (one.isNew) await calls.linkTicket(trx, one)
    await pops.answer(
      trx,
      answered.flatMap(({ staffId, ...one }) => (staffId === null ? [] : [{ ...one, staffId }])),
    )
    for (const { callId, call } of answers) desk.callChanged(trx, callId, call)
  }

  /**
   * An answer whose ticket was not opened in its time: nobody gets a pop of it, and what its answer
   * left ringing on screens goes.
   */
  async function openOwed(trx: Trx, callId: string, call: Call): Promise<void> {
    for (let agents = 1; agents <= Math.max(1, call.segments.length); agents++) {
      const segments = call.segments.slice(0, agents)
      const last = segments.at(-1)
      const staffId = last === undefined ? null : deps.staffIdOf(last.extension, last.startedAt)
      const order = { callId, call: { ...call, segments }, staffId, recovered: true }
      // The first opens the ticket that the others join.
      // oxlint-disable-next-line no-await-in-loop
      const { ticketId } = await tickets.ensureForCall(trx, order)
      // oxlint-disable-next-line no-await-in-loop
      if (agents === 1) await calls.linkTicket(trx, { callId, ticketId })
    }
    for (const ring of call.rings.filter(({ endedAt }) => endedAt !== null)) {
      // oxlint-disable-next-line no-await-in-loop -- a handful, and rarely any
      await forStaff(ring.extension, (id) => pops.withdraw(trx, { callId, staffId: id }))
    }
    desk.callChanged(trx, callId, call)
  }

  async function followCallback(
    trx: Trx,
    callId: string,
    call: Call,
    stage: AttemptStage,
  ): Promise<void> {
    const promise = await callbacks.onCallProgress(trx, { callId, call, stage })
    if (promise === null) return
    const order = { callId, call, ...promise }
    switch (stage) {
      case 'agent_ringing':
        return pops.ring(trx, order)
      case 'agent_answered':
      case 'customer_ringing':
      case 'talking':
        desk.callChanged(trx, callId, call)
        return pops.answer(trx, [order])
      // `call_ended` closes the pops.
      case 'ended':
      case 'submitted':
      case 'unknown':
        return
    }
  }

  return { onFact, onLive }
}

/** What a ticket's timeline says of its promise. */
function lineOf(fact: Exclude<PromiseFact, { type: 'promise_call_begun' }>) {
  const { ticketId, promiseId: callbackId } = fact
  switch (fact.type) {
    case 'promise_made':
    case 'promise_moved': {
      const fields = { callbackId, dueAt: fact.dueAt }
      const kind = 'callback_promised' as const
      return { ticketId, actorId: fact.actorId, kind, note: '', fields }
    }
    case 'promise_cancelled': {
      const fields = { callbackId, outcome: 'cancelled' }
      const kind = 'callback_ended' as const
      return { ticketId, actorId: fact.actorId, kind, note: fact.reason, fields }
    }
    case 'promise_handed_over': {
      const { actorId, toName } = fact
      const kind = 'callback_handed_over' as const
      return { ticketId, actorId, kind, note: '', fields: { callbackId, to: toName } }
    }
    case 'promise_outcome_given': {
      const { actorId, outcome, note } = fact
      const fields = { callbackId, outcome, corrected: '1' }
      return { ticketId, actorId, kind: 'callback_ended' as const, note, fields }
    }
    case 'promise_attempted': {
      const { assigneeId: actorId, extension, outcome } = fact
      const kind =
        outcome === 'reached' ? ('callback_ended' as const) : ('callback_attempt' as const)
      const fields = { callbackId, attempt: String(fact.attempt), extension, outcome }
      return { ticketId, actorId, kind, note: '', fields }
    }
  }
}
