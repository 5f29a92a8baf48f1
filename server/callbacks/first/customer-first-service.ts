import type { Instant } from '#contract/primitives.ts'
import { ringerOf } from '../../calls/callback-call/ringer-channel.ts'
import { dialableDigits } from '../../customers/phone-number.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import type { Clock, NewId, Telephony } from '../../ports.ts'
import { plusMs } from '../../time.ts'
import type { AttemptService } from '../attempt-service.ts'
import { busyExtensions, insertAttempts, type NewAttempt } from '../attempt-store.ts'
import { channelIdOf } from '../callback.ts'
import { secondsGood } from '../dialling/dial-decision.ts'
import { numbersDialled } from '../dialling/dialled-numbers-store.ts'
import { claimForDialing, giveBack } from '../dialling/due-callback-store.ts'
import type { OrderAges } from '../dialling/order-age-service.ts'
import { createOrderFailures } from '../dialling/order-failure-service.ts'
import type { PlaceExit } from '../hold/place-exit-service.ts'
import { liveOutgoing } from '../outgoing/outgoing-store.ts'
import type { AtTurn } from '../outgoing/turn-service.ts'
import { isAskedFor } from '../policy/asked-mark.ts'
import type { CallbackRules } from '../policy/callback-rules.ts'
import { mayCallAt } from '../policy/calling-hours.ts'
import { listFirstDue, listInFlight } from './customer-first-store.ts'
import { customersFirstSince, freeFor, planCustomers, type QueueNow } from './customer-first.ts'

export interface CustomerFirstDeps {
  database: Database
  clock: Clock
  newId: NewId
  telephony: Pick<Telephony, 'status' | 'ringCustomer'>
  logger: Logger
  attempts: Pick<AttemptService, 'end' | 'announce' | 'announceSaved'>
  rules: () => Pick<CallbackRules, 'hours' | 'customerFirstQueue'>
  /** Who waits in this queue, as the PBX shows it. */
  waitingIn: (pbxId: string, queue: string) => readonly { uniqueid: string }[]
  /** The phones that are ready for a call of this queue. */
  readyIn: (pbxId: string, queue: string) => readonly string[]
  /** The numbers of all callers who talk to us or wait for us now, as the PBX shows them. */
  numbersOnLine: () => string[]
  /** Takes the callers of these numbers out of the queues. */
  leaveForNumbers: PlaceExit['leaveForNumbers']
  /** Nothing else takes a phone or a customer meanwhile. */
  atTurn: AtTurn
  /** Names this process on the rows it takes. */
  owner: string
  /** Within it only the call's own events end an attempt. */
  leaseMs: number
  /** After so long the PBX may not dial the customer any more, in seconds. */
  expiresInSeconds: number
  orderAges: Pick<OrderAges, 'noteWritten'>
  inBackground: (work: Promise<unknown>) => void
}

interface Ringing {
  attempt: Omit<NewAttempt, 'submittedAt'>
  number: string
}

export type CustomerFirst = ReturnType<typeof createCustomerFirst>

/**
 * Rings the customers of promises that one act made for many before an agent, never more than agents are
 * free. Each is an attempt like every other: stored with its ChannelId before the order is written.
 */
