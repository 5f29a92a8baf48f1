import type { CallRow } from '#contract/calls.ts'
import type { CustomerHistoryItem } from '#contract/customer-history.ts'
import type { PageQuery } from '#contract/primitives.ts'
import type { Database } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import { selectCustomer } from './customer-store.ts'
import { toTicketRef } from '../tickets/ticket-record.ts'
import { selectHistory, selectTicketRefs } from './history-store.ts'

export interface CustomerHistoryDeps {
  database: Database
  callRows: (ids: readonly string[]) => Promise<ReadonlyMap<string, CallRow>>
}

/** Everything that happened with a customer, tickets and calls in one order. */
export function createCustomerHistory({ database, callRows }: CustomerHistoryDeps) {
  /** Newest first. Throws NotFound, InvalidInput for a cursor that is not ours. */
  async function history(customerId: string, query: PageQuery) {
    const { db } = database
    const after = query.cursor === undefined ? null : readCursor(query.cursor)
    if (!(await selectCustomer(db, customerId))) throw new NotFound('customer', customerId)
    const keys = await selectHistory(db, customerId, { after, limit: query.limit + 1 })
    const page = cutPage(keys, query.limit, writeCursor)
    const idsOf = (type: string) =>
      page.items.filter((key) => key.type === type).map(({ id }) => id)
    const refs = (await selectTicketRefs(db, idsOf('ticket'))).map(toTicketRef)
    const tickets = new Map(refs.map((ticket) => [ticket.id, ticket]))
    const calls = await callRows(idsOf('call'))
    const items = page.items.flatMap(({ type, at, id }): CustomerHistoryItem[] => {
      const ticket = tickets.get(id)
      const call = calls.get(id)
      if (type === 'ticket' && ticket) return [{ type, at, ticket }]
      return type === 'call' && call ? [{ type, at, call }] : []
    })
    return { ...page, items }
  }

  return { history }
}
