import type { AttemptStage } from '#contract/callbacks.ts'
import { isPlace, placeOf } from '../../../server/calls/callback-call/place-channel.ts'
import {
  ActionRefused,
  OutcomeUnknown,
  PbxNotReady,
  type PlaceOrder,
} from '../../../server/ports.ts'
import type { FakeTelephony } from '../telephony.ts'
import { isDialling, type PlacedOrder, servedScript, waitingScript } from './calls.ts'
import type { Machine } from './machine.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

export interface QueueDeps {
  random: Random
  telephony: FakeTelephony
  machine: Machine
  timeline: Timeline
  /** Everything that the PBX placed and that lives. */
  alive: Set<PlacedOrder>
  placed: PlacedOrder[]
  /** Two processes may order places in the same moment, and neither knows of the other's. */
  hasTwo: boolean
  /** Extensions of agents who are free for the next in the queue. */
  freeAgents: () => string[]
  /** The phone is in a call of the queue, or no more. */
  setInCall: (extension: string, isInCall: boolean) => void
  /** The service hears what is so now; false when nobody is there. */
  tell: (one: PlacedOrder, stage: AttemptStage) => Promise<boolean>
  /** It is over; the service hears of it from here. */
  end: (one: PlacedOrder) => void
  unplaced: (order: PlaceOrder) => void
  /** Looks at each place as it comes into the queue, behind and before whom. */
  onPlace: (one: PlacedOrder, before: readonly InQueue[], behind: readonly InQueue[]) => void
  /** Looks at it as an agent answers for it. */
  onServed: (one: PlacedOrder) => void
}

/** Somebody who waits, in the order of the queue. */
export interface InQueue {
  uniqueid: string
  /** When they came: of a place, its caller. */
  cameMs: number
  joinedAt: string
  /** An agent has answered; who waits in a place is dialled then. */
  served: (extension: string) => void
  /** The PBX is gone. */
  cut: () => void
}

/** For so long what was ordered counts as on its way into the queue. */
const COUNTED_IN_MS = 5000
/** Between two comparisons of what is known with what the PBX shows. */
const TOLD_AGAIN_MS = 60_000

export type HotlineQueue = ReturnType<typeof createHotlineQueue>

/** Between two agents who are free for the queue, in seconds. */
const SERVED_EVERY = [30, 120] as const

