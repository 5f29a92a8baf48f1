import type { Selectable } from 'kysely'
import { inParts, preparedForRows } from '../db/prepared.ts'
import type {
  ContractTable,
  CustomerPhoneTable,
  CustomerRepresentativeTable,
  CustomerTable,
  PhoneChoiceTable,
} from '../db/customer-tables.ts'
import { refsOf } from '../db/refs-of.ts'
import type { Db } from '../db/schema.ts'
import type { RefColumns } from './customer-record.ts'
import type { JoinedContract } from './only-contract.ts'

export type CustomerRow = Selectable<CustomerTable>
export type CustomerPhoneRow = Selectable<CustomerPhoneTable>
export type ContractRow = Selectable<ContractTable>
export type RepresentativeRow = Selectable<CustomerRepresentativeTable>

/** More contracts of one number than this, of whatever customers, are no help to anybody. */
const MOST_PER_NUMBER = 200
const MOST_PARTS = 5000

/** What a contract says besides its number and whose it is. */
export const CONTRACT_PARTS = [
  'service_plan',
  'services',
  'status',
  'suspended',
  'installation_address',
  'area',
  'area_class',
  'circuit_id',
] as const

export type NumberOwnerRow = RefColumns &
  JoinedContract & { phone_key: string; chosen_id: string | null }

/** The customers of each number, one row per contract, and the pick that was remembered for it. */
export async function selectByNumbers(db: Db, keys: readonly string[]): Promise<NumberOwnerRow[]> {
  const found: NumberOwnerRow[] = []
  for (const part of inParts(keys.map((key) => ({ key })))) {
    found.push(...(await ownersOf(db, part)).rows)
  }
  return found
}

/** Numbers are asked for at every ring and answer. */
const ownersOf = preparedForRows((db, numbers: { key: string }[]) =>
  ownersQuery(db)
    .where(
      'phone.phone_key',
      'in',
      numbers.map(({ key }) => key),
    )
    .limit(numbers.length * MOST_PER_NUMBER),
)

function ownersQuery(db: Db) {
  return db
    .selectFrom('customer_phone as phone')
    .innerJoin('customer', 'customer.id', 'phone.customer_id')
    .leftJoin('contract', 'contract.customer_id', 'customer.id')
    .leftJoin('phone_choice as choice', 'choice.phone_key', 'phone.phone_key')
    .select([
      'phone.phone_key',
      'choice.customer_id as chosen_id',
      'customer.id',
      'customer.code',
      'customer.name',
      'customer.kind',
      'customer.address',
      'contract.contract_no',
      'contract.id as contract_id',
      'contract.status as contract_status',
      'contract.suspended',
      'contract.installation_address',
      'contract.area_class',
    ])
    .orderBy('customer.id')
    .orderBy('contract.contract_no')
}

export async function selectRefs(db: Db, ids: readonly string[]): Promise<RefColumns[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('customer')
    .leftJoin('contract', 'contract.customer_id', 'customer.id')
    .select([
      'customer.id',
      'customer.code',
      'customer.name',
      'customer.kind',
      'customer.address',
      'contract.contract_no',
    ])
    .where('customer.id', 'in', [...ids])
    .orderBy('contract.contract_no')
    .limit(MOST_PARTS)
    .execute()
}

/** Newest first. */
export async function listCustomers(
  db: Db,
  { limit, beforeId }: { limit: number; beforeId: string | undefined },
): Promise<CustomerRow[]> {
  const newest = db.selectFrom('customer').selectAll().orderBy('id', 'desc').limit(limit)
  return (beforeId === undefined ? newest : newest.where('id', '<', beforeId)).execute()
}

export async function selectCustomers(db: Db, ids: readonly string[]): Promise<CustomerRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('customer')
    .selectAll()
    .where('id', 'in', [...ids])
    .execute()
}

export async function selectCustomer(db: Db, id: string): Promise<CustomerRow | undefined> {
  return db.selectFrom('customer').selectAll().where('id', '=', id).executeTakeFirst()
}

export async function selectPhones(db: Db, ids: readonly string[]): Promise<CustomerPhoneRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('customer_phone')
    .selectAll()
    .where('customer_id', 'in', [...ids])
    .orderBy('id')
    .limit(MOST_PARTS)
    .execute()
}

