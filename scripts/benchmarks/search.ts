import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { SessionUser } from '../../server/contract/staff.ts'
import { ticketQuery } from '../../server/contract/tickets.ts'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { House } from '../../server/house.ts'
import { createIndexService } from '../../server/search/index-service.ts'
import { systemClock } from '../../server/system-clock.ts'
import { openBenchHouse } from './bench-house.ts'
import { fillTickets, indexAll } from './fill-tickets.ts'
import { describeMachine } from './machine.ts'
import { ms, times } from './row.ts'
import { median, quantile } from './statistics.ts'
import { codeOf, customerId, phoneOf } from './vietnamese-rows.ts'

const ROUNDS = 40
const WARM_UP = 5
const MOST_MS = 50
const MOST_TIMES = 2
const MOST_GAP_MS = 20
/** Below this a multiple says nothing. */
const TOO_SMALL_MS = 1
const USER: SessionUser = {
  id: 'agent-1',
  username: 'agent-1',
  displayName: 'Agent 1',
  role: 'agent',
  extension: null,
}

const { values } = parseArgs({
  options: {
    tickets: { type: 'string', default: '1000000' },
    small: { type: 'string', default: '10000' },
    only: { type: 'string' },
  },
})

type Ask = (house: House, amount: number) => Promise<unknown>

const list =
  (query: Record<string, unknown>): Ask =>
  (house) =>
    house.tickets.service.list(ticketQuery.parse(query), USER)
const find = (q: string, query: Record<string, unknown> = {}) => list({ q, ...query })

const ASKS: Record<string, Ask> = {
  'list, newest first': list({}),
  'list, oldest first': list({ order: 'asc' }),
  'list, open': list({ status: 'open' }),
  'list, mine and open': list({ status: 'open', assignee: 'me' }),
  'list, mine of all times': list({ assignee: 'me' }),
  'list, team noc': list({ team: 'noc' }),
  'list, overdue': list({ overdue: '1' }),
  'list, open without a promise': list({ promise: 'none' }),
  'list, open by deadline': list({ sort: 'due' }),
  'list, open by clock': list({ sort: 'clock' }),
  'list, closed last': list({ sort: 'closed' }),
  'list, one category': list({ category: 'IPTV' }),
  'list, one category and area': list({ category: 'IPTV', area: 'Tây Hồ' }),
  'list, by mail': list({ channel: 'email' }),
  'list, complaints': list({ kind: 'complaint' }),
  'list, one customer': list({ customerId: customerId(7) }),
  'list, one number': list({ number: phoneOf(7) }),
  'counts of open tickets': (house) => house.tickets.service.counts(USER),
  'search, exact code': (house, amount) => find(codeOf(Math.floor(amount / 2)))(house, amount),
  'search, bare number of a code': find('123'),
  'search, whole number': find(phoneOf(7)),
  'search, last four digits': find('5678'),
  'search, last six digits': find('345678'),
  'search, a name': find('nguyen van anh'),
  'search, a rare name': find('ly dinh yen'),
  'search, two letters (le)': find('le'),
  'search, two letters (vu)': find('vu'),
  'search, very common (nguyen)': find('nguyễn'),
  'search, very common (ng)': find('ng'),
  'search, words of a subject': find('mat ket noi'),
  'search, five common words': find('mang cham nguyen cau giay'),
  'search, an absent word': find('zzzz'),
  'search, absent beside common': find('nguyen zzzz'),
  'search, common in open ones': find('nguyen', { status: 'open' }),
  'search, common of one category': find('nguyen', { category: 'IPTV' }),
  'customers, a name': (house) => house.customers.service.list({ q: 'nguyen van anh', limit: 50 }),
  'customers, two letters': (house) => house.customers.service.list({ q: 'le', limit: 50 }),
  'customers, an absent word': (house) => house.customers.service.list({ q: 'zzzz', limit: 50 }),
}

interface Figures {
  p50: number
  p95: number
  gap: number
  /** Of the processor, by all threads of this process: what other programs do does not count. */
  cpu: number
}

async function measure(house: House, ask: Ask, amount: number): Promise<Figures> {
  for (let round = 0; round < WARM_UP; round += 1) await ask(house, amount)
  const delays = monitorEventLoopDelay({ resolution: 1 })
  delays.enable()
  const samples: number[] = []
  const cpu: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const used = process.cpuUsage()
    const before = performance.now()
    await ask(house, amount)
    samples.push(performance.now() - before)
    cpu.push(cpuSince(used))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  delays.disable()
  return {
    p50: median(samples),
    p95: quantile(samples, 0.95),
    gap: delays.max / 1e6,
    cpu: median(cpu),
  }
}

