import type { OutageRef } from '#contract/casework/outages.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { type OpenOutage, outageAt, toOutageRef } from './outage.ts'
import { selectOpenOutages } from './outage-store.ts'
import { selectAreasOf } from './watch-store.ts'

/** What is known of a ticket that may be part of an outage. */
export interface OutageTicket {
  parentOutageId: string | null
  area: string | null
  service: string | null
  customerId: string | null
}

export interface TicketOutage {
  /** The open outage that it is linked to. */
  outage: OutageRef | null
  /** The open outage of its area or service, to be linked with one key. */
  outageOffer: OutageRef | null
}

export type OpenOutagesService = ReturnType<typeof createOpenOutagesService>

/** The outages that are open, held in memory: while there is none, nothing that is asked reads a row. */
export function createOpenOutagesService({ database }: { database: Database }) {
  let open: readonly OpenOutage[] = []

  async function load(): Promise<void> {
    open = await selectOpenOutages(database.db)
  }

  /** The rows have changed: they are read within the transaction, and known when it holds. */
  function changed(trx: Trx): void {
    const read: { rows: OpenOutage[] } = { rows: [] }
    trx.beforeCommit(async () => {
      read.rows = await selectOpenOutages(trx.db)
    })
    trx.afterCommit(() => (open = read.rows), 'first')
  }

  /** The areas of these customers' contracts; asks nothing while no outage is open. */
  async function areasOf(db: Db, customerIds: readonly string[]): Promise<Map<string, string[]>> {
    return open.length === 0 ? new Map() : selectAreasOf(db, [...new Set(customerIds)])
  }

  /** A ticket's area counts before the areas of its customer's contracts. */
  function of(ticket: OutageTicket, areas: ReadonlyMap<string, readonly string[]>): TicketOutage {
    const { parentOutageId: parent, area, service, customerId } = ticket
    const linked = parent === null ? null : open.find(({ ticketId }) => ticketId === parent)
    if (linked) return { outage: toOutageRef(linked), outageOffer: null }
    const place = {
      areas: area === null ? (areas.get(customerId ?? '') ?? []) : [area],
      services: service === null ? [] : [service],
    }
    const offer = open.length === 0 ? null : outageAt(open, place)
    return { outage: null, outageOffer: offer && toOutageRef(offer) }
  }

  return { load, changed, areasOf, of }
}
