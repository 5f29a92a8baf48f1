import { spawn, type ChildProcess } from 'node:child_process'
import { createServer } from 'node:http'
import { setImmediate as turn } from 'node:timers/promises'
import { Server } from 'socket.io'
import type { DeskSnapshot } from '#contract/desk.ts'
import type { QueuesPatch } from '#contract/queues.ts'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import { createListener } from '../../server/http/listener.ts'
import { createLogger } from '../../server/logger.ts'
import type { Clock, Notifier } from '../../server/ports.ts'
import type { QueueEvent, QueueMemberView } from '../../server/queues/queue-event.ts'
import { openBenchHouse } from './bench-house.ts'
import type { House } from '../../server/house.ts'
import { createSocketServer } from '../../server/realtime/socket-server.ts'
import { systemClock } from '../../server/system-clock.ts'

const SCREENS = 200
const PATCHES = 300
const QUEUES = ['hotline', 'hotline-tech', 'hotline-business', 'hotline-billing']
const MEMBERS_PER_QUEUE = 25
const WAITING_PER_QUEUE = 3
const PUBLISH_EVERY_MS = 200
const LOGGER = createLogger({ level: 'error' })

/** What publishing `PATCHES` changes to all screens cost. */
export interface Published {
  cpuMs: number
  patches: QueuesPatch[]
  /** Bytes of all patches ÷ bytes of as many full snapshots. */
  share: number
}

/** From queue events in the service's live queues to the screens. */
export async function publishOurs(): Promise<Published> {
  const http = createListener((_request, response) => void response.end())
  const sockets = createSocketServer({ clock: systemClock, logger: LOGGER, publicUrl: '' })
  const patches: QueuesPatch[] = []
  const clock = createStepClock()
  const queues = await buildQueues(clock, {
    ...sockets.notifier,
    queuesPatch(patch) {
      patches.push(patch)
      sockets.notifier.queuesPatch(patch)
    },
  })
  await clock.step()
  sockets.attach(http.server, {
    onPageOpened: () => undefined,
    onPageClosed: () => undefined,
    identifySession: async () => ({ id: 'screen', user: SUPERVISOR }),
    liveSessions: async (ids) => new Set(ids),
    deskSnapshot: async () => DESK,
    queuesSnapshot: queues.snapshot,
    mayWatchQueues: () => true,
    onReceipt: () => undefined,
    appVersion: 'bench',
  })
  const screens = await openScreens(await http.listen(0, '127.0.0.1'))
  patches.splice(0)
  let snapshotBytes = 0
  const cpuMs = await cpuOf(async () => {
    for (let index = 0; index < PATCHES; index += 1) {
      for (const event of eventsOf(index)) queues.handle(event)
      await clock.step()
      await turn()
    }
    await screens.all
  })
  // the queues at the end stand for every snapshot: their size hardly changes
  snapshotBytes = JSON.stringify(queues.snapshot()).length * patches.length
  await queues.stop()
  screens.child.kill()
  sockets.stop()
  await http.close()
  if (patches.length !== PATCHES) throw new Error(`${patches.length} patches of ${PATCHES}`)
  return { cpuMs, patches, share: JSON.stringify(patches).length / snapshotBytes }
}

