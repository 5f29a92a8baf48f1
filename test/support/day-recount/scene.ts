import type { Random } from '../promise-simulation/random.ts'
import type { Pen } from './told-caller.ts'

/** What the pen writes of one fate; `nextDayMs` is after a midnight, in ms after the caller came. */
export interface Scene {
  pen: Pen
  random: Random
  queue: string
  otherQueue: string
  /** How many of this fate came before. */
  turn: number
  nextDayMs: number
}

export type Fate = (scene: Scene) => void

export const AGENTS = ['101', '102', '103', '104', '105', '106'] as const

/** Phones that the queues show: one talks around the moments that are compared, one all day. */
export const RESTING = { aroundChecks: '107', allDay: '108' } as const

/** Phones on which the fates answer. */
export const PHONES: readonly string[] = [...AGENTS, ...Object.values(RESTING)]

export function enters({ pen, queue }: Scene): void {
  pen.says(0, `queue_joined trunk queue=${queue}`)
  pen.knows(0, { queue, is: 'waiting' })
}

export function rings({ pen }: Scene, ms: number, leg: string, queue: string): void {
  pen.says(ms, `agent_called trunk ${leg} queue=${queue}`)
  pen.says(ms + 1, `dial_begun trunk ${leg}`)
}

export function isAnswered(
  { pen }: Scene,
  ms: number,
  leg: string,
  queue: string,
  joined = 0,
): void {
  pen.says(ms - 100, `dial_ended trunk ${leg} status=ANSWER`)
  pen.says(ms - 90, `queue_left trunk queue=${queue}`)
  pen.says(
    ms,
    `agent_connected trunk ${leg} queue=${queue} hold=${Math.floor((ms - joined) / 1000)}`,
  )
  pen.says(ms + 10, `bridge_entered trunk bridge=${leg}`)
  pen.says(ms + 20, `bridge_entered ${leg} bridge=${leg}`)
}

export function isOver({ pen }: Scene, ms: number, leg: string): void {
  pen.says(ms, `hung_up ${leg}`)
  pen.says(ms + 5, `hung_up trunk`)
}

/** Asterisk says "abandoned" of who waits no more, then that they left, then that they hung up. */
export function hangsUp({ pen }: Scene, ms: number, queue: string): void {
  pen.says(ms - 2, `queue_abandoned trunk queue=${queue}`)
  pen.says(ms - 1, `queue_left trunk queue=${queue}`)
  pen.says(ms, 'hung_up trunk')
}
