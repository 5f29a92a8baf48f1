import type {
  ContractInput,
  Customer,
  CustomerCreate,
  CustomerPatch,
  PhoneNumber,
  RepresentativeInput,
} from '#contract/customers.ts'
import type { SessionUser } from '#contract/staff.ts'
import { takeNumber } from '../db/counter.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, InvalidInput } from '../errors.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import { customerNumberFault } from './customer-number.ts'
import {
  contractColumnsOf,
  customerCode,
  doubledContracts,
  type ReadPhone,
  readPhones,
  representativeErrors,
  storedKey,
} from './customer-record.ts'
import * as store from './customer-store.ts'

export interface CustomerWriteDeps {
  database: Database
  clock: Clock
  newId: NewId
  state: StateFact
  describe: (raw: string | null) => PhoneNumber
  /** Throws NotFound. */
  get: (id: string, db: Db) => Promise<Customer>
  /** What was known of numbers in this transaction holds no more. */
  forgetOwners: (db: Db) => void
  /** The number that the ticket of a call came from; null for none. Throws NotFound. */
  numberOfTicket: (db: Db, ticketId: string) => Promise<string | null>
}

type Maker = Pick<SessionUser, 'id'> | null
type Parts = Pick<CustomerCreate, 'phones' | 'contracts' | 'representatives'>

/** Customers as people make and change them. */
export function createCustomerWrites(deps: CustomerWriteDeps) {
  const { database, clock, newId, describe, get } = deps

  function readParts(parts: Parts): ReadPhone[] {
    const doubled = doubledContracts(parts.contracts)
    if (doubled.length > 0) throw new InvalidInput('each contract may stand once', doubled)
    const { phones, errors } = readPhones(parts.phones, describe)
    const all = [...errors, ...representativeErrors(parts.representatives, describe)]
    if (all.length > 0) throw new InvalidInput('not a telephone number', all, 422)
    return phones
  }

  async function writeContracts(
    db: Db,
    customerId: string,
    contracts: readonly ContractInput[],
  ): Promise<void> {
    const rows = contracts.map((input) => {
      return { id: newId(), customer_id: customerId, ...contractColumnsOf(input) }
    })
    const written = new Set(await store.replaceContracts(db, customerId, rows))
    const taken = rows.find((row) => !written.has(row.contract_no))
    if (taken) throw new Conflict(`contract ${taken.contract_no} belongs to another customer`)
  }

  async function writePhones(db: Db, customerId: string, phones: readonly ReadPhone[]) {
    const rows = phones.map(({ number, label }) => {
      return { customer_id: customerId, phone_key: storedKey(number), raw: number.raw, label }
    })
    await store.replacePhones(
      db,
      customerId,
      rows.map((row) => ({ id: newId(), ...row })),
    )
  }

  async function writeRepresentatives(
    db: Db,
    customerId: string,
    people: readonly RepresentativeInput[],
  ): Promise<void> {
    const rows = people.map(({ name, number, paper, validUntil }) => {
      const columns = { name, number_raw: number, paper, valid_until: validUntil }
      return { id: newId(), customer_id: customerId, ...columns }
    })
    await store.replaceRepresentatives(db, customerId, rows)
  }

  /** The numbers of the form, and the one of the ticket unless nobody can be called by it. */
  async function withCaller(
    db: Db,
    phones: readonly ReadPhone[],
    ticketId: string | undefined,
  ): Promise<ReadPhone[]> {
    const raw = ticketId === undefined ? null : await deps.numberOfTicket(db, ticketId)
    if (raw === null) return [...phones]
    const number = describe(raw)
    const isKnown = phones.some((phone) => storedKey(phone.number) === storedKey(number))
    if (isKnown || customerNumberFault(raw, number) !== null) return [...phones]
    return [...phones, { number, label: '' }]
  }

  async function link(trx: Trx, ticketId: string | undefined, customerId: string, user: Maker) {
    if (ticketId === undefined || user === null) return
    const actorId = user.id
    await deps.state(trx, { type: 'caller_identified', ticketId, customerId, actorId })
  }

  /**
   * Throws InvalidInput for wrong numbers, Conflict for a contract that is another's, and what linking
   * the ticket throws: NotFound, Conflict for one that is over. Without a person no ticket is linked.
   */
  async function create(order: CustomerCreate, user: Maker = null): Promise<Customer> {
    const read = readParts(order)
    return database.transaction(async (trx) => {
      const id = newId()
      const now = clock.now()
      const phones = await withCaller(trx.db, read, order.linkTicketId)
      const code = customerCode(await takeNumber(trx.db, 'customer'))
      await store.insertCustomer(trx.db, {
        ...columnsOf(order),
        id,
        code,
        version: 1,
        created_at: now,
        updated_at: now,
      })
      await writePhones(trx.db, id, phones)
      await writeContracts(trx.db, id, order.contracts)
      await writeRepresentatives(trx.db, id, order.representatives)
      deps.forgetOwners(trx.db)
      await link(trx, order.linkTicketId, id, user)
      return get(id, trx.db)
    })
  }

  /** Throws NotFound, Conflict when `version` is stale, and what `create` throws. */
  async function patch(id: string, order: CustomerPatch): Promise<Customer> {
    const { version, phones, contracts, representatives } = order
    const given = { phones: phones ?? [], contracts: contracts ?? [] }
    const readNumbers = readParts({ ...given, representatives: representatives ?? [] })
    return database.transaction(async (trx) => {
      const before = await get(id, trx.db)
      const after = withChanges(before, order)
      const numbers = phones ? readNumbers : before.phones
      const row = {
        ...columnsOf(after),
        id,
        code: before.code,
        version: version + 1,
        created_at: before.createdAt,
        updated_at: clock.now(),
      }
      if (!(await store.updateCustomer(trx.db, row, version))) throw staleCustomer(before)
      if (phones) await writePhones(trx.db, id, numbers)
      if (contracts) await writeContracts(trx.db, id, contracts)
      if (representatives) await writeRepresentatives(trx.db, id, representatives)
      deps.forgetOwners(trx.db)
      return get(id, trx.db)
    })
  }

  return { create, patch }
}

type Words = Pick<Customer, 'name' | 'kind' | 'email' | 'address' | 'note' | 'holder'>

function columnsOf({ name, kind, email, address, note, holder }: Words) {
  const holders = { holder_name: holder.name || null, holder_paper: holder.paper || null }
  return { name, kind, email, address, note, ...holders }
}

function withChanges(before: Customer, change: CustomerPatch) {
  return {
    name: change.name ?? before.name,
    kind: change.kind ?? before.kind,
    email: change.email === undefined ? before.email : change.email,
    address: change.address ?? before.address,
    note: change.note ?? before.note,
    holder: change.holder ?? before.holder,
    representatives: change.representatives ?? before.representatives,
    contracts: change.contracts ?? before.contracts,
  }
}

function staleCustomer(current: Customer): Conflict {
  return new Conflict(`the customer was changed meanwhile (version is ${current.version} now)`)
}
