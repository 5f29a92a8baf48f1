import { ticketCategory } from '#contract/casework/guidance.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Calls } from './calls/calls-feature.ts'
import type { Clocks } from './clocks/clocks-feature.ts'
import type { Trx } from './db/transaction.ts'
import type { Desk } from './desk/desk-feature.ts'
import type { ReplyFact } from './process/casework-fact.ts'
import type { Callbacks } from './callbacks/callbacks-feature.ts'
import type { Guidance } from './guidance/guidance-feature.ts'
import { countFields } from './guidance/guidance-line.ts'
import type { Notifications } from './notifications/notifications-feature.ts'
import type { Teams } from './teams/teams-feature.ts'
import { TICKET_STATES } from './tickets/ticket.ts'
import type { Outages } from './outages/outages-feature.ts'
import type { NewId } from './ports.ts'
import type { Pops } from './pops/pops-feature.ts'
import type { ProcessEffect, TicketWalked } from './process/effect.ts'
import type { Process } from './process/process-feature.ts'
import { lineOfStep } from './process/step-line.ts'
import type { Tickets } from './tickets/tickets-feature.ts'

type ClocksOfMerges = 'mergeAway' | 'bringBack' | 'moveReceipt' | 'promiseClocks' | 'moveClocks'

/** What the work on tickets asks of each feature. */
export interface CaseworkFlowDeps {
  /** Who works here, with their phone; null for anybody else. */
  personById: (staffId: string) => SessionUser | null
  newId: NewId
  notifications: Pick<Notifications, 'tell'>
  teams: Pick<Teams, 'leadsOf'>
  guidance: Pick<Guidance, 'begin' | 'saveAnswers'>
  calls: Pick<Calls, 'moveCalls'>
  desk: Pick<Desk, 'callsMoved'>
  tickets: Pick<
    Tickets,
    'note' | 'announce' | 'moveReceipt' | 'receiptOf' | 'codeOf' | 'holderOf' | 'renewSubject'
  >
  pops: Pick<Pops, 'touch' | 'moveTicket'>
  callbacks: Pick<Callbacks, 'promise' | 'queue' | 'cancelAll' | 'retry' | 'moving' | 'overtaken'>
  clocks: Pick<Clocks, 'apply' | 'acknowledged' | ClocksOfMerges>
  process: Pick<Process, 'noteReplies' | 'merges'>
  outages: Pick<Outages, 'linked' | 'end' | 'nameOf'>
}

