import type { AgentStateName, PauseReason } from '#contract/desk.ts'
import type { MemberState } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { CallbackRules } from '../../../server/callbacks/policy/callback-rules.ts'
import { createFakeTelephony } from '../telephony.ts'
import type { PlacedOrder } from './calls.ts'
import { createJudge, type Deeds } from './judge.ts'
import { type Here, type Life, openLife } from './life.ts'
import { createMachine } from './machine.ts'
import { createRandom, type Random } from './random.ts'
import type { Rows } from './rows.ts'
import { createTimeline } from './timeline.ts'
import { createWorld } from './world.ts'

export const MINUTE_MS = 60_000
/** While it lasts things go wrong. */
export const TROUBLE_MS = 30 * MINUTE_MS
export const AGENTS = 'mai lan minh hoa tam yen dung phuc nga son thu vy'.split(' ')

export type Scene = ReturnType<typeof createScene>

/** When it begins, and within which hours customers are called: 09:00, 20:50 and 06:40 in Vietnam. */
const DAYS = [
  { start: '2026-11-23T02:00:00.000Z', hours: { from: '00:00', to: '24:00' } },
  { start: '2026-11-23T02:00:00.000Z', hours: { from: '07:00', to: '21:30' } },
  { start: '2026-11-23T13:50:00.000Z', hours: { from: '07:00', to: '21:30' } },
  { start: '2026-11-22T23:40:00.000Z', hours: { from: '07:00', to: '21:30' } },
] as const

/** Everything of one simulation: the world as it is, and the processes that keep promises in it. */
export function createScene(seed: number, rows: Rows) {
  const random = createRandom(seed)
  const day = random.pick(DAYS)
  const rules: CallbackRules = {
    hours: day.hours,
    delayMinutes: 30,
    retries: random.between(0, 2),
    customerFirstQueue: null,
  }
  const hasTwo = random.chance(0.4)
  const machine = createMachine(day.start)
  const timeline = createTimeline()
  const telephony = createFakeTelephony()
  const here: Here = {
    people: new Map(),
    reach: new Map(),
    onLine: new Set(),
    listening: new Set(),
    entered: new Set(),
    atQueue: new Set(),
    queue: () => world.queue.waiting,
  }
  const deeds: Deeds = {
    touched: new Set(),
    asked: new Set(),
    told: new Set(),
    gotThrough: new Set(),
    needless: new Set(),
  }
  const judge = createJudge({
    machine,
    rows,
    deeds,
    hours: rules.hours,
    retries: rules.retries,
    onLine: here.onLine,
    entered: here.entered,
    world: () => world,
  })
  const world = createWorld({
    random,
    telephony,
    machine,
    timeline,
    promiseOf: (channelId) => rows.ordered(channelId)?.id ?? null,
    onOrder: judge.onOrder,
    onEnd: judge.onEnd,
    tell: async (one, stage, evidence) => {
      const isHeard = (await hearing()?.hear(one.order.channelId, stage, evidence)) ?? false
      if (isHeard && stage === 'ended') await afterEnd.run(one)
      return isHeard
    },
    queue: {
      hasTwo,
      onPlace: judge.onPlace,
      onServed: judge.onServed,
      freeAgents: () => freeAgents(here, world.alive),
      setInCall: (extension, isInCall) => setInCall(here, extension, isInCall),
    },
  })
  const afterEnd: { run: (one: PlacedOrder) => Promise<void> } = { run: async () => {} }
  const lives: Life[] = []
  let born = 0

  function bear(): Life {
    born += 1
    return openLife({
      name: `life-${born}`,
      random,
      machine,
      telephony: {
        ...telephony,
        bootedAt: world.bootedAt,
        keepPlace: world.queue.keepPlace,
        hangUp: world.queue.hangUp,
      },
      rows,
      here,
      rules,
      isAlone: !hasTwo,
      badWeather: () => (machine.worldMs() < TROUBLE_MS ? 0.003 : 0),
      onError: (error) => judge.add('thrown', `life-${born}`, String(error)),
    })
  }

  /** Who hears of calls and does what people ask; null while nobody is there. */
  function hearing(): Life | null {
    return lives.find((life) => life.isAwake()) ?? null
  }

  const known = {
    afterEnd,
    random,
    machine,
    timeline,
    telephony,
    rows,
    here,
    deeds,
    judge,
    world,
    lives,
  }
  return { ...known, rules, hasTwo, bear, hearing, born: () => born }
}

/** Phones that the queue may ring now. */
function freeAgents({ people, reach, atQueue }: Here, alive: Iterable<PlacedOrder>): string[] {
  const busy = new Set([...alive].map(({ order }) => order.extension))
  for (const extension of atQueue) busy.add(extension)
  return [...people.values()].flatMap(({ id, extension }) => {
    const at = reach.get(id)
    const isFree = at?.member?.state === 'ready' && at.wanted.state === 'ready'
    return extension !== null && isFree && !busy.has(extension) ? [extension] : []
  })
}

/** A phone that the queue rang is in a call, or free again. */
export function setInCall(
  { people, reach, atQueue }: Here,
  extension: string,
  isInCall: boolean,
): void {
  if (isInCall) atQueue.add(extension)
  else atQueue.delete(extension)
  const person = [...people.values()].find((one) => one.extension === extension)
  const at = person && reach.get(person.id)
  if (person === undefined || at === undefined || at.member === null) return
  reach.set(person.id, {
    ...at,
    member: { ...at.member, state: isInCall ? 'in_call' : 'ready' },
  })
}

/** Somebody who works here; with an extension their phone is a free, ready queue member. */
export function hire(
  { rows, here }: Scene,
  name: string,
  extension: string | null,
  role: SessionUser['role'] = 'agent',
): SessionUser {
  const person = { id: name, username: name, displayName: name, role, extension }
  rows.addPerson(person)
  here.people.set(name, person)
  if (extension !== null) setReach({ here }, person, 'ready', 'ready')
  return person
}

export function setReach(
  { here }: Pick<Scene, 'here'>,
  { id, extension }: SessionUser,
  device: MemberState | null,
  wanted: AgentStateName,
  reason: PauseReason | null = null,
): void {
  here.reach.set(id, {
    staffId: id,
    extension: extension ?? '',
    wanted: { state: wanted, reason },
    member: device === null ? null : { pbxId: 'pbx1', state: device },
  })
}

/** A moment within the trouble, evenly. */
export function soon(random: Random): number {
  return random.between(0, TROUBLE_MS)
}
