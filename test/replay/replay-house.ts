import { readFileSync, readdirSync } from 'node:fs'
import type { AmiFrame } from '../../server/ami/ami-frame.ts'
import { createResync, type Resync } from '../../server/ami/resync.ts'
import { parseTape, type Tape, type TapeFrame, type TapeSnapshot } from '../../server/ami/tape.ts'
import type { AmiTelephonyOptions } from '../../server/ami/pbx.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Database } from '../../server/db/transaction.ts'
import { PbxNotReady } from '../../server/ports.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import type { TestDialect } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { silentLogger } from '../support/logger.ts'
import { createPbxModel, type Frame, type PbxModel } from '../support/pbx-model.ts'

const TAPES = new URL('../tapes/', import.meta.url)

/** Every tape of the lab, by scenario. */
export function readTapes(): Tape[] {
  return readdirSync(TAPES)
    .filter((name) => name.endsWith('.jsonl'))
    .toSorted()
    .map((name) => parseTape(readFileSync(new URL(name, TAPES), 'utf8')))
}

/** How a tape is played. */
export interface Variation {
  /** Every event arrives twice. */
  doubled?: boolean
  /** The link breaks after this line; the service signs in again and resyncs. */
  breakAfter?: number
  /** So many lines after the break are lost before the link is back. */
  lost?: number
}

/** The whole service on a real database, with tapes where the PBXs would be. */
export interface ReplayHouse {
  readonly hotline: Hotline
  readonly database: Database
  readonly clock: TestClock
  /** Plays a tape as what PBX `pbxId` said; resolves when all of it is saved. */
  play(tape: Tape, pbxId: string, variation?: Variation): Promise<void>
  stop(): Promise<void>
}

export async function openReplayHouse(dialect: TestDialect, startAt: string): Promise<ReplayHouse> {
  const clock = createTestClock(startAt)
  let heard: AmiTelephonyOptions | null = null
  const hotline = await startHotline({
    amiUrl: 'ami://tape:tape@127.0.0.1:1/pbx1',
    dialect,
    clock,
    createTelephony(options) {
      heard = options
      return tapeTelephony
    },
  })
  await hotline.hire('lan', 'agent', '101')
  await hotline.hire('minh', 'agent', '102')
  await hotline.hire('tuan', 'agent', '103')
  const database = await openDatabase(hotline.databaseUrl)
  return {
    hotline,
    database,
    clock,
    async play(tape, pbxId, variation = {}) {
      if (heard === null) throw new Error('the service asked for no telephony')
      const player = createPlayer(tape, pbxId, heard, clock)
      await player.play(variation)
      await hotline.service.idle()
    },
    async stop() {
      await database.close()
      await hotline.stop()
    },
  }
}

const tapeTelephony = {
  start: () => undefined,
  stop: async () => undefined,
  status: () => [],
  originateCallback: async () => Promise.reject(new PbxNotReady('a tape dials nobody')),
  keepPlace: async () => Promise.reject(new Error('a tape takes no orders')),
  ringCustomer: async () => Promise.reject(new Error('a tape takes no orders')),
  confirmCallback: async () => Promise.reject(new Error('a tape takes no orders')),
  endChannel: async () => Promise.reject(new Error('a tape takes no orders')),
  transferCaller: async () => Promise.reject(new Error('a tape takes no orders')),
  consult: async () => Promise.reject(new Error('a tape takes no orders')),
  hangUp: async () => Promise.reject(new Error('a tape takes no orders')),
  spy: async () => Promise.reject(new Error('a tape takes no orders')),
  changeSpy: async () => Promise.reject(new Error('a tape takes no orders')),
  phoneUse: async () => Promise.reject(new Error('a tape takes no orders')),
  moveUp: async () => Promise.reject(new Error('a tape takes no orders')),
  withdraw: async () => Promise.reject(new Error('a tape takes no orders')),
  setPenalty: async () => Promise.reject(new Error('a tape takes no orders')),
  isChannelLive: async () => false,
  readCallbackJournal: async () => null,
  bootedAt: () => null,
  resync: () => undefined,
  askJournal: () => undefined,
  setMembership: async () => undefined,
}

