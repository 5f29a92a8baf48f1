import { z } from 'zod'
import {
  contract,
  type Contract,
  type ContractInput,
  type Customer,
  customer,
  type CustomerRef,
  customerRef,
  type PhoneInput,
  type PhoneNumber,
  type Representative,
  type RepresentativeInput,
} from '#contract/customers.ts'
import type { Row } from '../db/schema.ts'
import type { FieldError } from '../errors.ts'
import { cleanNumberText, customerNumberFault, faultMessage } from './customer-number.ts'
import { statusOf, type TicketContract } from './only-contract.ts'
import { nationalDigits } from './phone-number.ts'

/** `KH-000123`. */
export function customerCode(number: number): string {
  return `KH-${String(number).padStart(6, '0')}`
}

/** Columns of a customer's short form; one row per contract, or one with null. */
export interface RefColumns {
  id: string
  code: string
  name: string
  kind: string
  address: string
  contract_no: string | null
}

/** Folds rows of one customer per contract into short forms, in the order of their first rows. */
export function toCustomerRefs(rows: readonly RefColumns[]): CustomerRef[] {
  const refs = new Map<string, CustomerRef>()
  for (const row of rows) {
    const ref = refs.get(row.id) ?? customerRef.parse({ ...row, contractNos: [] })
    if (row.contract_no !== null) ref.contractNos.push(row.contract_no)
    refs.set(row.id, ref)
  }
  return [...refs.values()]
}

/** Who calls from a number: the only customer, or the one that was picked before, or nobody yet. */
export interface NumberOwners {
  chosen: CustomerRef | null
  candidates: CustomerRef[]
  /** The only active contract of `chosen`. */
  contract: TicketContract | null
}

export const NOBODY: NumberOwners = { chosen: null, candidates: [], contract: null }

/** `chosenId` is the remembered pick; a pick that no longer has the number does not count. */
export function ownersOf(
  candidates: CustomerRef[],
  chosenId: string | null,
): Omit<NumberOwners, 'contract'> {
  const [only] = candidates
  const picked = candidates.find((candidate) => candidate.id === chosenId)
  return { candidates, chosen: picked ?? (candidates.length === 1 ? (only ?? null) : null) }
}

/**
 * What a customer's number is stored by, once each. A number that nobody is matched by (1900 services)
 * stands by its digits, for which nobody asks.
 */
export function storedKey(number: PhoneNumber): string {
  return number.key ?? nationalDigits(number)
}

/** A number that was read, or in `problem` why it cannot be a customer's. */
export type ReadPhone = { number: PhoneNumber; label: string }

/**
 * Reads the numbers of a form: each once, in order. `errors` names those that can be no telephone of
 * a customer, what was wrong and what would be right.
 */
export function readPhones(
  inputs: readonly PhoneInput[],
  describe: (raw: string) => PhoneNumber,
): { phones: ReadPhone[]; errors: FieldError[] } {
  const phones = new Map<string, ReadPhone>()
  const errors: FieldError[] = []
  inputs.forEach((input, index) => {
    const text = cleanNumberText(input.number)
    const number = describe(text)
    const fault = customerNumberFault(text, number)
    const key = storedKey(number)
    if (fault !== null) {
      const message = faultMessage(input.number, fault)
      errors.push({ path: `phones.${index}.number`, message, code: fault })
    } else if (!phones.has(key)) {
      phones.set(key, { number, label: input.label })
    }
  })
  return { phones: [...phones.values()], errors }
}

/** The contract numbers that stand twice in a form. */
export function doubledContracts(contracts: readonly ContractInput[]): FieldError[] {
  const seen = new Set<string>()
  return contracts.flatMap(({ contractNo }, index) => {
    const doubled = seen.has(contractNo)
    seen.add(contractNo)
    const message = `contract ${contractNo} stands twice`
    return doubled ? [{ path: `contracts.${index}.contractNo`, message }] : []
  })
}

/** Numbers of representatives: each a telephone, or in `errors` why it is none. */
export function representativeErrors(
  inputs: readonly RepresentativeInput[],
  describe: (raw: string) => PhoneNumber,
): FieldError[] {
  return inputs.flatMap(({ number }, index) => {
    if (number === null) return []
    const text = cleanNumberText(number)
    const code = customerNumberFault(text, describe(text))
    const path = `representatives.${index}.number`
    return code === null ? [] : [{ path, message: faultMessage(number, code), code }]
  })
}

/** Columns as stored, for the long form. */
type CustomerColumns = Omit<Row<'customer'>, 'updated_at'>

const contractColumns = z
  .object({
    id: z.string(),
    contract_no: z.string(),
    service_plan: z.string(),
    installation_address: z.string(),
    area_class: z.string(),
    circuit_id: z.string().nullable(),
    suspended: z.number(),
    status: z.string().nullable(),
    services: z.string().nullable(),
    area: z.string().nullable(),
  })
  .transform((row) =>
    contract.parse({
      id: row.id,
      contractNo: row.contract_no,
      servicePlan: row.service_plan,
      services: JSON.parse(row.services ?? '[]'),
      installationAddress: row.installation_address,
      area: row.area ?? '',
      areaClass: row.area_class,
      circuitId: row.circuit_id,
      status: statusOf(row.status, row.suspended),
      suspended: row.suspended === 1,
    }),
  )

/** Columns of a contract as a form gave it, but for its ids. */
export function contractColumnsOf(input: ContractInput) {
  const status = input.status ?? (input.suspended ? ('suspended' as const) : ('active' as const))
  return {
    contract_no: input.contractNo,
    service_plan: input.servicePlan,
    services: JSON.stringify(input.services),
    installation_address: input.installationAddress,
    area: input.area,
    area_class: input.areaClass,
    circuit_id: input.circuitId,
    status,
    suspended: status === 'suspended' ? 1 : 0,
  }
}

/** A contract from its row. */
export function contractOf(row: z.input<typeof contractColumns>): Contract {
  return contractColumns.parse(row)
}

/** The long form of a customer from its rows. */
export function toCustomer(
  row: CustomerColumns,
  parts: {
    phones: readonly ReadPhone[]
    contracts: readonly z.input<typeof contractColumns>[]
    representatives: readonly Representative[]
  },
): Customer {
  return customer.parse({
    ...row,
    holder: { name: row.holder_name ?? '', paper: row.holder_paper ?? '' },
    phones: parts.phones,
    contracts: parts.contracts.map(contractOf),
    representatives: parts.representatives,
    createdAt: row.created_at,
  })
}
