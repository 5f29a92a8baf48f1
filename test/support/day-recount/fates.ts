import { clockText } from './told-caller.ts'
import { BEFORE_THE_QUEUE, SENT } from './notice-fates.ts'
import { restsAfter } from './resting-fate.ts'
import {
  AGENTS,
  enters,
  type Fate,
  hangsUp,
  isAnswered,
  isOver,
  rings,
  type Scene,
} from './scene.ts'

function answeredAt(scene: Scene, ms: number): void {
  const { pen, random, queue } = scene
  const leg = `${random.pick(AGENTS)}a`
  enters(scene)
  rings(scene, Math.min(500, ms - 200), leg, queue)
  isAnswered(scene, ms, leg, queue)
  pen.knows(ms, { queue, is: 'answered', at: ms })
  const endsMs = ms + random.between(2_000, 600_000)
  const isHeld = random.chance(0.3)
  if (isHeld) {
    // of some the resume is heard before its own hold
    pen.says(ms + 500, `held ${leg}`, random.chance(0.3) ? ms + 1_600 : ms + 500)
    pen.says(ms + 1_500, `resumed ${leg}`)
  }
  pen.talks(leg.slice(0, 3), { from: ms, to: endsMs, hold: isHeld ? 1 : 0 })
  isOver(scene, endsMs, leg)
}

function abandonedAt(scene: Scene, ms: number): void {
  const { pen, random, queue } = scene
  enters(scene)
  if (ms > 1_000 && random.chance(0.5)) rings(scene, 300, `${random.pick(AGENTS)}a`, queue)
  hangsUp(scene, ms, queue)
  pen.knows(ms, { queue, is: 'abandoned', at: ms })
}

/** The queue gives up; the caller hears the closing words before the line is gone. */
function isGivenUp({ pen }: Scene, ms: number, queue: string): number {
  pen.says(ms, `queue_abandoned trunk queue=${queue}`)
  pen.says(ms + 1, `queue_left trunk queue=${queue}`)
  pen.says(ms + 4_000, 'hung_up trunk')
  return ms + 4_000
}

function overflows(scene: Scene): number {
  const { pen, random, queue, otherQueue } = scene
  const ms = random.between(6_000, 40_000)
  enters(scene)
  pen.says(ms, `queue_left trunk queue=${queue}`)
  pen.says(ms + 100, `queue_joined trunk queue=${otherQueue}`)
  return ms + 100
}

/** Hung up, as heard live; the PBX's journal knows better and is read on the next day. */
function correctedLater(scene: Scene, write: (endsMs: number) => void): void {
  const endsMs = scene.random.between(9_000, 90_000)
  enters(scene)
  hangsUp(scene, endsMs, scene.queue)
  scene.pen.knows(endsMs, { queue: scene.queue, is: 'abandoned', at: endsMs })
  write(endsMs)
}

/** The bridge is heard and not what connected; by it alone the answer is just above the limit. */
function bridgedFirst(scene: Scene): void {
  const { pen, queue } = scene
  enters(scene)
  rings(scene, 500, '104a', queue)
  pen.says(19_910, `queue_left trunk queue=${queue}`)
  pen.says(20_010, 'bridge_entered trunk bridge=104a')
  pen.says(20_020, 'bridge_entered 104a bridge=104a')
  pen.knows(20_020, { queue, is: 'answered', at: 20_020 })
  isOver(scene, 60_000, '104a')
  pen.talks('104', { from: 20_000, to: 60_000 })
}

const received = `received=${clockText(0)}`

