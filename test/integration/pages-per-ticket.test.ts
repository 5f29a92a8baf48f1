import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { customerCreate } from '../../server/contract/customers.ts'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import { callEvents } from '../support/call-table.ts'
import { openTestHouse, type TestHouse } from '../support/house.ts'

/** Tickets that are there before: enough that every index has leaves of its own. */
const BEFORE = 600
const MEASURED = 100
const PAGE = 4096
/** Of the WAL file and of each page in it. */
const FILE_HEADER = 32
const FRAME_HEADER = 24

let folder: string
let database: Database
let house: TestHouse
let made = 0

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'pages-'))
  database = await openDatabase(`sqlite:${folder}/hotline.db`)
  await migrateToLatestOrThrow(database)
  house = await openTestHouse(database)
  const agent = { id: 'agent', username: 'agent', displayName: 'agent' }
  await house.hire({ ...agent, role: 'agent', extension: '101' })
  for (let index = 0; index < BEFORE; index += 1) {
    // oxlint-disable-next-line no-await-in-loop
    await play(await ring())
  }
}, 180_000)
afterAll(async () => {
  await house.pops.stop()
  await database.close()
  rmSync(folder, { recursive: true })
})

/** A call rings at the agent; answers how it is answered, and how it ends. */
async function ring(): Promise<{ answer: string; end: string }> {
  made += 1
  const caller = `trunk#${made}a`
  const agent = `101#${made}b`
  await hear(`
    00:00.000  queue_joined     ${caller}
    00:01.000  agent_called     ${caller}  ${agent}`)
  return {
    answer: `00:05.000  agent_connected  ${caller}  ${agent}  hold=5`,
    end: `
      00:45.000  hung_up  ${agent}
      00:45.001  hung_up  ${caller}`,
  }
}

async function hear(table: string): Promise<void> {
  for (const event of callEvents(table)) house.ears.onCallEvent(event)
  await house.calls.idle()
}

async function play({ answer, end }: { answer: string; end: string }): Promise<void> {
  await hear(answer)
  await hear(end)
}

/** Pages that one transaction makes durable: frames in a log that was empty before. */
async function pagesOf(work: () => Promise<void>): Promise<number> {
  await sql`pragma wal_checkpoint(truncate)`.execute(database.db)
  await work()
  const { size } = statSync(`${folder}/hotline.db-wal`)
  return (size - FILE_HEADER) / (PAGE + FRAME_HEADER)
}

/** The statements that SQLite runs meanwhile: what each does to which table. */
async function statementsOf(work: () => Promise<void>): Promise<string[]> {
  const seen: string[] = []
  const statement = Object.getPrototypeOf(new BetterSqlite(':memory:').prepare('select 1'))
  const { run, all } = statement
  for (const [name, original] of Object.entries({ run, all })) {
    statement[name] = function noted(this: BetterSqlite.Statement, ...values: unknown[]) {
      seen.push(shortOf(this.source))
      return original.apply(this, values)
    }
  }
  try {
    await work()
  } finally {
    Object.assign(statement, { run, all })
  }
  return seen
}

function shortOf(source: string): string {
  const [, verb = source, table = ''] =
    /^(insert|update|select|delete)\b.*?(?:into|update|from) "(\w+)"/s.exec(source) ?? []
  return `${verb} ${table}`.trim()
}

/**
 * One of each tree that is written to, for a caller who is nobody's customer; the design's budget is
 * 14. The last came with search: what its loop has to index.
 */
const TREES = 14
/**
 * What the three clocks of a ticket add: the rows themselves, their index by ticket, and two leaves of
 * the index of alarms, for the restoration falls due in hours and the case in weeks.
 */
const CLOCKS = 4

it('an opened ticket makes 14 pages durable and 4 for its clocks, more only when one is full and splits', async () => {
  const pages: number[] = []
  for (let index = 0; index < MEASURED; index += 1) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    const { answer, end } = await ring()
    // oxlint-disable-next-line no-await-in-loop
    pages.push(await pagesOf(() => hear(answer)))
    // oxlint-disable-next-line no-await-in-loop
    await hear(end)
  }
  const { count } = await database.db
    .selectFrom('ticket')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(count).toBe(BEFORE + MEASURED)
  // What a further index would raise.
  expect(Math.min(...pages)).toBe(TREES + CLOCKS)
  // Three rows more per ticket fill their pages sooner: 23.4 to 25.4 measured.
  const mean = pages.reduce((sum, each) => sum + each, 0) / MEASURED
  expect(mean).toBeLessThan(TREES + CLOCKS + 9)
})

const OPENING = [
  'begin immediate',
  'insert call_event',
  'select customer_phone',
  'insert counter',
  'insert ticket',
  'insert ticket_timeline',
  'insert ticket_clock',
  'insert screen_pop',
  'insert call',
  'select ticket',
]

it('an opened ticket is one statement for each of its tables and two reads', async () => {
  const { answer, end } = await ring()
  const transaction = await statementsOf(() => hear(answer))
  const atCommit = transaction.indexOf('commit')
  expect(transaction.slice(0, atCommit)).toEqual(OPENING)
  // for the desk, once the pop is on its way
  expect(transaction.slice(atCommit + 1).filter((one) => one !== 'select call')).toEqual([])
  await hear(end)
})

it('an opened ticket that belongs to a contract is no statement more', async () => {
  const contracts = [{ contractNo: 'HD-1', installationAddress: '12 Lê Lợi' }]
  const order = { name: 'An', phones: [{ number: '0912345678' }], contracts }
  await house.customers.service.create(customerCreate.parse(order))
  const { answer, end } = await ring()
  const transaction = await statementsOf(() => hear(answer))
  expect(transaction.slice(0, transaction.indexOf('commit'))).toEqual(OPENING)
  const { address } = await database.db
    .selectFrom('ticket')
    .select('address')
    .orderBy('code', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()
  expect(address).toBe('12 Lê Lợi')
  await hear(end)
})
