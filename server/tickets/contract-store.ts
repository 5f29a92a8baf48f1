import type { Contract } from '#contract/customers.ts'
import { contractOf } from '../customers/customer-record.ts'
import type { Db } from '../db/schema.ts'

export type OwnedContract = Contract & { customerId: string }

/** A contract and whose it is; null when there is none. */
export async function selectContract(db: Db, id: string): Promise<OwnedContract | null> {
  const row = await db.selectFrom('contract').selectAll().where('id', '=', id).executeTakeFirst()
  return row === undefined ? null : { ...contractOf(row), customerId: row.customer_id }
}
