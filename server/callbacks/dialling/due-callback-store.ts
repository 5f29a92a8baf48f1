import type { ExpressionBuilder, NotNull } from 'kysely'
import type { Instant } from '#contract/primitives.ts'
import { ticketPriority, type TicketPriority } from '#contract/tickets.ts'
import { prepared } from '../../db/prepared.ts'
import type { CallbackTable, Db, Tables } from '../../db/schema.ts'
import {
  claimDue,
  type DueClaim,
  endOthersLeases,
  releaseDue,
  renewLease,
} from '../../schedule/due-store.ts'
import { askedOf, type Callback, hasTicket, toCallback } from '../callback-store.ts'
import type { Hold } from '../policy/held-up.ts'
import type { PromiseState } from '../promise.ts'
import { type StepEvent, stepOf } from '../promise-step.ts'
import { isAgentFirst } from './first-due-store.ts'

const priorityOrNull = ticketPriority.nullable()

/** A promise that is due, as far as it is needed to choose. */
export type DueCallback = Pick<PromiseState, 'dueAt' | 'asked' | 'agreed' | 'version'> & {
  assigneeId: string
  id: string
  /** What is dialled: national digits. */
  number: string
  /** Of its ticket; null without one. */
  priority: TicketPriority | null
}

/** Who takes promises, and until when nobody else may. */
export interface Taking {
  owner: string
  now: Instant
  leaseUntil: Instant
}

/** The most that one look reads of each kind. */
export const DUE_LIMIT = 2000
const LOOKUP_LIMIT = 100
/** A promise is never set aside: it ends with a person, by `next`. */
const NEVER_SET_ASIDE = 2 ** 31 - 1

/**
 * The oldest due promise of every agent who is not being rung for another one, those to `busyNumbers`
 * and those whose customers are rung first (`isAgentFirst`) left out: one row per agent, so a pile of an
 * absent agent's promises never hides those of others.
 */
export async function listOldestDue(
  db: Db,
  now: Instant,
  busyNumbers: readonly string[],
  customersFirstSince: Instant | null = null,
): Promise<DueCallback[]> {
  const rows = await selectDue(db, now)
    .where((eb) => eb.not(eb.exists(olderOfAssignee(eb, busyNumbers, customersFirstSince))))
    .where(isAgentFirst('due', customersFirstSince))
    .$if(busyNumbers.length > 0, (query) =>
      query.where('due.number_dial', 'not in', [...busyNumbers]),
    )
    .orderBy('due.due_at')
    .limit(DUE_LIMIT)
    .execute()
  return rows.map(toDue)
}

/** Due promises that were asked for at `since` or later, of agents who are not being rung. */
export async function listAskedDue(db: Db, now: Instant, since: Instant): Promise<DueCallback[]> {
  return (await selectAsked(db, { now, since })).rows.map(toDue)
}

const selectAsked = prepared((db, { now, since }: { now: Instant; since: Instant }) =>
  selectDue(db, now).where('due.asked_at', '>=', since).orderBy('due.asked_at').limit(DUE_LIMIT),
)

type DueScope = Tables & { due: CallbackTable }

/** Due promises of agents who are not being rung, or of `anybody`. */
export function selectDue(db: Db, now: Instant, whose: 'free' | 'anybody' = 'free') {
  return db
    .selectFrom('callback as due')
    .leftJoin('ticket', 'ticket.id', 'due.ticket_id')
    .select([
      'ticket.priority',
      'due.agreed',
      'due.id',
      'due.assignee_id',
      'due.due_at',
      'due.number_dial',
      'due.asked_at',
      'due.asked_by',
      'due.asked_version',
      'due.version',
    ])
    .where('due.status', '=', 'scheduled')
    .where('due.due_at', '<=', now)
    .where('due.assignee_id', 'is not', null)
    .$narrowType<{ assignee_id: NotNull }>()
    .$if(whose === 'free', (query) => query.where((eb) => eb.not(eb.exists(liveOfAssignee(eb)))))
}

