import type { Instant } from '#contract/primitives.ts'
import { plusMs } from '../../time.ts'
import { byUrgency, type Ranked } from '../policy/urgency.ts'

/** Whose queue has nobody free for so long is called by the owner of the promise, as every other. */
const CUSTOMER_FIRST_LASTS_MS = 10 * 60_000

/** Promises due after this are for the customer first. */
export function customersFirstSince(now: Instant): Instant {
  return plusMs(now, -CUSTOMER_FIRST_LASTS_MS)
}

/** One PBX's queue as it is now. */
export interface QueueNow {
  pbxId: string
  /** Phones that would ring for the next caller. */
  ready: readonly string[]
  /** Uniqueids of who waits, places and customers of ours among them. */
  waiting: readonly string[]
}

/** A customer who was rung first and has no agent yet. */
export interface InFlight {
  pbxId: string
  channelId: string
}

/**
 * How many more customers may be rung for each PBX's queue: one for each phone that is ready there, less
 * everybody who waits for one of them or is being rung for it already.
 */
export function freeFor(
  queues: readonly QueueNow[],
  inFlight: readonly InFlight[],
  busyPhones: readonly string[],
): Map<string, number> {
  return new Map(
    queues.map(({ pbxId, ready, waiting }) => {
      const ours = inFlight.filter((one) => one.pbxId === pbxId).map(({ channelId }) => channelId)
      const agents = ready.filter((phone) => !busyPhones.includes(phone)).length
      const others = waiting.filter((uniqueid) => !ours.includes(uniqueid)).length
      return [pbxId, Math.max(0, agents - others - ours.length)]
    }),
  )
}

/** A due promise whose customer is rung first. */
export interface FirstDue extends Ranked {
  /** What is dialled: national digits. */
  number: string
}

/** Which customers are rung now, and by which PBX: by urgency and age, each number once. */
export function planCustomers(
  due: readonly FirstDue[],
  { free, busyNumbers }: { free: ReadonlyMap<string, number>; busyNumbers: readonly string[] },
): { callbackId: string; pbxId: string }[] {
  const taken = new Set(busyNumbers)
  const turns = [...free].flatMap(([pbxId, count]) => Array<string>(count).fill(pbxId))
  const planned: { callbackId: string; pbxId: string }[] = []
  for (const { id: callbackId, number } of due.toSorted(byUrgency)) {
    if (taken.has(number)) continue
    const pbxId = turns.shift()
    if (pbxId === undefined) break
    taken.add(number)
    planned.push({ callbackId, pbxId })
  }
  return planned
}
