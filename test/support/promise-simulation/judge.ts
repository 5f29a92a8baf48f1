import type { DayHours } from '../../../server/callbacks/policy/calling-hours.ts'
import { isPlace } from '../../../server/calls/callback-call/place-channel.ts'
import { hasReached, isDialling, type PlacedOrder } from './calls.ts'
import type { Machine } from './machine.ts'
import type { PromiseRow, Rows } from './rows.ts'
import type { World } from './world.ts'

/** One thing that must never happen. */
export interface Fault {
  kind:
    | 'early'
    | 'out_of_hours'
    | 'unstored'
    | 'unclaimed'
    | 'doubled'
    | 'disturbed'
    | 'needless'
    | 'given_away'
    | 'forgotten'
    | 'owed'
    | 'unkept'
    | 'misjudged'
    | 'overtaken'
    | 'pestered'
    | 'thrown'
  /** The promise, or the channel of what belongs to none. */
  subject: string
  detail: string
}

/** What people did, which no rule of the service explains. */
export interface Deeds {
  /** Promises of which somebody has chosen what becomes of them. */
  touched: Set<string>
  /** Promises that somebody wants dialled at once, whatever the hour, until they are. */
  asked: Set<string>
  /** Promises of whose attempts somebody said how they went. */
  told: Set<string>
  /** Numbers of customers who got through and were heard of. */
  gotThrough: Set<string>
  /** Promises that such a call has made needless. */
  needless: Set<string>
}

export interface JudgeDeps {
  machine: Machine
  rows: Rows
  world: () => World
  deeds: Deeds
  onLine: ReadonlySet<string>
  /** Those of them of whom the service has heard. */
  entered: ReadonlySet<string>
  hours: DayHours
  retries: number
}

/** How often the dialler tries a missed caller, or whom it could not have. */
const MISSED_TRIES = 3
/** Attempts that trunk and PBX spoil before a person decides. */
const MOST_FAULTS = 5
const MOST_TEAM_ATTEMPTS = 10
const VIETNAM_MS = 7 * 60 * 60_000
const AGREED_MS = 30 * 60_000
const GRACE_MS = 60_000

export type Judge = ReturnType<typeof createJudge>

