import type { ClockKind, ClockView } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import { ticketKind } from '#contract/tickets.ts'
import { addDays, endOfLocalDay, localDay } from '../calendar/working-days.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { OpenedTicket } from '../domain-fact.ts'
import type { Clock, NewId } from '../ports.ts'
import type { TicketWalked } from '../process/effect.ts'
import { plusMs } from '../time.ts'
import { OPEN_STATUSES } from '../tickets/ticket.ts'
import type { ClockTime, TicketClock } from './clock.ts'
import { stageClockOf, toClock, toClockView, toColumns } from './clock-record.ts'
import { type ClockSettings, lengthOf } from './clock-rules.ts'
import * as store from './clock-store.ts'
import {
  afterEffects,
  comeBack,
  mergedAway,
  receiptMoved,
  type ClockContext,
  followed,
  opened,
  promiseDialled,
  promiseMoved,
  promiseTried,
  rearmedAll,
  stopped,
} from './ticket-clocks.ts'

export interface ClockServiceDeps {
  database: Database
  clock: Clock
  newId: NewId
  time: ClockTime
  settings: () => ClockSettings
  isProvisional: (from: Instant, due: Instant) => boolean
  /** An alarm may be due sooner than the loop knows. */
  wake: () => void
}

type Clocks = readonly TicketClock[]

const DAY_MS = 86_400_000
/** Tickets that get their clocks afterwards, per transaction. */
const ADOPTED_AT_ONCE = 100
/** An alarm further away than this finds the loop awake in time. */
export const LOOK_EVERY_MS = 10_000

/** The clocks of tickets: what facts do to them, and how they stand. */
export function createClockService(deps: ClockServiceDeps) {
  const { database, clock, newId, time } = deps

  /** The clocks of tickets that were just opened, of a burst in as few statements as of one. */
  async function open(trx: Trx, tickets: readonly OpenedTicket[]): Promise<void> {
    const rows = tickets.flatMap((ticket) =>
      opened(ticket.acknowledgedAt, contextOf(ticket)).map((one) => toColumns(one, time)),
    )
    await store.insertClocks(trx.db, rows)
  }

  function contextOf(ticket: Omit<OpenedTicket, 'acknowledgedAt'>): ClockContext {
    const fixed = { now: clock.now(), time, settings: deps.settings(), newId }
    return { ...ticket, ...fixed, loopNo: 1, inOutage: false }
  }

  /** Does the clock effects of one step of the process. */
  function apply(trx: Trx, fact: TicketWalked): Promise<void> {
    const { ticketId, effects, action, at, loopNo } = fact
    return change(trx, ticketId, (clocks, context) =>
      afterEffects(clocks, effects, action, { ...context, now: at, loopNo }),
    )
  }

  /** Kind or area have changed: other clocks, or other ends. */
  const follow = (trx: Trx, ticketId: string) => change(trx, ticketId, followed)

  /** A callback was promised, or its promise moved. */
  const promised = (trx: Trx, ticketId: string, dueAt: Instant) =>
    change(trx, ticketId, (clocks, context) => promiseMoved(clocks, dueAt, context))

  /** Its agent's phone is being rung. */
  const dialled = (trx: Trx, ticketId: string) => change(trx, ticketId, promiseDialled)

  /** An attempt is over, or is known better by now. */
  const tried = (
    trx: Trx,
    attempt: { ticketId: string; submittedAt: Instant; calledCustomer: boolean },
  ) => change(trx, attempt.ticketId, (clocks, context) => promiseTried(clocks, attempt, context))

  /** The promise is owed no more. */
  const promiseOver = (trx: Trx, ticketId: string, reason: string) =>
    stop(trx, ticketId, 'promise', clock.now(), reason)

  /** A first word that names the ticket went out to the customer. */
  const acknowledged = (trx: Trx, ticketId: string, at: Instant = clock.now()) =>
    stop(trx, ticketId, 'acknowledgement', at, 'answered')

  /** The ticket became part of another one: nothing of it runs; answers which clocks did. */
  async function mergeAway(trx: Trx, ticketId: string): Promise<string[]> {
    const running: string[] = []
    await change(trx, ticketId, (clocks, context) => {
      const merged = mergedAway(clocks, context)
      running.push(...merged.ids)
      return merged.clocks
    })
    return running
  }

  /** The merge was taken back. */
  const bringBack = (trx: Trx, ticketId: string, ids: readonly string[]) =>
    change(trx, ticketId, (clocks, context) => comeBack(clocks, ids, context))

  /** The ticket's receipt is another moment by now. */
  const moveReceipt = (trx: Trx, ticketId: string) => change(trx, ticketId, receiptMoved)

  function stop(trx: Trx, ticketId: string, kind: ClockKind, at: Instant, reason: string) {
    return change(trx, ticketId, (clocks) => stopped(clocks, kind, at, reason))
  }

  async function change(
    trx: Trx,
    ticketId: string,
    after: (clocks: Clocks, context: ClockContext) => Clocks,
  ): Promise<void> {
    const rows = await store.lockClocks(trx.db, ticketId)
    const ticket = await store.selectClockTicket(trx.db, ticketId)
    if (ticket === undefined) return
    const before = rows.map(toClock)
    const context = {
      ...contextOf(toOpened(ticket)),
      loopNo: ticket.loop_no,
      inOutage: ticket.parent_outage_id !== null,
    }
    const changed = after(before, context)
      .filter((one) => !before.includes(one))
      .map((one) => toColumns(one, time))
    await store.saveClocks(trx.db, changed)
    const soon = plusMs(context.now, LOOK_EVERY_MS)
    if (changed.some((row) => row.alarm_at !== null && row.alarm_at <= soon)) {
      trx.afterCommit(deps.wake)
    }
  }

  /** Dates the running working-day clocks of open tickets by another calendar; answers how many moved. */
  async function redate(trx: Trx, workingDaysEnd: ClockTime['workingDaysEnd']): Promise<number> {
    const oldest = await store.oldestOpenTicket(trx.db)
    if (oldest === null) return 0
    const now = clock.now()
    let moved = 0
    for (const kind of ['overall', 'acknowledgement'] as const) {
      const days = lengthOf(kind, null, deps.settings()).workingDays ?? 0
      const order = { days, from: oldest, ends: endsOf(days, oldest, now, workingDaysEnd), now }
      // oxlint-disable-next-line no-await-in-loop -- one connection
      moved += await store.redateClocks(trx.db, order)
    }
    trx.afterCommit(deps.wake)
    return moved
  }

  /**
   * Gives tickets of before the clocks theirs: of the whole case alone, from their receipt on. What
   * has passed is not told afterwards. Answers the last id it saw.
   */
  async function adopt(trx: Trx, afterId: string): Promise<string | null> {
    const tickets = await store.selectTicketsWithoutClock(
      trx.db,
      afterId,
      OPEN_STATUSES,
      ADOPTED_AT_ONCE,
    )
    const without = tickets.filter(({ has_clock }) => Number(has_clock) === 0)
    const rows = without.flatMap((ticket) => {
      const context = contextOf(toOpened(ticket))
      const all = rearmedAll(opened(null, context), context)
      return all.filter(({ kind }) => kind === 'overall').map((one) => toColumns(one, time))
    })
    await store.insertClocks(trx.db, rows)
    return tickets.at(-1)?.id ?? null
  }

  /** Every clock of these tickets, the oldest first. */
  async function of(db: Db, ticketIds: readonly string[]): Promise<Map<string, ClockView[]>> {
    return views(db, ticketIds, 'all')
  }

  /** Of each of these tickets the clock of its stage, where one runs: for lists. */
  async function stagesOf(db: Db, ticketIds: readonly string[]): Promise<Map<string, ClockView>> {
    const running = await views(db, ticketIds, 'running')
    return new Map(
      [...running].flatMap(([id, all]) => {
        const stage = stageClockOf(all)
        return stage === null ? [] : [[id, stage] as const]
      }),
    )
  }

  async function views(db: Db, ticketIds: readonly string[], which: 'all' | 'running') {
    if (ticketIds.length === 0) return new Map<string, ClockView[]>()
    const rows = await store.selectClocks(db, ticketIds, which)
    const given = { now: clock.now(), time, isProvisional: deps.isProvisional }
    const byTicket = Map.groupBy(rows, (row) => row.ticket_id)
    return new Map(
      [...byTicket].map(([id, some]) => [id, some.map((row) => toClockView(toClock(row), given))]),
    )
  }

  const promises = { promised, promiseOver, promiseDialled: dialled, promiseTried: tried }
  const facts = { open, apply, follow, ...promises, acknowledged, redate, adopt }
  const merges = { mergeAway, bringBack, moveReceipt, promiseClocks, moveClocks }
  return {
    ...facts,
    ...merges,
    isRunning: isRunningOn,
    of: (ids: readonly string[]) => of(database.db, ids),
    stagesOf,
  }
}

