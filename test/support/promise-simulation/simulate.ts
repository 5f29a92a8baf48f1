import type { AttemptStage, CallbackView } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import { Conflict, Unavailable } from '../../../server/errors.ts'
import type { Database } from '../../../server/db/transaction.ts'
import type { OriginateOrder } from '../../../server/ports.ts'
import { createTestClock, settle } from '../clock.ts'
import { createTestIds } from '../ids.ts'
import { createPromiseLedger } from '../promise-ledger.ts'
import { createFakeTelephony } from '../telephony.ts'
import { findFaults, type Fault, judgeOrder } from './judge.ts'
import { createRandom } from './random.ts'
import { createWorld } from './world.ts'

const MINUTE_MS = 60_000
/** While it lasts things go wrong. */
const TROUBLE_MS = 40 * MINUTE_MS
/** What is owed must be settled this long after, also when the clock was set back an hour. */
const CALM_MS = 4 * 60 * MINUTE_MS
const LOOK_EVERY_MS = 15_000
const PROMISES = 100
const AGENTS = ['mai', 'lan', 'minh', 'hoa', 'tam', 'yen', 'dung', 'phuc'] as const

export interface Simulated {
  seed: number
  promises: number
  placed: number
  reached: number
  kills: number
  faults: Fault[]
}

type Ledger = ReturnType<typeof createPromiseLedger>

/**
 * A working day's worth of promises kept by the real rows and services, with everything going wrong
 * that can: orders and answers lost, events unheard, the service and the PBX killed, clocks set an hour
 * on or back, phones and people coming and going. Time is virtual; `seed` decides all of it.
 */
