import { type ExpressionBuilder, sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import { inParts, preparedForRows } from '../db/prepared.ts'
import type { Db, Tables } from '../db/schema.ts'
import { OPEN_STATUSES } from '../tickets/ticket.ts'
import type { ClockColumns } from './clock-record.ts'

const COLUMNS = [
  'id',
  'ticket_id',
  'kind',
  'loop_no',
  'started_at',
  'length_ms',
  'working_days',
  'due_at',
  'pauses',
  'stopped_at',
  'stop_reason',
  'frozen',
  'alarm',
  'alarm_at',
] as const

/** What changes of a clock once it is there. */
const CHANGING = [
  'started_at',
  'length_ms',
  'due_at',
  'pauses',
  'stopped_at',
  'stop_reason',
  'frozen',
  'alarm',
  'alarm_at',
] as const

const insert = preparedForRows((db, rows: ClockColumns[]) =>
  db.insertInto('ticket_clock').values(rows),
)

/** Clocks that begin: of a whole burst in as few statements as of one ticket. */
export async function insertClocks(db: Db, rows: readonly ClockColumns[]): Promise<void> {
  for (const part of inParts(rows)) await insert(db, part)
}

/** Clocks that begin or have changed. */
export async function saveClocks(db: Db, rows: readonly ClockColumns[]): Promise<void> {
  if (rows.length === 0) return
  await db
    .insertInto('ticket_clock')
    .values([...rows])
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) =>
          Object.fromEntries(CHANGING.map((name) => [name, eb.ref(`excluded.${name}`)])),
        ),
    )
    .execute()
}

/** These clocks run on another ticket from now on. */
export async function moveClocks(db: Db, ids: readonly string[], ticketId: string): Promise<void> {
  if (ids.length === 0) return
  await db
    .updateTable('ticket_clock')
    .set({ ticket_id: ticketId })
    .where('id', 'in', [...ids])
    .execute()
}

/**
 * The clocks of a ticket, the oldest first, and nobody else's until the end of the transaction: an
 * alarm that goes out meanwhile waits.
 */
export async function lockClocks(db: Db, ticketId: string): Promise<ClockColumns[]> {
  const rows = await db
    .updateTable('ticket_clock')
    .set((eb) => ({ due_fence: eb.ref('due_fence') }))
    .where('ticket_id', '=', ticketId)
    .returning([...COLUMNS])
    .execute()
  return rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** All clocks of these tickets, or those that run. */
export function selectClocks(
  db: Db,
  ticketIds: readonly string[],
  which: 'all' | 'running',
): Promise<ClockColumns[]> {
  return db
    .selectFrom('ticket_clock')
    .select([...COLUMNS])
    .where('ticket_id', 'in', [...ticketIds])
    .$if(which === 'running', (query) => query.where('stopped_at', 'is', null))
    .orderBy('ticket_id')
    .orderBy('id')
    .execute()
}

/** What a ticket's clocks need to know of it. */
export async function selectClockTicket(db: Db, ticketId: string) {
  return db
    .selectFrom('ticket')
    .select(['id', 'kind', 'status', 'area_class', 'received_at', 'loop_no', 'parent_outage_id'])
    .where('id', '=', ticketId)
    .executeTakeFirst()
}

/** Open tickets after this id that have no clock of the whole case, by id. */
export function selectTicketsWithoutClock(
  db: Db,
  afterId: string,
  statuses: readonly string[],
  limit: number,
) {
  return db
    .selectFrom('ticket')
    .select((eb) => [
      'id',
      'kind',
      'status',
      'area_class',
      'received_at',
      'loop_no',
      'parent_outage_id',
      eb
        .exists(
          eb
            .selectFrom('ticket_clock')
            .select('ticket_clock.id')
            .whereRef('ticket_clock.ticket_id', '=', 'ticket.id')
            .where('ticket_clock.kind', '=', 'overall'),
        )
        .as('has_clock'),
    ])
    .where('id', '>', afterId)
    .where('status', 'in', [...statuses])
    .orderBy('id')
    .limit(limit)
    .execute()
}

/** Clocks whose next alarm was due then; uses the index `ticket_clock_alarm`. */
export function isAlarmDue(now: Instant) {
  return (eb: ExpressionBuilder<Tables, 'ticket_clock'>) =>
    eb.and([eb('alarm_at', 'is not', null), eb('alarm_at', '<=', now)])
}

/** When alarms are to be looked at next, and what keeps each from being taken. */
export function listAlarms(db: Db, mostTries: number) {
  return db
    .selectFrom('ticket_clock')
    .select(['alarm_at', 'due_retry_at', 'due_owner', 'due_lease_until'])
    .where('alarm_at', 'is not', null)
    .where('due_tries', '<', mostTries)
    .orderBy('alarm_at')
    .limit(LOOKED_AT)
    .execute()
}

export async function selectClock(db: Db, id: string): Promise<ClockColumns | undefined> {
  return db
    .selectFrom('ticket_clock')
    .select([...COLUMNS])
    .where('id', '=', id)
    .executeTakeFirst()
}

const LOOKED_AT = 200
/** Days per statement when clocks are dated anew; two values each. */
const DAYS_PER_UPDATE = 200

/** The ends of one local day's clocks by another calendar. */
export interface DayEnds {
  /** The last moment of the day on which they began. */
  startedUntil: Instant
  half: Instant
  most: Instant
  due: Instant
  management: Instant
}

/** When the oldest open ticket was received, before which no clock began that runs; null: none is open. */
export async function oldestOpenTicket(db: Db): Promise<Instant | null> {
  const row = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.min<string | null>('received_at').as('oldest'))
    .where('status', 'in', [...OPEN_STATUSES])
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow()
  return row.oldest
}

