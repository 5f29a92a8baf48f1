import { phoneDevice } from '#contract/staff.ts'
import type { Db } from '../db/schema.ts'
import type { BrowserPhone } from './phone.ts'

/** A service has people by the dozen; everybody fits in memory. */
const LIMIT = 5000

export async function readPhones(db: Db): Promise<BrowserPhone[]> {
  const rows = await db.selectFrom('browser_phone').selectAll().limit(LIMIT).execute()
  return rows.map((row) => ({
    staffId: row.staff_id,
    extension: row.extension,
    sealedSecret: row.sealed_secret,
    device: phoneDevice.parse(row.device),
  }))
}

export async function savePhone(db: Db, phone: BrowserPhone): Promise<void> {
  const { staffId, extension, sealedSecret, device } = phone
  const values = { extension, sealed_secret: sealedSecret, device }
  await db
    .insertInto('browser_phone')
    .values({ staff_id: staffId, ...values })
    .onConflict((conflict) => conflict.column('staff_id').doUpdateSet(values))
    .execute()
}

export async function deletePhone(db: Db, staffId: string): Promise<void> {
  await db.deleteFrom('browser_phone').where('staff_id', '=', staffId).execute()
}
