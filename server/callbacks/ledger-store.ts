import type { SelectQueryBuilder } from 'kysely'
import {
  callbackStatus,
  callbackView,
  promiseReason,
  promiseVerdict,
  type CallbackStatus,
  type CallbackView,
} from '#contract/callbacks.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import { type Instant, team } from '#contract/primitives.ts'
import { ticketKind, ticketStatus } from '#contract/tickets.ts'
import { isPast } from '../db/page.ts'
import { inParts, preparedForRows } from '../db/prepared.ts'
import type { CallbackTable, Db, Tables } from '../db/schema.ts'
import type { PageCursor } from '../page.ts'
import { wordsOf } from '../process/rows/said-steps.ts'
import { isPhone } from './callback.ts'
import { type Attempt, listAttempts } from './attempt-store.ts'
import { isWanted, type Narrowing } from './ledger/concern-store.ts'
import { numbersOfCalls } from './outgoing/outgoing-store.ts'
import { takesWord } from './word/after-word.ts'

const verdictOrNull = promiseVerdict.nullable()

/** How a stored number is shown. */
export type ReadNumber = (raw: string) => PhoneNumber

/** What a promise is shown by, besides its rows. */
export interface Reading {
  readNumber: ReadNumber
  /** FAULTS_SOLVED_ON_CALL: which words a new fault takes. */
  mayResolveOnCall: boolean
}

export interface LedgerFilter {
  statuses: readonly CallbackStatus[]
  assigneeId: string | null
  ticketId?: string
  narrowing?: Narrowing
  /** Oldest due first for what is still to do, newest first for what is over. */
  order: 'asc' | 'desc'
  /** The last row of the page before. */
  after: PageCursor | null
  limit: number
}

const BY_DUE = { at: 'callback.due_at', id: 'callback.id' }

/**
 * The promises of one page as people see them; one row more than asked for tells that there are more.
 * One read per status, each by an index and cut at the limit, so that what is over costs nothing.
 */
export async function listLedger(
  db: Db,
  filter: LedgerFilter,
  reading: Reading,
): Promise<CallbackView[]> {
  const { order } = filter
  const [first, ...others] = filter.statuses.map((status) =>
    db.selectFrom(ofStatus(db, filter, status).as('part')).selectAll('part'),
  )
  if (!first) return []
  const promises = others
    .reduce((all, one) => all.unionAll(one), first)
    .orderBy('due_at', order)
    .orderBy('id', order)
    .limit(filter.limit)
  const rows = await withNames(db.selectFrom(promises.as('promise')))
    .orderBy('promise.due_at', order)
    .orderBy('promise.id', order)
    .execute()
  return withAttempts(db, rows, reading)
}

function ofStatus(db: Db, filter: LedgerFilter, status: CallbackStatus) {
  const { order, assigneeId, ticketId, after } = filter
  let query = db
    .selectFrom('callback')
    .selectAll()
    .where('callback.status', '=', status)
    .orderBy('callback.due_at', order)
    .orderBy('callback.id', order)
    .limit(filter.limit)
  if (assigneeId !== null) query = query.where('callback.assignee_id', '=', assigneeId)
  if (ticketId !== undefined) query = query.where('callback.ticket_id', '=', ticketId)
  const { narrowing } = filter
  if (narrowing !== undefined) query = query.where((eb) => isWanted(eb, narrowing))
  if (after !== null) query = query.where(isPast(order, BY_DUE, after))
  return query
}

const selectViews = preparedForRows((db, promises: { id: string }[]) =>
  withNames(db.selectFrom('callback as promise')).where(
    'promise.id',
    'in',
    promises.map(({ id }) => id),
  ),
)

/** These promises as people see them, in no order. */
export async function readViews(db: Db, ids: string[], reading: Reading): Promise<CallbackView[]> {
  const rows: ViewRow[] = []
  for (const part of inParts(ids.map((id) => ({ id })))) {
    // oxlint-disable-next-line no-await-in-loop -- one part but for many at once
    rows.push(...(await selectViews(db, part)).rows)
  }
  return withAttempts(db, rows, reading)
}

/** Whom a call of ours calls, and the promise that it keeps; one that was just ordered keeps none. */
export interface CalledBack {
  promise: { callbackId: string; dueAt: Instant; note: string } | null
  numberRaw: string
}

/** The same of these calls, by call. */
export async function promisesOfCalls(
  db: Db,
  callIds: readonly string[],
): Promise<Map<string, CalledBack>> {
  const rows = await db
    .selectFrom('callback_attempt')
    .innerJoin('callback', 'callback.id', 'callback_attempt.callback_id')
    .select([
      'callback_attempt.call_id',
      'callback.id',
      'callback.due_at',
      'callback.note',
      'callback.number_raw',
    ])
    .where('callback_attempt.call_id', 'in', [...callIds])
    .execute()
  const calls = new Map<string, CalledBack>()
  for (const [callId, numberRaw] of await numbersOfCalls(db, callIds)) {
    calls.set(callId, { promise: null, numberRaw })
  }
  for (const { call_id, id: callbackId, due_at: dueAt, note, number_raw: numberRaw } of rows) {
    calls.set(call_id ?? '', { promise: { callbackId, dueAt, note }, numberRaw })
  }
  return calls
}

