import type { ExpressionBuilder } from 'kysely'
import type { CallbackStatus, PromiseCounts } from '#contract/callbacks.ts'
import type { Instant, Team } from '#contract/primitives.ts'
import type { Db, Tables } from '../../db/schema.ts'
import { OPEN_STATUSES } from '../promise.ts'
import type { Absence } from './presence.ts'

/** Promises of one person, of one team, or of everybody. */
export interface Scope {
  assigneeId: string | null
  team: Team | null
}

/** What is looked for among them. */
export interface Narrowing {
  team: Team | null
  dueFrom?: Instant
  /** Not included. */
  dueBefore?: Instant
  atRisk?: AtRisk
  /** Nobody tried when it was promised, and that was before. */
  lateSince?: Instant
}

/** Overdue since `overdueBefore`, or due until `soon` while its keeper is not there. */
export interface AtRisk {
  overdueBefore: Instant
  soon: Instant
  absence: Absence
}

type Promises = ExpressionBuilder<Tables, 'callback'>

/** The condition on rows of `callback`. */
export function isWanted(eb: Promises, { team, dueFrom, dueBefore, atRisk, lateSince }: Narrowing) {
  return eb.and([
    ...(team === null ? [] : [eb('callback.team', '=', team)]),
    ...(dueFrom === undefined ? [] : [eb('callback.due_at', '>=', dueFrom)]),
    ...(dueBefore === undefined ? [] : [eb('callback.due_at', '<', dueBefore)]),
    ...(atRisk === undefined ? [] : [isAtRisk(eb, atRisk)]),
    ...(lateSince === undefined ? [] : [isLate(eb, lateSince)]),
  ])
}

function isAtRisk(eb: Promises, { overdueBefore, soon, absence }: AtRisk) {
  const { staffIds, teams } = absence
  return eb.and([
    eb('callback.status', '=', 'scheduled'),
    eb('callback.due_at', '<=', soon),
    eb.or([
      eb('callback.due_at', '<', overdueBefore),
      ...(staffIds.length === 0 ? [] : [eb('callback.assignee_id', 'in', [...staffIds])]),
      ...(teams.length === 0
        ? []
        : [
            eb.and([eb('callback.assignee_id', 'is', null), eb('callback.team', 'in', [...teams])]),
          ]),
    ]),
  ])
}

function isLate(eb: Promises, lateSince: Instant) {
  return eb.or([
    eb('callback.verdict', 'in', ['late', 'broken']),
    eb.and([eb('callback.verdict', 'is', null), eb('callback.promised_for', '<', lateSince)]),
  ])
}

/** Who keeps what is due until then. */
export async function keepersUntil(db: Db, soon: Instant): Promise<string[]> {
  const rows = await db
    .selectFrom('callback')
    .select('assignee_id')
    .distinct()
    .where('status', '=', 'scheduled')
    .where('due_at', '<=', soon)
    .execute()
  return rows.flatMap((row) => row.assignee_id ?? [])
}

/** How many open promises of each concern there are; each status by an index. */
export async function countConcerns(
  db: Db,
  { assigneeId, team }: Scope,
  { atRisk, lateSince }: { atRisk: AtRisk; lateSince: Instant },
): Promise<PromiseCounts> {
  const ofStatus = (status: CallbackStatus) =>
    db
      .selectFrom('callback')
      .selectAll()
      .where('status', '=', status)
      .$if(assigneeId !== null, (query) => query.where('assignee_id', '=', assigneeId))
      .$if(team !== null, (query) => query.where('team', '=', team ?? 'cskh'))
  const [first, ...others] = OPEN_STATUSES
  const promises = others.reduce((all, one) => all.unionAll(ofStatus(one)), ofStatus(first))
  const row = await db
    .selectFrom(promises.as('callback'))
    .select((eb) => [
      eb.fn.countAll<number>().as('open'),
      eb.fn.count<number>(eb.case().when(isAtRisk(eb, atRisk)).then(1).end()).as('at_risk'),
      eb.fn.count<number>(eb.case().when(isLate(eb, lateSince)).then(1).end()).as('late'),
      eb.fn.count<number>(eb.case().when('status', '=', 'failed').then(1).end()).as('failed'),
    ])
    .executeTakeFirst()
  const { open = 0, at_risk: risky = 0, late = 0, failed = 0 } = row ?? {}
  return { open, atRisk: risky, late, failed }
}