type DueRow = Awaited<ReturnType<ReturnType<typeof selectDue>['execute']>>[number]

export function toDue(row: DueRow): DueCallback {
  const { id, assignee_id: assigneeId, due_at: dueAt, version, number_dial: number } = row
  const priority = priorityOrNull.parse(row.priority)
  const agreed = row.agreed === 1
  return { id, assigneeId, dueAt, version, number, priority, agreed, asked: askedOf(row) }
}

function olderOfAssignee(
  eb: ExpressionBuilder<DueScope, 'due'>,
  busyNumbers: readonly string[],
  customersFirstSince: Instant | null,
) {
  return eb
    .selectFrom('callback as older')
    .select('older.id')
    .whereRef('older.assignee_id', '=', 'due.assignee_id')
    .where('older.status', '=', 'scheduled')
    .$if(busyNumbers.length > 0, (query) =>
      query.where('older.number_dial', 'not in', [...busyNumbers]),
    )
    .where(isAgentFirst('older', customersFirstSince))
    .where((or) =>
      or.or([
        or('older.due_at', '<', or.ref('due.due_at')),
        or.and([
          or('older.due_at', '=', or.ref('due.due_at')),
          or('older.id', '<', or.ref('due.id')),
        ]),
      ]),
    )
}

function liveOfAssignee(eb: ExpressionBuilder<DueScope, 'due'>) {
  return (
    eb
      .selectFrom('callback as live')
      .select('live.id')
      .whereRef('live.assignee_id', '=', 'due.assignee_id')
      .where('live.status', '=', 'dialing')
      // Of these the customer is rung, as a rule; a phone that rings for one is found busy all the same.
      .where((or) =>
        or.or([or('live.by_act', '=', 0), or('live.first_attempt_at', 'is not', null)]),
      )
  )
}

/**
 * Takes due promises for dialling, those of a team for whom `people` names. A promise that was
 * cancelled, moved or taken by another dialler since it was listed is not among what comes back.
 */
export async function claimForDialing(
  db: Db,
  ids: string[],
  taking: Taking,
  people: ReadonlyMap<string, string> = new Map(),
): Promise<Callback[]> {
  if (ids.length === 0) return []
  const claimed = await claimDue(db, {
    ...taking,
    table: 'callback',
    where: (eb) =>
      eb.and([
        eb('id', 'in', ids),
        eb('status', '=', stepOf({ type: 'claimed' }).from),
        eb('due_at', '<=', taking.now),
      ]),
    limit: ids.length,
    mostTries: NEVER_SET_ASIDE,
  })
  const taken = claimed.map(({ claim }) => claim.id)
  const owned = taken.filter((id) => !people.has(id))
  const stepped = await stepAll(db, owned, { type: 'claimed' }, taking.now)
  for (const id of taken) {
    const by = people.get(id)
    if (by === undefined) continue
    // oxlint-disable-next-line no-await-in-loop -- one statement for each of the few who are free
    stepped.push(...(await stepAll(db, [id], { type: 'claimed', by }, taking.now)))
  }
  return stepped
}

/** Gives claimed promises back in the transaction that claimed them. */
export async function giveBack(db: Db, claimed: Callback[], now: Instant): Promise<void> {
  if (claimed.length === 0) return
  const [owned, teams] = [claimed.filter(hasTicket), claimed.filter((one) => !hasTicket(one))]
  await stepAll(db, idsOf(owned), { type: 'given_back' }, now)
  await stepAll(db, idsOf(teams), { type: 'given_back', isTeams: true }, now)
  for (const { claim } of claimed) {
    // oxlint-disable-next-line no-await-in-loop -- a race of two diallers: seldom, and few
    if (claim !== null) await releaseDue(db, claim)
  }
}

function idsOf(callbacks: readonly Callback[]): string[] {
  return callbacks.map(({ id }) => id)
}

