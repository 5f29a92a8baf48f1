import type { PopReceipt, ScreenPop } from '#contract/screen-pop.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Clock, NewId, Notifier } from '../ports.ts'
import { createPopResender } from './pop-resend-service.ts'
import * as store from './pop-store.ts'
import { giveTicketToPops, movePops } from './pop-ticket-store.ts'
import {
  createPopViewService,
  type PopToShow,
  type PopViewDeps,
  type ShownPop,
} from './pop-view-service.ts'
import { isStaleAnswer } from './screen-pop.ts'

export interface PopDeps extends PopViewDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'screenPop'>
  logger: Logger
}

export interface PopOrder {
  callId: string
  call: Call
  staffId: string
  ticketId: string | null
}

/** One person's pop of a call, or with null everybody's. */
export interface PopsOfCall {
  callId: string
  staffId: string | null
}

export type PopService = ReturnType<typeof createPopService>

/**
 * Screen pops: a row per call and agent. What a pop shows is read in the transaction that changes
 * it, sent right after the commit, and again until the browser says that it has shown this revision.
 * The row is the truth; a message lost on the way costs two seconds.
 */
export function createPopService(deps: PopDeps) {
  const { database, clock, notifier, logger } = deps
  const view = createPopViewService(deps)
  const changedIn = new WeakMap<Trx, Map<string, PopToShow>>()
  const resender = createPopResender({
    ...deps,
    assemble: (rows) => view.assemble(database.db, rows.map(withoutCall)),
  })

  /** The agent's phone rings: the pop appears, or appears again. */
  async function ring(trx: Trx, order: PopOrder): Promise<void> {
    if (order.call.status !== 'ended') await show(trx, 'ring', [order])
  }

  /**
   * Agents answered, each another call: their pops carry the tickets. An answer learnt too late makes
   * no pop.
   */
  async function answer(trx: Trx, orders: readonly PopOrder[]): Promise<void> {
    const isStale = ({ call }: PopOrder) => isStaleAnswer(call, clock.now())
    const { stale = [], timely = [] } = Object.groupBy(orders, (order) =>
      isStale(order) ? 'stale' : 'timely',
    )
    for (const order of stale) {
      // What a reconnect brought; seldom many.
      // oxlint-disable-next-line no-await-in-loop
      await withdraw(trx, order)
    }
    if (timely.length > 0) await show(trx, 'answer', timely)
  }

  async function show(
    trx: Trx,
    command: 'ring' | 'answer',
    orders: readonly PopOrder[],
  ): Promise<void> {
    const at = clock.now()
    const rows = await store.upsertPops(
      trx.db,
      command,
      orders.map(({ callId, staffId, ticketId }) => ({
        id: deps.newId(),
        callId,
        staffId,
        ticketId,
        at,
      })),
    )
    const calls = new Map(orders.map(({ callId, call }) => [callId, call]))
    announce(
      trx,
      rows.map((row) => ({ row, call: calls.get(row.call_id) ?? null })),
    )
  }

  /** It stopped ringing without this agent (or, with null, anybody) answering. */
  function withdraw(trx: Trx, pops: PopsOfCall): Promise<void> {
    return close(trx, 'withdraw', pops)
  }

  /** The agent's part (or, with null, the call) is over; what still rings is withdrawn. */
  function end(trx: Trx, pops: PopsOfCall): Promise<void> {
    return close(trx, 'end', pops)
  }

  async function close(
    trx: Trx,
    command: 'withdraw' | 'end',
    { callId, staffId }: PopsOfCall,
  ): Promise<void> {
    const rows = await store.closePops(trx.db, command, { callId, staffId, at: clock.now() })
    announce(trx, rows.map(withoutCall))
  }

  /** The ticket changed: pops that show it are shown anew. */
  async function touch(trx: Trx, ticketId: string): Promise<void> {
    const rows = await store.touchPops(trx.db, ticketId, clock.now())
    announce(trx, rows.map(withoutCall))
  }

  /** What pops show beside their tickets changed: everything on screens is shown anew. */
  async function touchAll(trx: Trx): Promise<void> {
    const rows = await store.touchPops(trx.db, null, clock.now())
    announce(trx, rows.map(withoutCall))
  }

  /** What is on screens of one ticket shows another from now on, or only `ids` of it; answers which. */
  async function moveTicket(
    trx: Trx,
    move: { from: string; into: string },
    ids?: readonly string[],
  ): Promise<string[]> {
    const rows = await movePops(trx.db, { ...move, at: clock.now() }, ids)
    announce(trx, rows.map(withoutCall))
    return rows.map(({ id }) => id)
  }

  /** The call has its ticket only now: what is on screens of it shows that. */
  async function giveTicket(trx: Trx, given: { callId: string; ticketId: string }): Promise<void> {
    const rows = await giveTicketToPops(trx.db, { ...given, at: clock.now() })
    announce(trx, rows.map(withoutCall))
  }

  /** Pops of these calls whose newest revision no browser has shown are sent, whoever changed them. */
  async function tellAgain(trx: Trx, callIds: readonly string[]): Promise<void> {
    const rows = await store.selectUnseenPops(trx.db, callIds)
    announce(trx, rows.map(withoutCall))
  }

  /** Ends live pops whose call is over: nobody heard its end. Answers how many. */
  async function closeOver(): Promise<number> {
    return database.transaction(async (trx) => {
      const ids = await store.selectOverPops(trx.db)
      const rows = await store.endPops(trx.db, ids, clock.now())
      announce(trx, rows.map(withoutCall))
      return rows.length
    })
  }

  /** What a transaction changed is read once, at its end, in its newest state. */
  function announce(trx: Trx, changed: PopToShow[]): void {
    if (changed.length === 0) return
    const known = changedIn.get(trx)
    const all = known ?? new Map<string, PopToShow>()
    for (const pop of changed) all.set(pop.row.id, { ...pop, call: pop.call ?? callIn(all, pop) })
    if (known) return
    changedIn.set(trx, all)
    trx.beforeCommit(async () => {
      const makePops = await readIn(trx, [...all.values()])
      const rows = [...all.values()].map(({ row }) => row)
      trx.afterCommit(() => send(rows, makePops()), 'first')
    })
  }

  /** A pop that cannot be shown must not undo the ticket: it is read again soon. */
  async function readIn(trx: Trx, changed: PopToShow[]): Promise<() => ShownPop[]> {
    try {
      const makePops = await view.read(trx.db, changed)
      return () => {
        try {
          return makePops()
        } catch (error) {
          return noPops(error)
        }
      }
    } catch (error) {
      return () => noPops(error)
    }
  }

  function noPops(error: unknown): ShownPop[] {
    logger.error({ err: error }, 'screen pops could not be read; they are read again')
    return []
  }

  function send(rows: readonly store.PopRow[], pops: readonly ShownPop[]): void {
    for (const { staffId, pop } of pops) notifier.screenPop(staffId, pop)
    const sent = new Set(pops.map(({ pop }) => pop.id))
    for (const row of rows) resender.track(row, sent.has(row.id))
    resender.arm()
  }

  /** What is on this person's screen now, oldest first. */
  async function liveFor(staffId: string): Promise<ScreenPop[]> {
    const rows = await store.selectLivePops(database.db, staffId)
    const pops = await view.assemble(database.db, rows.map(withoutCall))
    return pops.map(({ pop }) => pop)
  }

  /** After a restart, once the calls are read: what nobody has acknowledged is sent again. */
  async function load(): Promise<void> {
    await closeOver()
    for (const row of await store.selectLivePops(database.db, null)) resender.track(row, true)
  }

  return {
    ring,
    answer,
    withdraw,
    end,
    touch,
    touchAll,
    moveTicket,
    giveTicket,
    tellAgain,
    closeOver,
    liveFor,
    load,
    receipt: (staffId: string, receipt: PopReceipt) => resender.receipt(staffId, receipt),
    start: resender.start,
    stop: resender.stop,
    idle: resender.idle,
  }
}

function withoutCall(row: store.PopRow): PopToShow {
  return { row, call: null }
}

function callIn(known: ReadonlyMap<string, PopToShow>, pop: PopToShow): Call | null {
  return known.get(pop.row.id)?.call ?? null
}
