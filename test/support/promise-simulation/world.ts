import type { AttemptStage } from '#contract/callbacks.ts'
import {
  ActionRefused,
  type OriginateOrder,
  OutcomeUnknown,
  PbxNotReady,
} from '../../../server/ports.ts'
import { instantOfMs } from '../../../server/time.ts'
import type { FakeTelephony } from '../telephony.ts'
import { evidenceUntil, journalOf, type PlacedOrder, scriptOf } from './calls.ts'
import { createHotlineQueue, type QueueDeps } from './hotline-queue.ts'
import type { Machine } from './machine.ts'
import type { Random } from './random.ts'
import type { Timeline } from './timeline.ts'

export interface WorldDeps {
  random: Random
  telephony: FakeTelephony
  machine: Machine
  timeline: Timeline
  promiseOf: (channelId: string) => string | null
  /** The service hears of a call; false while it is down. */
  tell: (one: PlacedOrder, stage: AttemptStage, evidence: object) => Promise<boolean>
  /** Looks at every order as it is taken. */
  onOrder: (one: PlacedOrder) => void
  /** Looks at every call that ends, before anybody is told. */
  onEnd: (one: PlacedOrder) => void
  queue: Pick<QueueDeps, 'hasTwo' | 'onPlace' | 'onServed' | 'freeAgents' | 'setInCall'>
}

export type World = ReturnType<typeof createWorld>

/**
 * A PBX with its telephones and customers as they are: orders that are lost or come late, answers that
 * never come, events that nobody hears, crashes. It knows what really happened.
 */
export function createWorld(deps: WorldDeps) {
  const { random, telephony, machine, timeline } = deps
  const placed: PlacedOrder[] = []
  const alive = new Set<PlacedOrder>()
  /** Promises of which an order was refused or never came. */
  const unplaced = new Map<string, number>()
  let crashes = 0
  let bootedMs: number | null = null
  const queue = createHotlineQueue({
    ...deps,
    ...deps.queue,
    alive,
    placed,
    tell: (one, stage) => deps.tell(one, stage, heardOf(one)),
    end: noteEnd,
    unplaced: ({ channelId }) => noteUnplaced(channelId),
  })

  telephony.answerOriginateWith(async (order) => {
    const luck = random.next()
    if (luck < 0.03) throw new PbxNotReady('the connection was cut')
    if (luck < 0.04) return lose(order, new ActionRefused('Extension does not exist.'))
    if (luck < 0.06) return lose(order, new OutcomeUnknown('the order was lost on its way'))
    if (luck < 0.09) return delay(order)
    take(order, order.expiresInSeconds * 1000, false)
    if (luck < 0.14) throw new OutcomeUnknown('the answer was lost on its way')
  })

  function lose(order: OriginateOrder, error: Error): never {
    noteUnplaced(order.channelId)
    throw error
  }

  function noteUnplaced(channelId: string): void {
    const id = deps.promiseOf(channelId)
    if (id !== null) unplaced.set(id, (unplaced.get(id) ?? 0) + 1)
  }

  /** The bytes lie in a buffer; nobody answers. They are gone when the PBX crashes meanwhile. */
  function delay(order: OriginateOrder): never {
    const delayMs = random.between(2, 180) * 1000
    const crashesBefore = crashes
    const validMs = order.expiresInSeconds * 1000 - delayMs
    timeline.at(machine.worldMs() + delayMs, () => {
      if (crashes === crashesBefore) take(order, validMs, true)
    })
    return lose(order, new OutcomeUnknown('the network is silent'))
  }

  function take(order: OriginateOrder, validMs: number, wasDelayed: boolean): void {
    const script = scriptOf(random, validMs)
    const atMs = machine.worldMs()
    const one: PlacedOrder = { order, atMs, script, wasDelayed, state: 'alive', place: null }
    deps.onOrder(one)
    placed.push(one)
    alive.add(one)
    telephony.liveChannels.add(keyOf(one))
    const { agentAnswersMs, asksMs, dialMs, answerMs, endMs } = script
    const stages: [number | null, AttemptStage][] = [
      [500, 'agent_ringing'],
      [agentAnswersMs, 'agent_answered'],
      [asksMs, 'confirming'],
      [dialMs, 'customer_ringing'],
      [answerMs, 'talking'],
    ]
    for (const [ms, stage] of stages) {
      if (ms !== null && random.chance(0.15)) timeline.at(atMs + ms, () => news(one, stage))
    }
    timeline.at(atMs + endMs, () => end(one))
  }

  async function news(one: PlacedOrder, stage: AttemptStage): Promise<void> {
    if (one.state !== 'alive') return
    await deps.tell(one, stage, heardOf(one))
  }

  async function end(one: PlacedOrder): Promise<void> {
    if (one.state !== 'alive') return
    noteEnd(one)
    if (!random.chance(0.1)) await deps.tell(one, 'ended', heardOf(one))
  }

  function noteEnd(one: PlacedOrder): void {
    one.state = 'ended'
    leave(one)
    // Of a place that nobody answered the PBX writes nothing down.
    if (isDialled(one)) telephony.journal.set(keyOf(one), journalOf(one, machine.now()))
    deps.onEnd(one)
  }

  function heardOf(one: PlacedOrder) {
    return evidenceUntil(one, machine.worldMs() - one.atMs, machine.now())
  }

  function leave(one: PlacedOrder): void {
    alive.delete(one)
    telephony.liveChannels.delete(keyOf(one))
  }

  /** Everything that lives is cut, and nothing is written of it. */
  function crash(): void {
    crashes += 1
    queue.crash()
    for (const one of alive) {
      one.state = 'cut'
      leave(one)
    }
    bootedMs = machine.worldMs()
  }

  /** By the wall clock as it is now: the PBX says for how long it has been up. */
  function bootedAt(): string | null {
    if (bootedMs === null) return null
    return instantOfMs(machine.nowMs() - (machine.worldMs() - bootedMs))
  }

  return { placed, alive, unplaced, crash, bootedAt, queue }
}

function isDialled({ place }: PlacedOrder): boolean {
  return place === null || place.servedMs !== null
}

function keyOf({ order }: PlacedOrder): string {
  return `${order.pbxId}/${order.channelId}`
}
