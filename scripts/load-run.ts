import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { openDatabase } from '../server/db/database.ts'
import { type ApiClient, signIn } from './demo/api-client.ts'
import { startService } from './demo/service-process.ts'
import { EXTENSIONS } from './pbx-lab/access.ts'
import { startLab, type Lab } from './pbx-lab/lab.ts'
import { freeTcpPort } from './pbx-lab/ports.ts'
import { LOAD_QUEUE, startTraffic } from './pbx-lab/traffic.ts'

/**
 * Many real SIP calls through the lab and the whole service, then the books are compared: answered
 * calls ↔ tickets, no duplicate, no error in the log, memory at the start and at the end.
 *   node scripts/load-run.ts --calls 1000 --rate 15
 */
const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '1000' },
    rate: { type: 'string', default: '15' },
    talk: { type: 'string', default: '300' },
  },
})
const calls = Number(values.calls)
const AGENTS = EXTENSIONS.slice(0, 10)
const PASSWORD = 'load-run-password'

const folder = mkdtempSync(join(tmpdir(), 'hotline-load-'))
const stops: (() => Promise<void>)[] = []
try {
  await run()
} finally {
  for (const stop of stops.toReversed()) await stop()
  rmSync(folder, { recursive: true, force: true })
}

async function run(): Promise<void> {
  const lab = await startLab({ queues: LOAD_QUEUE, globals: { HOTLINE_NOTICE: '' } })
  stops.push(() => lab.stop())
  const databaseUrl = `sqlite:${folder}/hotline.db`
  const baseUrl = await startHotline(lab, databaseUrl)
  await hireAgents(baseUrl)
  const before = await readMemory(baseUrl)
  const traffic = await startTraffic(lab, {
    callsPerSecond: Number(values.rate),
    maxCalls: calls,
    talkMs: Number(values.talk),
  })
  stops.push(() => traffic.stop())
  const half = await memoryAtHalf(baseUrl, databaseUrl)
  const result = await traffic.result
  const after = await settledMemory(baseUrl, databaseUrl)
  const books = await readBooks(databaseUrl)
  const log = readFileSync(`${folder}/service.log`, 'utf8').split('\n')
  const errors = log.filter((line) => /"level":(50|60)/.test(line))
  const rate = (result.placed.successful / result.seconds).toFixed(1)
  console.log(
    `sipp: ${result.placed.successful} calls placed, ${result.answered.successful} answered`,
  )
  console.log(`rate: ${rate} calls/s over ${result.seconds.toFixed(0)} s`)
  console.log(`calls: ${books.calls} (${books.answered} answered, ${books.open} still open)`)
  console.log(`tickets: ${books.tickets}, of them for one call twice: ${books.doubled}`)
  console.log(`pops still live: ${books.livePops}`)
  console.log(`errors in the log: ${errors.length}`)
  console.log(`memory: ${before} MB before, ${half} MB at half, ${after} MB at the end`)
  for (const line of errors.slice(0, 5)) console.log(line)
  const isRight =
    books.tickets === result.answered.successful &&
    books.answered === result.answered.successful &&
    books.open + books.doubled + books.livePops + errors.length === 0
  process.exitCode = isRight ? 0 : 1
}

async function startHotline(lab: Lab, databaseUrl: string): Promise<string> {
  const port = await freeTcpPort()
  const baseUrl = `http://127.0.0.1:${port}`
  const env = {
    PATH: process.env['PATH'],
    AMI_URL: lab.amiUrl,
    AMI_DIALER_URL: lab.dialerUrl,
    WRAP_UP_SECONDS: LOAD_QUEUE.wrapuptime,
    DATABASE_URL: databaseUrl,
    PORT: String(port),
    ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: 'warn',
    CALLBACK_HOURS: '00:00-24:00',
    // The agents of the run are telephones without a page, and press no keys.
    CALLBACK_CONFIRM: 'off',
    OFFLINE_WITHOUT_PAGE_MINUTES: '0',
  }
  await startService(env, baseUrl, `${folder}/service.log`, (stop) => stops.push(stop))
  return baseUrl
}

async function hireAgents(baseUrl: string): Promise<void> {
  const admin = await signIn(baseUrl, { username: 'admin', password: PASSWORD })
  for (const extension of AGENTS) {
    const username = `agent${extension}`
    const person = { username, displayName: username, role: 'agent', extension, password: PASSWORD }
    await admin.post('/api/staff', person)
    const agent = await signIn(baseUrl, { username, password: PASSWORD })
    await becomeReady(agent)
  }
}

async function becomeReady(agent: ApiClient): Promise<void> {
  await agent.post('/api/desk/state', { state: 'ready' })
}

/** Resident memory of the service in whole megabytes. */
async function readMemory(baseUrl: string): Promise<number> {
  const text = await (await fetch(`${baseUrl}/metrics`)).text()
  const bytes = /^process_resident_memory_bytes (\S+)/m.exec(text)?.[1]
  return Math.round(Number(bytes) / 1e6)
}

async function memoryAtHalf(baseUrl: string, databaseUrl: string): Promise<number> {
  await untilBooks(databaseUrl, (books) => books.calls >= calls / 2)
  return readMemory(baseUrl)
}

async function settledMemory(baseUrl: string, databaseUrl: string): Promise<number> {
  await untilBooks(databaseUrl, (books) => books.open === 0)
  return readMemory(baseUrl)
}

type Books = Awaited<ReturnType<typeof readBooks>>

async function untilBooks(databaseUrl: string, isIt: (books: Books) => boolean): Promise<void> {
  const deadline = performance.now() + 10 * 60_000
  while (!isIt(await readBooks(databaseUrl))) {
    if (performance.now() > deadline)
      throw new Error('the books did not come that far in 10 minutes')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

async function readBooks(databaseUrl: string) {
  const database = await openDatabase(databaseUrl)
  try {
    const count = async (query: string): Promise<number> => {
      const { rows } = await sql<{ n: number }>`${sql.raw(query)}`.execute(database.db)
      return rows[0]?.n ?? 0
    }
    return {
      calls: await count('select count(*) as n from call'),
      answered: await count(`select count(*) as n from call where outcome = 'answered'`),
      open: await count(`select count(*) as n from call where status <> 'ended'`),
      tickets: await count('select count(*) as n from ticket'),
      doubled: await count('select count(*) - count(distinct opened_by_call_id) as n from ticket'),
      livePops: await count(
        `select count(*) as n from screen_pop where stage in ('ringing', 'answered')`,
      ),
    }
  } finally {
    await database.close()
  }
}