export async function selectContracts(db: Db, ids: readonly string[]): Promise<ContractRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('contract')
    .selectAll()
    .where('customer_id', 'in', [...ids])
    .orderBy('contract_no')
    .limit(MOST_PARTS)
    .execute()
}

export async function selectRepresentatives(
  db: Db,
  ids: readonly string[],
): Promise<RepresentativeRow[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('customer_representative')
    .selectAll()
    .where('customer_id', 'in', [...ids])
    .orderBy('id')
    .limit(MOST_PARTS)
    .execute()
}

/** Makes these the representatives of the customer. */
export async function replaceRepresentatives(
  db: Db,
  customerId: string,
  rows: readonly RepresentativeRow[],
): Promise<void> {
  await db.deleteFrom('customer_representative').where('customer_id', '=', customerId).execute()
  if (rows.length === 0) return
  await db
    .insertInto('customer_representative')
    .values([...rows])
    .execute()
}

export async function insertCustomer(db: Db, row: CustomerRow): Promise<void> {
  await db.insertInto('customer').values(row).execute()
}

/** Writes the row when its stored version is `version`; answers whether it was. */
export async function updateCustomer(db: Db, row: CustomerRow, version: number): Promise<boolean> {
  const { id, code: _code, created_at: _created, ...columns } = row
  const changed = await db
    .updateTable('customer')
    .set(columns)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('id')
    .execute()
  return changed.length === 1
}

/** Makes these the numbers of the customer; picks remembered for numbers that went are forgotten. */
export async function replacePhones(
  db: Db,
  customerId: string,
  rows: readonly CustomerPhoneRow[],
): Promise<void> {
  const keys = rows.map((row) => row.phone_key)
  await db
    .deleteFrom('phone_choice')
    .where('customer_id', '=', customerId)
    .$if(keys.length > 0, (query) => query.where('phone_key', 'not in', keys))
    .execute()
  await db.deleteFrom('customer_phone').where('customer_id', '=', customerId).execute()
  if (rows.length > 0) {
    await db
      .insertInto('customer_phone')
      .values([...rows])
      .execute()
  }
}

/**
 * Makes these the contracts of the customer, keeping the ids of those it had. Answers the contract
 * numbers that were written: one that belongs to another customer is missing from them.
 */
export async function replaceContracts(
  db: Db,
  customerId: string,
  rows: readonly ContractRow[],
): Promise<string[]> {
  const numbers = rows.map((row) => row.contract_no)
  await db
    .deleteFrom('contract')
    .where('customer_id', '=', customerId)
    .$if(numbers.length > 0, (query) => query.where('contract_no', 'not in', numbers))
    .execute()
  if (rows.length === 0) return []
  const written = await db
    .insertInto('contract')
    .values([...rows])
    .onConflict((conflict) =>
      conflict
        .column('contract_no')
        .doUpdateSet(refsOf('excluded', CONTRACT_PARTS))
        .whereRef('contract.customer_id', '=', 'excluded.customer_id'),
    )
    .returning('contract_no')
    .execute()
  return written.map((row) => row.contract_no)
}

/** Remembers the pick when the customer has that number; answers whether it was remembered. */
export async function upsertChoice(db: Db, row: Selectable<PhoneChoiceTable>): Promise<boolean> {
  const kept = await db
    .insertInto('phone_choice')
    .columns(['phone_key', 'customer_id', 'chosen_by', 'chosen_at'])
    .expression((eb) =>
      eb
        .selectFrom('customer_phone')
        .select([
          'phone_key',
          'customer_id',
          eb.val(row.chosen_by).as('chosen_by'),
          eb.val(row.chosen_at).as('chosen_at'),
        ])
        .where('phone_key', '=', row.phone_key)
        .where('customer_id', '=', row.customer_id),
    )
    .onConflict((conflict) =>
      conflict
        .column('phone_key')
        .doUpdateSet(refsOf('excluded', ['customer_id', 'chosen_by', 'chosen_at'])),
    )
    .returning('phone_key')
    .execute()
  return kept.length === 1
}
