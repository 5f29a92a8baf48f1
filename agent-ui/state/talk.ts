import type { CallRow } from '#contract/calls.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import { callParty } from './caller.ts'
import type { DeskState } from './desk.ts'
import type { Workspace } from './workspace.ts'

/** The call that this person has now, as the call bar shows it. */
export interface Talk {
  callId: string
  status: Exclude<CallRow['status'], 'ended'>
  number: PhoneNumber
  /** The best name there is; null for an unknown caller. */
  name: string | null
  address: string | null
  ticket: { id: string; code: string } | null
  /** Since when it is what it is. */
  since: string
}

/** What is said of the own call; null when there is none. */
export function talkOf({ call, pops, callbacks }: DeskState): Talk | null {
  if (call === null || call.status === 'ended') return null
  const pop = pops.find((shown) => shown.call.id === call.id)
  const party = pop ? callParty(pop, callbacks) : { number: call.number, name: null, address: null }
  return {
    callId: call.id,
    status: call.status,
    ...party,
    ticket: call.ticket ?? pop?.ticket ?? null,
    since: call.answeredAt ?? call.enteredAt,
  }
}

/** Whether the work of this call is what the desk shows. */
export function isInFront({ tabs, activeKey }: Workspace, { callId, ticket }: Talk): boolean {
  const front = tabs.find(({ key }) => key === activeKey)
  if (front === undefined) return false
  return front.callId === callId || (ticket !== null && front.ticketId === ticket.id)
}
