import { setTimeout as delay } from 'node:timers/promises'
import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { type ApiClient, signIn } from '../demo/api-client.ts'
import { DEMO_PASSWORD, PERSON_AT_THE_BROWSER } from '../demo/people.ts'
import { seedDemo } from '../seed.ts'
import { startSimulator, type Simulator } from '../simulator/simulator.ts'
import { startBenchService } from './bench-service.ts'
import { type Event, recordCalls } from './call-stream.ts'
import { quantile } from './statistics.ts'

const BOARDS = 200
const CALLS = 200
/** Ten calls a second, each with all of its events: more than any floor has. */
const CALL_EVERY_MS = 100
const WAITS_MS = 2_000
const STEERED = 50
const SUPERVISOR = 'giamsat'
const EXTENSION = '101'

/** In milliseconds; of `count` samples. */
export interface Staleness {
  p50: number
  p99: number
  max: number
  count: number
}

const patch = z.object({
  queues: z.array(z.object({ waiting: z.array(z.object({ uniqueid: z.string() })).optional() })),
})
const told = z.object({ kind: z.string() })

/**
 * From a caller's event leaving the PBX to each of 200 open boards, and from a supervisor's pause to the
 * page of the agent whom it is about. The service is a process of its own; PBX and pages are this one.
 */
export async function measureStaleness(
  folder: string,
): Promise<{ boards: Staleness; steered: Staleness }> {
  const simulator = await startSimulator()
  const service = await startBenchService({
    file: `${folder}/board.db`,
    logFile: `${folder}/board.log`,
    pbx: simulator,
  })
  const pages: Socket[] = []
  try {
    const { baseUrl } = service
    await seedDemo(baseUrl)
    const chief = await signIn(baseUrl, { username: SUPERVISOR, password: DEMO_PASSWORD })
    for (let board = 0; board < BOARDS; board += 1)
      pages.push(await openPage(chief, 'queues_snapshot'))
    const boards = await boardsSee(simulator, pages)
    const lan = await signIn(baseUrl, { username: PERSON_AT_THE_BROWSER, password: DEMO_PASSWORD })
    await lan.post('/api/desk/state', { state: 'ready' })
    const desk = await openPage(lan, 'desk_snapshot')
    pages.push(desk)
    return { boards, steered: await agentHears(chief, desk) }
  } finally {
    for (const page of pages) page.disconnect()
    await service.stop()
    await simulator.stop()
  }
}

async function openPage({ baseUrl, cookie }: ApiClient, first: string): Promise<Socket> {
  const page = io(baseUrl, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie } })
  await new Promise<void>((resolve) => void page.once(first, () => resolve()))
  return page
}

async function boardsSee(simulator: Simulator, pages: readonly Socket[]): Promise<Staleness> {
  const sentAt = new Map<string, number>()
  const samples: number[] = []
  const all = Promise.withResolvers<void>()
  for (const page of pages) {
    const seen = new Set<string>()
    page.on('queues_patch', (message: unknown) => {
      const at = performance.now()
      for (const { waiting = [] } of patch.parse(message).queues) {
        for (const { uniqueid } of waiting) {
          const sent = sentAt.get(uniqueid)
          if (sent === undefined || seen.has(uniqueid)) continue
          seen.add(uniqueid)
          samples.push(at - sent)
          if (samples.length === CALLS * pages.length) all.resolve()
        }
      }
    })
  }
  const talks: Promise<void>[] = []
  for (const { uniqueid, before, answer, after } of recordCalls(
    CALLS,
    ['102', '103'],
    Date.now(),
  )) {
    const joined = before.findIndex(({ headers }) => headers[0]?.[1] === 'QueueCallerJoin') + 1
    publish(simulator, before.slice(0, joined))
    sentAt.set(uniqueid, performance.now())
    const rest = [...before.slice(joined), answer, ...after]
    // longer than a board may be behind: it sees everybody wait
    talks.push(delay(WAITS_MS).then(() => publish(simulator, rest)))
    await delay(CALL_EVERY_MS)
  }
  await Promise.all([all.promise, ...talks])
  return summary(samples)
}

async function agentHears(chief: ApiClient, desk: Socket): Promise<Staleness> {
  const samples: number[] = []
  const member = `/api/queues/hotline/members/${EXTENSION}`
  for (let order = 0; order < STEERED; order += 1) {
    const heard = untilSteered(desk)
    const sent = performance.now()
    await chief.post(member, { paused: true, reason: 'meeting' })
    samples.push((await heard) - sent)
    await chief.post(member, { paused: false })
  }
  return summary(samples)
}

function untilSteered(desk: Socket): Promise<number> {
  return new Promise((resolve) => {
    const hear = (message: unknown): void => {
      if (told.parse(message).kind !== 'member_steered') return
      desk.off('notification', hear)
      resolve(performance.now())
    }
    desk.on('notification', hear)
  })
}

function publish(simulator: Simulator, events: readonly Event[]): void {
  for (const { eventClass, headers } of events) simulator.server.publish(eventClass, headers)
}

function summary(samples: number[]): Staleness {
  const max = Math.max(...samples)
  return { p50: quantile(samples, 0.5), p99: quantile(samples, 0.99), max, count: samples.length }
}
