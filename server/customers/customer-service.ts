import type {
  ContractInput,
  Customer,
  CustomerCreate,
  CustomerPatch,
  CustomerRef,
  PhoneNumber,
} from '#contract/customers.ts'
import type { FoundTotal } from '#contract/primitives.ts'
import type { CustomerLookup, TicketRef } from '#contract/tickets.ts'
import { takeNumber } from '../db/counter.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, InvalidInput, NotFound } from '../errors.ts'
import { cutPage } from '../page.ts'
import type { Clock, NewId } from '../ports.ts'
import {
  customerCode,
  customerSearchText,
  doubledContracts,
  type ReadPhone,
  readPhones,
  storedKey,
  toCustomer,
  toCustomerRefs,
} from './customer-record.ts'
import * as store from './customer-store.ts'
import { createNumberOwners } from './number-owner-service.ts'
import { normalizeVn } from './phone-number.ts'

export interface CustomerDeps {
  database: Database
  clock: Clock
  newId: NewId
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
  findCustomers: (order: CustomerQuery & { q: string }) => Promise<{
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

export type CustomerService = ReturnType<typeof createCustomerService>

/** Customers with their numbers and contracts, and who it is that calls from a number. */
export function createCustomerService(deps: CustomerDeps) {
  const { database, clock, newId } = deps
  const owners = createNumberOwners()
  const { findByNumber, findByNumbers } = owners
  const ownKey = normalizeVn(deps.hotlineNumber).key

  /** What a number is and how it is shown; `withheld` hides it whatever it is. */
  function describe(raw: string | null, withheld = false): PhoneNumber {
    return normalizeVn(raw, { withheld, ownKey, formatForeign: deps.formatForeign })
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
    return rows.map((row) =>
      toCustomer(
        row,
        (phones.get(row.id) ?? []).map(({ raw, label }) => ({ number: describe(raw), label })),
        contracts.get(row.id) ?? [],
      ),
    )
  }

  /** Throws NotFound. */
  async function get(id: string, db: Db = database.db): Promise<Customer> {
    const row = await store.selectCustomer(db, id)
    const [found] = row ? await assemble(db, [row]) : []
    if (!found) throw new NotFound('customer', id)
    return found
  }

  /** Newest first, with words the best found first. Throws InvalidInput for a wrong cursor. */
  async function list(query: CustomerQuery) {
    const { q, limit, cursor } = query
    if (q) return search({ ...query, q })
    const rows = await store.listCustomers(database.db, { limit: limit + 1, beforeId: cursor })
    const page = cutPage(rows, limit, (row) => row.id)
    return { ...page, items: await assemble(database.db, page.items), total: null, complete: true }
  }

  async function search(query: CustomerQuery & { q: string }) {
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

  function readParts(parts: Pick<CustomerCreate, 'phones' | 'contracts'>): ReadPhone[] {
    const doubled = doubledContracts(parts.contracts)
    if (doubled.length > 0) throw new InvalidInput('each contract may stand once', doubled)
    const { phones, errors } = readPhones(parts.phones, describe)
    if (errors.length > 0) throw new InvalidInput('not a telephone number', errors, 422)
    return phones
  }

  async function writeContracts(
    db: Db,
    customerId: string,
    contracts: readonly ContractInput[],
  ): Promise<void> {
    const rows = contracts.map((input) => ({
      id: newId(),
      customer_id: customerId,
      contract_no: input.contractNo,
      service_plan: input.servicePlan,
      installation_address: input.installationAddress,
      area_class: input.areaClass,
      circuit_id: input.circuitId,
      suspended: input.suspended ? 1 : 0,
    }))
    const written = new Set(await store.replaceContracts(db, customerId, rows))
    const taken = rows.find((row) => !written.has(row.contract_no))
    if (taken) throw new Conflict(`contract ${taken.contract_no} belongs to another customer`)
  }

  async function writePhones(
    db: Db,
    customerId: string,
    phones: readonly ReadPhone[],
  ): Promise<void> {
    const rows = phones.map(({ number, label }) => ({
      id: newId(),
      customer_id: customerId,
      phone_key: storedKey(number),
      raw: number.raw,
      label,
    }))
    await store.replacePhones(db, customerId, rows)
  }

  /** Throws InvalidInput for wrong numbers, Conflict for a contract that is another's. */
  async function create(order: CustomerCreate): Promise<Customer> {
    const phones = readParts(order)
    return database.transaction(async (trx) => {
      const id = newId()
      const now = clock.now()
      const code = customerCode(await takeNumber(trx.db, 'customer'))
      const { phones: _phones, contracts, ...columns } = order
      await store.insertCustomer(trx.db, {
        ...columns,
        id,
        code,
        search_text: searchText({ ...order, code }, phones, contracts),
        version: 1,
        created_at: now,
        updated_at: now,
      })
      await writePhones(trx.db, id, phones)
      await writeContracts(trx.db, id, contracts)
      owners.forget(trx.db)
      return get(id, trx.db)
    })
  }

  /** Throws NotFound, Conflict when `version` is stale, and what `create` throws. */
  async function patch(id: string, order: CustomerPatch): Promise<Customer> {
    const { version, phones, contracts } = order
    const readNumbers = readParts({ phones: phones ?? [], contracts: contracts ?? [] })
    return database.transaction(async (trx) => {
      const before = await get(id, trx.db)
      const after = withChanges(before, order)
      const numbers = phones ? readNumbers : before.phones
      const row = {
        ...after,
        id,
        code: before.code,
        search_text: searchText(
          { ...after, code: before.code },
          numbers,
          contracts ?? before.contracts,
        ),
        version: version + 1,
        created_at: before.createdAt,
        updated_at: clock.now(),
      }
      if (!(await store.updateCustomer(trx.db, row, version))) throw staleCustomer(before)
      if (phones) await writePhones(trx.db, id, numbers)
      if (contracts) await writeContracts(trx.db, id, contracts)
      owners.forget(trx.db)
      return get(id, trx.db)
    })
  }

  return {
    describe,
    findByNumber,
    findByNumbers,
    refsById,
    rememberChoice,
    get: (id: string) => get(id),
    list,
    lookup,
    create,
    patch,
  }
}

function withChanges(before: Customer, change: CustomerPatch) {
  return {
    name: change.name ?? before.name,
    kind: change.kind ?? before.kind,
    email: change.email === undefined ? before.email : change.email,
    address: change.address ?? before.address,
    note: change.note ?? before.note,
  }
}

function searchText(
  of: { code: string; name: string; email: string | null; address: string },
  phones: readonly ReadPhone[],
  contracts: readonly { contractNo: string }[],
): string {
  return customerSearchText({
    ...of,
    phones: phones.map((phone) => phone.number),
    contractNos: contracts.map((contract) => contract.contractNo),
  })
}

function staleCustomer(current: Customer): Conflict {
  return new Conflict(`the customer was changed meanwhile (version is ${current.version} now)`)
}

/** Short forms by id; ids that do not exist are missing. */
async function refsById(db: Db, ids: readonly string[]): Promise<Map<string, CustomerRef>> {
  const refs = toCustomerRefs(await store.selectRefs(db, ids))
  return new Map(refs.map((ref) => [ref.id, ref]))
}
