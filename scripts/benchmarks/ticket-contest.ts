import { mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { parseAmiEvent } from '../../server/ami/ami-event.ts'
import { toCallEvent } from '../../server/ami/to-call-event.ts'
import type { CallService } from '../../server/calls/call-service.ts'
import { systemClock } from '../../server/system-clock.ts'
import { recordCalls, type Event } from './call-stream.ts'
import { insertRaw, type RawInserts } from './raw-inserts.ts'
import { insertRawTickets } from './raw-tickets.ts'
import { quantile } from './statistics.ts'
import { openTicketPath, type TicketPath } from './ticket-path.ts'

const SINGLE_CALLS = 200
const BURST_CALLS = 500
const RAW_ROWS = 500

/** One call at a time: what the transaction that opens the ticket takes. */
export async function openTicketsSingly(folder: string): Promise<RawInserts> {
  return withPath(folder, async (path) => {
    const { database, transactionMs } = path
    const samples: number[] = []
    for (const call of recordCalls(SINGLE_CALLS, ['101', '102'], Date.now())) {
      await hearOut(path, call.before)
      transactionMs.splice(0)
      await hearOut(path, [call.answer])
      samples.push(transactionMs[0] ?? Number.NaN)
      await hearOut(path, call.after)
    }
    await requireTickets(database, SINGLE_CALLS)
    const p50Ms = quantile(samples, 0.5)
    return { p50Ms, perSecond: 1000 / p50Ms }
  })
}

/** 500 customers who wait are answered in the same moment: tickets per second until all are safe. */
export async function openTicketsInBurst(folder: string): Promise<RawInserts> {
  return withPath(folder, async (path) => {
    const { calls, database } = path
    const recorded = recordCalls(BURST_CALLS, ['101', '102'], Date.now())
    await hearOut(
      path,
      recorded.flatMap(({ before }) => before),
    )
    const answers = recorded.map(({ answer }) => answer)
    const startedAt = performance.now()
    await hear(calls, answers)
    const seconds = (performance.now() - startedAt) / 1000
    await requireTickets(database, BURST_CALLS)
    return { p50Ms: (seconds * 1000) / BURST_CALLS, perSecond: BURST_CALLS / seconds }
  })
}

/** What both are compared with: raw loops on the same disk, one durable transaction at a time. */
export interface RawPeers {
  /** One small row per transaction: the floor of any durable write. */
  oneRow: RawInserts
  /** The rows of an opened ticket per transaction. */
  sameRows: RawInserts
}

export async function insertRawRows(folder: string): Promise<RawPeers> {
  const oneRow = insertRaw(folder, RAW_ROWS)
  return { oneRow, sameRows: await insertRawTickets(folder, RAW_ROWS) }
}

async function requireTickets(database: TicketPath['database'], wanted: number): Promise<void> {
  const { count } = await database.db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  if (count !== wanted) throw new Error(`${wanted} answered calls made ${count} tickets`)
}

/** Until nothing is left to do, so that no part of one phase is measured with the next. */
async function hearOut(path: TicketPath, events: readonly Event[]): Promise<void> {
  await hear(path.calls, events)
  await path.idle()
}

async function hear(calls: CallService, events: readonly Event[]): Promise<void> {
  for (const { headers } of events) {
    const event = parseAmiEvent(frameOf(headers))
    const meaning = event.event === null ? null : toCallEvent('pbx1', event, systemClock.now())
    if (meaning !== null) calls.handle(meaning)
  }
  await calls.idle()
}

/** As asterisk-manager parses it: lower-case keys, channel variables as an object. */
function frameOf(headers: Event['headers']): Record<string, unknown> {
  const frame: Record<string, unknown> = {}
  const variables: Record<string, string> = {}
  for (const [name, value] of headers) {
    const key = name.toLowerCase()
    if (key !== 'chanvariable') frame[key] = value
    else variables[value.split('=')[0] ?? ''] = value.split('=')[1] ?? ''
  }
  return { ...frame, chanvariable: variables }
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
