import type {
  CallbackQuery,
  CallbackView,
  PromiseCounts,
  PromiseFigures,
  PromiseFiguresQuery,
  PromiseWhose,
  VerdictCounts,
} from '#contract/callbacks.ts'
import type { Instant, LocalDate, Team } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Owed } from '#contract/supervision/owed.ts'
import { addDays, localDay, startOfLocalDay } from '../calendar/working-days.ts'
import type { Database } from '../db/transaction.ts'
import { Forbidden, unprocessable } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import type { Clock, Telephony } from '../ports.ts'
import { plusMs } from '../time.ts'
import type { AgentReach } from './dialling/dial-decision.ts'
import {
  type AtRisk,
  countConcerns,
  keepersUntil,
  type Narrowing,
  type Scope,
} from './ledger/concern-store.ts'
import { figuresBy, sumOf } from './ledger/figures.ts'
import { countVerdicts } from './ledger/figures-store.ts'
import { countCalledBack, countDueNow } from './ledger/owed-store.ts'
import { absenceOf } from './ledger/presence.ts'
import { countDue, type LedgerFilter, listLedger, type Reading } from './ledger-store.ts'
import { countOpenMissed } from './missed/missed-store.ts'
import { GRACE_MS } from './policy/verdict.ts'
import { OPEN_STATUSES } from './promise.ts'

export interface LedgerDeps extends Reading {
  database: Database
  clock: Clock
  telephony: Pick<Telephony, 'status'>
  /** Where these people are now. */
  reachOf: (staffIds: string[]) => AgentReach[]
  /** Everybody who works here and has a phone. */
  heirs: () => { id: string }[]
  /** The teams that a person is in. */
  teamsOf: (staffId: string) => Team[]
}

const DESK_LIMIT = 200
/** So long before it is due a promise that nobody can keep is at risk. */
const SOON_MS = 10 * 60_000
const MOST_DAYS = 92
const EVERYBODY: Scope = { assigneeId: null, team: null }

export type LedgerService = ReturnType<typeof createLedgerService>

