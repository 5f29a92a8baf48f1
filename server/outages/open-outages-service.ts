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
  /** What a transaction made of them that is not committed yet. */
  const openIn = new WeakMap<Db, readonly OpenOutage[]>()

  async function load(): Promise<void> {
    open = await selectOpenOutages(database.db)
  }

  /** The rows were changed: this transaction goes by them from now on, everybody else when it holds. */
  async function changed(trx: Trx): Promise<void> {
    openIn.set(trx.db, await selectOpenOutages(trx.db))
    trx.afterCommit(() => (open = openIn.get(trx.db) ?? open), 'first')
  }

  /** The areas of these customers' contracts; asks nothing while no outage is open. */
  async function areasOf(db: Db, customerIds: readonly string[]): Promise<Map<string, string[]>> {
    return known(db).length === 0 ? new Map() : selectAreasOf(db, [...new Set(customerIds)])
  }

  /** A ticket's area counts before the areas of its customer's contracts. */
  function of(
    db: Db,
    ticket: OutageTicket,
    areas: ReadonlyMap<string, readonly string[]>,
  ): TicketOutage {
    const { parentOutageId: parent, area, service, customerId } = ticket
    const outages = known(db)
    const linked = parent === null ? null : outages.find(({ ticketId }) => ticketId === parent)
    if (linked) return { outage: toOutageRef(linked), outageOffer: null }
    const place = {
      areas: area === null ? (areas.get(customerId ?? '') ?? []) : [area],
      services: service === null ? [] : [service],
    }
    const offer = outages.length === 0 ? null : outageAt(outages, place)
    return { outage: null, outageOffer: offer && toOutageRef(offer) }
  }

  function known(db: Db): readonly OpenOutage[] {
    return openIn.get(db) ?? open
  }

  return { load, changed, areasOf, of }
}