/** Knows what really happened, and says what of it never may. */
export function createJudge(deps: JudgeDeps) {
  const { machine, rows, deeds, hours } = deps
  const faults: Fault[] = []
  const ordersOf = new Map<string, PlacedOrder[]>()
  /** Whose a promise was when it was dialled, and when its attempt was stored, by channel. */
  const dialled = new Map<string, { by: string | null; storedAt: string }>()

  function add(kind: Fault['kind'], subject: string, detail: string): void {
    faults.push({ kind, subject, detail })
  }

  /** An order at the moment at which the PBX takes it. */
  function onOrder(one: PlacedOrder): void {
    const { order, script } = one
    const promise = rows.ordered(order.channelId)
    if (promise === null) return add('unstored', order.channelId, 'no attempt is stored')
    const before = ordersOf.get(promise.id) ?? []
    ordersOf.set(promise.id, [...before, one])
    const { assignee_id: by, submitted_at: storedAt } = promise
    dialled.set(order.channelId, { by, storedAt })
    if (script.kind === 'void') return
    // How old an order is that another process wrote, only the wall clock says.
    const isKnowable = !one.wasDelayed || !machine.wasSet()
    const isOurs = promise.status === 'dialing' && promise.number === promise.attempts
    if (isKnowable && (!isOurs || promise.ended_at !== null)) {
      add('unclaimed', promise.id, `is ${promise.status}, attempt ${promise.number} is ordered`)
    }
    if (one.place !== null) return isKnowable ? judgePlace(promise, before) : undefined
    judgeDoubled(promise.id, one, before)
    if (!one.wasDelayed) judgeMoment(promise, one)
    deeds.asked.delete(promise.id)
  }

  /** A place as it comes into the queue: behind who came before, and before who came later. */
  function onPlace(
    one: PlacedOrder,
    before: readonly { uniqueid: string; cameMs: number }[],
    behind: readonly { uniqueid: string; cameMs: number }[],
  ): void {
    onOrder(one)
    const cameMs = one.place?.cameMs ?? 0
    const { channelId } = one.order
    const others = [...before, ...behind]
    const isInOrder = others.every((other, at) => other.cameMs >= (others[at - 1]?.cameMs ?? 0))
    const isKnown = others.every(({ uniqueid }) => !isPlace(uniqueid) || isHeld(uniqueid))
    if (one.wasDelayed || machine.wasSet() || !isInOrder || !isKnown) return
    for (const other of before) {
      if (other.cameMs > cameMs) add('overtaken', channelId, `stands behind ${other.uniqueid}`)
    }
    for (const other of behind) {
      if (other.cameMs < cameMs) add('overtaken', channelId, `stands before ${other.uniqueid}`)
    }
  }

  /** A place that the service has left and that still waits: it is no longer known when its caller came. */
  function isHeld(uniqueid: string): boolean {
    return rows.ordered(uniqueid.replace(/^pl-/, 'cb-'))?.ended_at === null
  }

  /** An agent answers for a place: the customer is dialled now. */
  function onServed(one: PlacedOrder): void {
    if (one.script.kind === 'void') return
    const promise = rows.ordered(one.order.channelId)
    if (promise === null) return add('unstored', one.order.channelId, 'no attempt is stored')
    const before = ordersOf.get(promise.id) ?? []
    judgeDoubled(
      promise.id,
      one,
      before.filter((other) => other !== one),
    )
    // A queue counts whole seconds: the last one begins before closing time.
    if (!machine.wasSet() && !mayCall(promise, machine.nowMs() - 1000))
      add('out_of_hours', promise.id, `answered at ${machine.now()}`)
    if (deeds.needless.has(promise.id)) {
      add('needless', promise.id, `${one.order.number} had got through`)
    }
    if (deps.entered.has(one.order.number)) {
      add('disturbed', promise.id, `${one.order.number} talks to us`)
    }
  }

  function judgeDoubled(id: string, one: PlacedOrder, before: PlacedOrder[]): void {
    const { order, wasDelayed } = one
    const { number, extension } = order
    for (const other of deps.world().alive) {
      if (other === one || other.script.kind === 'void' || !isDialling(other)) continue
      const { channelId } = other.order
      if (other.order.number === number)
        add('doubled', id, `${number} is being called: ${channelId}`)
      if (wasDelayed || other.wasDelayed) continue
      if (other.order.extension === extension) add('doubled', id, `${extension} has ${channelId}`)
    }
    for (const other of before) {
      if (hasReached(other)) add('doubled', id, `${other.order.channelId} had reached the customer`)
    }
  }

  function judgeMoment(promise: PromiseRow, { order: { number } }: PlacedOrder): void {
    const { id, due_at: dueAt } = promise
    const now = machine.now()
    if (dueAt > now) add('early', id, `due at ${dueAt}, ordered at ${now}`)
    if (!deeds.asked.has(id) && !mayCall(promise)) add('out_of_hours', id, `ordered at ${now}`)
    if (deps.onLine.has(number)) add('disturbed', id, `${number} talks to us`)
    if (deeds.needless.has(id)) add('needless', id, `${number} had got through`)
  }

  function judgePlace(promise: PromiseRow, before: readonly PlacedOrder[]): void {
    const { id } = promise
    const reached = before.find(hasReached)
    if (reached) add('doubled', id, `${reached.order.channelId} had reached the customer`)
    if (before.some(({ state }) => state === 'alive')) add('doubled', id, 'it has a place already')
    if (!mayCall(promise)) add('out_of_hours', id, `a place at ${machine.now()}`)
  }

  function mayCall({ agreed, due_at: dueAt }: PromiseRow, nowMs = machine.nowMs()): boolean {
    const time = new Date(nowMs + VIETNAM_MS).toISOString().slice(11, 16)
    if (time >= hours.from && time < hours.to) return true
    return agreed === 1 && nowMs < Date.parse(dueAt) + AGREED_MS
  }

  /** A call that ends, before the service hears of it. */
  function onEnd({ order: { channelId }, place }: PlacedOrder): void {
    if (place !== null) return
    const promise = rows.ordered(channelId)
    if (promise?.status !== 'dialing' || promise.number !== promise.attempts) return
    const by = dialled.get(channelId)?.by
    if (promise.assignee_id !== by) {
      add('given_away', promise.id, `was ${by}’s while it was dialled, is ${promise.assignee_id}’s`)
    }
  }

  /** What was forgotten or is told wrong when all is quiet again. */
  function judgeAll(): void {
    for (const promise of rows.promises()) judgeOne(promise, ordersOf.get(promise.id) ?? [])
  }

  function judgeOne(promise: PromiseRow, orders: readonly PlacedOrder[]): void {
    const { id, status, late_until: lateUntil, verdict } = promise
    const isTold = deeds.told.has(id)
    const reached = orders.some(hasReached)
    if (status === 'scheduled' || status === 'dialing') add('forgotten', id, `is ${status}`)
    else if (status !== 'done' && reached && !isTold) add('owed', id, `reached, and is ${status}`)
    else if (status === 'done' && !isTold && orders.every(({ script }) => script.answerMs === null))
      add('unkept', id, 'it is kept and no customer answered')
    if (lateUntil !== null && lateUntil <= machine.now() && verdict === null)
      add('misjudged', id, 'it has no verdict')
    if (deeds.touched.has(id)) return
    judgeEnd(promise, orders)
    judgeVerdict(
      promise,
      orders.filter(({ script }) => script.kind !== 'lost'),
    )
  }

  /** Why it is over although nobody reached the customer, and nobody of us decided it. */
  function judgeEnd(promise: PromiseRow, orders: readonly PlacedOrder[]): void {
    const { id, status, cancel_reason: reason, number_dial: number } = promise
    const [least, most] = triesOf(promise)
    const rang = orders.filter(({ state, script }) => state === 'ended' && script.kind === 'rang')
    if (rang.length > most && !isUnclear(id, orders)) {
      add('pestered', id, `rang ${rang.length} times, ${most} at most`)
    }
    if (status === 'failed' && !isExplained(promise, orders, rang.length >= least))
      add('forgotten', id, `failed after ${orders.map(wordOf).join(', ') || 'nothing'}`)
    if (status !== 'cancelled') return
    const isThrough = reason === 'superseded' && deeds.gotThrough.has(number)
    const isAnew = rows.promisesTo(number).some((other) => isAskedAfter(other, promise))
    const isGivenUp = isMissed(promise) && reason === 'not_reached' && rang.length >= least
    if (!isThrough && !isAnew && !isGivenUp && !isUnclear(id, orders))
      add('forgotten', id, `cancelled (${reason}) after ${orders.map(wordOf).join(', ')}`)
  }

  /** How often the customer may be rung in vain before somebody decides: at least, and at most. */
  function triesOf(promise: PromiseRow): [number, number] {
    const own = deps.retries + 1
    if (!isMissed(promise)) return [own, own]
    // Once somebody has talked to them it is a promise like others.
    const isOwned = promise.ticket_id !== null
    return isOwned
      ? [Math.min(own, MISSED_TRIES), Math.max(own, MISSED_TRIES)]
      : [MISSED_TRIES, MISSED_TRIES]
  }

  /** The PBX took its knowledge with it, or an order was lost: the service cannot know. */
  function isUnclear(id: string, orders: readonly PlacedOrder[]): boolean {
    return deps.world().unplaced.has(id) || orders.some(({ state }) => state === 'cut')
  }

  function isExplained(
    promise: PromiseRow,
    orders: readonly PlacedOrder[],
    isTriedEnough: boolean,
  ): boolean {
    const kinds = orders.map(({ script }) => script.kind)
    const spoilt = kinds.filter((kind) => kind === 'fault' || kind === 'void').length
    if (isUnclear(promise.id, orders) || kinds.includes('wrong')) return true
    if (isTriedEnough || spoilt >= MOST_FAULTS) return true
    return kinds.includes('agent') && (promise.ticket_id !== null || isOfTheTeam(orders))
  }

  /** By what really was ordered, where that is known. */
  function judgeVerdict(promise: PromiseRow, orders: readonly PlacedOrder[]): void {
    const { id, verdict, promised_for: promisedFor } = promise
    const isThrough = promise.cancel_reason === 'superseded'
    const [first] = orders
    if (first === undefined) {
      if (verdict === 'kept' && !isThrough && !deps.world().unplaced.has(id))
        add('misjudged', id, 'it is kept and was never dialled')
      return
    }
    if (isUnclear(id, orders) || first.wasDelayed || isThrough || machine.wasSet()) return
    const { channelId } = first.order
    const storedAt = dialled.get(channelId)?.storedAt ?? ''
    const isOnTime = storedAt <= new Date(Date.parse(promisedFor) + GRACE_MS).toISOString()
    if (isOnTime !== (verdict === 'kept'))
      add('misjudged', id, `${verdict}: ${channelId} at ${storedAt}, due ${promisedFor}`)
  }

  return { faults, add, onOrder, onPlace, onServed, onEnd, judgeAll }
}

/**
 * Who was promised a call and asks for one in the queue, or is missed again, is owed that one: made later
 * by the service's clock, or, when that was set back since, in the moment in which the first one ended.
 */
function isAskedAfter(other: PromiseRow, { id, created_at: madeAt, updated_at: at }: PromiseRow) {
  const isLater = other.created_at >= madeAt || other.created_at === at
  return other.id !== id && other.missed_call_id !== null && isLater
}

function isMissed({ ticket_id: ticketId }: PromiseRow): boolean {
  return ticketId === null || ticketId.startsWith('of-')
}

function wordOf({ script, state }: PlacedOrder): string {
  return `${script.kind}/${state}`
}

/** A missed caller goes on to the next agent, but for whom did not confirm. */
function isOfTheTeam(orders: readonly PlacedOrder[]): boolean {
  const isUnconfirmed = orders.some(({ script }) => script.agentCause === 18)
  return isUnconfirmed || orders.length >= MOST_TEAM_ATTEMPTS
}
