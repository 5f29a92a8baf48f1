import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { DEMO_PASSWORD, PERSON_AT_THE_BROWSER } from '../demo/people.ts'
import { seedDemo } from '../seed.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'
import { startBenchService } from './bench-service.ts'
import { describeMachine } from './machine.ts'
import { quantile } from './statistics.ts'

/**
 * An import of many customers while calls are answered: `node import.ts [lines] [databaseUrl]`. Prints
 * how long it took, the longest gap of the event loop and the longest work in it (a gap that is longer
 * waited for the disk or for a processor that others have), and how long answered calls waited for their
 * pop with its ticket. The service is a process of its own, run as `npm start` runs it.
 */
const lines = Number(process.argv[2] ?? 100_000)
const databaseUrl = process.argv[3]
const CALL_EVERY_MS = 250
const LOST_MS = 30_000

const pop = z.object({ id: z.string(), rev: z.number(), stage: z.string(), ticket: z.unknown() })
const report = z.looseObject({
  status: z.string(),
  created: z.number(),
  updated: z.number(),
  unchanged: z.number(),
})

console.log(
  describeMachine(),
  '· load',
  loadavg()
    .map((load) => load.toFixed(1))
    .join(' '),
)
// made before the PBX begins to be asked whether it is there
const [first, second] = [csv(1), csv(2)]
const folder = mkdtempSync(join(tmpdir(), 'hotline-import-'))
const gapsFile = join(folder, 'gaps')
const simulator = await startSimulator()
const service = await startBenchService({
  file: join(folder, 'import.db'),
  logFile: join(folder, 'service.log'),
  pbx: simulator,
  ...(databaseUrl === undefined ? {} : { databaseUrl }),
  env: {
    LOOP_PROBE_FILE: gapsFile,
    NODE_OPTIONS: `--import=${new URL('loop-probe.ts', import.meta.url).href}`,
  },
})
try {
  await seedDemo(service.baseUrl)
  const admin = await signIn('admin')
  const browser = await openBrowser()
  await becomeReady()
  await measured('nothing else', async () => delay(5_000), browser)
  await measured('new customers', () => upload(admin, first), browser)
  await measured('the same again', () => upload(admin, first), browser)
  await measured('all changed', () => upload(admin, second), browser)
  browser.disconnect()
} finally {
  // what it warned of: a PBX that was not heard for seconds explains a pop that never came
  console.log(readFileSync(join(folder, 'service.log'), 'utf8').trim())
  await service.stop()
  await simulator.stop()
  rmSync(folder, { recursive: true, force: true })
}
process.exit(0)

async function measured(name: string, work: () => Promise<unknown>, browser: Socket) {
  writeFileSync(gapsFile, '')
  const startedAt = performance.now()
  let isOver = false
  const calls = answerCalls(simulator, browser, () => isOver)
  const outcome = await work()
  const seconds = (performance.now() - startedAt) / 1000
  await delay(2_000)
  isOver = true
  const waits = await calls
  const probes = readFileSync(gapsFile, 'utf8').trim().split('\n')
  const [gap = 0, worked = 0] = [0, 1].map((column) =>
    Math.max(...probes.map((line) => Number(line.split(' ')[column]))),
  )
  const figures = [
    `${seconds.toFixed(1)} s`,
    `longest gap ${gap.toFixed(0)} ms, longest work in one go ${worked.toFixed(0)} ms`,
    `${waits.length} calls: pop with ticket p50 ${quantile(waits, 0.5).toFixed(0)} ms, longest ${Math.max(...waits).toFixed(0)} ms`,
    `longest three: ${waits
      .toSorted((a, b) => b - a)
      .slice(0, 3)
      .map((ms) => ms.toFixed(0))
      .join(', ')} ms`,
    JSON.stringify(outcome ?? {}),
  ]
  console.log(`${name}, until ${new Date().toISOString()}: ${figures.join(' · ')}`)
}

