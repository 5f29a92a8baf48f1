import type { Row } from '../../db/schema.ts'
import { storedKey } from '../customer-record.ts'
import type { ReadPhone } from '../customer-record.ts'
import type { ImportedContract, ImportedCustomer } from './import-line.ts'

type CustomerRow = Row<'customer'>
type CustomerPhoneRow = Row<'customer_phone'>
type ContractRow = Row<'contract'>

/** What is stored of the customer that a line names. */
export interface StoredCustomer {
  customer: CustomerRow
  phones: readonly CustomerPhoneRow[]
  contracts: readonly ContractRow[]
}

/** The rows as the switch will write them; parts that stay as they are are not among them. */
export interface PlannedChange {
  change: 'create' | 'update'
  baseVersion: number
  customer: Omit<CustomerRow, 'version' | 'created_at' | 'updated_at'>
  phones: CustomerPhoneRow[]
  contracts: ContractRow[]
}

export interface PlanTools {
  newId: () => string
}

/**
 * What a line changes: what it says goes before what is stored, what it does not say stays, and
 * numbers and contracts that it does not name stay too. Null when nothing changes.
 */
export function planLine(
  line: ImportedCustomer,
  stored: StoredCustomer | null,
  { newId }: PlanTools,
): PlannedChange | null {
  const before = stored?.customer ?? null
  const id = before?.id ?? newId()
  const phones = changedPhones(line.phones, stored?.phones ?? [], { id, newId })
  const contracts = changedContracts(line.contracts, stored?.contracts ?? [], { id, newId })
  const columns = {
    name: line.name,
    kind: line.kind ?? before?.kind ?? 'individual',
    email: line.email ?? before?.email ?? null,
    address: line.address ?? before?.address ?? '',
    note: line.note ?? before?.note ?? '',
    holder_name: line.holderName ?? before?.holder_name ?? null,
    holder_paper: line.holderPaper ?? before?.holder_paper ?? null,
  }
  const isSame = before !== null && sameColumns(columns, before)
  if (isSame && phones.length === 0 && contracts.length === 0) return null
  return {
    change: before === null ? 'create' : 'update',
    baseVersion: before?.version ?? 0,
    customer: { id, code: line.code, ...columns },
    phones,
    contracts,
  }
}

interface Owner {
  id: string
  newId: () => string
}

/** New numbers, and known ones that get another label. */
function changedPhones(
  given: readonly ReadPhone[],
  stored: readonly CustomerPhoneRow[],
  { id, newId }: Owner,
): CustomerPhoneRow[] {
  const known = new Map(stored.map((row) => [row.phone_key, row]))
  return given.flatMap(({ number, label }) => {
    const key = storedKey(number)
    const before = known.get(key)
    if (before !== undefined && (label === '' || label === before.label)) return []
    const raw = before?.raw ?? number.raw
    return [{ id: before?.id ?? newId(), customer_id: id, phone_key: key, raw, label }]
  })
}

function changedContracts(
  given: readonly ImportedContract[],
  stored: readonly ContractRow[],
  { id, newId }: Owner,
): ContractRow[] {
  const known = new Map(stored.map((row) => [row.contract_no, row]))
  return given.flatMap((contract) => {
    const before = known.get(contract.contractNo)
    const after = contractAfter(contract, before)
    if (before !== undefined && sameColumns(after, before)) return []
    return [{ id: before?.id ?? newId(), customer_id: id, ...after }]
  })
}

function contractAfter(
  given: ImportedContract,
  before: ContractRow | undefined,
): Omit<ContractRow, 'id' | 'customer_id'> {
  const statusBefore = before?.status ?? (before?.suspended === 1 ? 'suspended' : 'active')
  const status = given.status ?? statusBefore
  return {
    contract_no: given.contractNo,
    service_plan: given.servicePlan ?? before?.service_plan ?? '',
    services: given.services ? JSON.stringify(given.services) : (before?.services ?? '[]'),
    installation_address: given.installationAddress ?? before?.installation_address ?? '',
    area: given.area ?? before?.area ?? '',
    area_class: given.areaClass ?? before?.area_class ?? 'urban',
    circuit_id: given.circuitId ?? before?.circuit_id ?? null,
    status,
    suspended: status === 'suspended' ? 1 : 0,
  }
}

/** An old row has null where a new one has its empty value. */
function sameColumns<T extends object>(after: T, before: T): boolean {
  return Object.entries(after).every(([name, value]) => {
    const old: unknown = Reflect.get(before, name)
    if (old === value) return true
    return old === null && (value === '' || value === '[]' || name === 'status')
  })
}
