import * as owed from '../../server/callbacks/ledger/owed-store.ts'
import { countOpenMissed } from '../../server/callbacks/missed/missed-store.ts'
import { countRunOut } from '../../server/clocks/run-out-store.ts'
import type { Db } from '../../server/db/schema.ts'
import { listTargets } from '../../server/queues/targets/target-store.ts'
import { listNewestOf } from '../../server/staff/audit/audit-store.ts'

const NOW = '2026-11-22T02:00:00.000Z'

/** What is read once a second while a supervisor looks at the board. */
export const BOARD_READS: Record<string, (db: Db) => Promise<unknown>> = {
  'promises due': (db) => owed.countDueNow(db, NOW),
  'who was called back today': (db) => owed.countCalledBack(db, '2026-11-22'),
  'promises to who waits': (db) => owed.listOpenTo(db, ['0912345678', '0912345679']),
  'missed callers': (db) => countOpenMissed(db),
  'clocks that have run out': (db) => countRunOut(db, ['noc', 'field', 'overall'], NOW),
  targets: (db) => listTargets(db),
}

/** What it is told of the time before, at the start. */
export const BOARD_AT_START: Record<string, (db: Db) => Promise<unknown>> = {
  'orders on members': (db) => listNewestOf(db, 'queue.member_commanded'),
}
