import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { DEMO_PASSWORD, PERSON_AT_THE_BROWSER } from '../demo/people.ts'
import { seedDemo } from '../seed.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'
import { type AnsweredRows, prepareRawAnswers } from './answered-rows.ts'
import { startBenchService } from './bench-service.ts'
import { recordCalls, type Event, type RecordedCall } from './call-stream.ts'
import { quantile } from './statistics.ts'

const CALLS_PER_ROUND = 150
/** Between the phases of a call, so that nothing of one is measured with the next. */
const QUIET_MS = 4

export interface Latency {
  p50: number
  p99: number
}

export interface PopContest {
  ours: () => Promise<Latency>
  peer: () => Promise<Latency>
  stop: () => Promise<void>
}

const pop = z.object({ id: z.string(), rev: z.number(), stage: z.string() })

/**
 * From the bytes of AgentConnect leaving the PBX to the handler in the browser's place. The service
 * runs as `npm start` runs it, the peer in a process of its own too, with the same rows to make durable;
 * PBX (one each) and browser are this process.
 */
export async function popContest(
  folder: string,
  rows: AnsweredRows,
  rounds: number,
): Promise<PopContest> {
  const simulator = await startSimulator()
  const service = await startBenchService({
    file: `${folder}/pop.db`,
    logFile: `${folder}/service.log`,
    pbx: simulator,
  })
  const { baseUrl } = service
  await seedDemo(baseUrl)
  const browser = await openBrowser(baseUrl)
  const relayed = await startSimulator()
  const relay = await startRelay(relayed.server.port, folder, rows, rounds * CALLS_PER_ROUND)
  return {
    ours: () => measure(simulator, (call) => popOf(browser, simulator, call)),
    peer: () => measure(relayed, (call) => relayedPop(relay.socket, relayed, call)),
    stop: async () => {
      await service.stop()
      browser.disconnect()
      relay.socket.disconnect()
      relay.child.kill()
      await simulator.stop()
      await relayed.stop()
    },
  }
}

async function measure(
  simulator: Simulator,
  popAfterAnswer: (call: RecordedCall) => Promise<number>,
): Promise<Latency> {
  const samples: number[] = []
  for (const call of recordCalls(CALLS_PER_ROUND, ['101', '102'], Date.now())) {
    samples.push(await popAfterAnswer(call))
    publish(simulator, call.after)
    await delay(QUIET_MS)
  }
  return { p50: quantile(samples, 0.5), p99: quantile(samples, 0.99) }
}

function publish(simulator: Simulator, events: readonly Event[]): void {
  for (const { eventClass, headers } of events) simulator.server.publish(eventClass, headers)
}

/** The agent's pop rings first, as for a real call; then the answer is timed. */
async function popOf(browser: Socket, simulator: Simulator, call: RecordedCall): Promise<number> {
  const ringing = nextPop(browser, 'ringing')
  publish(simulator, call.before)
  await ringing
  await delay(QUIET_MS)
  const answered = nextPop(browser, 'answered')
  const sentAt = performance.now()
  publish(simulator, [call.answer])
  return (await answered) - sentAt
}

function nextPop(browser: Socket, stage: string): Promise<number> {
  return new Promise((resolve) => {
    const listen = (message: unknown) => {
      const at = performance.now()
      if (pop.parse(message).stage !== stage) return
      browser.off('screen_pop', listen)
      resolve(at)
    }
    browser.on('screen_pop', listen)
  })
}

async function relayedPop(
  socket: Socket,
  simulator: Simulator,
  call: RecordedCall,
): Promise<number> {
  publish(simulator, call.before)
  await delay(QUIET_MS)
  const arrived = new Promise<number>((resolve) => {
    socket.once('screen_pop', () => resolve(performance.now()))
  })
  const sentAt = performance.now()
  publish(simulator, [call.answer])
  return (await arrived) - sentAt
}

/** A browser's place: signed in as the agent of phone 101, gives the receipt at once. */
async function openBrowser(baseUrl: string): Promise<Socket> {
  const reply = await fetch(`${baseUrl}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ username: PERSON_AT_THE_BROWSER, password: DEMO_PASSWORD }),
  })
  const cookie = reply.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const socket = io(baseUrl, { transports: ['websocket'], extraHeaders: { cookie } })
  socket.on('screen_pop', (message: unknown, receipt: (seen: unknown) => void) => {
    const { id, rev } = pop.parse(message)
    receipt({ id, rev })
  })
  await firstMessage(socket, 'desk_snapshot')
  return socket
}

async function startRelay(
  amiPort: number,
  folder: string,
  rows: AnsweredRows,
  count: number,
): Promise<{ child: ChildProcess; socket: Socket }> {
  const program = new URL('relay.ts', import.meta.url).pathname
  const [file, rowsFile] = [`${folder}/relay.db`, `${folder}/relay-rows.json`]
  await prepareRawAnswers(file, rows, count)
  writeFileSync(rowsFile, JSON.stringify(rows))
  const given = [amiPort, file, rowsFile, count].map(String)
  const child = spawn(process.execPath, [program, ...given], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [printed] = await once(child.stdout, 'data')
  const socket = io(`http://127.0.0.1:${String(printed).trim()}`, { transports: ['websocket'] })
  await firstMessage(socket, 'connect')
  return { child, socket }
}

function firstMessage(socket: Socket, name: string): Promise<void> {
  return new Promise((resolve) => {
    socket.once(name, () => resolve())
  })
}
