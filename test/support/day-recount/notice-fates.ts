import { enters, type Fate, isAnswered, isOver, rings, type Scene } from './scene.ts'
import { clockText } from './told-caller.ts'

const received = `received=${clockText(0)}`

/** The notice before the queue: part of the minute, none of the wait. */
export const BEFORE_THE_QUEUE: Record<string, Fate> = {
  heardTheNotice(scene) {
    const { pen, queue, random } = scene
    const joinedMs = random.between(10_000, 30_000)
    const ms = joinedMs + random.between(20_000, 55_000)
    pen.says(0, 'channel_created trunk')
    pen.says(joinedMs, `queue_joined trunk queue=${queue}`)
    pen.knows(joinedMs, { queue, enteredAt: joinedMs, is: 'waiting' })
    rings(scene, joinedMs + 500, '105a', queue)
    isAnswered(scene, ms, '105a', queue, joinedMs)
    pen.knows(ms, { queue, enteredAt: joinedMs, is: 'answered', at: ms })
    isOver(scene, ms + 25_000, '105a')
    pen.talks('105', { from: ms, to: ms + 25_000 })
  },

  leftInNotice({ pen, queue, random }) {
    const ms = random.between(500, 9_000)
    pen.says(ms, `journal_ended trunk ${received} queue=${queue} outcome=left_in_notice`)
    pen.knows(ms, { queue, is: 'never_in_queue' })
  },

  refused({ pen, queue }) {
    pen.says(300, `journal_ended trunk ${received} queue= outcome=no_agents refused=${queue}`)
    pen.knows(300, { queue, is: 'never_in_queue' })
  },
}

/** Taken out of the queue by a supervisor, and sent to a phone: neither abandoned nor a new wait. */
export const SENT: Record<string, Fate> = {
  sentAndAnswered(scene) {
    const { pen, queue, random } = scene
    const ms = random.between(5_000, 30_000)
    isWithdrawn(scene, ms)
    pen.says(ms + 4_000, 'dial_ended trunk 106a status=ANSWER')
    pen.says(ms + 4_010, 'bridge_entered 106a bridge=106a')
    pen.says(ms + 4_020, 'bridge_entered trunk bridge=106a')
    pen.knows(ms + 4_020, { queue, is: 'answered', at: ms + 4_020 })
    isOver(scene, ms + 34_000, '106a')
    pen.talks('106', { from: ms + 4_020, to: ms + 34_000 })
  },

  sentInVain(scene) {
    const { pen, queue, random } = scene
    const ms = random.between(5_000, 30_000)
    isWithdrawn(scene, ms)
    pen.says(ms + 15_000, 'dial_ended trunk 106a status=NOANSWER')
    pen.says(ms + 15_001, 'hung_up 106a')
    pen.says(ms + 15_100, `queue_joined trunk queue=${queue}`)
    const answeredMs = ms + 15_100 + random.between(1_000, 30_000)
    rings(scene, ms + 15_500, '103b', queue)
    isAnswered(scene, answeredMs, '103b', queue)
    pen.knows(answeredMs, { queue, is: 'answered', at: answeredMs })
    isOver(scene, answeredMs + 20_000, '103b')
    pen.talks('103', { from: answeredMs, to: answeredMs + 20_000 })
  },

  sentAndGone(scene) {
    const { pen, queue, random } = scene
    const ms = random.between(5_000, 30_000)
    isWithdrawn(scene, ms)
    pen.says(ms + 8_000, 'hung_up 106a')
    pen.says(ms + 8_001, 'hung_up trunk')
    pen.knows(ms + 8_001, { queue, is: 'abandoned', at: ms + 8_001 })
  },
}

/** Asterisk calls it abandoned, then the phone rings by a Dial. */
function isWithdrawn(scene: Scene, ms: number): void {
  const { pen, queue } = scene
  enters(scene)
  pen.says(ms, `queue_abandoned trunk queue=${queue}`)
  pen.says(ms + 1, `queue_left trunk queue=${queue}`)
  pen.says(ms + 50, 'dial_begun trunk 106a')
}
