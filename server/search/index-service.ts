import type { PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import { ticketStatus } from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import { readCursor, writeCursor } from '../page.ts'
import { isOpen } from '../tickets/ticket.ts'
import * as due from './due-store.ts'
import {
  customerDocument,
  type CustomerSource,
  type SearchDocument,
  ticketDocument,
} from './search-document.ts'
import {
  indexDocuments,
  mergeParts,
  removeDocuments,
  type SearchKind,
  type Side,
} from './search-store.ts'
import * as source from './source-store.ts'

export interface IndexDeps {
  database: Database
  describeNumber: (raw: string) => PhoneNumber
  /** Down to which id the first indexing has come; empty when it has not begun, null when it is over. */
  reached: (db: Db, kind: SearchKind) => Promise<string | null>
  /** Documents of one writing, 20 unless given: the database is free again within milliseconds. */
  perStep?: number
}

/** Customers of an import that are indexed in one writing: its calls wait no longer than for one. */
export const IMPORTED_PER_STEP = 50

/** Above every id. */
const NOTHING_YET = '\uFFFF'

const DOCUMENTS_PER_STEP = 20

/**
 * Each writing leaves a part of the index on SQLite: an import of 100,000 customers leaves 2,000, which
 * SQLite would merge all at once at the 1,999th (4 s within one commit), and every search looks through
 * all of them.
 */
export const MOST_WRITINGS = 64

export type IndexService = ReturnType<typeof createIndexService>

/** Keeps the index as tickets and customers are, in small steps that a restart goes on from. */
export function createIndexService(deps: IndexDeps) {
  const { database, describeNumber, reached, perStep = DOCUMENTS_PER_STEP } = deps
  let hasMore = false
  /** Writings since there was nothing to merge. */
  let writings = 0
  let hasMerged = false
  /** Indexes whose parts are still to be merged. */
  let untidy: SearchKind[] = ['ticket', 'customer']

  /**
   * Writes what changed, tickets before customers and before the tickets of customers; then tidies. After
   * many writings it does the one after the other by turns.
   */
  async function work(): Promise<void> {
    const isTurnToMerge = writings >= MOST_WRITINGS && !hasMerged
    hasMerged = isTurnToMerge || !(await isDue())
    if (hasMerged) {
      const hadParts = await tidy()
      if (!hadParts) writings = 0
      hasMore = hadParts || isTurnToMerge
    } else {
      hasMore = await database.transaction(({ db }) => step(db))
      writings += 1
    }
  }

  /** Merges some parts of the index; answers whether there may be more. */
  async function tidy(): Promise<boolean> {
    for (let kind = untidy[0]; kind !== undefined; kind = untidy[0]) {
      const one = kind
      // oxlint-disable-next-line no-await-in-loop -- until one had parts
      if (await database.transaction(({ db }) => mergeParts(db, one))) return true
      untidy = untidy.slice(1)
    }
    return false
  }

  async function isDue(): Promise<boolean> {
    const { db } = database
    if ((await due.selectDueTickets(db, 1)).length > 0) return true
    if ((await due.selectDueCustomers(db, 1)).length > 0) return true
    return (await due.selectDueBulk(db)) !== null
  }

  async function nextDueAt(now: Instant): Promise<Instant | null> {
    return hasMore ? now : null
  }

  /** What the first indexing has still to come to is left to it, so that the old is not the newest. */
  async function newest(db: Db, kind: SearchKind): Promise<Side> {
    const place = await reached(db, kind)
    return { newest: { from: place === '' ? NOTHING_YET : (place ?? '') } }
  }

  /** Answers whether there was something to do. */
  async function step(db: Db): Promise<boolean> {
    const tickets = await due.selectDueTickets(db, perStep)
    if (tickets.length > 0) {
      await indexTickets(db, distinct(tickets.map((row) => row.ticket_id)))
      await due.removeDueTickets(
        db,
        tickets.map(({ seq }) => seq),
      )
      return true
    }
    const customers = await due.selectDueCustomers(db, perStep)
    const fresh = customers.filter((row) => row.tickets_after === null)
    if (fresh.length > 0) await stepOfCustomers(db, fresh)
    else if (customers.length > 0) await stepOfTheirTickets(db, customers)
    else return stepOfImport(db)
    return true
  }

  /** Customers of an import come last; those that have tickets go the way of a changed customer. */
  async function stepOfImport(db: Db): Promise<boolean> {
    const part = await due.selectDueBulk(db)
    if (part === null) return false
    const withTickets = await source.selectWithTickets(db, part.customerIds)
    const others = part.customerIds.filter((id) => !withTickets.includes(id))
    await indexCustomers(db, others)
    await due.addDueCustomers(db, withTickets)
    await due.removeDueBulk(db, part.seq)
    return true
  }

  /** Each once; the rest of what was noted about them goes. */
  async function stepOfCustomers(
    db: Db,
    rows: readonly { seq: number; customer_id: string }[],
  ): Promise<void> {
    const kept = new Map(rows.map(({ seq, customer_id: id }) => [id, seq]))
    await indexCustomers(db, [...kept.keys()])
    const seqs = new Set(kept.values())
    await due.placeDueCustomers(db, [...seqs], '')
    await due.removeDueCustomers(
      db,
      rows.flatMap(({ seq }) => (seqs.has(seq) ? [] : [seq])),
    )
  }

  /** Tickets carry the words of their customers. */
  async function stepOfTheirTickets(
    db: Db,
    rows: readonly { seq: number; customer_id: string; tickets_after: string | null }[],
  ): Promise<void> {
    const ids: string[] = []
    const done: number[] = []
    for (const { seq, customer_id: customerId, tickets_after: after } of rows) {
      const room = perStep - ids.length
      if (room === 0) break
      const from = after ? readCursor(after) : null
      // oxlint-disable-next-line no-await-in-loop -- until the step is full
      const tickets = await source.selectTicketsOfCustomer(db, customerId, from, room)
      ids.push(...tickets.map(({ id }) => id))
      const last = tickets.at(-1)
      if (tickets.length < room || last === undefined) done.push(seq)
      else {
        const place = writeCursor({ at: last.received_at, id: last.id })
        // oxlint-disable-next-line no-await-in-loop
        await due.placeDueCustomers(db, [seq], place)
      }
    }
    await indexTickets(db, distinct(ids))
    await due.removeDueCustomers(db, done)
  }

  /** A ticket that is gone or part of another is not found by itself. */
  async function indexTickets(db: Db, ids: readonly string[], side?: Side): Promise<void> {
    if (ids.length === 0) return
    const rows = await source.selectTicketColumns(db, ids)
    const listed = rows.filter((row) => row.merged_into === null)
    const documents = await ticketDocuments(db, listed)
    await indexDocuments(db, 'ticket', documents, side ?? (await newest(db, 'ticket')))
    untidy = ['ticket', 'customer']
    const indexed = new Set(listed.map(({ id }) => id))
    await removeDocuments(
      db,
      'ticket',
      ids.filter((id) => !indexed.has(id)),
    )
  }

  async function ticketDocuments(
    db: Db,
    rows: readonly source.TicketColumns[],
  ): Promise<SearchDocument[]> {
    const customerIds = rows.flatMap((row) => row.customer_id ?? [])
    const customers = await source.selectCustomerRows(db, distinct(customerIds))
    const ids = rows.map(({ id }) => id)
    const mergedCodes = await source.selectMergedCodes(db, ids)
    return rows.map((row) => {
      const owner = customers.get(row.customer_id ?? '')
      return ticketDocument({
        ...row,
        contactName: row.contact_name,
        isOpen: isOpen(ticketStatus.parse(row.status)),
        numbers: [row.number_raw, row.contact_raw].flatMap((raw) => raw ?? []).map(describeNumber),
        customer: owner === undefined ? null : customerSource(owner),
        mergedCodes: mergedCodes.get(row.id) ?? [],
      })
    })
  }

  async function indexCustomers(db: Db, ids: readonly string[], side?: Side): Promise<void> {
    const rows = await source.selectCustomerRows(db, ids)
    const documents = [...rows.values()].map((one) => customerDocument(customerSource(one)))
    await indexDocuments(db, 'customer', documents, side ?? (await newest(db, 'customer')))
    untidy = ['ticket', 'customer']
    await removeDocuments(
      db,
      'customer',
      ids.filter((id) => !rows.has(id)),
    )
  }

  function customerSource(rows: source.CustomerRows): CustomerSource {
    const { customer, contracts, people, phones } = rows
    const holder = customer.holder_name === null ? [] : [customer.holder_name]
    const numbers = people.flatMap(({ number_raw }) => number_raw ?? [])
    return {
      ...customer,
      people: [...holder, ...people.map(({ name }) => name)],
      contracts: contracts.map((row) => ({
        contractNo: row.contract_no,
        address: row.installation_address,
        circuitId: row.circuit_id,
      })),
      numbers: [...phones.map(({ raw }) => raw), ...numbers].map((raw) => describeNumber(raw)),
    }
  }

  /** Of what was there before there was an index: some before this id; the newest come first. */
  async function indexBefore(db: Db, kind: SearchKind, before: string): Promise<string | null> {
    const ids = await source.selectIdsBefore(db, kind, before, perStep)
    const inOrder = ids.toReversed()
    await (kind === 'ticket' ? indexTickets : indexCustomers)(db, inOrder, 'oldest')
    return ids.length < perStep ? null : (ids.at(-1) ?? null)
  }

  /** Writes all that changed so far, and tidies; for tests and tools. */
  async function catchUp(): Promise<void> {
    do await work()
    while (hasMore)
  }

  return { work, nextDueAt, indexBefore, catchUp }
}

function distinct<T>(values: readonly T[]): T[] {
  return [...new Set(values)]
}