async function fill(database: Database, amount: number): Promise<House> {
  await migrateToLatestOrThrow(database)
  const documents = database.db.selectFrom('ticket_doc').select('no').limit(1)
  if ((await documents.executeTakeFirst()) !== undefined) return openHouse(database)
  const before = performance.now()
  await fillTickets(database, amount)
  const filled = performance.now()
  await indexAll(database)
  const indexed = performance.now()
  await database.withoutTimeLimit((db) => sql`analyze`.execute(db))
  console.log(
    `${amount} tickets on ${database.dialect}: filled in ${seconds(filled - before)}, indexed in ${seconds(indexed - filled)}`,
  )
  return openHouse(database)
}

function openHouse(database: Database): Promise<House> {
  return openBenchHouse({ database, clock: systemClock })
}

function cpuSince(used: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(used)
  return (user + system) / 1000
}

function seconds(duration: number): string {
  return `${(duration / 1000).toFixed(0)} s`
}

/** The index written anew in the steps that run beside calls: how long each holds the loop. */
async function measureSteps(house: House, database: Database): Promise<void> {
  const index = createIndexService({
    database,
    describeNumber: house.customers.describeNumber,
    reached: async () => null,
  })
  const wall: number[] = []
  const cpu: number[] = []
  let before: string | null = ''
  for (let round = 0; round < 200 && before !== null; round += 1) {
    const from: string = before
    const used = process.cpuUsage()
    const began = performance.now()
    before = await database.transaction(({ db }) => index.indexBefore(db, 'ticket', from))
    wall.push(performance.now() - began)
    cpu.push(cpuSince(used))
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  console.log(`a step of 20 documents: ${spread(wall)}; of the processor ${spread(cpu)}`)
}

function spread(samples: number[]): string {
  return `p50 ${ms(median(samples))}, p95 ${ms(quantile(samples, 0.95))}, worst ${ms(Math.max(...samples))}`
}

async function compare(open: (name: string) => Promise<Database>): Promise<void> {
  const small = { amount: Number(values.small), database: await open('small') }
  const large = { amount: Number(values.tickets), database: await open('large') }
  const smallHouse = await fill(small.database, small.amount)
  const largeHouse = await fill(large.database, large.amount)
  for (const [what, ask] of Object.entries(ASKS)) {
    const peer = await measure(smallHouse, ask, small.amount)
    const ours = await measure(largeHouse, ask, large.amount)
    const ratio = ours.p95 / peer.p95
    const within =
      ours.p95 <= MOST_MS &&
      ours.gap <= MOST_GAP_MS &&
      (ratio <= MOST_TIMES || ours.p95 <= TOO_SMALL_MS)
    const figures = `p50 ${ms(ours.p50)}, p95 ${ms(ours.p95)}, gap ${ms(ours.gap)}, processor ${ms(ours.cpu)}`
    const against = `p50 ${ms(peer.p50)}, p95 ${ms(peer.p95)}, processor ${ms(peer.cpu)}: ${times(ratio)}`
    const load = loadavg()[0]?.toFixed(1)
    console.log(
      `${what}\n    ${figures} against ${against}; load ${load}: ${within ? 'within budget' : 'OVER BUDGET'}`,
    )
  }
  await measureSteps(largeHouse, large.database)
  for (const { database } of [small, large]) await database.close()
}

async function onSqlite(): Promise<void> {
  await mkdir('data', { recursive: true })
  const folder = await mkdtemp(join('data', 'bench-search-'))
  try {
    await compare((name) => openDatabase(`sqlite:${join(folder, `${name}.db`)}`))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function onPostgres(server: string): Promise<void> {
  await compare(async (name) => {
    const admin = await openDatabase(server)
    await sql`create schema if not exists ${sql.id(name)}`.execute(admin.db)
    await admin.close()
    const url = new URL(server)
    url.searchParams.set('options', `-c search_path=${name}`)
    return openDatabase(url.href)
  })
}

console.log(describeMachine())
if (values.only !== 'postgres') await onSqlite()
const server = process.env['TEST_DATABASE_URL']
if (values.only !== 'sqlite' && server !== undefined) await onPostgres(server)
