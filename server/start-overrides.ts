import type { AmiTelephony } from './ami/telephony.ts'
import type { AmiTelephonyOptions } from './ami/pbx.ts'
import type { openDatabase } from './db/database.ts'
import type { Logger } from './logger.ts'
import type { Clock } from './ports.ts'
import type { PasswordHashing } from './staff/password.ts'

/** What tests put in the place of real parts. */
export interface StartOverrides {
  clock?: Clock
  logger?: Logger
  /** Hashes passwords at a lower cost. */
  hashing?: PasswordHashing
  /** Opens the database; a test that takes it away keeps what this opened. */
  openDatabase?: typeof openDatabase
  /** Stands where the PBXs would be. */
  createTelephony?: (options: AmiTelephonyOptions) => AmiTelephony
}
