import { answerAction } from './actions.ts'
import { startAmiServer, type AmiServer, type AmiUser } from './ami-server.ts'
import { placeCallback } from './callback-call.ts'
import { type CallerPlan, type HotlineCall, placeHotlineCall } from './hotline-call.ts'
import { createPbx, type Clock, type Pbx } from './pbx.ts'

/** What may differ from a well set-up PBX: tests and `doctor` make wrong ones of it. */
export interface SimulatorOptions {
  port?: number
  clock?: Clock
  /** Picks the length of rings and talks; 0 to 1. */
  random?: () => number
  users?: readonly AmiUser[]
  queues?: readonly string[]
  contexts?: readonly string[]
  version?: string
  hotlineNumber?: string
}

export interface Simulator {
  amiUrl: string
  dialerUrl: string
  pbx: Pbx
  server: AmiServer
  /** A customer calls the hotline; what is left out is chosen by chance. */
  placeCall: (wanted?: Partial<CallerPlan>) => HotlineCall
  stop: () => Promise<void>
}

const SECRET = 'simulator'
const TRACKER: AmiUser = {
  name: 'hotline-tracker',
  secret: SECRET,
  read: ['system', 'call', 'agent', 'user'],
  write: ['reporting'],
  filter: null,
}
const DIALLER: AmiUser = {
  name: 'hotline-dialler',
  secret: SECRET,
  read: ['system'],
  write: ['originate', 'agent'],
  filter: new Set(['FullyBooted', 'Shutdown']),
}
export const SIMULATED_USERS: readonly AmiUser[] = [TRACKER, DIALLER]
export const SIMULATED_CONTEXTS: readonly string[] = [
  'from-trunk',
  'hotline',
  'hotline-queue',
  'hotline-ingress',
  'hotline-answered',
  'hotline-ended',
  'agents',
  'callback-out',
  'callback-ended',
]

const realClock: Clock = {
  nowMs: () => Date.now(),
  after: (ms, task) => {
    const timer = setTimeout(task, ms)
    return () => clearTimeout(timer)
  },
}

/** A small PBX behind a real AMI port: queue, phones that answer by themselves, callbacks, journal. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const { clock = realClock, random = Math.random, users = SIMULATED_USERS } = options
  let server: AmiServer | null = null
  const pbx = createPbx(
    clock,
    (eventClass, event) => server?.publish(eventClass, event),
    options.hotlineNumber,
  )
  const between = (from: number, to: number) => Math.round(from + random() * (to - from))
  const settings = {
    version: options.version ?? '22.10.1',
    queues: options.queues ?? ['hotline'],
    contexts: options.contexts ?? SIMULATED_CONTEXTS,
    originate: (order: { channelId: string; extension: string; number: string; ringMs: number }) =>
      placeCallback(pbx, {
        ...order,
        agentAnswersAfterMs: between(1_000, 3_000),
        customerAnswersAfterMs: between(2_000, 5_000),
        talkMs: between(12_000, 20_000),
      }),
  }
  server = await startAmiServer({
    port: options.port ?? 0,
    users,
    answer: (action, user) => answerAction(pbx, settings, action, user),
    fullyBooted: () => [
      ['Event', 'FullyBooted'],
      ['Privilege', 'system,all'],
      ['Status', 'Fully Booted'],
      ['Uptime', String(Math.floor((clock.nowMs() - pbx.bootedAtMs) / 1000))],
      ['LastReload', '0'],
    ],
  })
  return {
    amiUrl: `ami://hotline-tracker:${SECRET}@127.0.0.1:${server.port}/pbx1`,
    dialerUrl: `ami://hotline-dialler:${SECRET}@127.0.0.1:${server.port}/pbx1`,
    pbx,
    server,
    placeCall: (wanted = {}) =>
      placeHotlineCall(pbx, {
        number: '0912000001',
        queue: 'hotline',
        patienceMs: between(40_000, 90_000),
        talkMs: between(10_000, 40_000),
        answerAfterMs: () => between(2_000, 6_000),
        ...wanted,
      }),
    stop: () => server.close(),
  }
}
