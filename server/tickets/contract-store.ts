import type { Contract } from '#contract/customers.ts'
import type { Db } from '../db/schema.ts'

export type OwnedContract = Contract & { customerId: string }

/** A contract and whose it is; null when there is none. */
export async function selectContract(db: Db, id: string): Promise<OwnedContract | null> {
  const row = await db.selectFrom('contract').selectAll().where('id', '=', id).executeTakeFirst()
  if (!row) return null
  return {
    id: row.id,
    customerId: row.customer_id,
    contractNo: row.contract_no,
    servicePlan: row.service_plan,
    installationAddress: row.installation_address,
    areaClass: row.area_class === 'rural' ? 'rural' : 'urban',
    circuitId: row.circuit_id,
    suspended: row.suspended === 1,
  }
}