function createPlayer(tape: Tape, pbxId: string, heard: AmiTelephonyOptions, clock: TestClock) {
  const model = createPbxModel(
    modelSnapshot(tape.header.snapshot),
    Date.parse(tape.header.recordedAt),
  )
  const resync = createResync({
    ...heard,
    pbxId,
    clock,
    logger: silentLogger,
    onReload: () => undefined,
    onClockChange: () => undefined,
  })

  async function signIn(): Promise<void> {
    resync.reset()
    const uptime = Math.floor((clock.nowMs() - model.bootedAtMs) / 1000)
    resync.onEvent({ event: 'FullyBooted', status: 'Fully Booted', uptime: String(uptime) })
    await resync.sync(requestsTo(model, clock))
  }

  async function play({ doubled = false, breakAfter, lost = 0 }: Variation): Promise<void> {
    clock.set(tape.header.recordedAt)
    await signIn()
    let isUp = true
    for (const [index, line] of tape.lines.entries()) {
      const isLost = breakAfter !== undefined && index > breakAfter && index <= breakAfter + lost
      if (!isUp && !isLost && !('link' in line)) {
        // The link comes back before the next line; lines depend on each other.
        // oxlint-disable-next-line no-await-in-loop
        await signIn()
        isUp = true
      }
      clock.set(line.at)
      if ('journal' in line) model.journal(line.journal)
      else if ('event' in line) hear(resync, line.event, model, clock, { doubled, isLost })
      else if (line.link === 'lost') {
        resync.onLost(clock.nowMs())
        isUp = false
      } else {
        model.restart(modelSnapshot(line.snapshot), clock.nowMs())
        // oxlint-disable-next-line no-await-in-loop
        await signIn()
        isUp = true
      }
      if (index === breakAfter) isUp = false
    }
    if (!isUp) await signIn()
  }

  return { play }
}

function hear(
  resync: Resync,
  event: TapeFrame,
  model: PbxModel,
  clock: TestClock,
  { doubled, isLost }: { doubled: boolean; isLost: boolean },
): void {
  model.event(event, clock.nowMs())
  if (isLost) return
  resync.onEvent(asLibraryReads(event))
  if (doubled) resync.onEvent(asLibraryReads(event))
}

function requestsTo(model: PbxModel, clock: TestClock) {
  return {
    async request(action: { name: string }): Promise<AmiFrame> {
      if (action.name !== 'Ping') return { response: 'Success', asteriskversion: '22.10.1' }
      return { response: 'Success', timestamp: (clock.nowMs() / 1000).toFixed(6) }
    },
    async list(action: { name: string; headers?: Record<string, unknown> }): Promise<AmiFrame[]> {
      return answer(model, action, clock.nowMs()).map(asLibraryReads)
    },
  }
}

function answer(
  model: PbxModel,
  action: { name: string; headers?: Record<string, unknown> },
  nowMs: number,
): Frame[] {
  switch (action.name) {
    case 'QueueStatus':
      return model.queueFrames(nowMs)
    case 'CoreShowChannels':
      return model.channelFrames(nowMs)
    default:
      return model
        .journalEntries(String(action.headers?.['Family']))
        .map(({ family, key, value }) => ({
          Event: 'DBGetTreeResponse',
          Key: `/${family}/${key}`,
          Val: value,
        }))
  }
}

function modelSnapshot({ queues, channels }: TapeSnapshot) {
  return { queues, channels }
}

/** Keys as asterisk-manager gives them: lower-case, channel variables as an object. */
function asLibraryReads(frame: Frame): AmiFrame {
  const read: AmiFrame = {}
  for (const [key, value] of Object.entries(frame)) {
    if (key === 'ChanVariable') read['chanvariable'] = variables([value].flat())
    else read[key.toLowerCase()] = value
  }
  return read
}

function variables(lines: string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => line.split(/=(.*)/s).slice(0, 2)))
}
