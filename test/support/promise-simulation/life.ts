import type { AttemptStage } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import { type Callbacks, createCallbacks } from '../../../server/callbacks/callbacks-feature.ts'
import type { AgentReach } from '../../../server/callbacks/dialling/dial-decision.ts'
import { isPlace } from '../../../server/calls/callback-call/place-channel.ts'
import type { Waiting } from '../../../server/callbacks/hold/place.ts'
import type { CallbackRules } from '../../../server/callbacks/policy/callback-rules.ts'
import type { Call } from '../../../server/calls/conversation/call.ts'
import { normalizeVn } from '../../../server/customers/phone-number.ts'
import type { Database, Trx } from '../../../server/db/transaction.ts'
import type { DomainFact } from '../../../server/domain-fact.ts'
import type { Logger } from '../../../server/logger.ts'
import type { OriginateOrder, PlaceOrder, Telephony } from '../../../server/ports.ts'
import { createSchedule } from '../../../server/schedule/schedule-feature.ts'
import { createTestIds } from '../ids.ts'
import { silentLogger } from '../logger.ts'
import { aCallbackCall } from '../promise-ledger.ts'
import { SHORTEST_TALK_SECONDS } from './calls.ts'
import { clockOf, type Machine } from './machine.ts'
import type { Random } from './random.ts'
import type { Rows } from './rows.ts'

/** The database did not answer: nothing of the transaction was written. */
export class DatabaseAway extends Error {
  override readonly name = 'DatabaseAway'
}

/** Who is here, and who talks to us: the same for every process. */
export interface Here {
  people: Map<string, SessionUser>
  reach: Map<string, AgentReach>
  onLine: Set<string>
  /** Those of them who only listen to the end that they will be called back. */
  listening: Set<string>
  /** Those of whom the service has heard that they called. */
  entered: Set<string>
  /** Phones that talk to somebody of the queue. */
  atQueue: Set<string>
  /** Who waits in the queue of the hotline, as the PBX shows it. */
  queue: () => readonly Waiting[]
}

export interface LifeDeps {
  name: string
  random: Random
  machine: Machine
  telephony: Telephony
  rows: Rows
  here: Here
  rules: CallbackRules
  isAlone: boolean
  /** How often the database does not answer now. */
  badWeather: () => number
  /** What the service logged as an error. */
  onError: (error: unknown) => void
}

export type Life = ReturnType<typeof openLife>