async function upload(cookie: string, body: Buffer<ArrayBuffer>) {
  const reply = await fetch(`${service.baseUrl}/api/customers/import`, {
    method: 'POST',
    // a connection that lay idle may just be closed by the service
    headers: { cookie, connection: 'close', 'content-type': 'text/csv' },
    body,
  })
  const { status, created, updated, unchanged } = report.parse(await reply.json())
  return { status, created, updated, unchanged }
}

/**
 * One after the other until it is over; how long each waited from its answer to the pop. They are
 * calls of the PBX itself, which still knows them when the service compares the PBX with what it heard.
 */
async function answerCalls(
  pbx: Simulator,
  browser: Socket,
  isOver: () => boolean,
): Promise<number[]> {
  const waits: number[] = []
  for (let made = 0; !isOver(); made += 1) {
    const answeredAt = answerOfNextCall(pbx)
    const shown = popWithTicket(browser)
    const call = pbx.placeCall({
      number: `09${String(10_000_000 + made)}`,
      answerAfterMs: () => CALL_EVERY_MS / 2,
      talkMs: LOST_MS * 2,
    })
    const from = await answeredAt
    // no pop at all counts as the longest wait
    const at = await Promise.race([shown, delay(LOST_MS, null)])
    waits.push(at === null ? LOST_MS : at - from)
    call.hangUp()
    await delay(CALL_EVERY_MS / 2)
  }
  return waits
}

/** When the PBX says that an agent has answered. */
function answerOfNextCall({ server }: Simulator): Promise<number> {
  const { publish } = server
  return new Promise((resolve) => {
    server.publish = (eventClass, headers) => {
      publish(eventClass, headers)
      if (headers[0]?.[1] !== 'AgentConnect') return
      server.publish = publish
      resolve(performance.now())
    }
  })
}

function popWithTicket(browser: Socket): Promise<number> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      const at = performance.now()
      const { stage, ticket } = pop.parse(message)
      if (stage !== 'answered' || ticket === null) return
      browser.off('screen_pop', listen)
      resolve(at)
    }
    browser.on('screen_pop', listen)
  })
}

async function signIn(username: string): Promise<string> {
  const reply = await fetch(`${service.baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username, password: DEMO_PASSWORD }),
  })
  return reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

/** Whoever sits at the browser takes calls from now on. */
async function becomeReady(): Promise<void> {
  const reply = await fetch(`${service.baseUrl}/api/desk/state`, {
    method: 'POST',
    headers: {
      cookie: await signIn(PERSON_AT_THE_BROWSER),
      'content-type': 'application/json',
    },
    body: JSON.stringify({ state: 'ready' }),
  })
  if (!reply.ok) throw new Error(`nobody became ready: ${await reply.text()}`)
}

async function openBrowser(): Promise<Socket> {
  const cookie = await signIn(PERSON_AT_THE_BROWSER)
  const socket = io(service.baseUrl, { transports: ['websocket'], extraHeaders: { cookie } })
  socket.on('screen_pop', (message: unknown, receipt: (seen: unknown) => void) => {
    const { id, rev } = pop.parse(message)
    receipt({ id, rev })
  })
  await new Promise<void>((resolve) => {
    socket.once('desk_snapshot', () => resolve())
  })
  return socket
}

/** Names, numbers, addresses and one contract each; `edition` changes the plans of all. */
function csv(edition: number): Buffer<ArrayBuffer> {
  const header =
    'Mã khách hàng,Tên khách hàng,Điện thoại,Địa chỉ,Số hợp đồng,Gói cước,Mã kênh,Trạng thái,Địa chỉ lắp đặt,Khu vực'
  const rows = Array.from({ length: lines }, (_, index) => {
    const number = `09${String(20_000_000 + index)}`
    const place = `"${index} ngõ ${index % 90}, đường Nguyễn Trãi, Hà Nội"`
    const contract = `HD-${index},FTTH ${edition}00,LL-${index},Đang hoạt động,${place},Thanh Xuân`
    return `DC-${index},Nguyễn Thị Ánh ${index},${number},${place},${contract}`
  })
  return Buffer.from(`\uFEFF${[header, ...rows].join('\r\n')}\r\n`)
}
