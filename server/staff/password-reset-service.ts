import type { Database } from '../db/transaction.ts'
import { NotFound } from '../errors.ts'
import type { Clock } from '../ports.ts'
import type { RecordAudit } from './audit/audit-service.ts'
import { newOneTimePassword, type PasswordHashing } from './password.ts'
import { deleteSessionsOf } from './session-store.ts'
import { clearThrottlesOf } from './sign-in-throttle-store.ts'
import { findByUsername, lockStaff, setPassword, updateStaff } from './staff-store.ts'

export interface PasswordResetDeps {
  database: Database
  clock: Clock
  audit: RecordAudit
  hashing: Pick<PasswordHashing, 'hash'>
}

export interface PasswordReset {
  username: string
  /** Makes the person an active administrator, too; only while no service runs on the database. */
  asAdmin: boolean
  /** Who asks, as the machine knows them; for the audit. */
  by: string
}

/**
 * The way back in for who has the machine: a new one-time password, no session of before, no wait.
 * Answers the password. Throws NotFound.
 */
export async function resetPassword(
  { database, clock, audit, hashing }: PasswordResetDeps,
  { username, asAdmin, by }: PasswordReset,
): Promise<string> {
  const password = newOneTimePassword()
  const hash = await hashing.hash(password)
  await database.transaction(async (trx) => {
    const found = await findByUsername(trx.db, username)
    if (found === null) throw new NotFound('person with the user name', username)
    await lockStaff(trx.db, found.id)
    await setPassword(trx.db, found.id, hash, clock.now())
    if (asAdmin) {
      const version = found.version + 1
      const admin = { ...found, role: 'admin' as const, active: true, version }
      await updateStaff(trx.db, admin, null, clock.now())
    }
    await deleteSessionsOf(trx.db, found.id)
    await clearThrottlesOf(trx.db, username)
    const detail = { by, ...(asAdmin ? { role: 'admin', active: 'true' } : {}) }
    await audit(trx, { actorId: null, action: 'staff.password_reset', subject: username, detail })
  })
  return password
}
