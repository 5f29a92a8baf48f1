import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnsweredRows } from './answered-rows.ts'
import { recordCalls } from './call-stream.ts'
import { framesOf, hearFrames, hearOut } from './hear.ts'
import { insertRaw, type RawInserts } from './raw-inserts.ts'
import { insertRawTickets } from './raw-tickets.ts'
import { median, quantile } from './statistics.ts'
import { openTicketPath, type TicketPath } from './ticket-path.ts'
import { pagesWritten, walFrames } from './wal-frames.ts'

const SINGLE_CALLS = 200
const BURST_CALLS = 500
const RAW_ROWS = 500
/** As long as our own calls are apart while they are heard one by one. */
const PAUSE_MS = 3

/** `pages` is the median of what one opened ticket puts into the write-ahead log. */
export type OpenedTickets = RawInserts & { pages: number }

/** One call at a time: what the transaction that opens the ticket takes. */
export async function openTicketsSingly(folder: string): Promise<
  OpenedTickets & {
    /** The same where no page of a tree was full, so that none was split or shared out anew. */
    leastPages: number
  }
> {
  return withPath(folder, async (path) => {
    const { database, transactionMs } = path
    const samples: number[] = []
    const pages: number[] = []
    for (const call of recordCalls(SINGLE_CALLS, ['101', '102'], Date.now())) {
      await hearOut(path, call.before)
      transactionMs.splice(0)
      const framesBefore = walFrames(path.file)
      await hearOut(path, [call.answer])
      samples.push(transactionMs[0] ?? Number.NaN)
      pages.push(pagesWritten(framesBefore, walFrames(path.file)))
      await hearOut(path, call.after)
    }
    await requireTickets(database, SINGLE_CALLS)
    const p50Ms = quantile(samples, 0.5)
    const leastPages = Math.min(...pages)
    return { p50Ms, perSecond: 1000 / p50Ms, pages: median(pages), leastPages }
  })
}

/** 500 customers who wait are answered in the same moment: tickets per second until all are safe. */
export async function openTicketsInBurst(folder: string): Promise<RawInserts> {
  return withPath(folder, async (path) => {
    const recorded = recordCalls(BURST_CALLS, ['101', '102'], Date.now())
    await hearOut(
      path,
      recorded.flatMap(({ before }) => before),
    )
    const answers = framesOf(recorded.map(({ answer }) => answer))
    const startedAt = performance.now()
    await hearFrames(path, answers)
    const seconds = (performance.now() - startedAt) / 1000
    await requireTickets(path.database, BURST_CALLS)
    return { p50Ms: (seconds * 1000) / BURST_CALLS, perSecond: BURST_CALLS / seconds }
  })
}

/** What both are compared with: raw loops on the same disk, one durable transaction at a time. */
export interface RawPeers {
  /** One small row per transaction: the floor of any durable write. */
  oneRow: RawInserts
  /** The rows of an opened ticket per transaction. */
  sameRows: OpenedTickets
  /** The same in the rhythm of single calls: between two transactions the processor does other things. */
  paused: OpenedTickets
}

export async function insertRawRows(folder: string, rows: AnsweredRows): Promise<RawPeers> {
  const oneRow = insertRaw(folder, RAW_ROWS)
  const sameRows = await insertRawTickets(folder, rows, RAW_ROWS)
  return { oneRow, sameRows, paused: await insertRawTickets(folder, rows, SINGLE_CALLS, PAUSE_MS) }
}

async function requireTickets(database: TicketPath['database'], wanted: number): Promise<void> {
  const { count } = await database.db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count !== wanted) throw new Error(`${wanted} answered calls made ${count} tickets`)
}

async function withPath<T>(folder: string, work: (path: TicketPath) => Promise<T>): Promise<T> {
  const own = await mkdtemp(join(folder, 'tickets-'))
  const path = await openTicketPath(own)
  try {
    return await work(path)
  } finally {
    await path.stop()
    await rm(own, { recursive: true, force: true })
  }
}