/**
 * Dates the running clocks of this length anew; answers how many moved. Of the days `ends` in their
 * order, each is one branch of a `case`: a few statements, however many clocks there are.
 */
export async function redateClocks(
  db: Db,
  order: { days: number; from: Instant; ends: readonly DayEnds[]; now: Instant },
): Promise<number> {
  let moved = 0
  let from = order.from
  for (let at = 0; at < order.ends.length; at += DAYS_PER_UPDATE) {
    const ends = order.ends.slice(at, at + DAYS_PER_UPDATE)
    // oxlint-disable-next-line no-await-in-loop -- one connection
    moved += await redatePart(db, { ...order, from, ends })
    from = ends.at(-1)?.startedUntil ?? from
  }
  return moved
}

async function redatePart(
  db: Db,
  {
    days,
    from,
    ends,
    now,
  }: { days: number; from: Instant; ends: readonly DayEnds[]; now: Instant },
): Promise<number> {
  const until = ends.at(-1)?.startedUntil ?? from
  const by = (field: Exclude<keyof DayEnds, 'startedUntil'>) =>
    sql<string>`case ${sql.join(
      ends.map((one) => sql`when started_at <= ${one.startedUntil} then ${one[field]}`),
      sql` `,
    )} end`
  const running = () =>
    db
      .updateTable('ticket_clock')
      .where('ticket_id', 'in', openTicketIds(db))
      .where('working_days', '=', days)
      .where('stopped_at', 'is', null)
      .where('started_at', '>=', from)
      .where('started_at', '<=', until)
  const due = by('due')
  // An end that lies ahead again is told again when it comes.
  await running()
    .set({ alarm: 'due' })
    .where((eb) => eb.or([eb('alarm', 'is', null), eb('alarm', '=', 'management')]))
    .where('due_at', '<>', due)
    .where(due, '>', now)
    .execute()
  for (const step of ['half', 'most', 'due', 'management'] as const) {
    const at = by(step)
    // oxlint-disable-next-line no-await-in-loop -- one connection
    await running()
      .set({ alarm_at: at })
      .where('alarm', '=', step)
      .where((eb) => eb.or([eb('alarm_at', 'is', null), eb('alarm_at', '<>', at)]))
      .execute()
  }
  const result = await running().set({ due_at: due }).where('due_at', '<>', due).executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** One read per status: asked for many at once, SQLite would rather read the whole table. */
export function openTicketIds(db: Db) {
  const [first, ...others] = OPEN_STATUSES.map((status) =>
    db
      .selectFrom('ticket')
      .select('ticket.id')
      .where('ticket.status', '=', status)
      .where('ticket.merged_into', 'is', null),
  )
  if (first === undefined) throw new Error('no status is open')
  return others.reduce((all, one) => all.unionAll(one), first)
}