/** One step for many promises; those that are elsewhere by now stay there. */
async function stepAll(db: Db, ids: string[], event: StepEvent, now: Instant): Promise<Callback[]> {
  if (ids.length === 0) return []
  const rows = await db
    .updateTable('callback')
    .set((eb) => ({ ...stepColumns(eb, event), updated_at: now }))
    .where('id', 'in', ids)
    .where('status', '=', stepOf(event).from)
    .returningAll()
    .execute()
  return rows.map(toCallback)
}

function stepColumns(eb: ExpressionBuilder<Tables, 'callback'>, event: StepEvent) {
  const { set, attempts, version } = stepOf(event)
  return {
    ...(set.status === undefined ? {} : { status: set.status }),
    ...(set.waitingFor === undefined ? {} : { waiting_for: set.waitingFor }),
    ...(set.assigneeId === undefined ? {} : { assignee_id: set.assigneeId }),
    ...(attempts === 0 ? {} : { attempts: eb('attempts', '+', attempts) }),
    ...(version === 0 ? {} : { version: eb('version', '+', version) }),
  }
}

/** Says on the due promises what holds them up: the ids of those that said otherwise before. */
export async function holdUp(db: Db, now: Instant, hold: Hold): Promise<string[]> {
  const { by } = hold
  const rows = await db
    .updateTable('callback')
    .set((eb) => ({ ...stepColumns(eb, { type: 'held_up', by }), updated_at: now }))
    .where((eb) => saysOtherwise(eb, now, hold))
    .returning('id')
    .execute()
  return rows.map((row) => row.id)
}

/** Whether `holdUp` has anything to do: a read that takes no lock. */
export async function hasUnmarked(db: Db, now: Instant, hold: Hold): Promise<boolean> {
  const row = await db
    .selectFrom('callback')
    .select('id')
    .where((eb) => saysOtherwise(eb, now, hold))
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}

function saysOtherwise(
  eb: ExpressionBuilder<Tables, 'callback'>,
  now: Instant,
  { by, ofPeople, notOfPeople, toNumbers, notToNumbers }: Hold,
) {
  return eb.and([
    ...(ofPeople === null ? [] : [eb('assignee_id', 'in', [...ofPeople])]),
    ...(notOfPeople.length === 0 ? [] : [notOf(eb, notOfPeople)]),
    ...(toNumbers === null ? [] : [eb('number_dial', 'in', [...toNumbers])]),
    ...(notToNumbers.length === 0 ? [] : [eb('number_dial', 'not in', [...notToNumbers])]),
    eb('status', '=', stepOf({ type: 'held_up', by }).from),
    eb('due_at', '<=', now),
    eb.or([eb('waiting_for', 'is', null), eb('waiting_for', '<>', by)]),
  ])
}

/** A promise of a team is of nobody among them. */
function notOf(eb: ExpressionBuilder<Tables, 'callback'>, people: readonly string[]) {
  return eb.or([eb('assignee_id', 'is', null), eb('assignee_id', 'not in', [...people])])
}

/**
 * Takes promises being dialled whose lease ran out, to look their attempts up. Rows written before
 * leases had owners (81f97ef) have none and are taken at once.
 */
export async function claimLookups(db: Db, taking: Taking): Promise<DueClaim[]> {
  const claimed = await claimDue(db, {
    ...taking,
    table: 'callback',
    where: (eb) => eb('status', '=', 'dialing'),
    limit: LOOKUP_LIMIT,
    mostTries: NEVER_SET_ASIDE,
    orderBy: 'due_lease_until',
  })
  return claimed.map(({ claim }) => claim)
}

/** Ends the lease: the attempt is looked up at the next look. */
export async function lookUpSoon(db: Db, callback: Callback, now: Instant): Promise<void> {
  if (callback.status !== 'dialing' || callback.claim === null) return
  await renewLease(db, callback.claim, now)
}

/** For a process that starts and is alone: what an earlier one had in flight is looked up at once. */
export function takeOver(db: Db, owner: string, now: Instant): Promise<void> {
  return endOthersLeases(db, { table: 'callback', owner, now })
}