/** The same bytes by Socket.IO alone. */
export async function publishRaw(patches: readonly QueuesPatch[]): Promise<{ cpuMs: number }> {
  const http = createServer()
  const io = new Server(http, { transports: ['websocket'] })
  io.on('connection', (socket) => {
    void socket.join('queues')
    socket.emit('queues_snapshot', {})
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const address = http.address()
  if (address === null || typeof address === 'string') throw new Error('the server does not listen')
  const screens = await openScreens(`http://127.0.0.1:${address.port}`)
  const cpuMs = await cpuOf(async () => {
    for (const patch of patches) {
      io.to('queues').emit('queues_patch', patch)
      await turn()
    }
    await screens.all
  })
  screens.child.kill()
  await io.close()
  return { cpuMs }
}

async function cpuOf(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

interface Screens {
  child: ChildProcess
  /** Resolves when every screen has had every patch. */
  all: Promise<void>
}

async function openScreens(url: string): Promise<Screens> {
  const program = new URL('screens.ts', import.meta.url).pathname
  const child = spawn(process.execPath, [program, url, String(SCREENS), String(PATCHES)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const open = Promise.withResolvers<void>()
  const all = Promise.withResolvers<void>()
  child.stdout.on('data', (said) => {
    if (String(said).includes('open')) open.resolve()
    if (String(said).includes('all')) all.resolve()
  })
  await open.promise
  return { child, all: all.promise }
}

/** The live queues with their members and waiting callers: the one place that knows how they are made. */
async function buildQueues(clock: Clock, notifier: Notifier): Promise<House['queues']> {
  const database = await openDatabase('sqlite::memory:')
  await migrateToLatestOrThrow(database)
  const { queues } = await openBenchHouse({ database, clock, notifier, queues: QUEUES })
  await queues.start()
  queues.handle({
    pbxId: 'pbx1',
    at: clock.now(),
    type: 'queue_snapshot',
    queues: QUEUES.map((queue) => ({ queue, strategy: 'ringall' })),
    members: QUEUES.flatMap((_, queue) =>
      Array.from({ length: MEMBERS_PER_QUEUE }, (_one, member) => memberOf(queue, member, 1)),
    ),
    callers: QUEUES.flatMap((_, queue) =>
      Array.from({ length: WAITING_PER_QUEUE }, (_one, caller) => callerOf(queue, caller)),
    ),
  })
  return queues
}

/** What a busy floor says in a fifth of a second: a phone changed; each fourth time the line did too. */
function eventsOf(index: number): QueueEvent[] {
  const queue = index % QUEUES.length
  const member = Math.floor(index / QUEUES.length) % MEMBERS_PER_QUEUE
  const base = { pbxId: 'pbx1', at: new Date(FIRST_MS + (index + 1) * 1_000).toISOString() }
  const round = Math.floor(index / (QUEUES.length * MEMBERS_PER_QUEUE))
  const status = [6, 2, 1][round % 3] ?? 1
  const phone: QueueEvent = {
    ...base,
    type: 'member_status',
    member: memberOf(queue, member, status),
  }
  if (index % 4 !== 3) return [phone]
  const next = Math.floor(index / 4)
  const gone = { type: 'caller_left' as const, queue: QUEUES[queue] ?? '' }
  return [
    phone,
    { ...base, ...gone, uniqueid: callerOf(queue, next).uniqueid },
    { ...base, type: 'caller_joined', caller: callerOf(queue, next + WAITING_PER_QUEUE) },
  ]
}

const FIRST_MS = Date.parse('2026-11-23T02:00:00.000Z')

function memberOf(queue: number, member: number, deviceStatus: number): QueueMemberView {
  const extension = String(1000 + queue * 100 + member)
  return {
    queue: QUEUES[queue] ?? '',
    interface: `PJSIP/${extension}`,
    extension,
    memberName: `Agent ${extension}`,
    deviceStatus,
    paused: false,
    pauseReason: null,
    penalty: 0,
    lastCallAt: null,
    wrapUpSeconds: 0,
    inCall: deviceStatus === 2,
  }
}

function callerOf(queue: number, caller: number) {
  return {
    queue: QUEUES[queue] ?? '',
    uniqueid: `1795397406.${queue}${String(caller).padStart(4, '0')}`,
    channel: `PJSIP/trunk-${String(caller).padStart(8, '0')}`,
    position: WAITING_PER_QUEUE,
    joinedAt: new Date(FIRST_MS).toISOString(),
    callerIdNum: `09${String(10_000_000 + queue * 1_000_000 + caller)}`,
    callerIdName: null,
    withheld: false,
  }
}

/** Time that moves from one publishing to the next and runs what is due then. */
function createStepClock(): Clock & { step: () => Promise<void> } {
  let nowMs = FIRST_MS
  let waiting: { at: number; task: () => void }[] = []
  return {
    now: () => new Date(nowMs).toISOString(),
    nowMs: () => nowMs,
    monotonicMs: () => nowMs - FIRST_MS,
    after(ms, task) {
      const entry = { at: nowMs + ms, task }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    async step() {
      nowMs += PUBLISH_EVERY_MS
      const due = waiting.filter(({ at }) => at <= nowMs)
      waiting = waiting.filter(({ at }) => at > nowMs)
      for (const { task } of due) task()
      await turn()
    },
  }
}

const SUPERVISOR = {
  id: 'screen',
  username: 'screen',
  displayName: 'Screen',
  role: 'supervisor' as const,
  extension: null,
}
const DESK: DeskSnapshot = {
  serverTime: new Date(FIRST_MS).toISOString(),
  appVersion: 'bench',
  user: SUPERVISOR,
  state: {
    state: 'offline',
    reason: null,
    since: new Date(FIRST_MS).toISOString(),
    confirmed: true,
  },
  call: null,
  pops: [],
  callbacks: [],
  awaiting: [],
  counts: { myOpenTickets: 0, callbacksDue: 0 },
}