/** How many promises of this person are due and not kept. */
export async function countDue(db: Db, assigneeId: string, now: Instant): Promise<number> {
  const row = await db
    .selectFrom('callback')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('assignee_id', '=', assigneeId)
    .where((eb) =>
      eb.or([
        eb('status', '=', 'failed'),
        eb.and([eb('status', '=', 'scheduled'), eb('due_at', '<=', now)]),
      ]),
    )
    .executeTakeFirst()
  return row?.count ?? 0
}

function withNames(
  promises: SelectQueryBuilder<Tables & { promise: CallbackTable }, 'promise', object>,
) {
  return promises
    .leftJoin('ticket', 'ticket.id', 'promise.ticket_id')
    .leftJoin('staff', 'staff.id', 'promise.assignee_id')
    .leftJoin('customer', 'customer.id', 'ticket.customer_id')
    .select([
      'promise.id',
      'promise.ticket_id',
      'ticket.code as ticket_code',
      'ticket.subject as ticket_subject',
      'ticket.status as ticket_status',
      'ticket.kind as ticket_kind',
      'customer.name as customer_name',
      'promise.number_raw',
      'promise.due_at',
      'promise.status',
      'promise.note',
      'promise.assignee_id',
      'staff.display_name as assignee_name',
      'promise.created_at',
      'promise.created_by',
      'promise.team',
      'promise.reason',
      'promise.promised_for',
      'promise.agreed',
      'promise.first_attempt_at',
      'promise.verdict',
      'promise.waiting_for',
      'promise.cancel_reason',
      'promise.version',
    ])
}

type ViewRow = Awaited<ReturnType<ReturnType<typeof withNames>['execute']>>[number]

async function withAttempts(db: Db, rows: ViewRow[], reading: Reading): Promise<CallbackView[]> {
  const attempts = Map.groupBy(
    await listAttempts(
      db,
      rows.map((row) => row.id),
    ),
    (attempt) => attempt.callbackId,
  )
  return rows.map((row) => toView(row, attempts.get(row.id) ?? [], reading))
}

function toView(row: ViewRow, attempts: Attempt[], reading: Reading): CallbackView {
  return {
    id: row.id,
    ticket: ticketOf(row),
    customerName: row.customer_name,
    number: reading.readNumber(row.number_raw),
    dueAt: row.due_at,
    status: callbackStatus.parse(row.status),
    note: row.note,
    assignee: assigneeOf(row),
    team: team.parse(row.team),
    reason: promiseReason.parse(row.reason),
    promisedFor: row.promised_for,
    agreed: row.agreed === 1,
    firstAttemptAt: row.first_attempt_at,
    verdict: verdictOrNull.parse(row.verdict),
    createdAt: row.created_at,
    createdBy: row.created_by,
    waitingFor: callbackView.shape.waitingFor.parse(row.waiting_for),
    attempts: attempts.map((attempt) => ({
      id: attempt.id,
      channelId: attempt.channelId,
      extension: isPhone(attempt.extension) ? attempt.extension : '',
      stage: attempt.stage,
      outcome: attempt.outcome,
      hangupCause: attempt.hangupCause,
      submittedAt: attempt.submittedAt,
      endedAt: attempt.endedAt,
      isCorrected: attempt.outcomeBy !== null,
      saidBy: attempt.saidBy,
      talkSeconds: attempt.talkSeconds,
    })),
    awaits: awaitsOf(row, reading, attempts.at(-1)),
    version: row.version,
  }
}

/** An attempt after it makes its word needless, and so does the end of the promise. */
function awaitsOf(
  row: ViewRow,
  { mayResolveOnCall }: Reading,
  last?: Attempt,
): CallbackView['awaits'] {
  const staffId = last?.awaitsWordOf ?? null
  if (staffId === null || row.ticket_status === null || row.ticket_kind === null) return null
  const status = callbackStatus.parse(row.status)
  if (!takesWord({ status, cancelReason: row.cancel_reason })) return null
  const ticket = {
    status: ticketStatus.parse(row.ticket_status),
    kind: ticketKind.parse(row.ticket_kind),
  }
  return { staffId, words: wordsOf(ticket, mayResolveOnCall) }
}

function ticketOf(row: ViewRow): CallbackView['ticket'] {
  const { ticket_id: id, ticket_code: code, ticket_subject: subject } = row
  return id === null || code === null || subject === null ? null : { id, code, subject }
}

function assigneeOf({ assignee_id: id, assignee_name: name }: ViewRow): CallbackView['assignee'] {
  return id === null || name === null ? null : { id, displayName: name }
}
