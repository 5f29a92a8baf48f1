import {
  type Contract,
  contract,
  type ContractStatus,
  contractStatus,
} from '#contract/customers.ts'

/** What a ticket takes over from its contract. */
export type TicketContract = Pick<
  Contract,
  'id' | 'contractNo' | 'installationAddress' | 'areaClass'
>

/** Columns of a contract beside its customer's; all null where the customer has none. */
export interface JoinedContract {
  contract_id: string | null
  contract_no: string | null
  contract_status: string | null
  suspended: number | null
  installation_address: string | null
  area_class: string | null
}

/** The contract that a ticket of this customer belongs to by itself: the only active one, else null. */
export function onlyContract(rows: readonly JoinedContract[]): TicketContract | null {
  const [only, ...others] = rows.filter((row) => row.contract_id !== null && isActive(row))
  if (only === undefined || others.length > 0) return null
  return ticketContract.parse({
    id: only.contract_id,
    contractNo: only.contract_no,
    installationAddress: only.installation_address,
    areaClass: only.area_class,
  })
}

const ticketContract = contract.pick({
  id: true,
  contractNo: true,
  installationAddress: true,
  areaClass: true,
})

function isActive(row: Pick<JoinedContract, 'contract_status' | 'suspended'>): boolean {
  return statusOf(row.contract_status, row.suspended) === 'active'
}

/** A contract from before there was a status says by `suspended` alone which it has. */
export function statusOf(status: string | null, suspended: number | null): ContractStatus {
  return status === null ? (suspended === 1 ? 'suspended' : 'active') : contractStatus.parse(status)
}
