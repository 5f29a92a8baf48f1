import { hasReached, type PlacedOrder } from './calls.ts'
import { callerJoins, talkedFromPlace } from './callers.ts'
import type { Fault } from './judge.ts'
import { act, customerCalls, customerOf, dismiss, leave, moveAgent, promise } from './people.ts'
import type { Rows } from './rows.ts'
import {
  AGENTS,
  createScene,
  hire,
  MINUTE_MS,
  type Scene,
  setReach,
  soon,
  TROUBLE_MS,
} from './scene.ts'

const PROMISES = 86
/** Callers whom nobody answers, each with a number of their own. */
const MISSED = 15
/** What is owed must be settled this long after, also over a night and with the clock set back. */
const CALM_MS = 40 * 60 * MINUTE_MS
/** Who come into the queue while it is troubled; more than half of them ask to be called. */
const CALLERS = 24
const GUARD_EVERY_MS = MINUTE_MS
/** When so many looks have settled nothing, more will not. */
const MOST_LOOKS = 2500
/** Between two looks in the calm. */
const CALM_LOOK_MS = 25_000
const VIETNAM_MS = 7 * 60 * MINUTE_MS
const DAY_MS = 24 * 60 * MINUTE_MS

export interface Simulated {
  seed: number
  promises: number
  placed: number
  reached: number
  /** Callers who asked to be called, the places kept for them, and those to which an agent came. */
  asked: number
  places: number
  served: number
  /** How often the service was started. */
  lives: number
  looks: number
  faults: Fault[]
}

/**
 * Promises of a working day kept by the real rows and services, with everything going wrong that can:
 * orders and answers lost or late, events unheard, the service killed or suspended at any commit, a
 * second dialler beside it, the PBX killed, the database silent, clocks set an hour on or back, people
 * and customers coming and going. Time is virtual; `seed` decides all of it.
 */
export async function simulate(seed: number, rows: Rows): Promise<Simulated> {
  rows.clear()
  const scene = createScene(seed, rows)
  const { machine, timeline, world, judge } = scene
  const looks = { count: 0, isCalm: false }
  scene.afterEnd.run = (one) => talkedFromPlace(scene, one)
  populate(scene)
  for (let number = scene.hasTwo ? 2 : 1; number > 0; number -= 1) scene.lives.push(scene.bear())
  planPromises(scene)
  planTrouble(scene)
  timeline.at(0, () => lookAround(scene, looks))
  timeline.at(GUARD_EVERY_MS, () => guard(scene))
  for (let next = timeline.next(); next !== null; next = timeline.next()) {
    machine.pass(next.atMs)
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await next.run()
    if (machine.worldMs() > TROUBLE_MS + CALM_MS || looks.count > MOST_LOOKS) break
  }
  judge.judgeAll()
  const promises = rows.promises()
  const places = world.placed.filter(({ place }) => place !== null)
  return {
    seed,
    promises: promises.length,
    asked: promises.filter(({ reason }) => reason === 'asked').length,
    places: places.length,
    served: places.filter(isServed).length,
    placed: world.placed.length,
    reached: world.placed.filter(hasReached).length,
    lives: scene.born(),
    looks: looks.count,
    faults: judge.faults,
  }
}

function isServed({ place }: PlacedOrder): boolean {
  return place?.servedMs !== null
}

function populate(scene: Scene): void {
  for (const [index, name] of AGENTS.entries()) hire(scene, name, String(101 + index))
  hire(scene, 'chief', null, 'supervisor')
}

function planPromises(scene: Scene): void {
  const { random, timeline } = scene
  for (let number = 0; number < PROMISES; number += 1) {
    const atMs = random.chance(0.5) ? 0 : random.between(0, TROUBLE_MS / 2)
    timeline.at(atMs, () => promise(scene, `t${number}`))
  }
  for (let number = 0; number < MISSED; number += 1) {
    const caller = `09881${String(number).padStart(5, '0')}`
    timeline.at(soon(random), () => customerCalls(scene, caller, false))
  }
  for (let number = 0; number < CALLERS; number += 1) {
    timeline.at(soon(random), () => callerJoins(scene, number))
  }
}

function planTrouble(scene: Scene): void {
  const { random, timeline } = scene
  const often = (least: number, most: number, run: () => Promise<void> | void) => {
    for (let turn = random.between(least, most); turn > 0; turn -= 1) timeline.at(soon(random), run)
  }
  often(1, 3, () => kill(scene))
  often(1, 4, () => suspend(scene))
  often(0, 2, () => crashPbx(scene))
  often(0, 1, () => setClock(scene))
  often(20, 40, () => moveAgent(scene))
  often(0, 2, () => leave(scene))
  often(0, 1, () => dismiss(scene))
  often(5, 20, () => customerCalls(scene, customerOf(scene), random.chance(0.8)))
  often(0, 3, () =>
    customerCalls(scene, `09881${String(random.between(0, MISSED)).padStart(5, '0')}`, true),
  )
  often(5, 15, () => act(scene))
  timeline.at(TROUBLE_MS + 2 * MINUTE_MS, () => calm(scene))
}

/** Everybody is there, and nothing goes wrong any more. */
function calm(scene: Scene): void {
  for (const person of scene.here.people.values()) {
    const isTalking = person.extension === null || scene.here.atQueue.has(person.extension)
    if (!isTalking) setReach(scene, person, 'ready', 'ready')
  }
}