export async function simulate(seed: number, database: Database): Promise<Simulated> {
  const random = createRandom(seed)
  const clock = createTestClock()
  const telephony = createFakeTelephony()
  const faults: Fault[] = []
  let lives = 0
  let ledger = openLedger()
  let isDown = false
  const world = createWorld({
    random,
    telephony,
    monotonicMs: () => clock.monotonicMs(),
    now: () => clock.now(),
    tell,
    onOrder,
  })
  const startMs = clock.monotonicMs()

  function openLedger(): Ledger {
    lives += 1
    const newId = createTestIds(`life-${lives}`)
    const settings = { clock, telephony, newId, retries: 1, isAlone: true }
    return createPromiseLedger(database, settings)
  }

  async function tell(channelId: string, stage: AttemptStage, evidence: object): Promise<void> {
    if (!isDown) await ledger.hear(stage, evidence, channelId)
  }

  async function onOrder(order: OriginateOrder): Promise<void> {
    faults.push(...(await judgeOrder({ database, world, order, now: clock.now() })))
  }

  async function hire(): Promise<SessionUser> {
    for (const [index, name] of AGENTS.entries()) {
      // oxlint-disable-next-line no-await-in-loop -- one connection
      await ledger.addPerson(name, String(101 + index))
    }
    return ledger.addPerson('chief', null, 'supervisor')
  }

  async function promiseAll(): Promise<void> {
    for (let number = 0; number < PROMISES; number += 1) {
      const ticketId = `t${number}`
      const customer = `09${String(10_000_000 + random.between(0, PROMISES - 10)).padStart(8, '0')}`
      // oxlint-disable-next-line no-await-in-loop
      await ledger.addTicket(ticketId, { number: customer })
      const owner = ledger.people.get(random.pick(AGENTS))
      if (owner === undefined) continue
      const order = { note: '', inMinutes: random.between(0, 30) }
      // oxlint-disable-next-line no-await-in-loop
      await ledger.service.promise(owner, ticketId, order)
    }
  }

  async function look(): Promise<void> {
    if (isDown) return
    await ledger.feature.loop.run()
    await ledger.feature.settled()
  }

  /** Killed between the order and its answer, or between two looks; then started anew. */
  async function kill(isInOrder: boolean): Promise<void> {
    if (isDown) return
    if (isInOrder) {
      world.dieWithOrders(true)
      await ledger.feature.loop.run()
      await settle()
      world.dieWithOrders(false)
    }
    isDown = true
    world.at(clock.monotonicMs() + random.between(1, 90) * 1000, restart)
  }

  async function restart(): Promise<void> {
    const { people, reach, onLine } = ledger
    ledger = openLedger()
    for (const [id, person] of people) ledger.people.set(id, person)
    for (const [id, one] of reach) ledger.reach.set(id, one)
    for (const number of onLine) ledger.onLine.add(number)
    isDown = false
    await ledger.feature.start()
    await ledger.feature.loop.stop()
    await ledger.feature.settled()
  }

  function crashPbx(): void {
    world.crash()
    telephony.setLink('pbx1', 'connecting')
    const isBack = clock.monotonicMs() + random.between(5, 60) * 1000
    world.at(isBack, () => telephony.setLink('pbx1', 'ready'))
  }

  function moveAgent(): void {
    const person = ledger.people.get(random.pick(AGENTS))
    if (person === undefined) return
    const device = random.pick(['ready', 'ready', 'in_call', 'unavailable'] as const)
    ledger.setReach(person, device, random.pick(['ready', 'ready', 'paused'] as const))
  }

  function customerCalls(): void {
    const number = `09${String(10_000_000 + random.between(0, PROMISES - 10)).padStart(8, '0')}`
    ledger.onLine.add(number)
    const endsAt = clock.monotonicMs() + random.between(10, 90) * 1000
    world.at(endsAt, () => void ledger.onLine.delete(number))
  }

  async function act(chief: SessionUser): Promise<void> {
    if (isDown) return
    const { items } = await ledger.service.list(chief, { status: 'open', limit: 50 })
    if (items.length === 0) return
    const promise = random.pick(items)
    try {
      await actOn(chief, promise)
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof Unavailable)) throw error
    }
  }

  async function actOn(chief: SessionUser, promise: CallbackView): Promise<void> {
    const { id, version } = promise
    switch (random.pick(['move', 'dial', 'cancel', 'give'] as const)) {
      case 'move': {
        const dueAt = new Date(clock.nowMs() + random.between(0, 15) * MINUTE_MS).toISOString()
        return void (await ledger.service.reschedule(chief, id, { version, dueAt }))
      }
      case 'dial':
        return void (await ledger.service.dialNow(chief, id))
      case 'cancel':
        return void (await ledger.service.cancel(chief, id, 'khách hẹn lại'))
      case 'give':
        return void (await ledger.service.assign(chief, id, {
          version,
          staffId: random.pick(AGENTS),
        }))
    }
  }

  function jump(): void {
    const hours = random.pick([-1, 1])
    clock.set(new Date(clock.nowMs() + hours * 60 * MINUTE_MS).toISOString())
  }

  function often(least: number, most: number, run: () => Promise<void> | void): void {
    for (let turn = random.between(least, most); turn > 0; turn -= 1) {
      world.at(startMs + random.between(0, TROUBLE_MS), run)
    }
  }

  function planTrouble(chief: SessionUser): void {
    often(1, 3, () => kill(random.chance(0.6)))
    often(0, 2, crashPbx)
    often(0, 1, jump)
    often(20, 40, moveAgent)
    often(5, 20, customerCalls)
    often(5, 15, () => act(chief))
  }

  /** Everybody is there, and nothing goes wrong any more. */
  function calm(): void {
    for (const person of ledger.people.values()) {
      if (person.extension !== null) ledger.setReach(person, 'ready', 'ready')
    }
    ledger.onLine.clear()
  }

  async function runUntil(untilMs: number): Promise<void> {
    for (let event = world.nextUntil(untilMs); event !== null; event = world.nextUntil(untilMs)) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      await clock.advance(event.atMs - clock.monotonicMs())
      // oxlint-disable-next-line no-await-in-loop
      await event.run()
    }
    await clock.advance(untilMs - clock.monotonicMs())
  }

  const chief = await hire()
  await promiseAll()
  planTrouble(chief)
  for (let ms = 0; ms < TROUBLE_MS; ms += LOOK_EVERY_MS) {
    // oxlint-disable-next-line no-await-in-loop
    await runUntil(startMs + ms)
    // oxlint-disable-next-line no-await-in-loop
    await look()
  }
  await runUntil(startMs + TROUBLE_MS + 2 * MINUTE_MS)
  calm()
  for (let ms = TROUBLE_MS + 2 * MINUTE_MS; ms < TROUBLE_MS + CALM_MS; ms += 4 * LOOK_EVERY_MS) {
    // oxlint-disable-next-line no-await-in-loop
    await runUntil(startMs + ms)
    // oxlint-disable-next-line no-await-in-loop
    await look()
    // oxlint-disable-next-line no-await-in-loop
    if (world.living().length === 0 && (await countWaiting(database)) === 0) break
  }
  faults.push(...(await findFaults(database, world)))
  const reached = world.placed.filter(({ hasReached }) => hasReached).length
  return {
    seed,
    promises: PROMISES,
    placed: world.placed.length,
    reached,
    kills: lives - 1,
    faults,
  }
}

async function countWaiting(database: Database): Promise<number> {
  const rows = await database.db
    .selectFrom('callback')
    .select('id')
    .where('status', 'in', ['scheduled', 'dialing'])
    .limit(1)
    .execute()
  return rows.length
}