/** One process of the service, from its start to its death: the real promises on the real rows. */
export function openLife(deps: LifeDeps) {
  const { random, machine, rows, here } = deps
  const clock = clockOf(machine)
  const fate = {
    isDead: false,
    diesAfter: -1,
    stopsAfter: -1,
    diesWithOrder: false,
    stopsAtAnswer: false,
  }
  let resumed: PromiseWithResolvers<void> | null = null
  let look: Promise<void> = Promise.resolve()
  const database = fated(rows.database)
  const newId = createTestIds(deps.name)
  const logger = errorsTo(deps.onError)
  const feature: Callbacks = createCallbacks({
    database,
    clock,
    newId,
    logger,
    notifier: { callbackUpdated: () => {}, outgoingCallUpdated: () => {} },
    telephony: { ...deps.telephony, originateCallback, keepPlace, hangUp, isChannelLive },
    state: followFact,
    readNumber: normalizeVn,
    mayResolveOnCall: true,
    findTicket: async (_db, ticketId) => rows.findTicket(ticketId),
    ticketToCall: async () => null,
    mobileOf: () => null,
    heirs: () => [...here.people.values()].filter(({ extension }) => extension !== null),
    membersOf: () => [...here.people.values()].map(memberOf),
    reachOf: (ids) => ids.flatMap((id) => here.reach.get(id) ?? []),
    rules: () => deps.rules,
    teamsOf: () => ['cskh'],
    mustConfirm: true,
    leadsOf: async () => ['chief'],
    shortestTalkSeconds: SHORTEST_TALK_SECONDS,
    numbersOnLine: () => [...here.onLine],
    numbersStaying: () => [...here.onLine].filter((number) => !here.listening.has(number)),
    hasPlaces: () => here.queue().some(({ uniqueid }) => isPlace(uniqueid)),
    waitingIn: here.queue,
    readyIn: () => [],
    personOf: (phone) =>
      [...here.people.values()].find(({ extension }) => extension === phone)?.id ?? null,
    talkingOn: () => null,
    schedule: createSchedule({ database, clock, newId, logger }),
    isAlone: deps.isAlone,
    namesOf: async () => new Map(),
    hotlineQueues: ['hotline'],
  })

  /** The process may die or be suspended at any commit, and no commit may be there at all. */
  function fated(given: Database): Database {
    return {
      ...given,
      async transaction(work) {
        if (fate.isDead) return never()
        for (let turns = random.between(0, 2); turns > 0; turns -= 1) await Promise.resolve()
        if (random.chance(deps.badWeather())) throw new DatabaseAway('no answer')
        const result = await given.transaction(work)
        if (fate.diesAfter-- === 0) fate.isDead = true
        if (fate.stopsAfter-- === 0) resumed = Promise.withResolvers()
        if (resumed !== null) await resumed.promise
        return fate.isDead ? never() : result
      },
    }
  }

  function originateCallback(order: OriginateOrder): Promise<void> {
    return ordering(() => deps.telephony.originateCallback(order))
  }

  function keepPlace(order: PlaceOrder): Promise<void> {
    return ordering(() => deps.telephony.keepPlace(order))
  }

  async function hangUp(pbxId: string, channelId: string): Promise<void> {
    return fate.isDead ? never() : deps.telephony.hangUp(pbxId, channelId)
  }

  async function ordering(order: () => Promise<void>): Promise<void> {
    if (fate.isDead) return never()
    try {
      await order()
    } finally {
      if (fate.diesWithOrder) fate.isDead = true
      if (fate.isDead) await never()
    }
  }

  /** The answer may come to a process that stands still, and be old when it goes on. */
  async function isChannelLive(pbxId: string, channelId: string): Promise<boolean> {
    const isLive = await deps.telephony.isChannelLive(pbxId, channelId)
    if (fate.stopsAtAnswer) resumed ??= Promise.withResolvers()
    if (resumed !== null) await resumed.promise
    return fate.isDead ? never() : isLive
  }

  /** Nobody had talked to a missed caller before: their ticket. */
  async function followFact(trx: Trx, fact: DomainFact): Promise<void> {
    if (fact.type !== 'missed_caller_reached') return
    const ticketId = `of-${fact.promiseId}`
    rows.addTicket(ticketId, fact.numberRaw)
    await feature.missed.giveTicket(trx, fact.promiseId, ticketId)
  }

  /** False when nobody was there to hear it, or it could not be written. */
  async function inTransaction(work: (trx: Trx) => Promise<unknown>): Promise<boolean> {
    if (!isAwake()) return false
    try {
      await database.transaction(work)
      return true
    } catch (error) {
      if (!(error instanceof DatabaseAway)) throw error
      return false
    }
  }

  function hear(channelId: string, stage: AttemptStage, evidence: object): Promise<boolean> {
    const callId = `call-of-${channelId}`
    const call = aCallbackCall(channelId, stage, evidence)
    const answeredAt = call.direction === 'callback' ? call.callback.customerAnsweredAt : null
    return inTransaction(async (trx) => {
      rows.addCall(callId, { uniqueid: channelId })
      await feature.onCallProgress(trx, { callId, call: { ...call, answeredAt }, stage })
      if (stage === 'ended') rows.endCall(callId, clock.now())
    })
  }

  /** Who asked for a call and talked in it has been called back, whatever else was promised to them. */
  function talked(channelId: string, answeredAt: string): Promise<boolean> {
    return inTransaction(async (trx) => {
      const asked = await feature.hold.calledBy(trx, `call-of-${channelId}`)
      if (asked === null) return
      await feature.gotThrough(trx, { number: asked.number, answeredAt, own: asked.promiseId })
    })
  }

  /** A caller pressed 1 in the queue, or typed another number since. */
  function ask(callId: string, call: Call, number: string): Promise<boolean> {
    return inTransaction(async (trx) => {
      rows.addCall(callId, { uniqueid: callId, entered_at: call.enteredAt })
      await feature.hold.ask(trx, { callId, call, number, at: clock.now() })
    })
  }

  /** A customer calls. */
  function entered(call: Call): Promise<boolean> {
    return inTransaction((trx) => feature.hold.leaveForCall(trx, call))
  }

  function noteMissed(callId: string, call: Call): Promise<boolean> {
    return inTransaction(async (trx) => {
      rows.addCall(callId, { uniqueid: callId, ended_at: call.endedAt })
      await feature.missed.note(trx, callId, call)
    })
  }

  function gotThrough(number: string, answeredAt: string): Promise<boolean> {
    return inTransaction((trx) => feature.gotThrough(trx, { number, answeredAt }))
  }

  function settleOrphaned(): Promise<boolean> {
    return inTransaction((trx) => feature.settleOrphaned(trx, null))
  }

  /** One look at what is due, and all that follows from it. */
  function lookOnce(): Promise<void> {
    look = dial()
    return look
  }

  async function dial(): Promise<void> {
    await whateverTheWeather(feature.loop.run)
    await feature.settled()
  }

  async function guard(): Promise<void> {
    await whateverTheWeather(feature.guard.run)
  }

  async function start(): Promise<void> {
    await whateverTheWeather(feature.start)
    await feature.loop.stop()
    await feature.settled()
  }

  const isAwake = () => !fate.isDead && resumed === null

  /** From now on, or at the commit that comes after so many more, it stands still. */
  function suspend(afterCommits: number | null): void {
    if (afterCommits === null) resumed ??= Promise.withResolvers()
    else fate.stopsAfter = afterCommits
  }

  /** It goes on where it stood, as if nothing had been. */
  async function resume(sleptMs: number): Promise<void> {
    clock.slept(sleptMs)
    fate.stopsAfter = -1
    fate.stopsAtAnswer = false
    resumed?.resolve()
    resumed = null
    if (!fate.isDead) await look
  }

  return {
    feature,
    service: feature.service,
    fate,
    isAwake,
    hear,
    noteMissed,
    gotThrough,
    talked,
    ask,
    entered,
    settleOrphaned,
    look: lookOnce,
    guard,
    start,
    suspend,
    resume,
  }
}

/** The loop looks again by itself: the next look of the simulation is that. */
async function whateverTheWeather(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof DatabaseAway)) throw error
  }
}

function never(): Promise<never> {
  return new Promise(() => {})
}

function memberOf({ id, role }: SessionUser) {
  return { id, isLead: role !== 'agent' }
}

function errorsTo(onError: (error: unknown) => void): Logger {
  const logger = silentLogger.child({})
  logger.error = (line: unknown) => {
    const error = typeof line === 'object' && line !== null && 'err' in line ? line.err : line
    if (!(error instanceof DatabaseAway)) onError(error)
  }
  return logger
}