export function createCustomerFirst(deps: CustomerFirstDeps) {
  const { database, clock, telephony, attempts } = deps
  const failures = createOrderFailures(deps)

  /** Promises due after this are not for their owners' phones now; null: all of them are. */
  function since(now: Instant): Instant | null {
    const isOn = deps.rules().customerFirstQueue !== null && readyPbxs().length > 0
    return isOn ? customersFirstSince(now) : null
  }

  async function ringDue(now: Instant): Promise<void> {
    const { hours, customerFirstQueue: queue } = deps.rules()
    if (queue === null || !mayCallAt(hours, now)) return
    const queues = readyPbxs().map((pbxId) => queueNow(pbxId, queue))
    if (queues.every(({ ready }) => ready.length === 0)) return
    await deps.atTurn(() => ringAll(now, queue, queues))
  }

  function readyPbxs(): string[] {
    return telephony
      .status()
      .filter((pbx) => pbx.link === 'ready' && pbx.mayDial !== false)
      .filter((pbx) => pbx.mayRingCustomers !== false && !failures.isResting(pbx.pbxId))
      .map(({ pbxId }) => pbxId)
  }

  function queueNow(pbxId: string, queue: string): QueueNow {
    const waiting = deps.waitingIn(pbxId, queue).map(({ uniqueid }) => uniqueid)
    return { pbxId, ready: deps.readyIn(pbxId, queue), waiting }
  }

  async function ringAll(now: Instant, queue: string, queues: QueueNow[]): Promise<void> {
    const { db } = database
    const ordered = await liveOutgoing(db)
    const phones = queues.flatMap(({ ready }) => ready)
    const busyPhones = [...ordered.map(({ phone }) => phone), ...(await busyExtensions(db, phones))]
    const free = freeFor(queues, await listInFlight(db), busyPhones)
    if ([...free.values()].every((count) => count === 0)) return
    const onLine = dialableDigits(deps.numbersOnLine())
    const busyNumbers = [
      ...onLine,
      ...ordered.map(({ number }) => number),
      ...(await numbersDialled(db, [])),
    ]
    const due = await listFirstDue(db, now, { since: customersFirstSince(now), busyNumbers })
    const ranked = due
      .filter((promise) => !isAskedFor(promise, now))
      .map((promise) => ({ ...promise, isAsked: false }))
    const planned = planCustomers(ranked, { free, busyNumbers })
    if (planned.length === 0) return
    const taken = await database.transaction((trx) => take(trx, planned, now))
    for (const ringing of taken) deps.inBackground(ring(ringing, queue, now))
    const ids = taken.map(({ attempt }) => attempt.callbackId)
    deps.inBackground(attempts.announceSaved(db, ids))
  }

  /** Takes the promises and stores their attempts; what comes back is ours alone to place. */
  async function take(
    trx: Trx,
    planned: readonly { callbackId: string; pbxId: string }[],
    now: Instant,
  ): Promise<Ringing[]> {
    const { db } = trx
    const pbxOf = new Map(planned.map(({ callbackId, pbxId }) => [callbackId, pbxId]))
    const taking = { owner: deps.owner, now, leaseUntil: plusMs(now, deps.leaseMs) }
    const claimed = await claimForDialing(db, [...pbxOf.keys()], taking)
    const ringing = claimed.map(({ id: callbackId, attempts: number, numberDial }) => {
      const id = deps.newId()
      const channelId = channelIdOf(id, number)
      const where = { pbxId: pbxOf.get(callbackId) ?? '', channelId }
      const attempt = { id, callbackId, number, ...where, extension: ringerOf(channelId) }
      return { attempt, number: numberDial }
    })
    const rows = ringing.map(({ attempt }) => ({ ...attempt, submittedAt: now }))
    const stored = new Set(await insertAttempts(db, rows))
    const ours = ringing.filter(({ attempt }) => stored.has(attempt.id))
    const left = new Set(ours.map(({ attempt }) => attempt.callbackId))
    await giveBack(
      db,
      claimed.filter(({ id }) => !left.has(id)),
      now,
    )
    await deps.leaveForNumbers(trx, ours)
    return ours
  }

  async function ring({ attempt, number }: Ringing, queue: string, takenAt: Instant) {
    const { pbxId, channelId } = attempt
    const expiresInSeconds = secondsGood(deps.expiresInSeconds, takenAt, clock.nowMs())
    if (expiresInSeconds === 0) return failures.endUnplaced(attempt.id, 'not_written')
    try {
      deps.orderAges.noteWritten(channelId)
      await telephony.ringCustomer({ pbxId, channelId, queue, number, expiresInSeconds })
    } catch (error) {
      await failures.onError(attempt, error)
    }
  }

  return { since, ringDue }
}
