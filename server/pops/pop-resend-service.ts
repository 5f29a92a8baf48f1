import type { PopReceipt } from '#contract/screen-pop.ts'
import type { Instant } from '#contract/primitives.ts'
import { errorClass } from '../db/error-class.ts'
import type { Database } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Cancel, Clock, Notifier } from '../ports.ts'
import * as store from './pop-store.ts'
import type { ShownPop } from './pop-view-service.ts'
import { isLive, resendDelayMs } from './screen-pop.ts'

export interface PopResenderDeps {
  database: Database
  clock: Clock
  notifier: Pick<Notifier, 'screenPop'>
  logger: Logger
  /** What these pops show now, read anew. */
  assemble: (rows: readonly store.PopRow[]) => Promise<ShownPop[]>
}

/** A revision that still has to be sent, or that no browser has acknowledged. */
interface Unseen {
  staffId: string
  rev: number
  timesSent: number
  sentAt: Instant
  /** Monotonic: a wall clock that is set must not silence a pop. */
  nextAtMs: number
}

export type PopResender = ReturnType<typeof createPopResender>

/**
 * Sends pops again until they are seen: 2, 4, 8 … 30 s after the time before. What is no longer on a
 * screen has to be sent once; a reading that failed counts as not sent.
 */
export function createPopResender(deps: PopResenderDeps) {
  const { database, clock, notifier, logger } = deps
  const unseen = new Map<string, Unseen>()
  const receipts = new Map<string, store.Receipt>()
  const saving = createWorker(saveReceipts)
  const resending = createWorker(resendDue)
  let timer: Cancel | null = null
  let stopped = false

  /** Notes the newest revision; `isSent` when it has just gone out. */
  function track(row: store.PopRow, isSent: boolean): void {
    const before = unseen.get(row.id)
    if (before !== undefined && before.rev > row.rev) return
    const isDone = isLive(row.stage) ? row.seen_rev >= row.rev : isSent
    if (isDone) return void unseen.delete(row.id)
    const timesSent = (before?.rev === row.rev ? before.timesSent : 0) + 1
    unseen.set(row.id, {
      staffId: row.staff_id,
      rev: row.rev,
      timesSent,
      sentAt: clock.now(),
      nextAtMs: clock.monotonicMs() + resendDelayMs(timesSent),
    })
  }

  /** Sets the one timer to the moment when something has to be sent again. */
  function arm(): void {
    timer?.()
    timer = null
    if (stopped || unseen.size === 0) return
    const next = Math.min(...[...unseen.values()].map(({ nextAtMs }) => nextAtMs))
    timer = clock.after(Math.max(0, next - clock.monotonicMs()), () => void resending.run())
  }

  async function resendDue(): Promise<void> {
    const now = clock.monotonicMs()
    const due = [...unseen].filter(([, pop]) => pop.nextAtMs <= now)
    try {
      await resend(due)
    } catch (error) {
      logger.error({ err: error }, 'screen pops could not be sent again; the next try follows')
      for (const [, pop] of due) pop.nextAtMs = now + resendDelayMs(pop.timesSent)
    }
    arm()
  }

  async function resend(due: readonly [string, Unseen][]): Promise<void> {
    const ids = due.map(([id]) => id)
    const rows = await store.selectPops(database.db, ids)
    const found = new Map(rows.map((row) => [row.id, row]))
    for (const id of ids) if (!found.has(id)) unseen.delete(id)
    const shown = await deps.assemble(rows)
    for (const { staffId, pop } of shown) {
      // A change that was made while this was read has been sent already.
      if ((unseen.get(pop.id)?.rev ?? pop.rev + 1) <= pop.rev) notifier.screenPop(staffId, pop)
    }
    const sent = new Set(shown.map(({ pop }) => pop.id))
    for (const row of rows) if (unseen.has(row.id)) track(row, sent.has(row.id))
    const unanswered = due.filter(([, pop]) => pop.timesSent === 1).map(([id]) => id)
    await store.saveSent(database.db, unanswered, clock.now())
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
      await saveBatch(batch)
    }
  }

  /** One receipt that the database refuses never spoils those of others. */
  async function saveBatch(batch: store.Receipt[]): Promise<void> {
    try {
      await store.saveReceipts(database.db, batch, clock.now())
    } catch (error) {
      if (batch.length > 1 && errorClass(error) !== 'weather') {
        for (const one of batch) await saveBatch([one])
      } else {
        logger.error({ err: error }, 'receipts of screen pops could not be stored')
      }
    }
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

  /** Resolves when nothing is being sent again or stored. */
  async function idle(): Promise<void> {
    await Promise.all([resending.idle(), saving.idle()])
  }

  return { track, arm, receipt, start, stop, idle }
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
