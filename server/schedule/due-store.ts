import {
  type Expression,
  type ExpressionBuilder,
  type Kysely,
  type Selectable,
  sql,
  type SqlBool,
  type Updateable,
} from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import { preparedForColumns } from '../db/prepared.ts'
import type { Db, DueColumns, Tables } from '../db/schema.ts'
import { plusMs } from '../time.ts'
import { retryInMs, type RetryPolicy } from './back-off.ts'

/** Tables whose rows fall due: they carry `DueColumns` and a text `id`. */
export type DueTable = 'call' | 'callback' | 'ticket_clock' | 'alarm_message'

/** One taking of one row: what `owner` may write as long as nobody has taken the row after it. */
export interface DueClaim {
  table: DueTable
  id: string
  owner: string
  fence: number
}

export interface Claimed<T extends DueTable> {
  claim: DueClaim
  /** How often it has failed so far. */
  tries: number
  row: Selectable<Tables[T]>
}

export interface ClaimOrder<T extends DueTable> {
  table: T
  /** What is due, in the rows' own words; say nothing of the due columns, they are looked at here. */
  where: (eb: ExpressionBuilder<Tables, T>) => Expression<SqlBool>
  /** The process that takes them. */
  owner: string
  now: Instant
  /** From then on another process may take them. */
  leaseUntil: Instant
  limit: number
  /** Rows that failed this often are set aside and not taken. */
  mostTries: number
  /** The oldest by this column first; by `id` unless given. */
  orderBy?: keyof Tables[T] & string
}

/** What the statements here see of either table. */
type DueRows = Record<DueTable, DueColumns & { id: string }>

/**
 * Takes rows that are due and that nobody has, or whose owner's time ran out. The conditions stand
 * in the update itself, so of two processes over one database only one gets a row (PostgreSQL asks
 * again after waiting for the other, SQLite has one writer). Each taking raises the row's fence:
 * what an earlier owner still writes is refused.
 */
export async function claimDue<T extends DueTable>(
  db: Db,
  order: ClaimOrder<T>,
): Promise<Claimed<T>[]> {
  const { owner, now } = order
  const table: DueTable = order.table
  const rows = await dueDb(db)
    .updateTable(table)
    .set((eb) => ({
      due_owner: owner,
      due_lease_until: order.leaseUntil,
      due_fence: eb('due_fence', '+', 1),
    }))
    .where('id', 'in', (eb) =>
      eb
        .selectFrom(table)
        .select('id')
        .where(claimable)
        .orderBy(sql.ref(order.orderBy ?? 'id'))
        .limit(order.limit),
    )
    .where(claimable)
    .returningAll()
    .execute()
  // PostgreSQL returns changed rows in an order of its own.
  const column = order.orderBy ?? 'id'
  const byAge = rows.toSorted((one, other) =>
    textOf(one, column).localeCompare(textOf(other, column)),
  )
  return byAge.map((row) => ({
    claim: { table, id: row.id, owner, fence: row.due_fence },
    tries: row.due_tries,
    // oxlint-disable-next-line no-unsafe-type-assertion -- all columns of that table
    row: row as Selectable<Tables[T]>,
  }))

  function claimable(eb: ExpressionBuilder<DueRows, DueTable>) {
    // oxlint-disable-next-line no-unsafe-type-assertion -- the same table, seen whole
    const own = order.where(eb as unknown as ExpressionBuilder<Tables, T>)
    return eb.and([
      own,
      eb('due_tries', '<', order.mostTries),
      eb.or([eb('due_retry_at', 'is', null), eb('due_retry_at', '<=', now)]),
      eb.or([eb('due_owner', 'is', null), eb('due_lease_until', '<=', now)]),
    ])
  }
}

function textOf(row: object, column: string): string {
  return String(Reflect.get(row, column))
}

/** The row is done: nobody's, with no failure behind it. False when the claim holds no more. */
export function finishDue(db: Db, claim: DueClaim): Promise<boolean> {
  return changeClaimed(db, claim, { ...NOBODYS, due_tries: 0, due_error: null, due_retry_at: null })
}

/** Gives the row back untouched, to be taken again at once. False when the claim holds no more. */
export function releaseDue(db: Db, claim: DueClaim): Promise<boolean> {
  return changeClaimed(db, claim, NOBODYS)
}

/** Moves the end of the lease. False when the claim holds no more. */
export function renewLease(db: Db, claim: DueClaim, leaseUntil: Instant): Promise<boolean> {
  return changeClaimed(db, claim, { due_lease_until: leaseUntil })
}

/** `lost`: somebody else has the row. `again`: it waits. `set_aside`: it failed too often. */
export type DueFailure =
  | { kind: 'lost' }
  | { kind: 'again'; tries: number; retryAt: Instant }
  | { kind: 'set_aside'; tries: number }

/** Gives a row back that could not be done: later again, or after `mostTries` no more. */
export async function failDue(
  db: Db,
  claim: DueClaim,
  failure: { tries: number; error: string; now: Instant; policy: RetryPolicy },
): Promise<DueFailure> {
  const tries = failure.tries + 1
  const waitMs = retryInMs(tries, failure.policy)
  const retryAt = waitMs === null ? null : plusMs(failure.now, waitMs)
  const isOurs = await changeClaimed(db, claim, {
    ...NOBODYS,
    due_tries: tries,
    due_error: failure.error.slice(0, LONGEST_ERROR),
    due_retry_at: retryAt,
  })
  if (!isOurs) return { kind: 'lost' }
  return retryAt === null ? { kind: 'set_aside', tries } : { kind: 'again', tries, retryAt }
}

/**
 * Ends the leases of every other owner now, for a process that starts and knows that it is alone (the
 * instance lock): what a dead process had does not wait for its lease.
 */
export async function endOthersLeases(
  db: Db,
  of: { table: DueTable; owner: string; now: Instant },
): Promise<void> {
  await dueDb(db)
    .updateTable(of.table)
    .set({ due_lease_until: of.now })
    .where('due_owner', 'is not', null)
    .where('due_owner', '<>', of.owner)
    .where('due_lease_until', '>', of.now)
    .execute()
}

const NOBODYS = { due_owner: null, due_lease_until: null }
const LONGEST_ERROR = 500

async function changeClaimed(
  db: Db,
  claim: DueClaim,
  change: Updateable<DueColumns>,
): Promise<boolean> {
  const { table, id, owner, fence } = claim
  const { rows } = await CHANGE[table](db, { ...change, id, owner, fence })
  return rows.length === 1
}

type ChangedColumns = Updateable<DueColumns> & Pick<DueClaim, 'id' | 'owner' | 'fence'>

function changing(table: DueTable) {
  return preparedForColumns((db, { id, owner, fence, ...columns }: ChangedColumns) =>
    dueDb(db)
      .updateTable(table)
      .set(columns)
      .where('id', '=', id)
      .where('due_owner', '=', owner)
      .where('due_fence', '=', fence)
      .returning('id'),
  )
}

const CHANGE = {
  call: changing('call'),
  callback: changing('callback'),
  ticket_clock: changing('ticket_clock'),
  alarm_message: changing('alarm_message'),
} satisfies Record<DueTable, unknown>

/** The tables by what they share. */
function dueDb(db: Db): Kysely<DueRows> {
  return db
}
