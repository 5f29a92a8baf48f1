import type { AttemptStage } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import {
  ActionRefused,
  type OriginateOrder,
  OutcomeUnknown,
  PbxNotReady,
} from '../../../server/ports.ts'
import type { FakeTelephony } from '../telephony.ts'
import {
  evidenceUntil,
  journalOf,
  type PlacedOrder,
  scriptOf,
  SHORTEST_TALK_SECONDS,
} from './calls.ts'
import type { Random } from './random.ts'

/** What happens later, in order. */
interface Later {
  atMs: number
  run: () => Promise<void> | void
}

export interface WorldDeps {
  random: Random
  telephony: FakeTelephony
  /** Of this world: never jumps. */
  monotonicMs: () => number
  now: () => Instant
  /** The service hears of a call; nothing happens while it is down. */
  tell: (channelId: string, stage: AttemptStage, evidence: object) => Promise<void>
  /** Looks at every order before it is taken. */
  onOrder: (order: OriginateOrder) => Promise<void>
}

/**
 * A PBX with its telephones and customers as they are: orders that are lost, answers that never come,
 * events that nobody hears, crashes. It knows what really happened.
 */
export function createWorld(deps: WorldDeps) {
  const { random, telephony, monotonicMs } = deps
  const placed: PlacedOrder[] = []
  let later: Later[] = []
  let diesWithOrder = false

  telephony.answerOriginateWith(async (order) => {
    if (random.chance(0.03)) throw new PbxNotReady('the connection was cut')
    if (random.chance(0.02)) throw new ActionRefused('Extension does not exist.')
    if (random.chance(0.02)) throw new OutcomeUnknown('the order was lost on its way')
    await deps.onOrder(order)
    take(order)
    if (diesWithOrder) await new Promise<never>(() => {})
    if (random.chance(0.05)) throw new OutcomeUnknown('the answer was lost on its way')
  })

  function take(order: OriginateOrder): void {
    const script = scriptOf(random)
    const one = {
      order,
      atMs: monotonicMs(),
      script,
      isOver: false,
      hasReached: false,
      isKnowable: false,
    }
    placed.push(one)
    telephony.liveChannels.add(keyOf(one))
    const { agentAnswersMs, dialMs, answerMs, endMs } = script
    const stages: [number | null, AttemptStage][] = [
      [500, 'agent_ringing'],
      [agentAnswersMs, 'agent_answered'],
      [dialMs, 'customer_ringing'],
      [answerMs, 'talking'],
    ]
    for (const [ms, stage] of stages) {
      if (ms !== null && random.chance(0.3)) at(one.atMs + ms, () => news(one, stage))
    }
    at(one.atMs + endMs, () => end(one))
  }

  async function news(one: PlacedOrder, stage: AttemptStage): Promise<void> {
    if (one.isOver) return
    await deps.tell(
      one.order.channelId,
      stage,
      evidenceUntil(one, monotonicMs() - one.atMs, deps.now()),
    )
  }

  async function end(one: PlacedOrder): Promise<void> {
    if (one.isOver) return
    one.isOver = true
    one.isKnowable = true
    one.hasReached = one.script.talkSeconds >= SHORTEST_TALK_SECONDS
    telephony.liveChannels.delete(keyOf(one))
    telephony.journal.set(keyOf(one), journalOf(one, deps.now()))
    if (random.chance(0.1)) return
    const evidence = evidenceUntil(one, monotonicMs() - one.atMs, deps.now())
    await deps.tell(one.order.channelId, 'ended', evidence)
  }

  /** Everything that lives is cut, and nothing is written of it. */
  function crash(): void {
    for (const one of living()) {
      one.isOver = true
      telephony.liveChannels.delete(keyOf(one))
    }
    telephony.booted.set('pbx1', deps.now())
  }

  const living = () => placed.filter(({ isOver }) => !isOver)

  function at(atMs: number, run: Later['run']): void {
    later.push({ atMs, run })
  }

  /** The next thing that happens, taken out; null when nothing is left. */
  function nextUntil(untilMs: number): Later | null {
    later.sort((one, other) => one.atMs - other.atMs)
    const [first] = later
    if (first === undefined || first.atMs > untilMs) return null
    later = later.slice(1)
    return first
  }

  return {
    placed,
    living,
    at,
    nextUntil,
    crash,
    /** From now on the service dies while it waits for the answer to its order. */
    dieWithOrders: (isOn: boolean) => void (diesWithOrder = isOn),
  }
}

function keyOf({ order }: PlacedOrder): string {
  return `${order.pbxId}/${order.channelId}`
}
