import type { PopReceipt, ScreenPop } from '#contract/screen-pop.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { NumberOwners } from '../customers/customer-record.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Cancel, Clock, NewId, Notifier } from '../ports.ts'
import * as store from './pop-store.ts'
import { createPopViewService, type PopToShow, type PopViewDeps } from './pop-view-service.ts'
import { isLive, isStaleAnswer, resendDelayMs } from './screen-pop.ts'

export interface PopDeps extends PopViewDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Notifier
  logger: Logger
}

export interface PopOrder {
  callId: string
  call: Call
  staffId: string
  ticketId: string | null
  /** Whose number it is, when the transaction knows it already. */
  owners?: NumberOwners | null
}

/** One person's pop of a call, or with null everybody's. */
export interface PopsOfCall {
  callId: string
  staffId: string | null
}

/** A live pop whose newest revision no browser has acknowledged. */
interface Unseen {
  staffId: string
  rev: number
  timesSent: number
  sentAt: Instant
  nextAtMs: number
}

/** Pops of calls that are over, closed in one transaction. */
const CLOSED_AT_ONCE = 200

export type PopService = ReturnType<typeof createPopService>

/**
 * Screen pops: a row per call and agent, sent after the commit and again until the browser says that
 * it has shown this revision. The row is the truth; a message lost on the way costs two seconds.
 */
