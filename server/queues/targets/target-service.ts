import type { SessionUser } from '#contract/staff.ts'
import {
  type Target,
  TARGET_RULES,
  targetFigure,
  type TargetOrder,
  type Targets,
} from '#contract/supervision/targets.ts'
import { localDay } from '../../calendar/working-days.ts'
import type { Db } from '../../db/schema.ts'
import { passSettingVersion, readSettingVersion } from '../../db/setting.ts'
import type { Database } from '../../db/transaction.ts'
import { settingsStale, unprocessable } from '../../errors.ts'
import type { Clock, StateFact } from '../../ports.ts'
import { listTargets, saveTarget } from './target-store.ts'

export interface TargetDeps {
  database: Database
  clock: Clock
  /** Takes `target_set`, in the transaction of the change. */
  state: StateFact
}

const VERSION = 'targets.version'

/** What has been so from the beginning. */
const DEFAULTS: readonly Target[] = targetFigure.options.flatMap((figure) => {
  const value = TARGET_RULES[figure].byDefault
  return value === null ? [] : [{ figure, value, from: null, setBy: null, setAt: null }]
})

export type TargetService = ReturnType<typeof createTargetService>

/** What figures should reach. Rows are kept, so that an old day is held against the target of its time. */
export function createTargetService({ database, clock, state }: TargetDeps) {
  async function view(db: Db = database.db): Promise<Targets> {
    const version = await readSettingVersion(db, VERSION)
    return { version, items: [...DEFAULTS, ...(await listTargets(db))] }
  }

  /** Throws InvalidInput (422) for a day that is over, Conflict when somebody was faster. */
  async function set(user: SessionUser, order: TargetOrder): Promise<Targets> {
    const { version, figure, value, from } = order
    if (from < localDay(clock.now())) {
      throw unprocessable('from', 'days that are over keep their target: give today or a later day')
    }
    await database.transaction(async (trx) => {
      if (!(await passSettingVersion(trx.db, VERSION, version))) {
        throw settingsStale('the targets', await readSettingVersion(trx.db, VERSION))
      }
      await saveTarget(trx.db, { figure, value, from, setBy: user.id, setAt: clock.now() })
      await state(trx, { type: 'target_set', actorId: user.id, figure, from, value })
    })
    return view()
  }

  return { view: () => view(), set }
}