const PLAIN: Record<string, Fate> = {
  answeredWithin: (scene) => answeredAt(scene, scene.random.between(1_000, 19_999)),
  answeredAtTheLimit: (scene) => answeredAt(scene, 20_000),
  answeredJustAfter: (scene) => answeredAt(scene, 20_001),
  answeredLate: (scene) => answeredAt(scene, scene.random.between(20_002, 240_000)),
  abandonedShort: (scene) => abandonedAt(scene, scene.random.between(200, 4_998)),
  abandonedJustShort: (scene) => abandonedAt(scene, 4_999),
  abandonedAtTheLimit: (scene) => abandonedAt(scene, 5_000),
  abandonedLong: (scene) => abandonedAt(scene, scene.random.between(5_001, 180_000)),

  timedOut(scene) {
    const { pen, random, queue } = scene
    enters(scene)
    const endsMs = isGivenUp(scene, random.between(30_000, 120_000), queue)
    pen.knows(endsMs, { queue, is: 'timed_out' })
  },

  asked(scene) {
    const { pen, random, queue } = scene
    const ms = random.between(3_000, 60_000)
    enters(scene)
    pen.says(ms, `callback_asked trunk queue=${queue} to=0987654321`)
    pen.says(ms + 1, `queue_left trunk queue=${queue}`)
    pen.says(ms + 3_000, 'hung_up trunk')
    pen.knows(ms + 3_000, { queue, is: 'asked' })
  },

  noAgents(scene) {
    const { pen, random, queue } = scene
    const ms = random.between(1_000, 30_000)
    enters(scene)
    pen.says(ms, `queue_left trunk queue=${queue}`)
    pen.says(ms + 5_000, 'hung_up trunk')
    pen.says(ms + 5_001, `journal_ended trunk ${received} queue=${queue} outcome=no_agents`)
    pen.knows(ms + 5_000, { queue, is: 'unserved' })
  },

  direct({ pen, random }) {
    const leg = `${random.pick(AGENTS)}a`
    pen.says(0, `dial_begun trunk ${leg}`)
    pen.says(4_000, `dial_ended trunk ${leg} status=ANSWER`)
    pen.says(4_010, `bridge_entered ${leg} bridge=${leg}`)
    pen.says(4_020, `bridge_entered trunk bridge=${leg}`)
    pen.says(44_000, `hung_up ${leg}`)
    pen.says(44_010, 'hung_up trunk')
    pen.knows(0, { queue: null, is: 'unserved' })
    pen.talks(leg.slice(0, 3), { from: 4_000, to: 44_000 })
  },

  /** In a queue that is none of ours first: it counts on no board, whoever answers later. */
  enteredElsewhere(scene) {
    const { pen, queue } = scene
    pen.says(0, 'queue_joined trunk queue=billing')
    pen.says(9_000, 'queue_left trunk queue=billing')
    pen.says(9_100, `queue_joined trunk queue=${queue}`)
    rings(scene, 9_500, '101a', queue)
    isAnswered(scene, 12_000, '101a', queue)
    isOver(scene, 60_000, '101a')
    pen.talks('101', { from: 12_000, to: 60_000 })
    pen.knows(0, { queue: 'billing', is: 'waiting' })
    pen.knows(12_000, { queue: 'billing', is: 'answered', at: 12_000 })
  },
}

const PASSED_ON: Record<string, Fate> = {
  transferredToAgent(scene) {
    const { pen, random, queue } = scene
    const ms = random.between(2_000, 40_000)
    enters(scene)
    rings(scene, 500, '101a', queue)
    isAnswered(scene, ms, '101a', queue)
    pen.knows(ms, { queue, is: 'answered', at: ms })
    pen.says(ms + 20_000, 'bridge_entered 102b bridge=101a')
    pen.says(ms + 20_500, 'hung_up 101a')
    isOver(scene, ms + 50_000, '102b')
    pen.talks('101', { from: ms, to: ms + 20_500 })
    pen.talks('102', { from: ms + 20_000, to: ms + 50_000 })
  },

  transferredToQueue(scene) {
    const { pen, random, queue, otherQueue } = scene
    const ms = random.between(2_000, 40_000)
    enters(scene)
    rings(scene, 500, '101a', queue)
    isAnswered(scene, ms, '101a', queue)
    pen.knows(ms, { queue, is: 'answered', at: ms })
    pen.says(ms + 20_000, 'blind_transferred trunk 101a exten=8001')
    pen.says(ms + 20_001, 'hung_up 101a')
    pen.says(ms + 20_100, `queue_joined trunk queue=${otherQueue}`)
    pen.talks('101', { from: ms, to: ms + 20_000 })
    if (random.chance(0.3)) return hangsUp(scene, ms + 50_000, otherQueue)
    rings(scene, ms + 21_000, '102b', otherQueue)
    isAnswered(scene, ms + 40_000, '102b', otherQueue)
    isOver(scene, ms + 70_000, '102b')
    pen.talks('102', { from: ms + 40_000, to: ms + 70_000 })
  },

  pickedUp(scene) {
    const { pen, random, queue } = scene
    const ms = random.between(2_000, 40_000)
    enters(scene)
    rings(scene, 500, '101a', queue)
    pen.says(ms - 200, 'channel_created 102b')
    pen.says(ms - 100, 'picked_up 102b 101a')
    pen.says(ms - 99, 'hung_up 101a zombie=yes')
    pen.says(ms - 90, `queue_left trunk queue=${queue}`)
    pen.says(
      ms,
      `agent_connected trunk 102b queue=${queue} member=101 hold=${Math.floor(ms / 1000)}`,
    )
    pen.says(ms + 10, 'bridge_entered trunk bridge=102b')
    pen.says(ms + 20, 'bridge_entered 102b bridge=102b')
    isOver(scene, ms + 40_000, '102b')
    pen.talks('102', { from: ms, to: ms + 40_000 })
    pen.knows(ms, { queue, is: 'answered', at: ms })
  },

  overflowAnswered(scene) {
    const { pen, random, queue, otherQueue } = scene
    const joinedMs = overflows(scene)
    const ms = joinedMs + random.between(1_000, 30_000)
    rings(scene, joinedMs + 400, '103b', otherQueue)
    isAnswered(scene, ms, '103b', otherQueue)
    isOver(scene, ms + 30_000, '103b')
    pen.talks('103', { from: ms, to: ms + 30_000 })
    pen.knows(ms, { queue, is: 'answered', at: ms })
  },

  overflowAbandoned(scene) {
    const ms = overflows(scene) + scene.random.between(500, 30_000)
    hangsUp(scene, ms, scene.otherQueue)
    scene.pen.knows(ms, { queue: scene.queue, is: 'abandoned', at: ms })
  },

  overflowTimedOut(scene) {
    const endsMs = isGivenUp(scene, overflows(scene) + 30_000, scene.otherQueue)
    scene.pen.knows(endsMs, { queue: scene.queue, is: 'timed_out' })
  },

  /** The entry into the first queue is heard after that into the second. */
  firstQueueHeardLate(scene) {
    const { pen, queue, otherQueue } = scene
    pen.says(0, `queue_joined trunk queue=${queue}`, 12_000)
    pen.says(8_000, `queue_joined trunk queue=${otherQueue}`)
    pen.says(7_900, `queue_left trunk queue=${queue}`, 12_001)
    pen.knows(8_000, { queue: otherQueue, enteredAt: 8_000, is: 'waiting' })
    pen.knows(12_000, { queue, is: 'waiting' })
    hangsUp(scene, 30_000, otherQueue)
    pen.knows(30_000, { queue, is: 'abandoned', at: 30_000 })
  },
}