async function isRunningOn(db: Db, ticketId: string, kind: ClockKind): Promise<boolean> {
  const rows = await store.selectClocks(db, [ticketId], 'running')
  return rows.some((row) => row.kind === kind)
}

function toOpened(
  row: NonNullable<Awaited<ReturnType<typeof store.selectClockTicket>>>,
): Omit<OpenedTicket, 'acknowledgedAt'> {
  return {
    ticketId: row.id,
    kind: ticketKind.parse(row.kind),
    areaClass: row.area_class,
    receivedAt: row.received_at,
  }
}

/** The ends by this calendar of clocks that began on each day up to today. */
function endsOf(
  days: number,
  from: Instant,
  now: Instant,
  end: ClockTime['workingDaysEnd'],
): store.DayEnds[] {
  const ends: store.DayEnds[] = []
  for (let day = localDay(from); day <= localDay(now); day = addDays(day, 1)) {
    const startedUntil = endOfLocalDay(day)
    const due = end(startedUntil, days)
    ends.push({
      startedUntil,
      half: end(startedUntil, Math.ceil(days / 2)),
      most: end(startedUntil, Math.ceil(days * 0.8)),
      due,
      management: plusMs(due, DAY_MS),
    })
  }
  return ends
}

/** The clocks of promises that run on these tickets. */
async function promiseClocks(trx: Trx, ticketIds: readonly string[]): Promise<string[]> {
  const rows = await store.selectClocks(trx.db, ticketIds, 'running')
  return rows.filter(({ kind }) => kind === 'promise').map(({ id }) => id)
}

/** A promise went to another ticket, and its clock with it. */
const moveClocks = (trx: Trx, ids: readonly string[], ticketId: string) =>
  store.moveClocks(trx.db, ids, ticketId)
