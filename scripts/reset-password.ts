import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { parseArgs } from 'node:util'
import { readDatabaseUrl } from '../server/config.ts'
import { openDatabase, parseDatabaseUrl } from '../server/db/database.ts'
import { acquireInstanceLock } from '../server/db/instance-lock.ts'
import { StartError } from '../server/errors.ts'
import { createAuditService } from '../server/staff/audit/audit-service.ts'
import { createPasswordHashing } from '../server/staff/password.ts'
import { resetPassword } from '../server/staff/password-reset-service.ts'
import { newUuid, systemClock } from '../server/system-clock.ts'

const USAGE = `scripts/reset-password USER [--admin]
  Gives USER a new one-time password and prints it; ends their sessions and their waiting, and
  leaves a line in the audit. Works on DATABASE_URL (environment or .env), also while the service runs.
  --admin  makes USER an active administrator, too; stop the service first`

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { admin: { type: 'boolean', default: false }, help: { type: 'boolean' } },
  })
  const [username, ...more] = positionals
  if (values.help === true || username === undefined || more.length > 0) {
    console.log(USAGE)
    process.exitCode = values.help === true ? 0 : 2
    return
  }
  if (existsSync('.env')) process.loadEnvFile('.env')
  const url = readDatabaseUrl()
  requireFile(url)
  const lock = values.admin ? await acquireInstanceLock(url, () => undefined) : null
  try {
    const password = await reset(url, username.trim().toLowerCase(), values.admin)
    console.log(`new password of ${username}: ${password}`)
  } finally {
    await lock?.release()
  }
}

/** Opening a path where nothing is would make an empty database. */
function requireFile(url: string): void {
  const address = parseDatabaseUrl(url)
  if (address.dialect === 'postgres' || existsSync(address.path)) return
  throw new StartError(`DATABASE_URL: there is no database at ${address.path}`)
}

async function reset(url: string, username: string, asAdmin: boolean): Promise<string> {
  const database = await openDatabase(url)
  try {
    const clock = systemClock
    const audit = createAuditService({ database, clock, newId: newUuid }).record
    const by = `scripts/reset-password as ${userInfo().username}`
    const hashing = createPasswordHashing()
    return await resetPassword({ database, clock, audit, hashing }, { username, asAdmin, by })
  } finally {
    await database.close()
  }
}

try {
  process.umask(0o077)
  await main()
} catch (error) {
  if (!(error instanceof Error)) throw error
  console.error(error.message)
  process.exitCode = 1
}
