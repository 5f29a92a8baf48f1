import type { OwnCall } from '#contract/calls.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import { callParty } from './caller.ts'
import type { DeskState } from './desk.ts'
import type { Workspace } from './workspace.ts'

/** The call that this person has now, as the call bar shows it. */
export interface Talk {
  callId: string
  pbxId: string
  status: Exclude<OwnCall['status'], 'ended'>
  number: PhoneNumber
  /** The best name there is; null for an unknown caller. */
  name: string | null
  address: string | null
  ticket: { id: string; code: string } | null
  /** Since when it is what it is. */
  since: string
  /** Since when this person holds the customer at their phone. */
  heldSince: string | null
  /** The colleague who is asked while the customer waits. */
  consult: OwnCall['consult']
}

/** What is said of the own call; null when there is none. */
export function talkOf({ call, pops, callbacks }: DeskState): Talk | null {
  if (call === null || call.status === 'ended') return null
  const pop = pops.find((shown) => shown.call.id === call.id)
  const party = pop ? callParty(pop, callbacks) : { number: call.number, name: null, address: null }
  return {
    callId: call.id,
    pbxId: call.pbxId,
    status: call.status,
    ...party,
    ticket: call.ticket ?? pop?.ticket ?? null,
    since: call.answeredAt ?? call.enteredAt,
    // who asks a colleague holds the customer for it
    heldSince: call.consult === null ? call.heldSince : null,
    consult: call.consult,
  }
}

/** Whether the work of this call is what the desk shows. */
export function isInFront({ tabs, activeKey }: Workspace, { callId, ticket }: Talk): boolean {
  const front = tabs.find(({ key }) => key === activeKey)
  if (front === undefined) return false
  return front.callId === callId || (ticket !== null && front.ticketId === ticket.id)
}
