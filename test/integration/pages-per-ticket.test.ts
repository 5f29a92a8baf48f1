import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { CallRecord } from '../../server/calls/call-record.ts'
import { insertTimeline as insertCallLines, upsertCalls } from '../../server/calls/call-store.ts'
import { linkTicket } from '../../server/calls/linked-call-store.ts'
import { takeNumber } from '../../server/db/counter.ts'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Db } from '../../server/db/schema.ts'
import type { Database } from '../../server/db/transaction.ts'
import { upsertPop } from '../../server/pops/pop-store.ts'
import { newUuid } from '../../server/system-clock.ts'
import { insertTicket, insertTimeline } from '../../server/tickets/ticket-store.ts'
import { insertPerson } from '../support/promise-ledger.ts'

/** Tickets that are there before: enough that every index has leaves of its own. */
const BEFORE = 600
const MEASURED = 100
const PAGE = 4096
/** Of the WAL file and of each page in it. */
const FILE_HEADER = 32
const FRAME_HEADER = 24

let folder: string
let database: Database
let made = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'))
  database = await openDatabase(`sqlite:${folder}/hotline.db`)
  await migrateToLatestOrThrow(database)
  await insertPerson(database, {
    id: 'agent',
    username: 'agent',
    displayName: 'agent',
    role: 'agent',
    extension: '101',
  })
  for (let index = 0; index < BEFORE; index += 1) {
    const call = aRingingCall()
    await database.transaction(({ db }) => ring(db, call))
    await database.transaction(({ db }) => openTicket(db, call))
  }
})
afterAll(async () => {
  await database.close()
  rmSync(folder, { recursive: true })
})

function aRingingCall(): CallRecord {
  made += 1
  const at = new Date(Date.parse('2026-11-22T01:00:00.000Z') + made * 30_000).toISOString()
  return {
    id: newUuid(),
    pbx_id: 'pbx1',
    uniqueid: `1763.${String(made).padStart(6, '0')}`,
    direction: 'inbound',
    status: 'ringing',
    outcome: null,
    queue: 'hotline',
    caller_raw: `09123${made}`,
    caller_key: `+849123${made}`,
    entered_at: at,
    answered_at: null,
    ended_at: null,
    wait_seconds: null,
    talk_seconds: null,
    recovered: 0,
    local_day: '2026-11-22',
    state: JSON.stringify({ filler: 'x'.repeat(900) }),
    updated_at: at,
  }
}

async function ring(db: Db, call: CallRecord): Promise<void> {
  await upsertCalls(db, [call])
  const pop = { id: newUuid(), callId: call.id, staffId: 'agent', ticketId: null }
  await upsertPop(db, 'ring', { ...pop, at: call.entered_at })
}

/** What the service writes when an agent answers. */
async function openTicket(db: Db, ringing: CallRecord): Promise<void> {
  const at = ringing.entered_at
  const call = { ...ringing, status: 'talking', answered_at: at, wait_seconds: 0 }
  const id = newUuid()
  const text = { note: '', fields: '{}', detail: '{}' }
  await upsertCalls(db, [call])
  await insertCallLines(db, [
    {
      id: newUuid(),
      call_id: call.id,
      event_key: `answered/${at}`,
      at,
      kind: 'answered',
      detail: text.detail,
    },
  ])
  const number = await takeNumber(db, 'ticket:2026')
  await insertTicket(db, {
    id,
    code: `KN-2026-${String(number).padStart(6, '0')}`,
    status: 'new',
    kind: 'incident',
    priority: 'normal',
    team: 'cskh',
    channel: 'hotline',
    subject: '',
    description: '',
    customer_id: null,
    number_raw: call.caller_raw,
    number_key: call.caller_key,
    assignee_id: 'agent',
    received_at: at,
    due_at: at,
    opened_by_call_id: call.id,
    recovered: 0,
    search_text: call.caller_raw,
    version: 1,
    created_at: at,
    updated_at: at,
  })
  await insertTimeline(db, {
    id: newUuid(),
    ticket_id: id,
    at,
    actor_id: 'agent',
    kind: 'opened',
    note: text.note,
    fields: text.fields,
  })
  await linkTicket(db, { callId: call.id, ticketId: id })
  await upsertPop(db, 'answer', {
    id: newUuid(),
    callId: call.id,
    staffId: 'agent',
    ticketId: id,
    at,
  })
}

/** Pages that one transaction makes durable: frames in a log that was empty before. */
async function pagesOf(work: (db: Db) => Promise<void>): Promise<number> {
  await sql`pragma wal_checkpoint(truncate)`.execute(database.db)
  await database.transaction(({ db }) => work(db))
  const { size } = statSync(`${folder}/hotline.db-wal`)
  return (size - FILE_HEADER) / (PAGE + FRAME_HEADER)
}

/** Budget of the design, for a caller who is nobody's customer. */
const PAGES_AT_MOST = 14

it('an opened ticket makes 14 pages durable, more only when one is full and splits', async () => {
  const pages: number[] = []
  for (let index = 0; index < MEASURED; index += 1) {
    const call = aRingingCall()
    await database.transaction(({ db }) => ring(db, call))
    pages.push(await pagesOf((db) => openTicket(db, call)))
  }
  // One page of each tree that is written to: what a further index would raise.
  expect(Math.min(...pages)).toBeLessThanOrEqual(PAGES_AT_MOST)
  const mean = pages.reduce((sum, count) => sum + count, 0) / MEASURED
  expect(mean).toBeLessThan(PAGES_AT_MOST + 4)
})
