import type { Contract } from '#contract/customers.ts'
import type { TicketDetails } from '#contract/tickets.ts'
import { contractOf } from '../customers/customer-record.ts'
import { onlyContract, type TicketContract } from '../customers/only-contract.ts'
import type { Db } from '../db/schema.ts'

export type OwnedContract = Contract & { customerId: string }

/** A contract and whose it is; null when there is none. */
export async function selectContract(db: Db, id: string): Promise<OwnedContract | null> {
  const row = await db.selectFrom('contract').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : { ...contractOf(row), customerId: row.customer_id }
}

/** The contract that tickets of this customer belong to by themselves; null when none or several could be. */
export async function selectOnlyContract(
  db: Db,
  customerId: string,
): Promise<TicketContract | null> {
  const rows = await db
    .selectFrom('contract')
    .select([
      'id as contract_id',
      'contract_no',
      'status as contract_status',
      'suspended',
      'installation_address',
      'area_class',
    ])
    .where('customer_id', '=', customerId)
    .execute()
  return onlyContract(rows)
}

/** The order with the contract that comes with the customer, unless it says one itself. */
export async function withContract<T extends Pick<TicketDetails, 'contractId'>>(
  db: Db,
  order: T,
  customerId: string | null,
): Promise<T> {
  if (order.contractId !== undefined) return order
  const only = customerId === null ? null : await selectOnlyContract(db, customerId)
  return { ...order, contractId: only?.id ?? null }
}