/** Killed at once, at a commit, or between an order and its answer; then started anew. */
async function kill(scene: Scene): Promise<void> {
  const { random, lives, machine, timeline } = scene
  const life = random.pick(lives)
  if (!life.isAwake()) return
  if (random.chance(0.7)) {
    if (random.chance(0.5)) life.fate.diesWithOrder = true
    else life.fate.diesAfter = random.between(0, 6)
    void life.look()
    await drained()
  }
  life.fate.isDead = true
  timeline.at(machine.worldMs() + random.between(1, 90) * 1000, async () => {
    const born = scene.bear()
    lives[lives.indexOf(life)] = born
    await scene.world.queue.catchUp()
    await born.start()
  })
}

/** It stands still for minutes or hours, in the middle of what it does, and knows nothing of it. */
async function suspend(scene: Scene): Promise<void> {
  const { random, lives, machine, timeline } = scene
  const life = random.pick(lives)
  if (!life.isAwake()) return
  if (random.chance(0.7)) {
    if (random.chance(0.3)) life.fate.stopsAtAnswer = true
    else life.suspend(random.pick([0, 0, 0, 1, 2]))
    void life.look()
    await drained()
  }
  life.suspend(null)
  const ms = random.chance(0.3)
    ? random.between(60, 180) * MINUTE_MS
    : random.between(5, 600) * 1000
  timeline.at(machine.worldMs() + ms, async () => {
    await life.resume(ms)
    await scene.world.queue.catchUp()
  })
}

/** Nothing here waits for anything but promises: after one turn of the event loop all stand still. */
function drained(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** Not while a process is suspended: set back by as long, its clock would say that no time has passed. */
function setClock({ lives, machine, random }: Scene): void {
  const hours = random.pick([-1, 1])
  if (lives.every((life) => life.isAwake())) machine.set(hours * 60 * MINUTE_MS)
}

function crashPbx(scene: Scene): void {
  const { random, telephony, machine, timeline, world } = scene
  world.crash()
  telephony.setLink('pbx1', 'connecting')
  const isBack = machine.worldMs() + random.between(5, 60) * 1000
  timeline.at(isBack, () => telephony.setLink('pbx1', 'ready'))
}

interface Looks {
  count: number
  isCalm: boolean
}

/**
 * Those who are awake look at once, or one of two; then again soon, or in the calm when something can be
 * due.
 */
async function lookAround(scene: Scene, looks: Looks): Promise<void> {
  const { lives, machine, random, timeline } = scene
  const isTrouble = machine.worldMs() < TROUBLE_MS
  const isAlone = random.chance(0.5)
  const looking = lives.filter((life, index) => life.isAwake() && (index === 0 || !isAlone))
  looks.count += looking.length
  const isBusy = isTrouble && random.chance(0.2)
  await Promise.all([
    ...looking.map((life) => life.look()),
    ...(isBusy ? [actMeanwhile(scene)] : []),
  ])
  const nextMs = isTrouble ? machine.worldMs() + random.between(5, 60) * 1000 : calmLookMs(scene)
  if (nextMs !== null) timeline.at(nextMs, () => lookAround(scene, looks))
}

/** Somebody does something to what is being taken, at some point of the look. */
async function actMeanwhile(scene: Scene): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- so many turns of those who look
  for (let turns = scene.random.between(0, 150); turns > 0; turns -= 1) await Promise.resolve()
  await act(scene, true)
}

/** Null when nothing is owed any more. */
function calmLookMs({ rows, machine, timeline, rules }: Scene): number | null {
  const nowMs = machine.nowMs()
  const waiting = rows.waiting().map((at) => Date.parse(at))
  const leases = rows.leases().map((until) => (until === null ? nowMs : Date.parse(until)))
  if (waiting.length + leases.length === 0) return null
  const opens = opensMs(nowMs, rules.hours)
  const nextEventMs = (timeline.nextAtMs() ?? Number.POSITIVE_INFINITY) - machine.worldMs() + nowMs
  // What is due and was not dialled waits for a phone, or for a customer.
  const moments = waiting.map((at) => Math.max(opens, at > nowMs ? at : nextEventMs + 500))
  const nextMs = Math.min(...leases, ...moments, nowMs + DAY_MS)
  return machine.worldMs() + Math.max(nextMs - nowMs, CALM_LOOK_MS)
}

/** When customers may be called: now, or at the next beginning of the hours. */
function opensMs(nowMs: number, hours: { from: string; to: string }): number {
  const local = nowMs + VIETNAM_MS
  const time = new Date(local).toISOString().slice(11, 16)
  if (time >= hours.from && time < hours.to) return nowMs
  const [hour = 0, minute = 0] = hours.from.split(':').map(Number)
  const opens = local - (local % DAY_MS) + (hour * 60 + minute) * MINUTE_MS
  return (opens > local ? opens : opens + DAY_MS) - VIETNAM_MS
}

/** Promises whose owners are not there, or work here no more. */
async function guard(scene: Scene): Promise<void> {
  const { machine, timeline, rows } = scene
  const life = scene.hearing()
  if (life !== null) {
    await life.guard()
    await life.settleOrphaned()
  }
  const isOver =
    machine.worldMs() > TROUBLE_MS && rows.waiting().length + rows.leases().length === 0
  if (isOver) return
  const everyMs = machine.worldMs() > TROUBLE_MS ? 10 * GUARD_EVERY_MS : GUARD_EVERY_MS
  timeline.at(machine.worldMs() + everyMs, () => guard(scene))
}
