import { sql } from 'kysely'
import type { Instant, LocalDate } from '#contract/primitives.ts'
import { ticketStatus } from '#contract/tickets.ts'
import { addDays, endOfLocalDay, localDay, startOfLocalDay } from '../calendar/working-days.ts'
import { digitsOfKey } from '../customers/phone-number.ts'
import { inParts, preparedForRows } from '../db/prepared.ts'
import type { Db } from '../db/schema.ts'
import { DATED_KINDS, type DueAt, ticketDueAt } from './clocks.ts'
import { isOpen, OPEN_STATUSES } from './ticket.ts'
import type { TicketWithPromise } from './ticket-record.ts'

/** More open tickets than this for one caller are no help on a screen. */
const MOST_PER_CALLER = 20
const MOST_PER_POP = 50
const CLOSED_STATUSES = ticketStatus.options.filter((status) => !isOpen(status))
/** Spelt out as in the indexes `callback_one_open` and `callback_open_number`, else they cannot be used. */
const STILL_PROMISED = [sql.lit('scheduled'), sql.lit('dialing')]
/** Days per statement when deadlines are set anew; two values each. */
const DAYS_PER_UPDATE = 200

/**
 * Open tickets of these customers or numbers, newest first. One select per index: a plain `or` would
 * make both databases scan by date.
 */
export async function selectOpenTickets(
  db: Db,
  { customerIds, phoneKeys }: { customerIds: readonly string[]; phoneKeys: readonly string[] },
): Promise<TicketWithPromise[]> {
  const open = () => openWithPromise(db)
  const [first, ...others] = [
    ...(phoneKeys.length === 0
      ? []
      : [
          open().where('ticket.number_key', 'in', [...phoneKeys]),
          open().where('ticket.id', 'in', promisedTo(db, phoneKeys.map(digitsOfKey))),
        ]),
    ...(customerIds.length === 0
      ? []
      : [open().where('ticket.customer_id', 'in', [...customerIds])]),
  ]
  if (!first) return []
  return others
    .reduce((all, one) => all.union(one), first)
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_PER_CALLER * (customerIds.length + phoneKeys.length))
    .execute()
}

/**
 * The same for pops, in a statement that is built once: their own tickets and the open tickets of
 * their numbers and of the customers who have those numbers.
 */
export async function selectTicketsOfPops(
  db: Db,
  pops: readonly { phoneKey: string | null; ticketId: string | null }[],
): Promise<TicketWithPromise[]> {
  const found: TicketWithPromise[] = []
  for (const part of inParts(pops)) {
    const keys = part.map(({ phoneKey, ticketId }) => ({
      phoneKey,
      digits: phoneKey === null ? null : digitsOfKey(phoneKey),
      ticketId,
    }))
    found.push(...(await ofPops(db, keys)).rows)
  }
  return found
}

interface PopKeys {
  phoneKey: string | null
  /** What is dialled to reach that number. */
  digits: string | null
  ticketId: string | null
}

const ofPops = preparedForRows((db, pops: PopKeys[]) => {
  const open = () => openWithPromise(db)
  const phoneKeys = pops.map(({ phoneKey }) => phoneKey)
  const digits = pops.map((pop) => pop.digits)
  const ticketIds = pops.map(({ ticketId }) => ticketId)
  return open()
    .where('ticket.number_key', 'in', phoneKeys)
    .union(
      open().where('ticket.customer_id', 'in', (eb) =>
        eb.selectFrom('customer_phone').select('customer_id').where('phone_key', 'in', phoneKeys),
      ),
    )
    .union(open().where('ticket.id', 'in', promisedTo(db, digits)))
    .union(ticketsWithPromise(db).where('ticket.id', 'in', ticketIds))
    .orderBy('received_at', 'desc')
    .orderBy('id', 'desc')
    .limit(MOST_PER_POP * pops.length)
})

