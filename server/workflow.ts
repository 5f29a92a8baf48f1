import type { AttemptStage } from '#contract/callbacks.ts'
import type { Call } from './calls/conversation/call.ts'
import type { CallFact } from './calls/conversation/call-fact.ts'
import type { NumberOwners } from './customers/customer-record.ts'
import type { Trx } from './db/transaction.ts'

/** What the workflow asks of each feature; `wiring.ts` gives the services. */
export interface WorkflowDeps {
  staffIdOf: (extension: string) => string | null
  tickets: {
    ensureForCall: (
      trx: Trx,
      order: { callId: string; call: Call; staffId: string | null },
    ) => Promise<{ ticketId: string; owners: NumberOwners | null }>
  }
  pops: {
    ring: (trx: Trx, order: PopOrder) => Promise<void>
    answer: (trx: Trx, order: PopOrder) => Promise<void>
    /** `staffId: null` means every agent's pop of this call. */
    withdraw: (trx: Trx, order: { callId: string; staffId: string | null }) => Promise<void>
    end: (trx: Trx, order: { callId: string; staffId: string | null }) => Promise<void>
  }
  callbacks: {
    /** Null when the channel belongs to no promise of ours. */
    onCallProgress: (
      trx: Trx,
      progress: { callId: string; call: Call; stage: AttemptStage },
    ) => Promise<{ ticketId: string; staffId: string } | null>
  }
  queues: {
    countCall: (count: { call: Call; what: 'offered' | 'answered' | 'abandoned' }) => void
  }
  /** Tells the agents of a call that its row changed; reads it after the commit. */
  announceCall: (callId: string, staffIds: string[]) => void
}

export interface PopOrder {
  callId: string
  call: Call
  staffId: string
  ticketId: string | null
  /** Whose number it is, when the transaction knows it already. */
  owners?: NumberOwners | null
}

export type OnFact = (trx: Trx, callId: string, fact: CallFact) => Promise<void>

/**
 * What happens when: the one place where features meet. Runs inside the transaction that saves the
 * call, so a fact and everything it causes are durable together or not at all; news goes out after.
 */
export function createWorkflow(deps: WorkflowDeps): OnFact {
  return async function onFact(trx, callId, fact) {
    const { call } = fact
    switch (fact.type) {
      case 'call_entered':
        return count(trx, call, 'offered')
      case 'agent_ringing':
        return ringAgent(trx, callId, call, fact.extension)
      case 'agent_ring_ended':
        return forStaff(fact.extension, (staffId) => deps.pops.withdraw(trx, { callId, staffId }))
      case 'call_answered':
        count(trx, call, 'answered')
        return openTicket(trx, callId, call, fact.extension)
      case 'agent_joined':
        return openTicket(trx, callId, call, fact.extension)
      case 'agent_left':
        announce(trx, callId, call)
        return forStaff(fact.extension, (staffId) => deps.pops.end(trx, { callId, staffId }))
      case 'call_held':
      case 'call_resumed':
        return announce(trx, callId, call)
      case 'call_abandoned':
        count(trx, call, 'abandoned')
        return deps.pops.withdraw(trx, { callId, staffId: null })
      case 'call_ended':
        announce(trx, callId, call)
        return deps.pops.end(trx, { callId, staffId: null })
      case 'callback_progressed':
        return followCallback(trx, callId, call, fact.stage)
      case 'ticket_owed':
        return openOwedTicket(trx, callId, call)
    }
  }

  function count(trx: Trx, call: Call, what: 'offered' | 'answered' | 'abandoned'): void {
    trx.afterCommit(() => deps.queues.countCall({ call, what }))
  }

  function announce(trx: Trx, callId: string, call: Call): void {
    const staffIds = new Set<string>()
    for (const segment of call.segments) {
      const staffId = deps.staffIdOf(segment.extension)
      if (staffId !== null) staffIds.add(staffId)
    }
    if (staffIds.size > 0) trx.afterCommit(() => deps.announceCall(callId, [...staffIds]))
  }

  async function forStaff(
    extension: string,
    work: (staffId: string) => Promise<void>,
  ): Promise<void> {
    const staffId = deps.staffIdOf(extension)
    if (staffId !== null) await work(staffId)
  }

  function ringAgent(trx: Trx, callId: string, call: Call, extension: string): Promise<void> {
    return forStaff(extension, (staffId) =>
      deps.pops.ring(trx, { callId, call, staffId, ticketId: null }),
    )
  }

  async function openTicket(
    trx: Trx,
    callId: string,
    call: Call,
    extension: string,
  ): Promise<void> {
    const staffId = deps.staffIdOf(extension)
    const ticket = await deps.tickets.ensureForCall(trx, { callId, call, staffId })
    if (staffId !== null) await deps.pops.answer(trx, { callId, call, staffId, ...ticket })
    announce(trx, callId, call)
  }

  /** As if each agent's answer were heard now, one after the other; nobody's screen is disturbed. */
  async function openOwedTicket(trx: Trx, callId: string, call: Call): Promise<void> {
    for (let agents = 1; agents <= Math.max(1, call.segments.length); agents++) {
      const segments = call.segments.slice(0, agents)
      const extension = segments.at(-1)?.extension
      const staffId = extension === undefined ? null : deps.staffIdOf(extension)
      const heard = { ...call, segments, recovered: true }
      // The first opens the ticket that the others join.
      // oxlint-disable-next-line no-await-in-loop
      await deps.tickets.ensureForCall(trx, { callId, call: heard, staffId })
    }
    announce(trx, callId, call)
  }

  async function followCallback(
    trx: Trx,
    callId: string,
    call: Call,
    stage: AttemptStage,
  ): Promise<void> {
    const promise = await deps.callbacks.onCallProgress(trx, { callId, call, stage })
    if (promise === null) return
    const order = { callId, call, ...promise }
    switch (stage) {
      case 'agent_ringing':
        return deps.pops.ring(trx, order)
      case 'agent_answered':
      case 'customer_ringing':
      case 'talking':
        return deps.pops.answer(trx, order)
      case 'ended':
        return deps.pops.end(trx, { callId, staffId: null })
      case 'submitted':
      case 'unknown':
        return
    }
  }
}
