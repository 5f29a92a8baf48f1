import { AS_PERSON } from '#contract/staff.ts'
import type { ProcessAction } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { RequestFailed, addressOf, send } from './request.ts'

/** Says whose a request is: the service refuses it once somebody else is signed in on this device. */
export function asPerson(staffId: string): Record<string, string> {
  return { [AS_PERSON]: staffId }
}

/** Whether a request waits for its own person to sign in again. */
export function isOtherPersons(error: unknown): boolean {
  return error instanceof RequestFailed && error.codes.includes('other_person')
}

/** What is sent from a device later than it was done, by the person who did it alone. */
export const outboxApi = {
  addNote: (staffId: string, ticketId: string, note: string) =>
    post(staffId, ticketId, 'notes', { note }),
  act: (staffId: string, ticketId: string, action: ProcessAction, version: number, input: object) =>
    post(staffId, ticketId, 'actions', { ...input, action, version }),
}

function post(staffId: string, ticketId: string, what: string, body: object): Promise<Ticket> {
  const address = addressOf(`/tickets/${encodeURIComponent(ticketId)}/${what}`)
  return send<Ticket>('POST', address, body, { headers: asPerson(staffId) })
}