/** Tickets with a promise to one of these numbers, whatever number called before. */
function promisedTo(db: Db, digits: (string | null)[]) {
  return db
    .selectFrom('callback as promised')
    .select('promised.ticket_id')
    .where('promised.number_dial', 'in', digits)
    .where('promised.status', 'in', STILL_PROMISED)
}

/** Said the other way round, so that SQLite finds them by number or customer and not by status. */
function openWithPromise(db: Db) {
  return ticketsWithPromise(db)
    .where('ticket.status', 'not in', CLOSED_STATUSES)
    .where('ticket.merged_into', 'is', null)
}

function ticketsWithPromise(db: Db) {
  return db
    .selectFrom('ticket')
    .leftJoin('callback', (join) =>
      join
        .onRef('callback.ticket_id', '=', 'ticket.id')
        .on('callback.status', 'in', STILL_PROMISED),
    )
    .select([
      'ticket.id as id',
      'ticket.code as code',
      'ticket.status as status',
      'ticket.subject as subject',
      'ticket.received_at as received_at',
      'ticket.due_at as due_at',
      'ticket.number_key as number_key',
      'ticket.customer_id as customer_id',
      'ticket.area as area',
      'ticket.service as service',
      'ticket.parent_outage_id as parent_outage_id',
      'callback.id as callback_id',
      'callback.due_at as callback_due_at',
      'callback.note as callback_note',
      'callback.number_dial as callback_number',
    ])
}

/** How many open tickets this person has. */
export async function countOpenOf(db: Db, staffId: string): Promise<number> {
  const row = await db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('assignee_id', '=', staffId)
    .where('status', 'in', [...OPEN_STATUSES])
    .where('merged_into', 'is', null)
    .executeTakeFirstOrThrow()
  return row.count
}

/** Sets the deadlines of all open tickets by this calendar; answers how many changed. */
export async function redateOpenTickets(db: Db, dueAt: DueAt, now: Instant): Promise<number> {
  const { oldest } = await openDated(db)
    .select((eb) => eb.fn.min<string | null>('received_at').as('oldest'))
    .executeTakeFirstOrThrow()
  if (oldest === null) return 0
  let changed = 0
  for (const days of daysInParts(localDay(oldest), localDay(now))) {
    changed += await redateDays(db, days, dueAt)
  }
  return changed
}

function openDated(db: Db) {
  return db
    .selectFrom('ticket')
    .where('status', 'in', [...OPEN_STATUSES])
    .where('merged_into', 'is', null)
    .where('kind', 'in', [...DATED_KINDS])
}

function daysInParts(from: LocalDate, to: LocalDate): LocalDate[][] {
  const parts: LocalDate[][] = []
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (parts.at(-1)?.length === DAYS_PER_UPDATE || parts.length === 0) parts.push([])
    parts.at(-1)?.push(day)
  }
  return parts
}

/** Every ticket of one local day is due at the same instant, so one `case` of days dates them all. */
async function redateDays(db: Db, days: readonly LocalDate[], dueAt: DueAt): Promise<number> {
  const [first] = days
  const last = days.at(-1)
  if (first === undefined || last === undefined) return 0
  let changed = 0
  for (const kind of DATED_KINDS) {
    const branches = days.map((day) => {
      const due = ticketDueAt(kind, startOfLocalDay(day), dueAt)
      return sql`when received_at <= ${endOfLocalDay(day)} then ${due}`
    })
    const due = sql<string>`case ${sql.join(branches, sql` `)} end`
    const result = await db
      .updateTable('ticket')
      .set({ due_at: due })
      .where('status', 'in', [...OPEN_STATUSES])
      .where('merged_into', 'is', null)
      .where('kind', '=', kind)
      .where('received_at', '>=', startOfLocalDay(first))
      .where('received_at', '<=', endOfLocalDay(last))
      .where('due_at', '<>', due)
      .executeTakeFirst()
    changed += Number(result.numUpdatedRows)
  }
  return changed
}
