import { z } from 'zod'
import { customerCreate } from '#contract/customers.ts'
import type { Customer } from '#contract/customers.ts'

/** A customer as typed into the form: every field is text, an empty one means none. */
export interface CustomerEntry {
  name: string
  kind: Customer['kind']
  email: string
  address: string
  note: string
  holder: { name: string; paper: string }
  representatives: { name: string; number: string; paper: string; validUntil: string }[]
  phones: { number: string; label: string }[]
  contracts: ContractEntry[]
}

export interface ContractEntry {
  contractNo: string
  servicePlan: string
  services: string
  installationAddress: string
  area: string
  areaClass: 'urban' | 'rural'
  circuitId: string
  status: 'active' | 'suspended' | 'ended'
}

export const NEW_PHONE: CustomerEntry['phones'][number] = { number: '', label: '' }
export const NEW_REPRESENTATIVE: CustomerEntry['representatives'][number] = {
  name: '',
  number: '',
  paper: '',
  validUntil: '',
}
export const NEW_CONTRACT: ContractEntry = {
  contractNo: '',
  servicePlan: '',
  services: '',
  installationAddress: '',
  area: '',
  areaClass: 'urban',
  circuitId: '',
  status: 'active',
}

/** The form of a customer, or an empty one with the number that called. */
export function customerEntryOf(customer: Customer | null, number = ''): CustomerEntry {
  if (customer === null) {
    return {
      name: '',
      kind: 'individual',
      email: '',
      address: '',
      note: '',
      holder: { name: '', paper: '' },
      representatives: [],
      phones: number === '' ? [] : [{ number, label: '' }],
      contracts: [],
    }
  }
  const { name, kind, address, note, holder } = customer
  return {
    name,
    kind,
    email: customer.email ?? '',
    address,
    note,
    holder: { ...holder },
    representatives: customer.representatives.map((one) => ({
      name: one.name,
      number: one.number?.display ?? '',
      paper: one.paper,
      validUntil: one.validUntil ?? '',
    })),
    phones: customer.phones.map(({ number: phone, label }) => ({ number: phone.display, label })),
    contracts: customer.contracts.map((one) => ({
      contractNo: one.contractNo,
      servicePlan: one.servicePlan,
      services: one.services.join(', '),
      installationAddress: one.installationAddress,
      area: one.area,
      areaClass: one.areaClass,
      circuitId: one.circuitId ?? '',
      status: one.status,
    })),
  }
}

const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

/** What is sent: empty fields as none, services as a list. */
export function customerInput(entry: CustomerEntry): z.input<typeof customerCreate> {
  return {
    ...entry,
    email: orNull(entry.email),
    representatives: entry.representatives.map((one) => ({
      ...one,
      number: orNull(one.number),
      validUntil: orNull(one.validUntil),
    })),
    contracts: entry.contracts.map((one) => ({
      ...one,
      circuitId: orNull(one.circuitId),
      services: one.services
        .split(',')
        .map((service) => service.trim())
        .filter(Boolean),
    })),
  }
}

/** The rules of the server, for what stands in the form. */
export const customerEntrySchema: z.ZodType = z.preprocess(
  (entry) => (isEntry(entry) ? customerInput(entry) : entry),
  customerCreate,
)

function isEntry(value: unknown): value is CustomerEntry {
  return typeof value === 'object' && value !== null && 'contracts' in value && 'email' in value
}
