import type { Trx } from '../db/transaction.ts'
import { linkTicket } from './linked-call-store.ts'

export interface CallLink {
  callId: string
  ticketId: string
}

export type CallLinks = ReturnType<typeof createCallLinks>

/**
 * Which ticket a call belongs to, noted on the call's own row: together with whatever else is about
 * to be written of it in the same transaction, or at once.
 */
export function createCallLinks() {
  const expectedIn = new WeakMap<Trx, Map<string, string | null>>()

  /** The rows of these calls are written soon; `taken` says what to write with them. */
  function expect(trx: Trx, callIds: readonly string[]): void {
    expectedIn.set(trx, new Map(callIds.map((id) => [id, null])))
  }

  /** Ticket ids by call id, noted since `expect`. */
  function taken(trx: Trx): Map<string, string> {
    const noted = [...(expectedIn.get(trx) ?? [])]
    expectedIn.delete(trx)
    return new Map(noted.flatMap(([id, ticketId]) => (ticketId === null ? [] : [[id, ticketId]])))
  }

  async function link(trx: Trx, { callId, ticketId }: CallLink): Promise<void> {
    const expected = expectedIn.get(trx)
    if (expected?.has(callId) === true) expected.set(callId, ticketId)
    else await linkTicket(trx.db, { callId, ticketId })
  }

  return { expect, taken, link }
}