/** Reading the promise ledger: pages, counts and figures, the desk, one ticket. */
export function createLedgerService(deps: LedgerDeps) {
  const { database, clock } = deps

  /** One page; agents see their own promises and those of their teams, everybody else all. */
  async function list(
    user: SessionUser,
    query: CallbackQuery,
  ): Promise<{ items: CallbackView[]; nextCursor: string | null }> {
    const { assigneeId, team } = scopeOf(user, query)
    const filter: LedgerFilter = {
      ...statusFilter(query.state === undefined ? query.status : statusOf(query.state)),
      assigneeId,
      narrowing: { team, ...dueIn(query), ...(await concernOf(query.state)) },
      after: query.cursor === undefined ? null : readCursor(query.cursor),
      limit: query.limit + 1,
    }
    const found = await listLedger(database.db, filter, deps)
    return cutPage(found, query.limit, ({ dueAt: at, id }) => writeCursor({ at, id }))
  }

  /** How many open promises there are, and how many of them are at risk, late or failed. */
  async function counts(user: SessionUser, query: PromiseWhose): Promise<PromiseCounts> {
    return countIn(scopeOf(user, query))
  }

  /** The same of everybody's. */
  function countAll(): Promise<PromiseCounts> {
    return countIn(EVERYBODY)
  }

  async function countIn(scope: Scope): Promise<PromiseCounts> {
    const risk = { atRisk: await atRiskNow(), lateSince: graceAgo() }
    return countConcerns(database.db, scope, risk)
  }

  /** What everybody owes now, and how the promises of today were kept. */
  async function owedNow(): Promise<Pick<Owed, 'promises' | 'calledBack' | 'missed'>> {
    const now = clock.now()
    const today = localDay(now)
    const days = daysFrom(today, today)
    const { late, atRisk } = await countAll()
    const verdicts = sumOf(await countVerdicts(database.db, { ...days, ...EVERYBODY }))
    return {
      promises: {
        due: await countDueNow(database.db, now),
        atRisk,
        late,
        keptToday: verdicts.kept,
        lateToday: verdicts.late,
        brokenToday: verdicts.broken,
      },
      calledBack: await countCalledBack(database.db, today),
      missed: await countOpenMissed(database.db),
    }
  }

  /** "Promises kept %": throws InvalidInput (422) for more days than can be counted at once. */
  async function figures(user: SessionUser, query: PromiseFiguresQuery): Promise<PromiseFigures> {
    const { from, to, by } = query
    if (to < from) throw unprocessable('to', 'the last day is before the first one')
    if (to > addDays(from, MOST_DAYS - 1)) {
      throw unprocessable('to', `more than ${MOST_DAYS} days: ask for fewer`)
    }
    const scope = scopeOf(user, query)
    const found = await countVerdicts(database.db, { ...daysFrom(from, to), ...scope })
    return { items: figuresBy(by, found), total: sumOf(found) }
  }

  /** How this person's promises of a day were kept. */
  async function ownVerdicts(user: SessionUser, day: LocalDate): Promise<VerdictCounts> {
    const order = { from: day, to: day, by: 'day', mine: '1' } as const
    return (await figures(user, order)).total
  }

  /** Throws Forbidden for an agent who asks for another team, or for a colleague without a team. */
  function scopeOf(user: SessionUser, query: PromiseWhose): Scope {
    const { mine } = query
    const team = query.team ?? null
    const agent = query.agent ?? null
    if (mine === '1') return { assigneeId: user.id, team }
    if (user.role !== 'agent') return { assigneeId: agent, team }
    if (team === null) {
      if (agent !== null && agent !== user.id) {
        throw new Forbidden('promises of colleagues are read with those of the team: give team')
      }
      return { assigneeId: user.id, team }
    }
    if (!deps.teamsOf(user.id).includes(team)) throw new Forbidden('you are not in this team')
    return { assigneeId: agent, team }
  }

  async function concernOf(state: CallbackQuery['state']): Promise<Partial<Narrowing>> {
    if (state === 'at_risk') return { atRisk: await atRiskNow() }
    return state === 'late' ? { lateSince: graceAgo() } : {}
  }

  async function atRiskNow(): Promise<AtRisk> {
    const soon = plusMs(clock.now(), SOON_MS)
    const keepers = await keepersUntil(database.db, soon)
    const asked = new Set([...keepers, ...deps.heirs().map(({ id }) => id)])
    const mayDial = deps.telephony
      .status()
      .some((pbx) => pbx.link === 'ready' && pbx.mayDial !== false)
    const there = { mayDial, teamsOf: deps.teamsOf }
    const absence = absenceOf(keepers, deps.reachOf([...asked]), there)
    return { overdueBefore: graceAgo(), soon, absence }
  }

  function graceAgo(): Instant {
    return plusMs(clock.now(), -GRACE_MS)
  }

  /** Everything this person still has to keep or decide, soonest first; for the desk. */
  function openOf(staffId: string): Promise<CallbackView[]> {
    const filter = { ...statusFilter('open'), after: null, limit: DESK_LIMIT }
    return listLedger(database.db, { ...filter, assigneeId: staffId }, deps)
  }

  /** Every promise of one ticket, newest due first. */
  function ofTicket(ticketId: string): Promise<CallbackView[]> {
    const filter = { ...statusFilter(undefined), assigneeId: null, after: null, limit: DESK_LIMIT }
    return listLedger(database.db, { ...filter, ticketId }, deps)
  }

  /** How many of this person's promises are due and not kept. */
  function dueCount(staffId: string): Promise<number> {
    return countDue(database.db, staffId, clock.now())
  }

  return { list, counts, countAll, owedNow, figures, ownVerdicts, openOf, ofTicket, dueCount }
}

/** From the first moment of one day to the end of the other. */
function daysFrom(from: LocalDate, to: LocalDate): { from: Instant; before: Instant } {
  return { from: startOfLocalDay(from), before: startOfLocalDay(addDays(to, 1)) }
}

function dueIn({ from, to }: Pick<CallbackQuery, 'from' | 'to'>): Partial<Narrowing> {
  return {
    ...(from === undefined ? {} : { dueFrom: startOfLocalDay(from) }),
    ...(to === undefined ? {} : { dueBefore: startOfLocalDay(addDays(to, 1)) }),
  }
}

function statusOf(state: NonNullable<CallbackQuery['state']>): CallbackQuery['status'] {
  switch (state) {
    case 'open':
    case 'late':
      return 'open'
    case 'at_risk':
      return 'scheduled'
    case 'failed':
      return 'failed'
  }
}

function statusFilter(status: CallbackQuery['status']): Pick<LedgerFilter, 'statuses' | 'order'> {
  switch (status) {
    case 'open':
      return { statuses: OPEN_STATUSES, order: 'asc' }
    case 'scheduled':
    case 'dialing':
    case 'failed':
      return { statuses: [status], order: 'asc' }
    case 'done':
    case 'cancelled':
      return { statuses: [status], order: 'desc' }
    case undefined:
      return { statuses: [...OPEN_STATUSES, 'done', 'cancelled'], order: 'desc' }
  }
}
