import { plusMs } from '../../../server/time.ts'
import { hasReached, type PlacedOrder, SHORTEST_TALK_SECONDS } from './calls.ts'
import { aCall, customerCalls, customerOf, gotThrough, noteMissed, untilHeard } from './people.ts'
import { MINUTE_MS, type Scene, setInCall } from './scene.ts'

/** Who waits in the queue is offered a place after a minute. */
const OFFERED_MS = MINUTE_MS

interface Caller {
  number: string
  uniqueid: string
  cameAt: string
  cameMs: number
}

/**
 * A customer comes into the queue: is served in their turn, gives up, or presses 1, hangs up and is called
 * in that turn.
 */
export function callerJoins(scene: Scene, name: number): void {
  const { random, here, machine, timeline, world } = scene
  const isKnown = random.chance(0.4)
  const number = isKnown ? customerOf(scene) : `09771${String(name).padStart(5, '0')}`
  if (here.onLine.has(number)) return
  const came = { cameAt: machine.now(), cameMs: machine.worldMs() }
  const caller = { number, uniqueid: `caller-${name}`, ...came }
  const { uniqueid, cameAt, cameMs } = caller
  here.onLine.add(number)
  const cut = () => void here.onLine.delete(number)
  const served = (extension: string) => talk(scene, caller, extension)
  world.queue.join({ uniqueid, cameMs, joinedAt: cameAt, served, cut })
  const after = (ms: number, run: () => Promise<void> | void) =>
    timeline.at(machine.worldMs() + ms, () => (world.queue.isWaiting(uniqueid) ? run() : undefined))
  if (random.chance(0.6)) {
    after(OFFERED_MS + random.between(0, 30) * 1000, () => pressOne(scene, caller))
  }
  after(random.between(3, 15) * MINUTE_MS, () => {
    world.queue.leave(uniqueid)
    here.onLine.delete(number)
    return noteMissed(scene, number, cameAt)
  })
}

function talk(scene: Scene, { number }: Caller, extension: string): void {
  const { random, here, machine, timeline } = scene
  const talkMs = random.between(5, 90) * 1000
  setInCall(here, extension, true)
  timeline.at(machine.worldMs() + talkMs, () => {
    setInCall(here, extension, false)
    here.onLine.delete(number)
    return gotThrough(scene, number, talkMs)
  })
}

/** The place is asked for; they hang up, and some call again meanwhile. */
async function pressOne(scene: Scene, caller: Caller): Promise<void> {
  const { random, here, machine, timeline, world, judge } = scene
  const { number, uniqueid, cameAt, cameMs } = caller
  world.queue.leave(uniqueid)
  here.listening.add(number)
  world.queue.callers.set(uniqueid, { cameMs, number })
  const listensMs = random.between(5, 25) * 1000
  const hangsUpMs = machine.worldMs() + listensMs
  timeline.at(hangsUpMs, () => {
    here.listening.delete(number)
    here.onLine.delete(number)
    scene.rows.endCall(uniqueid, machine.now())
  })
  if (random.chance(0.4)) {
    const againMs = hangsUpMs + random.between(10, 600) * 1000
    timeline.at(againMs, () => customerCalls(scene, number, random.chance(0.7)))
  }
  await untilHeard(scene, async (life) => {
    if (!(await life.ask(uniqueid, aCall(uniqueid, number, cameAt), number))) return false
    const isPromised = scene.rows.promisesTo(number).length > 0
    if (!isPromised) judge.add('forgotten', uniqueid, `${number} asked and is promised nothing`)
    return true
  })
}

/** Once the end of such a talk is known, nothing else that was promised to the number is owed. */
export async function talkedFromPlace(scene: Scene, one: PlacedOrder): Promise<void> {
  if (one.place === null || !hasReached(one)) return
  const { machine, rows, deeds } = scene
  const { channelId, number } = one.order
  const { talkSeconds } = one.script
  if (talkSeconds < SHORTEST_TALK_SECONDS) return
  const answeredAt = plusMs(machine.now(), -talkSeconds * 1000)
  await untilHeard(scene, async (life) => {
    if (!(await life.talked(channelId, answeredAt))) return false
    const own = rows.ordered(channelId)?.id
    if (rows.callOf(channelId) === null) return true
    deeds.gotThrough.add(number)
    for (const { id, status, created_at: at } of rows.promisesTo(number)) {
      if (id !== own && status === 'cancelled' && at < answeredAt) deeds.needless.add(id)
    }
    return true
  })
}