export function createPopService(deps: PopDeps) {
  const { database, clock, notifier, logger } = deps
  const view = createPopViewService(deps)
  const changedIn = new WeakMap<Trx, PopToShow[]>()
  const outbox = new Map<string, PopToShow>()
  const unseen = new Map<string, Unseen>()
  const receipts = new Map<string, store.Receipt>()
  const sending = createWorker(drain)
  const saving = createWorker(saveReceipts)
  const resending = createWorker(resendDue)
  let timer: Cancel | null = null
  let stopped = false

  /** The agent's phone rings: the pop appears, or appears again. */
  async function ring(trx: Trx, order: PopOrder): Promise<void> {
    if (order.call.status !== 'ended') await show(trx, 'ring', order)
  }

  /** The agent answered: the pop carries the ticket. An answer learnt too late makes no pop. */
  async function answer(trx: Trx, order: PopOrder): Promise<void> {
    if (isStaleAnswer(order.call, clock.now())) await withdraw(trx, order)
    else await show(trx, 'answer', order)
  }

  async function show(trx: Trx, command: 'ring' | 'answer', order: PopOrder): Promise<void> {
    const { callId, staffId, ticketId, call, owners = null } = order
    const pop = { id: deps.newId(), callId, staffId, ticketId, at: clock.now() }
    const row = await store.upsertPop(trx.db, command, pop)
    if (row) announce(trx, [{ row, call, owners }])
  }

  /** It stopped ringing without this agent (or, with null, anybody) answering. */
  function withdraw(trx: Trx, of: PopsOfCall): Promise<void> {
    return close(trx, 'withdraw', of)
  }

  /** The agent's part (or, with null, the call) is over; what still rings is withdrawn. */
  function end(trx: Trx, of: PopsOfCall): Promise<void> {
    return close(trx, 'end', of)
  }

  async function close(trx: Trx, command: 'withdraw' | 'end', of: PopsOfCall): Promise<void> {
    const { callId, staffId } = of
    const rows = await store.closePops(trx.db, command, { callId, staffId, at: clock.now() })
    announce(trx, rows.map(withoutCall))
  }

  /** The ticket changed: pops that show it are shown anew. */
  async function touch(trx: Trx, ticketId: string): Promise<void> {
    const rows = await store.touchPops(trx.db, ticketId, clock.now())
    announce(trx, rows.map(withoutCall))
  }

  /** One task per transaction, so that a burst is read and sent in one go. */
  function announce(trx: Trx, changed: PopToShow[]): void {
    if (changed.length === 0) return
    const known = changedIn.get(trx)
    if (known) return void known.push(...changed)
    const all = [...changed]
    changedIn.set(trx, all)
    trx.afterCommit(() => send(all))
  }

  function send(changed: readonly PopToShow[]): void {
    for (const item of changed) {
      const waiting = outbox.get(item.row.id)
      // Read before a change that has overtaken it.
      if ((unseen.get(item.row.id)?.rev ?? 0) > item.row.rev) continue
      outbox.set(item.row.id, { ...item, call: item.call ?? waiting?.call ?? null })
      track(item.row)
    }
    void sending.run()
  }

  /** One batch after the other, so that an older revision never overtakes a newer one. */
  async function drain(): Promise<void> {
    while (outbox.size > 0) {
      const batch = [...outbox.values()]
      outbox.clear()
      try {
        for (const { staffId, pop } of await view.assemble(batch)) notifier.screenPop(staffId, pop)
      } catch (error) {
        logger.error({ err: error }, 'screen pops could not be read; they are sent again')
      }
    }
    arm()
  }

  function track(row: store.PopRow): void {
    if (!isLive(row.stage) || row.seen_rev >= row.rev) return void unseen.delete(row.id)
    const before = unseen.get(row.id)
    const timesSent = before?.rev === row.rev ? before.timesSent + 1 : 1
    unseen.set(row.id, {
      staffId: row.staff_id,
      rev: row.rev,
      timesSent,
      sentAt: clock.now(),
      nextAtMs: clock.nowMs() + resendDelayMs(timesSent),
    })
  }

  /** Sets the one timer to the moment when something has to be sent again. */
  function arm(): void {
    timer?.()
    timer = null
    if (stopped || unseen.size === 0) return
    const next = Math.min(...[...unseen.values()].map(({ nextAtMs }) => nextAtMs))
    timer = clock.after(Math.max(0, next - clock.nowMs()), () => void resending.run())
  }

  async function resendDue(): Promise<void> {
    const now = clock.nowMs()
    const due = [...unseen].filter(([, pop]) => pop.nextAtMs <= now)
    const ids = due.map(([id]) => id)
    const unanswered = due.filter(([, pop]) => pop.timesSent === 1).map(([id]) => id)
    try {
      const rows = await store.selectPops(database.db, ids)
      const found = new Set(rows.map((row) => row.id))
      for (const id of ids) if (!found.has(id)) unseen.delete(id)
      send(rows.map(withoutCall))
      await store.saveSent(database.db, unanswered, clock.now())
    } catch (error) {
      logger.error({ err: error }, 'screen pops could not be sent again; the next try follows')
      for (const [, pop] of due) pop.nextAtMs = now + resendDelayMs(pop.timesSent)
    }
    arm()
  }

  /**
   * The browser has shown this revision. Only the pop's own person is heard. Resolves when it is
   * stored; receipts that come meanwhile are stored together.
   */
  function receipt(staffId: string, { id, rev }: PopReceipt): Promise<void> {
    const waiting = unseen.get(id)
    const isOwn = waiting?.staffId === staffId
    const key = `${id} ${staffId}`
    if ((receipts.get(key)?.rev ?? 0) < rev) {
      receipts.set(key, { id, staffId, rev, sentAt: isOwn ? waiting.sentAt : null })
    }
    if (isOwn && rev >= waiting.rev) unseen.delete(id)
    if (unseen.size === 0) arm()
    return saving.run()
  }

  async function saveReceipts(): Promise<void> {
    while (receipts.size > 0) {
      const batch = [...receipts.values()]
      receipts.clear()
      try {
        await store.saveReceipts(database.db, batch, clock.now())
      } catch (error) {
        logger.error({ err: error }, 'receipts of screen pops could not be stored')
      }
    }
  }

  /** What is on this person's screen now, oldest first. */
  async function liveFor(staffId: string): Promise<ScreenPop[]> {
    const rows = await store.selectLivePops(database.db, staffId)
    const pops = await view.assemble(rows.map(withoutCall))
    return pops.map(({ pop }) => pop)
  }

  /**
   * After a restart, once the calls are read: ends the pops whose calls are over, and remembers the
   * others that nobody has acknowledged.
   */
  async function reconcile(): Promise<void> {
    const rows = await store.selectLivePops(database.db, null)
    const callIds = [...new Set(rows.map((row) => row.call_id))]
    const calls = await deps.callsById(database.db, callIds)
    const isOver = (row: store.PopRow) => (calls.get(row.call_id)?.status ?? 'ended') === 'ended'
    const over = rows.filter(isOver).map((row) => row.id)
    await store.endPops(database.db, over, clock.now())
    for (const row of rows) if (!isOver(row)) track(row)
  }

  /**
   * Closes pops whose calls are over without anybody having said so, and tells their browsers; how
   * many. One call of it closes a bounded number.
   */
  async function closeOrphans(): Promise<number> {
    if (!(await store.hasOrphanPops(database.db))) return 0
    return database.transaction(async (trx) => {
      const rows = await store.closeOrphanPops(trx.db, clock.now(), CLOSED_AT_ONCE)
      announce(trx, rows.map(withoutCall))
      return rows.length
    })
  }

  /** From here on pops are sent again until they are acknowledged. */
  function start(): void {
    stopped = false
    arm()
  }

  /** Sends nothing again from here on; resolves when what was under way is done. */
  async function stop(): Promise<void> {
    stopped = true
    arm()
    await idle()
  }

  /** Resolves when the pops of the transaction that has just ended are on their way. */
  async function sent(): Promise<void> {
    // Its other tasks after the commit run first: one of them begins to send.
    await Promise.resolve()
    await sending.idle()
  }

  /** Resolves when nothing is being sent or stored. */
  async function idle(): Promise<void> {
    await resending.idle()
    await Promise.all([sending.idle(), saving.idle()])
  }

  return {
    ring,
    answer,
    withdraw,
    end,
    touch,
    receipt,
    liveFor,
    reconcile,
    closeOrphans,
    start,
    stop,
    sent,
    idle,
  }
}

function withoutCall(row: store.PopRow): PopToShow {
  return { row, call: null, owners: null }
}

/** Runs `work` once at a time; whoever asks meanwhile gets one more run after it. */
function createWorker(work: () => Promise<void>) {
  let running: Promise<void> | null = null
  let asked = false
  async function loop(): Promise<void> {
    try {
      while (asked) {
        asked = false
        await work()
      }
    } finally {
      running = null
    }
  }
  return {
    run(): Promise<void> {
      asked = true
      running ??= loop()
      return running
    },
    idle: (): Promise<void> => running ?? Promise.resolve(),
  }
}