/** The queue of the hotline: callers who wait, and the places of those who would rather not. */
export function createHotlineQueue(deps: QueueDeps) {
  const { random, telephony, machine, timeline, alive, placed } = deps
  const waiting: InQueue[] = []
  const unheard = new Map<PlacedOrder, AttemptStage>()
  /** When the callers came whose places are ordered, and what they typed last. */
  const callers = new Map<string, { cameMs: number; number: string }>()
  /** When an order of a place last came to nothing: for a while the service counts it in. */
  let lostAtMs = Number.NEGATIVE_INFINITY
  let placedAtMs = Number.NEGATIVE_INFINITY
  let isServing = false
  let generation = 0

  function join(one: InQueue, position = waiting.length + 1): void {
    waiting.splice(position - 1, 0, one)
    serveSoon()
  }

  function isWaiting(uniqueid: string): boolean {
    return waiting.some((one) => one.uniqueid === uniqueid)
  }

  function leave(uniqueid: string): void {
    const index = waiting.findIndex((one) => one.uniqueid === uniqueid)
    if (index >= 0) waiting.splice(index, 1)
  }

  function serveSoon(): void {
    if (isServing) return
    isServing = true
    timeline.at(machine.worldMs() + random.between(...SERVED_EVERY) * 1000, () => {
      isServing = false
      const agents = deps.freeAgents()
      const [next] = waiting
      if (next !== undefined && agents.length > 0) {
        waiting.shift()
        next.served(random.pick(agents))
      }
      if (waiting.length > 0) serveSoon()
    })
  }

  /** The port's: lost, late and unanswered as any other order. */
  async function keepPlace(order: PlaceOrder): Promise<void> {
    await telephony.keepPlace(order)
    const luck = random.next()
    if (luck < 0.09) lostAtMs = machine.worldMs()
    if (luck < 0.03) throw new PbxNotReady('the connection was cut')
    if (luck < 0.06) deps.unplaced(order)
    if (luck < 0.04) throw new ActionRefused('Extension does not exist.')
    if (luck < 0.06) throw new OutcomeUnknown('the order was lost on its way')
    if (luck < 0.09) return delay(order)
    take(order, 0)
    if (luck < 0.14) throw new OutcomeUnknown('the answer was lost on its way')
  }

  function delay(order: PlaceOrder): never {
    const ms = random.between(2, 180) * 1000
    const before = generation
    timeline.at(machine.worldMs() + ms, () => {
      if (generation === before) take(order, ms)
    })
    deps.unplaced(order)
    throw new OutcomeUnknown('the network is silent')
  }

  function take(order: PlaceOrder, delayedMs: number): void {
    const { pbxId, channelId, number, expiresInSeconds, waitSeconds } = order
    if (waitSeconds * 1000 + delayedMs > expiresInSeconds * 1000) return
    const uniqueid = placeOf(channelId)
    const cameMs = callers.get(order.callerUniqueid)?.cameMs ?? machine.worldMs()
    const one: PlacedOrder = {
      order: {
        pbxId,
        channelId,
        extension: uniqueid,
        number,
        ringSeconds: 0,
        expiresInSeconds,
        mustConfirm: false,
      },
      atMs: machine.worldMs(),
      script: waitingScript(waitSeconds * 1000),
      wasDelayed: delayedMs > 0,
      state: 'alive',
      place: { uniqueid, cameMs, servedMs: null },
    }
    const index = Math.min(order.position - 1, waiting.length)
    const isRaced = deps.hasTwo && one.atMs === placedAtMs
    placedAtMs = one.atMs
    if (one.atMs - lostAtMs > COUNTED_IN_MS && !isRaced) {
      deps.onPlace(one, waiting.slice(0, index), waiting.slice(index))
    } else deps.onPlace(one, [], [])
    placed.push(one)
    alive.add(one)
    telephony.liveChannels.add(`${pbxId}/${channelId}`)
    const validMs = expiresInSeconds * 1000 - delayedMs
    const joinedAt = machine.now()
    const served = (extension: string) => serve(one, extension, { order, validMs })
    join({ uniqueid, cameMs, joinedAt, served, cut: () => undefined }, index + 1)
    timeline.at(one.atMs + 200, () => (isInQueue(one) ? hearOf(one, 'in_queue') : undefined))
    timeline.at(one.atMs + waitSeconds * 1000, () => (isInQueue(one) ? over(one) : undefined))
  }

  /** What nobody hears is found when somebody compares channels and journal: at a start, or soon. */
  async function hearOf(one: PlacedOrder, stage: AttemptStage): Promise<void> {
    unheard.delete(one)
    if (await deps.tell(one, stage)) return
    unheard.set(one, stage)
    timeline.at(machine.worldMs() + TOLD_AGAIN_MS, async () => {
      if (unheard.get(one) === stage) await hearOf(one, stage)
    })
  }

  /** Somebody starts or goes on: what they have not heard comes first. */
  async function catchUp(): Promise<void> {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    for (const [one, stage] of Array.from(unheard)) await hearOf(one, stage)
  }

  function serve(
    one: PlacedOrder,
    extension: string,
    { order, validMs }: { order: PlaceOrder; validMs: number },
  ): void {
    if (one.place === null) return
    const servedMs = machine.worldMs() - one.atMs
    one.place.servedMs = servedMs
    one.script = servedScript(random, servedMs, validMs)
    const number = callers.get(order.callerUniqueid)?.number ?? one.order.number
    one.order = { ...one.order, extension, number }
    deps.setInCall(extension, true)
    deps.onServed(one)
    const { dialMs, answerMs, endMs } = one.script
    const stages: [number | null, AttemptStage][] = [
      [servedMs, 'agent_answered'],
      [dialMs, 'customer_ringing'],
      [answerMs, 'talking'],
    ]
    for (const [ms, stage] of stages) {
      if (ms !== null)
        timeline.at(one.atMs + ms, () => (one.state === 'alive' ? hearOf(one, stage) : undefined))
    }
    timeline.at(one.atMs + endMs, () => {
      if (one.state !== 'alive') return undefined
      deps.setInCall(extension, false)
      return over(one)
    })
  }

  async function over(one: PlacedOrder): Promise<void> {
    leave(one.place?.uniqueid ?? '')
    deps.end(one)
    await hearOf(one, 'ended')
  }

  /** The port's. What was given to an agent already is cut in the middle of what it does. */
  async function hangUp(pbxId: string, channelId: string): Promise<void> {
    await telephony.hangUp(pbxId, channelId)
    for (const one of alive) {
      if (one.order.channelId !== channelId || one.place === null) continue
      if (isDialling(one)) {
        one.state = 'cut'
        alive.delete(one)
        telephony.liveChannels.delete(`${pbxId}/${channelId}`)
        deps.setInCall(one.order.extension, false)
      } else {
        // oxlint-disable-next-line no-await-in-loop -- one at most
        await over(one)
      }
    }
  }

  function crash(): void {
    generation += 1
    for (const one of waiting.splice(0)) one.cut()
    for (const { order } of alive)
      if (!isPlace(order.extension)) deps.setInCall(order.extension, false)
  }

  return { catchUp, waiting, callers, join, leave, isWaiting, keepPlace, hangUp, crash }
}

function isInQueue({ state, place }: PlacedOrder): boolean {
  return state === 'alive' && place?.servedMs === null
}
