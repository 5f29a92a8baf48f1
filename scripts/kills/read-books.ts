import { z } from 'zod'
import { callbackView } from '#contract/callbacks.ts'
import { callDetail, callRow } from '#contract/calls.ts'
import { pageOf } from '#contract/primitives.ts'
import { queuesSnapshot } from '#contract/queues.ts'
import { ticketRow } from '#contract/tickets.ts'
import type { ApiClient } from '../demo/api-client.ts'
import type { BookCall, BookCounts, Books } from './evidence.ts'

/** What a supervisor can read of calls, tickets, promises and the board. */
export async function readBooks(admin: ApiClient): Promise<Books> {
  const rows = await readAll(admin, '/api/calls', callRow)
  const calls: BookCall[] = []
  for (const { id } of rows)
    calls.push(bookCallOf(callDetail.parse(await admin.get(`/api/calls/${id}`))))
  const tickets = await readAll(admin, '/api/tickets', ticketRow)
  const promises = await readAll(admin, '/api/callbacks', callbackView)
  return {
    calls,
    tickets: tickets.map(({ id, code, number, assignee }) => ({
      id,
      code,
      number: number?.raw ?? '',
      assignee: assignee?.displayName ?? null,
    })),
    promises: promises.map(({ number, status, attempts }) => ({
      number: number.raw,
      status,
      attempts: attempts.map(({ outcome }) => outcome),
    })),
    today: await readBoard(admin),
  }
}

/** How many calls and attempts are under way by the books. */
export async function countOpen(admin: ApiClient): Promise<number> {
  const rows = await readAll(admin, '/api/calls', callRow)
  const promises = await readAll(admin, '/api/callbacks?status=dialing', callbackView)
  return rows.filter(({ status }) => status !== 'ended').length + promises.length
}

async function readBoard(admin: ApiClient): Promise<Record<string, BookCounts>> {
  const { queues } = queuesSnapshot.parse(await admin.get('/api/queues'))
  return Object.fromEntries(queues.map(({ name, today }) => [name, today]))
}

function bookCallOf(call: z.infer<typeof callDetail>): BookCall {
  const { id, uniqueid, direction, outcome, queue, number, waitSeconds, talkSeconds, recovered } =
    call
  return {
    id,
    uniqueid,
    direction,
    outcome,
    queue,
    waitSeconds,
    talkSeconds,
    recovered,
    number: number.raw,
    ticketId: call.ticket?.id ?? null,
    agents: call.segments
      .map(({ extension }) => extension)
      .filter((name, place, all) => name !== all[place - 1]),
  }
}

async function readAll<Item extends z.ZodType>(
  admin: ApiClient,
  path: string,
  item: Item,
): Promise<z.infer<Item>[]> {
  const items: z.infer<Item>[] = []
  let cursor: string | null = null
  do {
    const next = cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`
    const text = await admin.get(`${path}${path.includes('?') ? '&' : '?'}limit=200${next}`)
    const page = pageOf(item).parse(text)
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}
