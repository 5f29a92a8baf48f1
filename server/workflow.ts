import type { AttemptStage } from '#contract/callbacks.ts'
import type { Callbacks } from './callbacks/callbacks-feature.ts'
import type { Call } from './calls/conversation/call.ts'
import { createCaseworkFlow, type CaseworkFlowDeps } from './casework-flow.ts'
import type { Clocks } from './clocks/clocks-feature.ts'
import type { Customers } from './customers/customers-feature.ts'
import type { Trx } from './db/transaction.ts'
import type { Desk } from './desk/desk-feature.ts'
import type {
  CallAnswered,
  CallDomainFact,
  DomainFact,
  LiveFact,
  OtherFact,
} from './domain-fact.ts'
import { noticeOf } from './notifications/clock-notice.ts'
import { steeredNotice } from './notifications/steered-notice.ts'
import type { Guidance } from './guidance/guidance-feature.ts'
import { auditOf } from './guidance/guidance-line.ts'
import type { Notifications } from './notifications/notifications-feature.ts'
import type { Pops } from './pops/pops-feature.ts'
import { type OutageDeps, withOutages } from './outage-workflow.ts'
import { type BesidesShift, type ShiftFlowDeps, withShift } from './workflows/shift-workflow.ts'
import { createPromiseWorkflow, isCallbackFact, type PromiseDeps } from './promise-workflow.ts'
import type { Queues } from './queues/queues-feature.ts'
import { auditLine } from './teams/audit-line.ts'
import type { Unsupervised } from './workflows/supervision-workflow.ts'
import type { Search } from './search/search-feature.ts'
import type { Tickets } from './tickets/tickets-feature.ts'

/** What the workflow asks of each feature. */
export type WorkflowDeps = CaseworkFlowDeps &
  OutageDeps &
  PromiseDeps &
  ShiftFlowDeps & {
    tickets: Pick<
      Tickets,
      'ensureForCall' | 'ensureForCalls' | 'redate' | 'renewSubject' | 'linkCustomer'
    >
    guidance: Pick<Guidance, 'changeCategory'>
    pops: Pick<Pops, 'ring' | 'answer' | 'withdraw' | 'end' | 'tellAgain'>
    callbacks: Pick<Callbacks, 'onCallProgress' | 'settleOrphaned' | 'ticketCalledAbout' | 'wake'>
    queues: Pick<Queues, 'today' | 'signOff' | 'losePhone' | 'movePhone' | 'setPbxStatus'>
    customers: Pick<Customers, 'rememberChoice'>
    desk: Pick<Desk, 'callChanged'>
    clocks: Pick<Clocks, 'open' | 'follow' | 'redate'>
    notifications: Pick<Notifications, 'tell'>
    search: Pick<Search, 'holdNotes' | 'noteImported'>
  }

/** From the agent's answer of a callback to its end. */
const ANSWERED: readonly AttemptStage[] = [
  'agent_answered',
  'confirming',
  'customer_ringing',
  'talking',
]

type Of<T extends DomainFact['type']> = Extract<DomainFact, { type: T }>

type AgentAnswer = Pick<CallAnswered, 'callId' | 'call' | 'extension'>

/**
 * What happens when: the one place where features meet. Runs inside the transaction that states the
 * fact, so a fact and everything it causes are durable together or not at all; news goes out after.
 */
