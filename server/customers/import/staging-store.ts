import type {
  ImportContractTable,
  ImportPhoneTable,
  ImportRowTable,
} from '../../db/customer-tables.ts'
import { inParts, preparedForRows } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'
import { selectContracts, selectPhones } from '../customer-store.ts'
import type { PlannedChange, StoredCustomer } from './import-plan.ts'

/** Rows of one step when what was staged is removed. */
const REMOVED_AT_ONCE = 2_000

const insertRows = preparedForRows((db, rows: ImportRowTable[]) =>
  db.insertInto('import_row').values(rows),
)
const insertPhones = preparedForRows((db, rows: ImportPhoneTable[]) =>
  db.insertInto('import_phone').values(rows),
)
const insertContracts = preparedForRows((db, rows: ImportContractTable[]) =>
  db.insertInto('import_contract').values(rows),
)

/** What is stored of these codes, by code. */
export async function selectStored(
  db: Db,
  codes: readonly string[],
): Promise<Map<string, StoredCustomer>> {
  if (codes.length === 0) return new Map()
  const rows = await db
    .selectFrom('customer')
    .selectAll()
    .where('code', 'in', [...codes])
    .execute()
  const ids = rows.map(({ id }) => id)
  const phones = Map.groupBy(await selectPhones(db, ids), (row) => row.customer_id)
  const contracts = Map.groupBy(await selectContracts(db, ids), (row) => row.customer_id)
  return new Map(
    rows.map((customer) => [
      customer.code,
      {
        customer,
        phones: phones.get(customer.id) ?? [],
        contracts: contracts.get(customer.id) ?? [],
      },
    ]),
  )
}

/** Whose these contracts are: codes of customers by contract number. */
export async function selectContractOwners(
  db: Db,
  contractNos: readonly string[],
): Promise<Map<string, string>> {
  if (contractNos.length === 0) return new Map()
  const rows = await db
    .selectFrom('contract')
    .innerJoin('customer', 'customer.id', 'contract.customer_id')
    .select(['contract.contract_no', 'customer.code'])
    .where('contract.contract_no', 'in', [...contractNos])
    .execute()
  return new Map(rows.map((row) => [row.contract_no, row.code]))
}

export type StagedChange = PlannedChange & { line: number }

/** Keeps what the switch will write. */
export async function stageChanges(
  db: Db,
  importId: string,
  changes: readonly StagedChange[],
): Promise<void> {
  const rows = changes.map(({ line, change, baseVersion, customer }) => {
    const { id: customerId, code, name, kind, email, address, note } = customer
    const { holder_name, holder_paper } = customer
    const head = { import_id: importId, line, change, base_version: baseVersion }
    const words = { code, name, kind, email, address, note, holder_name, holder_paper }
    return { ...head, customer_id: customerId, ...words }
  })
  for (const part of inParts(rows)) await insertRows(db, part)
  const phones = changes.flatMap((change) => change.phones)
  for (const part of inParts(phones.map((row) => phoneColumns(importId, row)))) {
    await insertPhones(db, part)
  }
  const contracts = changes.flatMap((change) => change.contracts)
  for (const part of inParts(contracts.map((row) => contractColumns(importId, row)))) {
    await insertContracts(db, part)
  }
}

/** Every row of a prepared statement has the same keys in the same order. */
function phoneColumns(import_id: string, row: PlannedChange['phones'][number]): ImportPhoneTable {
  const { id, customer_id, phone_key, raw, label } = row
  return { import_id, id, customer_id, phone_key, raw, label }
}

function contractColumns(
  import_id: string,
  row: PlannedChange['contracts'][number],
): ImportContractTable {
  const { id, customer_id, contract_no, service_plan, services, status, suspended } = row
  const { installation_address, area, area_class, circuit_id } = row
  const place = { installation_address, area, area_class, circuit_id }
  return {
    import_id,
    id,
    customer_id,
    contract_no,
    service_plan,
    services,
    status,
    suspended,
    ...place,
  }
}

/** The imports that have anything staged. */
export async function selectStagedImports(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('import_row')
    .select('import_id')
    .union(db.selectFrom('import_phone').select('import_id'))
    .union(db.selectFrom('import_contract').select('import_id'))
    .execute()
  return rows.map((row) => row.import_id)
}

/** Removes some of what was staged for this import; answers whether there may be more. */
export async function removeStaged(db: Db, importId: string): Promise<boolean> {
  const removed = [
    await db
      .deleteFrom('import_row')
      .where('import_id', '=', importId)
      .where('line', 'in', (eb) =>
        eb
          .selectFrom('import_row')
          .select('line')
          .where('import_id', '=', importId)
          .limit(REMOVED_AT_ONCE),
      )
      .executeTakeFirst(),
    await removeParts(db, 'import_phone', importId),
    await removeParts(db, 'import_contract', importId),
  ]
  return removed.some(({ numDeletedRows }) => numDeletedRows > 0n)
}

function removeParts(db: Db, table: 'import_phone' | 'import_contract', importId: string) {
  return db
    .deleteFrom(table)
    .where('import_id', '=', importId)
    .where('id', 'in', (eb) =>
      eb.selectFrom(table).select('id').where('import_id', '=', importId).limit(REMOVED_AT_ONCE),
    )
    .executeTakeFirst()
}
