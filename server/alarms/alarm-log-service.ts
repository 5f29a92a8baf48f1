import type { Alarm, AlarmPage, AlarmQuery, OpenAlarms } from '#contract/supervision/alarms.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import type { Clock, StateFact } from '../ports.ts'
import { plusMs } from '../time.ts'
import {
  acknowledgeAlarm,
  listAlarms,
  listEndedUnseen,
  listOpen,
  selectAlarm,
  toAlarm,
} from './alarm-store.ts'

/** What lasted longer than a week is not looked for: the log is read by when they rang. */
const LONGEST_MS = 7 * 86_400_000

export interface AlarmLogDeps {
  database: Database
  clock: Clock
  state: StateFact
  staffById: (id: string) => { id: string; displayName: string } | null
  /** Tells the webhook, in the transaction of what it is told. */
  tell: (trx: Trx, event: 'alarm.acknowledged', alarm: Alarm) => Promise<void>
  /** What is open is another. */
  onChange: () => void
}

export type AlarmLogService = ReturnType<typeof createAlarmLogService>

/** What rang, and who has said that they take care of it. */
export function createAlarmLogService(deps: AlarmLogDeps) {
  const { database, staffById } = deps

  async function open(): Promise<OpenAlarms> {
    return { items: (await listOpen(database.db)).map((row) => toAlarm(row, staffById)) }
  }

  async function list(query: AlarmQuery): Promise<AlarmPage> {
    const after = query.cursor === undefined ? null : readCursor(query.cursor)
    const rows = await listAlarms(database.db, query, after)
    const page = cutPage(rows, query.limit, ({ opened_at: at, id }) => writeCursor({ at, id }))
    return { ...page, items: page.items.map((row) => toAlarm(row, staffById)) }
  }

  /** That nobody has acknowledged and that ended since; the newest first. */
  async function endedUnseen(endedSince: Instant, limit: number): Promise<Alarm[]> {
    const openedSince = plusMs(endedSince, -LONGEST_MS)
    const rows = await listEndedUnseen(database.db, { endedSince, openedSince, limit })
    return rows.map((row) => toAlarm(row, staffById))
  }

  /** Throws NotFound, Conflict when somebody has already. */
  async function acknowledge(id: string, user: SessionUser): Promise<Alarm> {
    return database.transaction(async (trx) => {
      const row = await acknowledgeAlarm(trx.db, id, { staffId: user.id, now: deps.clock.now() })
      if (row === undefined) throw await whyNot(trx, id)
      const alarm = toAlarm(row, staffById)
      const detail = {
        queue: alarm.queue ?? '',
        severity: alarm.severity,
        value: String(alarm.worst),
      }
      const fact = { type: 'alarm_act', act: 'acknowledged', actorId: user.id, detail } as const
      await deps.state(trx, { ...fact, subject: alarm.measure })
      await deps.tell(trx, 'alarm.acknowledged', alarm)
      trx.afterCommit(deps.onChange)
      return alarm
    })
  }

  async function whyNot(trx: Trx, id: string): Promise<Error> {
    const row = await selectAlarm(trx.db, id)
    if (row === undefined) return new NotFound('alarm', id)
    const by = toAlarm(row, staffById).acknowledgedBy?.displayName ?? 'somebody'
    return new Conflict(`${by} has acknowledged this alarm already`, 'alarm_acknowledged')
  }

  return { open, list, endedUnseen, acknowledge }
}
