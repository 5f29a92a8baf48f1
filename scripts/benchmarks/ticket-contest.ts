import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { AnsweredRows } from './answered-rows.ts'
import { recordCalls } from './call-stream.ts'
import { framesOf, hearFrames, hearOut } from './hear.ts'
import { insertRaw, type RawInserts } from './raw-inserts.ts'
import { insertRawAtOnce, insertRawTickets } from './raw-tickets.ts'
import { median, quantile } from './statistics.ts'
import { openTicketPath, type TicketPath } from './ticket-path.ts'
import { pagesBetween, treesOfPages, walFrames } from './wal-frames.ts'

const SINGLE_CALLS = 200
/**
 * Before those: until the write-ahead log has its size and is written over, as it is in a service that
 * runs. The raw loop is there after forty commits; a file that grows makes each commit slower.
 */
const CALLS_TO_GROW_LOG = 250
const BURST_CALLS = 500
const RAW_ROWS = 500
/** As long as our own calls are apart while they are heard one by one. */
const PAUSE_MS = 3

/** `pages` is the median of what one opened ticket puts into the write-ahead log. */
export type OpenedTickets = RawInserts & { pages: number }

/** What row kinds that came after the ticket write, by the trees that hold them; the rest is the ticket's own. */
const LATER_KINDS = {
  clocks: /^ticket_clock/,
  search: /^search_due/,
  lists: /^ticket_(status_received|of_assignee)$/,
} as const

type LaterKind = keyof typeof LATER_KINDS

export interface SinglyOpened extends OpenedTickets {
  /** The same where no page of a tree was full, so that none was split or shared out anew. */
  leastPages: number
  /** The ticket's own pages, those of later kinds left out; the median. */
  ownPages: number
  /** What each later kind writes, splits of full pages in it: the mean. */
  laterPages: Record<LaterKind, number>
}

/** One call at a time: what the transaction that opens the ticket takes. */
export async function openTicketsSingly(folder: string): Promise<SinglyOpened> {
  return withPath(folder, async (path) => {
    const { database, transactionMs } = path
    const samples: number[] = []
    const written: number[][] = []
    const calls = recordCalls(CALLS_TO_GROW_LOG + SINGLE_CALLS, ['101', '102'], Date.now())
    for (const call of calls) {
      await hearOut(path, call.before)
      transactionMs.splice(0)
      const framesBefore = walFrames(path.file)
      await hearOut(path, [call.answer])
      samples.push(transactionMs[0] ?? Number.NaN)
      written.push(pagesBetween(path.file, framesBefore, walFrames(path.file)))
      await hearOut(path, call.after)
    }
    await requireTickets(database, CALLS_TO_GROW_LOG + SINGLE_CALLS)
    const p50Ms = quantile(samples.slice(CALLS_TO_GROW_LOG), 0.5)
    // of the first ones, as the budget counted them
    const first = pagesByKind(written.slice(0, SINGLE_CALLS), treesOfPages(path.file))
    return { p50Ms, perSecond: 1000 / p50Ms, ...first }
  })
}

function pagesByKind(written: readonly number[][], trees: ReadonlyMap<number, string>) {
  const counts = written.map((pages) =>
    countBy(pages, (page) => kindOf(trees.get(page) ?? '') ?? 'own'),
  )
  const totals = written.map((pages) => pages.length)
  const meanOf = (kind: LaterKind) =>
    counts.reduce((sum, count) => sum + (count.get(kind) ?? 0), 0) / counts.length
  return {
    pages: median(totals),
    leastPages: Math.min(...totals),
    ownPages: median(counts.map((count) => count.get('own') ?? 0)),
    laterPages: { clocks: meanOf('clocks'), search: meanOf('search'), lists: meanOf('lists') },
  }
}

function kindOf(tree: string): LaterKind | null {
  if (LATER_KINDS.clocks.test(tree)) return 'clocks'
  if (LATER_KINDS.search.test(tree)) return 'search'
  return LATER_KINDS.lists.test(tree) ? 'lists' : null
}

function countBy<T, K>(values: readonly T[], keyOf: (value: T) => K): Map<K, number> {
  const counts = new Map<K, number>()
  for (const value of values) counts.set(keyOf(value), (counts.get(keyOf(value)) ?? 0) + 1)
  return counts
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
  /** The same rows of all in one commit, per second. */
  atOncePerSecond: number
}

export async function insertRawRows(folder: string, rows: AnsweredRows): Promise<RawPeers> {
  const oneRow = insertRaw(folder, RAW_ROWS)
  const sameRows = await insertRawTickets(folder, rows, RAW_ROWS)
  const paused = await insertRawTickets(folder, rows, SINGLE_CALLS, PAUSE_MS)
  return {
    oneRow,
    sameRows,
    paused,
    atOncePerSecond: await insertRawAtOnce(folder, rows, RAW_ROWS),
  }
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