const TOLD_LATER: Record<string, Fate> = {
  connectionHeardLate(scene) {
    const { pen, queue } = scene
    bridgedFirst(scene)
    pen.says(20_000, `agent_connected trunk 104a queue=${queue} hold=20`, 25_000)
    pen.knows(25_000, { queue, is: 'answered', at: 20_000 })
  },

  connectionUnheard(scene) {
    const { pen, queue, nextDayMs } = scene
    bridgedFirst(scene)
    const line = `journal_answered trunk ${received} queue=${queue} extension=104 hold=20`
    pen.says(20_000, line, nextDayMs)
    pen.knows(nextDayMs, { queue, is: 'answered', at: 20_000 })
  },

  timedOutAfterAll: (scene) =>
    correctedLater(scene, (endsMs) => {
      const { pen, queue, nextDayMs } = scene
      const line = `journal_ended trunk ${received} queue=${queue} outcome=timeout`
      pen.says(endsMs + 50, line, nextDayMs)
      pen.knows(nextDayMs, { queue, is: 'timed_out' })
    }),

  answeredAfterAll: (scene) =>
    correctedLater(scene, (endsMs) => {
      const { pen, queue, nextDayMs, random } = scene
      const ms = random.between(1_000, endsMs - 1_000)
      const line = `journal_answered trunk ${received} queue=${queue} extension=101 hold=${Math.floor(ms / 1000)}`
      pen.says(ms, line, nextDayMs)
      pen.knows(nextDayMs, { queue, is: 'answered', at: ms })
      pen.talks('101', { from: ms, to: endsMs, heardFrom: nextDayMs, heardTo: nextDayMs })
    }),

  askedAfterAll: (scene) =>
    correctedLater(scene, (endsMs) => {
      const { pen, queue, nextDayMs } = scene
      pen.says(
        endsMs - 500,
        `journal_asked trunk ${received} queue=${queue} to=0987654321`,
        nextDayMs,
      )
      pen.knows(nextDayMs, { queue, is: 'asked' })
    }),

  /** Nobody listened; the journal's entries are all that is ever heard. */
  answeredUnheard({ pen, random, queue, nextDayMs }) {
    const seconds = random.between(1, 60)
    const ms = seconds * 1000
    pen.says(
      ms,
      `journal_answered trunk ${received} queue=${queue} extension=102 hold=${seconds}`,
      nextDayMs,
    )
    pen.says(
      ms + 60_000,
      `journal_ended trunk ${received} queue=${queue} outcome=answered`,
      nextDayMs + 1,
    )
    pen.knows(nextDayMs, { queue, is: 'answered', at: ms })
    const heard = { heardFrom: nextDayMs, heardTo: nextDayMs + 1 }
    pen.talks('102', { from: ms, to: ms + 60_000, ...heard })
  },

  abandonedUnheard({ pen, random, queue, nextDayMs }) {
    const ms = random.between(500, 60_000)
    pen.says(ms, `journal_ended trunk ${received} queue=${queue} outcome=abandoned`, nextDayMs)
    pen.knows(nextDayMs, { queue, is: 'abandoned', at: ms })
  },
}

/** Every fate that a caller can have, by its name. */
export const FATES: Readonly<Record<string, Fate>> = {
  ...PLAIN,
  ...BEFORE_THE_QUEUE,
  ...SENT,
  ...PASSED_ON,
  ...TOLD_LATER,
  restsAfter,
}