/** What follows from steps of the process and from promises: lines, clocks, calls, other tickets. */
export function createCaseworkFlow(deps: CaseworkFlowDeps) {
  const {
    calls,
    desk,
    guidance,
    notifications,
    teams,
    tickets,
    pops,
    callbacks,
    clocks,
    process,
    outages,
  } = deps

  async function followStep(trx: Trx, fact: TicketWalked): Promise<void> {
    const found = { ...(await saveAnswers(trx, fact)), ...(await outageIn(trx, fact)) }
    await tickets.note(trx, lineOfStep(fact, found))
    if (isElsewhere(fact)) await callbacks.overtaken(trx, fact.ticketId)
    await process.noteReplies(trx, fact)
    await clocks.apply(trx, fact)
    if (fact.action === 'link_outage') await outages.linked(trx, String(fact.input['outageId']))
    for (const effect of fact.effects) {
      // oxlint-disable-next-line no-await-in-loop -- one transaction, and in the order of the table
      await apply(trx, fact, effect)
    }
    await tickets.announce(trx, fact.ticketId)
    await pops.touch(trx, fact.ticketId)
  }

  /** The line of a ticket that an outage holds, or held, names it. */
  async function outageIn(trx: Trx, { input }: TicketWalked): Promise<Record<string, string>> {
    const { outageId } = input
    const name = typeof outageId === 'string' ? await outages.nameOf(trx.db, outageId) : null
    return name === null ? {} : { outage: name }
  }

  /** Of a guidance that is over its line says how many steps did what. */
  async function saveAnswers(trx: Trx, fact: TicketWalked): Promise<Record<string, number>> {
    const saved = fact.effects.find((effect) => effect.type === 'save_answers')
    if (saved === undefined) return {}
    return countFields(await guidance.saveAnswers(trx, fact.ticketId, saved, requireActor(fact)))
  }

  async function apply(trx: Trx, fact: TicketWalked, effect: ProcessEffect): Promise<void> {
    const { ticketId, actorId } = fact
    switch (effect.type) {
      case 'promise_callback': {
        const { dueAt } = effect
        if (dueAt !== undefined) return callbacks.queue(trx, { ticketId, dueAt })
        const maker = actorId === null ? null : deps.personById(actorId)
        return callbacks.promise(trx, { ticketId, maker })
      }
      case 'retry_promise':
        return callbacks.retry(trx, ticketId, effect.dueAt)
      case 'supersede_promises':
        return callbacks.cancelAll(trx, { ticketId, actorId, reason: 'superseded' })
      case 'cancel_promises':
        return callbacks.cancelAll(trx, { ticketId, actorId, reason: effect.reason })
      case 'begin_guidance':
        await guidance.begin(trx, ticketId, ticketCategory.parse(effect.category))
        return void (await tickets.renewSubject(trx, ticketId))
      case 'tell_team':
        return tellTeam(trx, fact)
      case 'merge':
        return merge(trx, fact, effect.into)
      case 'unmerge':
        return unmerge(trx, fact)
      case 'release_children':
        return outages.end(trx, ticketId, effect.cancelled)
      // The clocks' own, and what stands on record before its line.
      case 'save_answers':
      case 'start_clock':
      case 'stop_clock':
      case 'freeze_clocks':
      case 'thaw_clocks':
      case 'pause_clocks':
      case 'resume_clocks':
      case 'note_attempt':
        return
      case 'note_reply':
        return clocks.acknowledged(trx, ticketId, effect.at)
    }
  }

  /** Who has the ticket now, or who leads the team that has to take it. */
  async function tellTeam(trx: Trx, fact: TicketWalked): Promise<void> {
    const { ticketId, action, to, at } = fact
    const { assigneeId, teamId } = await tickets.holderOf(trx, ticketId)
    const { owner } = TICKET_STATES[to]
    const staffIds =
      assigneeId === null ? (await teams.leadsOf(owner, teamId)).onShift : [assigneeId]
    const fields = { action, status: to }
    const onceKey = `${ticketId}/${action}/${at}`
    await notifications.tell(trx, { staffIds, kind: 'team_work', ticketId, fields, onceKey })
  }

  /** Everything of a ticket goes to another one: calls, promises, what is on screens, the receipt. */
  async function merge(trx: Trx, fact: TicketWalked, into: string): Promise<void> {
    const { ticketId: from, actorId, at } = fact
    const mergeId = deps.newId()
    const callIds = await calls.moveCalls(trx.db, { from, into, at, byId: actorId, mergeId })
    desk.callsMoved(trx, callIds)
    const popIds = await pops.moveTicket(trx, { from, into })
    const ran = await clocks.promiseClocks(trx, [from, into])
    const promises = await callbacks.moving.move(trx, { from, into, actorId })
    const moved = await clocks.promiseClocks(trx, [from])
    await clocks.moveClocks(trx, moved, into)
    const runs = await clocks.promiseClocks(trx, [into])
    const promiseClocks = { moved, stopped: ran.filter((id) => !runs.includes(id)) }
    const clockIds = await clocks.mergeAway(trx, from)
    const receivedAt = await tickets.receiptOf(trx, from)
    const targetReceivedAt = await tickets.moveReceipt(trx, into, (before) =>
      before < receivedAt ? before : receivedAt,
    )
    await clocks.moveReceipt(trx, into)
    const before = { callIds, popIds, promises, clockIds, promiseClocks, targetReceivedAt }
    const both = { sourceId: from, targetId: into }
    await process.merges.record(trx, { id: mergeId, ...both, byId: actorId, before })
    await noteOn(trx, into, fact, 'merged_in')
  }

  /** Everything comes back as it was. */
  async function unmerge(trx: Trx, fact: TicketWalked): Promise<void> {
    const { ticketId: into, actorId, at } = fact
    const merged = await process.merges.undo(trx, into, actorId)
    if (merged === null) return
    const { id: mergeId, targetId: from, before } = merged
    const move = { from, into, at, byId: actorId, mergeId }
    desk.callsMoved(trx, await calls.moveCalls(trx.db, move, before.callIds))
    await pops.moveTicket(trx, { from, into }, before.popIds)
    await callbacks.moving.moveBack(trx, into, before.promises)
    const { moved, stopped } = before.promiseClocks
    await clocks.moveClocks(trx, moved, into)
    await clocks.bringBack(trx, into, [...before.clockIds, ...stopped])
    await clocks.bringBack(trx, from, stopped)
    await tickets.moveReceipt(trx, from, () => before.targetReceivedAt)
    await clocks.moveReceipt(trx, from)
    await noteOn(trx, from, fact, 'unmerged')
  }

  /** The other ticket of a merge says so too. */
  async function noteOn(
    trx: Trx,
    ticketId: string,
    { ticketId: other, actorId }: TicketWalked,
    kind: 'merged_in' | 'unmerged',
  ): Promise<void> {
    const code = await tickets.codeOf(trx, other)
    await tickets.note(trx, { ticketId, actorId, kind, note: '', fields: { code } })
    await tickets.announce(trx, ticketId)
    await pops.touch(trx, ticketId)
  }

  async function noteReply(trx: Trx, fact: ReplyFact): Promise<void> {
    const { ticketId, actorId, answeredAt, note, fields } = fact
    await tickets.note(trx, { ticketId, actorId, kind: 'answered', note, fields })
    if (answeredAt !== null) await clocks.acknowledged(trx, ticketId, answeredAt)
    await tickets.announce(trx, ticketId)
  }

  return { followStep, noteReply }
}

/** Answers are a person's. */
function requireActor({ actorId, action }: TicketWalked): string {
  if (actorId === null) throw new Error(`${action} was taken by nobody`)
  return actorId
}

/** It is somewhere else now, and not because a try was in vain, of which its agent is asked. */
function isElsewhere({ from, to, action }: TicketWalked): boolean {
  return from !== to && action !== 'callback_no_answer'
}
