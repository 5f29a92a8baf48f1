import type { Customer, CustomerRef, PhoneNumber, Representative } from '#contract/customers.ts'
import type { FoundTotal } from '#contract/primitives.ts'
import type { CustomerLookup, TicketRef } from '#contract/tickets.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import { cutPage } from '../page.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import { toCustomer, toCustomerRefs } from './customer-record.ts'
import * as store from './customer-store.ts'
import { createCustomerWrites, type CustomerWriteDeps } from './customer-write-service.ts'
import { createNumberOwners } from './number-owner-service.ts'
import { normalizeVn } from './phone-number.ts'

export interface CustomerDeps {
  database: Database
  clock: Clock
  newId: NewId
  state: StateFact
  numberOfTicket: CustomerWriteDeps['numberOfTicket']
  /** HOTLINE_NUMBER: who calls with it is nobody we know. */
  hotlineNumber: string
  /** How a foreign number is written for people. */
  formatForeign: (e164: string) => string | null
  /** Open tickets of these customers or this number, newest first. */
  openTicketsFor: (
    db: Db,
    of: { customerIds: string[]; phoneKey: string | null },
  ) => Promise<TicketRef[]>
  /** Customers by words, the best first. */
  findCustomers: (order: CustomerQuery & { q: string; hidesNumbers: boolean }) => Promise<{
    hits: { id: string; cursor: string }[]
    hasMore: boolean
    total: FoundTotal | null
    complete: boolean
  }>
}

interface CustomerQuery {
  q?: string | undefined
  limit: number
  cursor?: string | undefined
}

/** Of more numbers, or longer texts, it is not remembered what they are. */
const MOST_DESCRIBED = 1000
const LONGEST_KEPT = 40

export type CustomerService = ReturnType<typeof createCustomerService>

/** Customers with their numbers and contracts, and who it is that calls from a number. */
export function createCustomerService(deps: CustomerDeps) {
  const { database, clock } = deps
  const owners = createNumberOwners()
  const { findByNumber, findByNumbers } = owners
  const ownKey = normalizeVn(deps.hotlineNumber).key

  /** One call's number is described at each of its steps, and a list's rows again and again. */
  const described = new Map<string, PhoneNumber>()

  /** What a number is and how it is shown; `withheld` hides it whatever it is. */
  function describe(raw: string | null, withheld = false): PhoneNumber {
    const options = { withheld, ownKey, formatForeign: deps.formatForeign }
    if (raw === null || withheld || raw.length > LONGEST_KEPT) return normalizeVn(raw, options)
    const known = described.get(raw)
    if (known !== undefined) return known
    const number = Object.freeze(normalizeVn(raw, options))
    if (described.size >= MOST_DESCRIBED) described.clear()
    described.set(raw, number)
    return number
  }

  /** Remembers which customer calls from the number, if the customer has it; answers whether. */
  async function rememberChoice(
    trx: Trx,
    pick: { phoneKey: string; customerId: string; staffId: string },
  ): Promise<boolean> {
    const isKept = await store.upsertChoice(trx.db, {
      phone_key: pick.phoneKey,
      customer_id: pick.customerId,
      chosen_by: pick.staffId,
      chosen_at: clock.now(),
    })
    owners.forget(trx.db)
    return isKept
  }

  async function assemble(db: Db, rows: readonly store.CustomerRow[]): Promise<Customer[]> {
    const ids = rows.map((row) => row.id)
    const phones = Map.groupBy(await store.selectPhones(db, ids), (row) => row.customer_id)
    const contracts = Map.groupBy(await store.selectContracts(db, ids), (row) => row.customer_id)
    const people = Map.groupBy(await store.selectRepresentatives(db, ids), (row) => row.customer_id)
    return rows.map((row) =>
      toCustomer(row, {
        phones: (phones.get(row.id) ?? []).map(({ raw, label }) => {
          return { number: describe(raw), label }
        }),
        contracts: contracts.get(row.id) ?? [],
        representatives: (people.get(row.id) ?? []).map(toRepresentative),
      }),
    )
  }

  function toRepresentative(row: store.RepresentativeRow): Representative {
    const { id, name, number_raw: raw, paper, valid_until: validUntil } = row
    return { id, name, number: raw === null ? null : describe(raw), paper, validUntil }
  }

  /** Throws NotFound. */
  async function get(id: string, db: Db = database.db): Promise<Customer> {
    const row = await store.selectCustomer(db, id)
    const [found] = row ? await assemble(db, [row]) : []
    if (!found) throw new NotFound('customer', id)
    return found
  }

  /** Newest first, with words the best found first. Throws InvalidInput for a wrong cursor. */
  async function list(query: CustomerQuery, hidesNumbers = false) {
    const { q, limit, cursor } = query
    if (q) return search({ ...query, q, hidesNumbers })
    const rows = await store.listCustomers(database.db, { limit: limit + 1, beforeId: cursor })
    const page = cutPage(rows, limit, (row) => row.id)
    return { ...page, items: await assemble(database.db, page.items), total: null, complete: true }
  }

  async function search(query: CustomerQuery & { q: string; hidesNumbers: boolean }) {
    const { hits, hasMore, total, complete } = await deps.findCustomers(query)
    const ids = hits.map(({ id }) => id)
    const rows = new Map(
      (await store.selectCustomers(database.db, ids)).map((row) => [row.id, row]),
    )
    const items = await assemble(
      database.db,
      ids.flatMap((id) => rows.get(id) ?? []),
    )
    return { items, nextCursor: hasMore ? (hits.at(-1)?.cursor ?? null) : null, total, complete }
  }

  /** Who a number is, with the open tickets of its customers and of the number itself. */
  async function lookup(phone: string): Promise<CustomerLookup> {
    const number = describe(phone)
    const { candidates } = await findByNumber(database.db, number.key)
    const openTickets =
      number.key === null
        ? []
        : await deps.openTicketsFor(database.db, {
            customerIds: candidates.map((candidate) => candidate.id),
            phoneKey: number.key,
          })
    return { number, customers: candidates, openTickets }
  }

  const writes = createCustomerWrites({
    ...deps,
    describe,
    get,
    forgetOwners: owners.forget,
  })

  return {
    describe,
    findByNumber,
    findByNumbers,
    refsById,
    rememberChoice,
    get: (id: string) => get(id),
    forgetOwners: owners.forget,
    list,
    lookup,
    ...writes,
  }
}

/** Short forms by id; ids that do not exist are missing. */
async function refsById(db: Db, ids: readonly string[]): Promise<Map<string, CustomerRef>> {
  const refs = toCustomerRefs(await store.selectRefs(db, ids))
  return new Map(refs.map((ref) => [ref.id, ref]))
}
