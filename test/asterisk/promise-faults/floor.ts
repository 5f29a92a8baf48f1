import type { SipCall } from '../../../scripts/pbx-lab/sip/call.ts'
import type { CallbackView } from '../../../server/contract/callbacks.ts'
import {
  type NotificationKind,
  notificationPage,
} from '../../../server/contract/casework/notifications.ts'
import type { Ticket } from '../../../server/contract/tickets.ts'
import type { Person } from '../../support/person.ts'
import { openPromiseDesks, type PromiseDesks, type Promised } from '../../support/promise-desks.ts'
import { eventually } from '../../support/eventually.ts'

export const MINUTE_MS = 60_000
export const EXTENSIONS = ['101', '102', '103', '104', '105', '106', '107', '108', '109', '110']
/** The owner's place is taken by somebody else this long before the promise is due. */
export const STAND_IN_MS = 5 * MINUTE_MS
/** When a promise is taken from an owner who is on a pause. */
export const PAUSED_STAND_IN_MS = 2 * MINUTE_MS

/** One PBX and one service for all faults. */
export let floor: PromiseDesks
export let boss: Person
/** Every promise that was made, for the figures. */
export const made: Promised[] = []

export async function openFloor(): Promise<void> {
  const short = { HOTLINE_RING_SECONDS: '2', HOTLINE_CONFIRM_SECONDS: '1' }
  floor = await openPromiseDesks(EXTENSIONS, short)
  boss = await floor.hotline.hire('boss', 'supervisor')
}

export async function promise(...given: Parameters<PromiseDesks['promise']>): Promise<Promised> {
  const promised = await floor.promise(...given)
  made.push(promised)
  return promised
}

/** Promises that are due together, by the phone of who made them. */
export function createWave() {
  const promises = new Map<string, Promised>()
  const all = (): Promised[] => [...promises.values()]
  const add = async (...given: Parameters<PromiseDesks['promise']>): Promise<void> => {
    promises.set(given[0], await promise(...given))
  }
  const of = (extension: string): Promised => {
    const promised = promises.get(extension)
    if (promised === undefined) throw new Error(`${extension} has promised nothing`)
    return promised
  }
  return { all, add, of }
}

/** How often a person was told this of the ticket. */
export async function told(
  who: Person | undefined,
  kind: NotificationKind,
  { ticketId }: Promised,
): Promise<number> {
  if (who === undefined) return 0
  const { items } = await who.get('/notifications?limit=100', notificationPage)
  return items.filter((one) => one.kind === kind && one.ticket?.id === ticketId).length
}

/** Waits until a person was told so. */
export function untilTold(...whom: Parameters<typeof told>): Promise<void> {
  return eventually(async () => {
    if ((await told(...whom)) === 0) throw new Error('nobody was told')
  })
}

export function linesOf({ timeline }: Ticket, kind: Ticket['timeline'][number]['kind']) {
  return timeline.filter((line) => line.kind === kind)
}

/** Milliseconds between two moments of the ledger. */
const between = (from: string | null | undefined, to: string | null | undefined): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '')

/** From the end of the last attempt until it is due again. */
export const minutesToRetry = (view: CallbackView | undefined): number =>
  between(view?.attempts.at(-1)?.endedAt, view?.dueAt) / MINUTE_MS

/** What the telephones of a promise that is being dialled have. */
export interface Calls {
  agent?: SipCall
  customer?: SipCall
}

export const isAt =
  (stage: string) =>
  ({ attempts }: CallbackView): boolean =>
    attempts.at(-1)?.stage === stage

/** Of calls that people take their time for. */
export async function takeTime(): Promise<void> {
  await floor.tune('HOTLINE_RING_SECONDS', '45')
  await floor.tune('HOTLINE_CONFIRM_SECONDS', '5')
}

/** The promise comes to where its agent's phone rings. */
export async function ringing(promised: Promised): Promise<Calls> {
  const agent = await promised.desk.phone.waitForCall()
  await floor.until(promised, isAt('agent_ringing'))
  return { agent }
}
/** … where the agent is asked for the key 1. */
export async function asked(promised: Promised): Promise<Calls> {
  const agent = await floor.answer(promised.desk)
  await floor.until(promised, isAt('confirming'))
  return { agent }
}
/** … where the customer's telephone rings. */
export async function customerRinging(promised: Promised): Promise<Calls> {
  const agent = await floor.confirm(promised)
  const customer = await promised.customer.waitForCall()
  await floor.until(promised, isAt('customer_ringing'))
  return { agent, customer }
}
/** … where both talk. */
export async function talking(promised: Promised): Promise<Calls> {
  return { customer: await floor.talk(promised) }
}
