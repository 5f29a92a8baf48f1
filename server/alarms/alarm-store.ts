import {
  type Alarm,
  type AlarmQuery,
  alarmMeasure,
  type AlarmRule,
  alarmSeverity,
  MOST_ALARM_RULES,
} from '#contract/supervision/alarms.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Db, Row } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'

export type StoredAlarm = Row<'alarm'>
type StoredRule = Row<'alarm_rule'>

/** By measure, the oldest first. */
export async function listRules(db: Db): Promise<AlarmRule[]> {
  const rows = await db
    .selectFrom('alarm_rule')
    .selectAll()
    .orderBy('measure')
    .orderBy('id')
    .limit(MOST_ALARM_RULES)
    .execute()
  return rows.map(toRule)
}

export async function insertRule(db: Db, rule: AlarmRule): Promise<void> {
  await db.insertInto('alarm_rule').values(toRow(rule)).execute()
}

/** False when somebody was faster than the version before it, or it is gone. */
export async function updateRule(db: Db, rule: AlarmRule): Promise<boolean> {
  const { id, ...columns } = toRow(rule)
  const { numUpdatedRows } = await db
    .updateTable('alarm_rule')
    .set(columns)
    .where('id', '=', id)
    .where('version', '=', rule.version - 1)
    .executeTakeFirst()
  return numUpdatedRows === 1n
}

export async function deleteRule(db: Db, id: string): Promise<AlarmRule | undefined> {
  const row = await db
    .deleteFrom('alarm_rule')
    .where('id', '=', id)
    .returningAll()
    .executeTakeFirst()
  return row && toRule(row)
}

/** Those that last: of each rule one at most. The newest first. */
export async function listOpen(db: Db): Promise<StoredAlarm[]> {
  // the order of the log would have all of it read for these few
  const rows = await db
    .selectFrom('alarm')
    .selectAll()
    .where('ended_at', 'is', null)
    .limit(2 * MOST_ALARM_RULES)
    .execute()
  return rows.toSorted((a, b) => (a.opened_at < b.opened_at ? 1 : -1))
}

/** False when one of its rule is open already, whoever opened it. */
export async function insertAlarm(db: Db, row: StoredAlarm): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await db
    .insertInto('alarm')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return numInsertedOrUpdatedRows === 1n
}

/** Undefined when it has ended already. */
export async function endAlarm(
  db: Db,
  id: string,
  { now, worst }: { now: Instant; worst: number },
): Promise<StoredAlarm | undefined> {
  return db
    .updateTable('alarm')
    .set({ ended_at: now, worst })
    .where('id', '=', id)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export async function noteWorst(db: Db, id: string, worst: number): Promise<void> {
  await db.updateTable('alarm').set({ worst }).where('id', '=', id).execute()
}

/** Undefined when somebody has, or there is none. */
export async function acknowledgeAlarm(
  db: Db,
  id: string,
  { staffId, now }: { staffId: string; now: Instant },
): Promise<StoredAlarm | undefined> {
  return db
    .updateTable('alarm')
    .set({ acknowledged_at: now, acknowledged_by: staffId })
    .where('id', '=', id)
    .where('acknowledged_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export async function selectAlarm(db: Db, id: string): Promise<StoredAlarm | undefined> {
  return db.selectFrom('alarm').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The log, the newest first, after this one. */
export async function listAlarms(
  db: Db,
  { state, measure, severity, limit }: AlarmQuery,
  after: PageCursor | null,
): Promise<StoredAlarm[]> {
  return db
    .selectFrom('alarm')
    .selectAll()
    .$if(state === 'open', (query) => query.where('ended_at', 'is', null))
    .$if(state === 'ended', (query) => query.where('ended_at', 'is not', null))
    .$if(measure !== undefined, (query) => query.where('measure', '=', measure ?? ''))
    .$if(severity !== undefined, (query) => query.where('severity', '=', severity ?? ''))
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb(eb.refTuple('opened_at', 'id'), '<', eb.tuple(after?.at ?? '', after?.id ?? '')),
      ),
    )
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
}

/** Those that nobody took and that ended since, of what rang since then; the newest first. */
export async function listEndedUnseen(
  db: Db,
  { endedSince, openedSince, limit }: { endedSince: Instant; openedSince: Instant; limit: number },
): Promise<StoredAlarm[]> {
  return db
    .selectFrom('alarm')
    .selectAll()
    .where('opened_at', '>=', openedSince)
    .where('ended_at', '>=', endedSince)
    .where('acknowledged_at', 'is', null)
    .orderBy('opened_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
}

/** Those that ended before. */
export async function forgetAlarms(db: Db, before: Instant): Promise<void> {
  await db
    .deleteFrom('alarm')
    .where('opened_at', '<', before)
    .where('ended_at', 'is not', null)
    .execute()
}

function toRule(row: StoredRule): AlarmRule {
  return {
    id: row.id,
    measure: alarmMeasure.parse(row.measure),
    queue: row.queue,
    threshold: row.threshold,
    clearAt: row.clear_at,
    holdSeconds: row.hold_seconds,
    severity: alarmSeverity.parse(row.severity),
    quietFrom: row.quiet_from,
    quietTo: row.quiet_to,
    active: row.active === 1,
    version: row.version,
    updatedAt: row.updated_at,
  }
}

function toRow(rule: AlarmRule): StoredRule {
  const { clearAt, holdSeconds, quietFrom, quietTo, active, updatedAt, ...same } = rule
  return {
    ...same,
    clear_at: clearAt,
    hold_seconds: holdSeconds,
    quiet_from: quietFrom,
    quiet_to: quietTo,
    active: active ? 1 : 0,
    updated_at: updatedAt,
  }
}

export function toAlarm(
  row: StoredAlarm,
  staffById: (id: string) => { id: string; displayName: string } | null,
): Alarm {
  const by = row.acknowledged_by === null ? null : staffById(row.acknowledged_by)
  return {
    id: row.id,
    ruleId: row.rule_id,
    measure: alarmMeasure.parse(row.measure),
    queue: row.queue,
    severity: alarmSeverity.parse(row.severity),
    threshold: row.threshold,
    value: row.value,
    worst: row.worst,
    openedAt: row.opened_at,
    endedAt: row.ended_at,
    acknowledgedAt: row.acknowledged_at,
    acknowledgedBy: by && { id: by.id, displayName: by.displayName },
  }
}
