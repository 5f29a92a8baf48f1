import type { CallDevice, OutgoingCallOrder } from '#contract/outgoing-calls.ts'
import type { Role } from '#contract/staff.ts'
import type { Refusal } from '../../errors.ts'
import type { AgentReach } from '../dialling/dial-decision.ts'

/** What is rung first. */
export interface Device {
  device: CallDevice
  /** The extension, or the national digits of the mobile. */
  phone: string
}

/** Field staff are out with their mobile; null: nothing of theirs rings. */
export function deviceOf(person: {
  role: Role
  extension: string | null
  mobile: string | null
}): Device | null {
  if (person.extension !== null) return { device: 'extension', phone: person.extension }
  if (person.role !== 'field' || person.mobile === null) return null
  return { device: 'mobile', phone: person.mobile }
}

/** A ticket as far as it matters who may call its customer. */
export interface CalledTicket {
  isOpen: boolean
  /** The caller is in the team whose work it is now. */
  isOwnWork: boolean
}

/** Null: this person may call this. Field staff call the customers of their own work, by the ticket. */
export function refusalOfOrder(
  role: Role,
  order: OutgoingCallOrder,
  ticket: CalledTicket | null,
): Refusal | null {
  if (role !== 'field') return null
  if (order.number !== undefined) {
    const message = 'give the ticket: your role calls no numbers'
    return { status: 403, path: 'number', code: 'no_numbers', message }
  }
  if (ticket?.isOpen === true && ticket.isOwnWork) return null
  const message = 'you call the customers of tickets that are your team’s work now'
  return { status: 403, path: 'ticketId', code: 'not_your_team', message }
}

/** What is going on at the two ends of the call to be. */
export interface BothEnds {
  device: Device
  number: string
  /** Where the person's extension is; null of a mobile and of who is unknown to the queues. */
  reach: AgentReach | null
  isTalking: boolean
  /** Phones that an order has already. */
  busyPhones: readonly string[]
  /** Customers who talk to us, wait for us or are being called. */
  busyNumbers: readonly string[]
}

/** Null: both are free. */
export function refusalOfBusy(ends: BothEnds): Refusal | null {
  const { device, reach } = ends
  const state = reach?.member?.state ?? null
  const isBusy = ends.isTalking || state === 'in_call' || state === 'ringing'
  if (isBusy || ends.busyPhones.includes(device.phone)) {
    const message = 'your phone is in use: end that call first'
    return { status: 409, path: '', code: 'phone_busy', message }
  }
  if (state === 'unavailable') {
    const message = 'your phone is not registered with the PBX'
    return { status: 409, path: '', code: 'phone_unreachable', message }
  }
  if (!ends.busyNumbers.includes(ends.number)) return null
  const message = 'the customer is on the line or being called already'
  return { status: 409, path: 'number', code: 'customer_on_line', message }
}
