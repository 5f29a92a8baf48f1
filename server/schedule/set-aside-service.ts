import type { SetAsidePage } from '#contract/jobs.ts'
import type { Instant, PageQuery } from '#contract/primitives.ts'
import { errorClass } from '../db/error-class.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import { cutPage } from '../page.ts'
import { plusMs } from '../time.ts'
import type { Clock, NewId } from '../ports.ts'
import { deleteSetAside, insertSetAside, listSetAside } from './set-aside-store.ts'

/** What the service gives up on, for a person to look at. No secrets and no phone numbers. */
export interface SetAside {
  /** What kind of thing it is: `owed_ticket`, `promise`, `event` … */
  kind: string
  /** Which one: an id. */
  subject: string
  /** The error in one line. */
  reason: string
  /** What helps to understand it: where it failed, how often it was tried. */
  detail: string
}

export interface SetAsideDeps {
  database: Database
  clock: Clock
  newId: NewId
  logger: Logger
}

const LONGEST_NAME = 120
const LONGEST_REASON = 500
const LONGEST_DETAIL = 4000
/** Long after somebody looked at it. */
const KEPT_DAYS = 180
const DAY_MS = 86_400_000

export type SetAsideService = ReturnType<typeof createSetAsideService>

export function createSetAsideService({ database, clock, newId, logger }: SetAsideDeps) {
  /** In a transaction of its own. Throws weather; what else kept it from being stored is in the log. */
  async function record(entry: SetAside): Promise<void> {
    try {
      await database.transaction((trx) => recordIn(trx, entry))
    } catch (error) {
      if (errorClass(error) === 'weather') throw error
      logger.error({ err: error, ...entry }, 'what was set aside could not be stored')
    }
  }

  /** In the transaction that gives it up: both or neither. */
  async function recordIn(trx: Trx, { kind, subject, reason, detail }: SetAside): Promise<void> {
    await insertSetAside(trx.db, {
      id: newId(),
      at: clock.now(),
      kind: kind.slice(0, LONGEST_NAME),
      subject: subject.slice(0, LONGEST_NAME),
      reason: reason.slice(0, LONGEST_REASON),
      detail: detail.slice(0, LONGEST_DETAIL),
    })
    trx.afterCommit(() => logger.error({ kind, subject, reason }, 'something was set aside'))
  }

  /** Newest first. */
  async function list(query: PageQuery): Promise<SetAsidePage> {
    const found = await listSetAside(database.db, query)
    return cutPage(found, query.limit, (entry) => entry.id)
  }

  /** Forgets what nobody needs any more; answers how many. */
  function forgetOld(now: Instant): Promise<number> {
    return deleteSetAside(database.db, plusMs(now, -KEPT_DAYS * DAY_MS))
  }

  return { record, recordIn, list, forgetOld }
}