export function createWorkflow(deps: WorkflowDeps): Unsupervised {
  const { audit, calls, tickets, pops, callbacks, queues, customers, desk } = deps
  const { clocks, guidance, notifications, search } = deps
  const casework = createCaseworkFlow(deps)
  const promises = createPromiseWorkflow(deps)

  function onFact(trx: Trx, fact: BesidesShift): Promise<void> {
    if (isCallbackFact(fact)) return promises.follow(trx, fact)
    return 'call' in fact ? onCallFact(trx, fact) : onOtherFact(trx, fact)
  }

  async function onCallFact(trx: Trx, fact: CallDomainFact): Promise<void> {
    const { callId, call } = fact
    switch (fact.type) {
      case 'call_entered':
        return callbacks.hold.leaveForCall(trx, call)
      case 'call_abandoned':
        return
      case 'callback_asked':
        return promises.followAsk(trx, fact)
      case 'call_counted':
        return trx.afterCommit(() => queues.today.count(call, fact))
      case 'agent_ringing': {
        const ticketId = await callbacks.ticketCalledAbout(trx.db, fact)
        return forStaff(fact.extension, (staffId) => pops.ring(trx, { ...fact, staffId, ticketId }))
      }
      case 'agent_ring_ended':
        return forStaff(fact.extension, (staffId) => pops.withdraw(trx, { callId, staffId }))
      case 'agent_joined':
        return answer(trx, [fact])
      case 'answered_without_ticket':
        await callbacks.missed.takeBack(trx, [fact])
        desk.callChanged(trx, callId, call)
        return forStaff(fact.extension, (staffId) => pops.withdraw(trx, { callId, staffId }))
      case 'ticket_owed':
        return openOwed(trx, callId, call)
      case 'agent_left':
        desk.callChanged(trx, callId, call)
        return forStaff(fact.extension, (staffId) => pops.end(trx, { callId, staffId }))
      case 'consult_changed':
      case 'call_held':
      case 'call_resumed':
        return desk.callChanged(trx, callId, call)
      case 'call_ended':
        desk.callChanged(trx, callId, call)
        await promises.followEnd(trx, callId, call)
        return pops.end(trx, { callId, staffId: null })
      case 'callback_progressed':
        return followCallback(trx, callId, call, fact.stage)
    }
  }

  async function onOtherFact(trx: Trx, fact: OtherFact): Promise<void> {
    switch (fact.type) {
      case 'calls_answered':
        return answer(trx, fact.answers)
      case 'parts_changed':
        return trx.afterCommit(() => queues.today.talked(fact.changes))
      case 'calls_saved_again':
        return pops.tellAgain(trx, fact.callIds)
      case 'tickets_opened':
        return clocks.open(trx, fact.tickets)
      case 'ticket_changed':
        return followChange(trx, fact.ticketId)
      case 'ticket_assigned':
        return followAssignment(trx, fact)
      case 'ticket_walked':
        return casework.followStep(trx, fact)
      case 'numbers_revealed':
      case 'file_removed':
      case 'team_changed':
      case 'text_module_changed':
      case 'view_shared':
      case 'member_commanded':
      case 'browser_phone_given':
      case 'call_commanded':
      case 'steering_commanded':
      case 'clock_settings_changed':
        return audit(trx, auditLine(fact))
      case 'member_steered':
        return forStaff(fact.extension, (id) => notifications.tell(trx, steered(fact, id)))
      case 'clock_alarmed':
        return notifications.tell(trx, noticeOf(fact))
      case 'reply_noted':
        return casework.noteReply(trx, fact)
      case 'ticket_recategorised':
        return guidance.changeCategory(trx, fact.ticketId, fact.category, fact.actorId)
      case 'guidance_saved':
        return followGuidance(trx, fact.ticketId)
      case 'checklist_published':
      case 'company_changed':
        return audit(trx, auditOf(fact))
      case 'customer_picked':
        return void (await customers.rememberChoice(trx, fact))
      case 'caller_identified':
        return tickets.linkCustomer(trx, fact)
      case 'customers_import_begun':
        return search.holdNotes(trx, fact.importId)
      case 'customers_imported':
        return followImport(trx, fact)
      case 'staff_signed_out':
        return queues.signOff(trx, fact.staffId)
      case 'staff_left':
        return void (await callbacks.settleOrphaned(trx, fact.actorId))
      case 'phone_moved':
        return queues.movePhone(trx, fact.staffId)
      case 'staff_phone_lost':
        return queues.losePhone(trx, fact.staffId, fact.extension)
      case 'calendar_changed':
        return followCalendar(trx, fact)
    }
  }

  function steered(fact: Extract<OtherFact, { type: 'member_steered' }>, staffId: string) {
    const by = deps.personById(fact.actorId)?.displayName ?? ''
    return steeredNotice(fact, { staffId, by, noticeId: deps.newId() })
  }

  async function followChange(trx: Trx, ticketId: string): Promise<void> {
    await clocks.follow(trx, ticketId)
    return pops.touch(trx, ticketId)
  }

  function onLive(fact: Exclude<LiveFact, { type: 'board_changed' | 'alarms_changed' }>): void {
    if (fact.type === 'pbx_status_changed') queues.setPbxStatus(fact.status)
    callbacks.wake()
  }

  async function forStaff(extension: string, work: (staffId: string) => Promise<void>) {
    const staffId = deps.staffIdOf(extension)
    if (staffId !== null) await work(staffId)
  }

  /** Of each call the first agent opens the ticket, each further one joins it. */
  async function answer(trx: Trx, answers: readonly AgentAnswer[]): Promise<void> {
    await promises.followAnswers(trx, answers)
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

  /** Who is given a ticket is told; who took it knows. */
  async function followAssignment(
    trx: Trx,
    { ticketId, actorId, toId, version }: Of<'ticket_assigned'>,
  ): Promise<void> {
    if (toId !== null && toId !== actorId) {
      const to = { staffIds: [toId], onceKey: `${ticketId}/assigned/${version}` }
      await notifications.tell(trx, { kind: 'ticket_assigned', ticketId, fields: {}, ...to })
    }
    return pops.touch(trx, ticketId)
  }

  /** Other working days are other deadlines: of tickets and of their clocks. */
  async function followCalendar(
    trx: Trx,
    { actorId, dueAt, detail }: Of<'calendar_changed'>,
  ): Promise<void> {
    const ticketsMoved = String(await tickets.redate(trx, dueAt))
    const clocksMoved = String(await clocks.redate(trx, dueAt))
    const all = { ...detail, ticketsMoved, clocksMoved }
    return audit(trx, { action: 'calendar.changed', subject: 'calendar', actorId, detail: all })
  }

  async function followImport(trx: Trx, fact: Of<'customers_imported'>): Promise<void> {
    const { actorId, importId: subject, detail } = fact
    await search.noteImported(trx, fact.importId)
    return audit(trx, { actorId, action: 'customers.imported', subject, detail })
  }

  /** What was found names the ticket. */
  async function followGuidance(trx: Trx, ticketId: string): Promise<void> {
    if (await tickets.renewSubject(trx, ticketId)) await pops.touch(trx, ticketId)
  }

  async function followCallback(
    trx: Trx,
    callId: string,
    call: Call,
    stage: AttemptStage,
  ): Promise<void> {
    const promise = await callbacks.onCallProgress(trx, { callId, call, stage })
    if (promise === null || promise.staffId === null) return
    const order = { callId, call, staffId: promise.staffId, ticketId: promise.ticketId }
    if (stage === 'agent_ringing') return pops.ring(trx, order)
    // `call_ended` closes the pops.
    if (!ANSWERED.includes(stage)) return
    desk.callChanged(trx, callId, call)
    return pops.answer(trx, [order])
  }

  return { onFact: withOutages(deps, withShift(deps, onFact)), onLive }
}
