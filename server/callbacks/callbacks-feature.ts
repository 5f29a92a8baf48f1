import type { MissedCaller } from '#contract/casework/missed.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Clock, NewId, Notifier, StateFact, Telephony } from '../ports.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { type AttemptService, createAttemptService } from './attempt-service.ts'
import { callbackRoutes } from './callback-routes.ts'
import { type CallbackRules, usualDueAt } from './policy/callback-rules.ts'
import { createCallbackService } from './callback-service.ts'
import { createWordService } from './word/word-service.ts'
import type { AgentReach } from './dialling/dial-decision.ts'
import { createConfirmService } from './dialling/confirm-service.ts'
import { createDialService } from './dialling/dial-service.ts'
import { createExpiryService } from './dialling/expiry-service.ts'
import { nextDueAfter } from './dialling/due-order-store.ts'
import { createHandOverService, type HandOverDeps } from './hand-over-service.ts'
import { createOutgoing } from './outgoing/outgoing-feature.ts'
import type { OutgoingDeps } from './outgoing/outgoing-service.ts'
import { createTurn } from './outgoing/turn-service.ts'
import { createLedgerService, type LedgerDeps, type LedgerService } from './ledger-service.ts'
import { promisesOfCalls, type ReadNumber } from './ledger-store.ts'
import { listOpenTo } from './ledger/owed-store.ts'
import { createVerdictService } from './ledger/verdict-service.ts'
import { lateUntilOf } from './policy/verdict.ts'
import { createStandInLoop, type StandInDeps } from './dialling/stand-in-service.ts'
import { createOrderAges } from './dialling/order-age-service.ts'
import { createAskPbx, createLookupService } from './dialling/lookup-service.ts'
import {
  createPromiseMaking,
  type PromisedTicket,
  type PromiseOrder,
} from './promise-making-service.ts'
import { createPromiseMoving } from './promise-moving-service.ts'
import { createPromiseChange } from './promise-change-service.ts'
import { createHoldService } from './hold/hold-service.ts'
import { createClosingService } from './hold/closing-service.ts'
import { ticketCalledAbout } from './first/customer-first-store.ts'
import { createCustomerFirst, type CustomerFirstDeps } from './first/customer-first-service.ts'
import { createPlaceExit, type PlaceExit, type PlaceExitDeps } from './hold/place-exit-service.ts'
import { createPlaceService, type PlaceDeps } from './hold/place-service.ts'
import { createMissed } from './missed/missed-feature.ts'
import type { MissedListDeps } from './missed/missed-list-service.ts'
import type { Heir } from './policy/promise-heir.ts'

export interface CallbacksDeps {
  database: Database
  /** The clock that promises fall due by. */
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'callbackUpdated' | 'outgoingCallUpdated'>
  logger: Logger
  telephony: Pick<
    Telephony,
    | 'status'
    | 'originateCallback'
    | 'keepPlace'
    | 'ringCustomer'
    | 'hangUp'
    | 'confirmCallback'
    | 'isChannelLive'
    | 'readCallbackJournal'
    | 'bootedAt'
  >
  state: StateFact
  readNumber: ReadNumber
  /** FAULTS_SOLVED_ON_CALL: a new fault can be said to be solved. */
  mayResolveOnCall: boolean
  findTicket: (db: Db, ticketId: string) => Promise<PromisedTicket | null>
  /** Everybody who works here and has a phone, by name. */
  heirs: () => Heir[]
  /** Who is in the teams of this kind. */
  membersOf: StandInDeps['membersOf']
  /** Where these people are now; who has no extension or works here no more is left out. */
  reachOf: (staffIds: string[]) => AgentReach[]
  /** What administrators set of promises, as it counts now. */
  rules: () => CallbackRules
  teamsOf: LedgerDeps['teamsOf']
  /** CALLBACK_CONFIRM: agents confirm a callback before the customer is dialled. */
  mustConfirm: boolean
  leadsOf: HandOverDeps['leadsOf']
  /** SHORTEST_TALK_SECONDS: a shorter call reached nobody. */
  shortestTalkSeconds: number
  /** The numbers of all callers who talk to us or wait for us now, as the PBX shows them. */
  numbersOnLine: () => string[]
  /** The numbers of all who are on the line, but for who only listens that they will be called back. */
  numbersStaying: PlaceExitDeps['numbersStaying']
  /** Whether anybody hung up and keeps a place in a queue. */
  hasPlaces: () => boolean
  /** Who waits in this queue, as the PBX shows it. */
  waitingIn: PlaceDeps['waitingIn']
  readyIn: CustomerFirstDeps['readyIn']
  /** Whose extension this is. */
  personOf: (extension: string) => string | null
  /** The call that this phone talks on now. */
  talkingOn: (extension: string) => string | null
  schedule: Pick<Schedule, 'owner' | 'loop'>
  ticketToCall: OutgoingDeps['ticketToCall']
  mobileOf: OutgoingDeps['mobileOf']
  /** No other process dials from this database: what an earlier one had in flight is ours at once. */
  isAlone: boolean
  namesOf: MissedListDeps['namesOf']
  hotlineQueues: readonly string[]
}

/** How long an agent's phone rings for a promised callback, in seconds. */
const AGENT_RING_SECONDS = 25
/** Both ring times and a margin: within it only the call's own events end an attempt. */
const CUSTOMER_RING_SECONDS = 60
const LEASE_MARGIN_SECONDS = 30
/** For the agent who must say first that the customer may be dialled. */
const CONFIRM_SECONDS = 30
/** Below the minute after which an attempt without a trace is given up: never are two of them good. */
const EXPIRES_SECONDS = AGENT_RING_SECONDS + CONFIRM_SECONDS
/** What was being dialled when its owner left is found this soon after. */
const ORPHANS_EVERY_MS = 60_000
const ORDER_TIMES = { ringSeconds: AGENT_RING_SECONDS, expiresInSeconds: EXPIRES_SECONDS }
/** Of a call that somebody orders, who confirms nothing. */
const ORDER_LEASE_MS = (AGENT_RING_SECONDS + CUSTOMER_RING_SECONDS + LEASE_MARGIN_SECONDS) * 1000
const LEASE_MS = ORDER_LEASE_MS + CONFIRM_SECONDS * 1000

export type Callbacks = ReturnType<typeof createCallbacks>

/** The promises: their ledger, the loop that dials them when they fall due, and what is heard of it. */
export function createCallbacks(deps: CallbacksDeps) {
  const { clock, schedule } = deps
  const attempts = createAttemptService(deps)
  const exit = createPlaceExit({ ...deps, attempts })
  const { loop, lookups, outgoing, background } = createDialling({ ...deps, ...exit }, attempts)
  const changes = createPromiseChange({ ...deps, attempts })
  const lateUntil = (promisedFor: Instant) => lateUntilOf(promisedFor, deps.rules().hours)
  const places = { leavePlace: exit.leave, leavePlaceForGood: exit.leaveForGood }
  const parts = { ...deps, ...places, attempts, changes, lateUntil, wake: loop.wake }
  const making = createPromiseMaking(parts)
  const moving = createPromiseMoving(parts)
  const handOver = createHandOverService(parts)
  const orphans = schedule.loop({
    name: 'promises of people who left',
    clock,
    longestSleepMs: ORPHANS_EVERY_MS,
    work: handOver.sweep,
    nextDueAt: async () => null,
  })
  const missed = createMissed(parts)
  const hold = { ...createHoldService(parts), leaveForCall: exit.leaveForCall }
  const guard = createStandInLoop({ ...parts, handOver })
  const words = createWordService(parts)
  const service = {
    ...createCallbackService({ ...parts, making }),
    ...createLedgerService(deps),
    ...createConfirmService(deps),
    giveOutcome: words.giveOutcome,
    awaitingOf: words.awaitingOf,
    assign: handOver.assign,
    leave: handOver.leave,
    assignees: handOver.assignees,
  }

  /** Before the schedule starts: what an earlier process had in flight comes first. */
  async function start(): Promise<void> {
    if (deps.isAlone) {
      await lookups.takeOverAll()
      await outgoing.takeOverAll()
    }
    loop.start()
  }

  /** Ends the loop and waits for what is being written. */
  async function stop(): Promise<void> {
    await loop.stop()
    await background.settled()
  }

  /** Resolves when no look is under way and every order and look-up has its answer in the database. */
  async function settled(): Promise<void> {
    await Promise.all([loop, orphans, guard, outgoing].map((one) => one.settled()))
    await background.settled()
  }

  return {
    service,
    leftOver: leftOverOf(service, missed),
    outgoing: outgoing.service,
    missed,
    /** Callers who would rather be called back than wait. */
    hold,
    routes: [...callbackRoutes(service), ...missed.routes, ...outgoing.routes],
    loop,
    guard,
    /** Of a promise or of a call that was ordered; null for a channel that is neither's. */
    onCallProgress: async (...heard: Parameters<typeof attempts.onCallProgress>) => {
      const whose =
        (await attempts.onCallProgress(...heard)) ?? (await outgoing.onCallProgress(...heard))
      const [trx, { call, stage }] = heard
      if (stage === 'in_queue') await exit.leaveIfHere(trx, call)
      return whose
    },
    /** The callback of step 1, unless one is promised already. */
    promise: (trx: Trx, order: { ticketId: string; maker: PromiseOrder['maker'] }) =>
      making.ensure(trx, { ...order, dueAt: usualDueAt(deps.rules(), clock.now()) }),
    ...making,
    moving,
    overtaken: words.overtaken,
    settleOrphaned: handOver.settleOrphaned,
    promisesOfCalls,
    listOpenTo,
    ticketCalledAbout,
    /** A promise may be dialled sooner than the rows say: a phone became free, a PBX came back. */
    wake: loop.wake,
    start,
    stop,
    settled,
  }
}

/** What a shift leaves: promises and missed callers, of each list the first of all that this person sees. */
function leftOverOf(
  { list, counts }: Pick<LedgerService, 'list' | 'counts'>,
  missed: { list: () => Promise<{ items: MissedCaller[] }> },
) {
  return async (user: SessionUser, limit: number) => {
    const [late, atRisk] = [
      await list(user, { state: 'late', limit }),
      await list(user, { state: 'at_risk', limit }),
    ]
    const callers = await missed.list()
    const counted = await counts(user, {})
    return { counts: counted, late: late.items, atRisk: atRisk.items, missed: callers.items }
  }
}

/** What dials: the loop over what is due, the look-ups after it, and calls that people order at once. */
function createDialling(
  deps: CallbacksDeps & Pick<PlaceExit, 'leaveForNumbers' | 'endLeft'>,
  attempts: AttemptService,
) {
  const { database, clock, logger, schedule } = deps
  const background = createBackground(logger)
  const taking = { owner: schedule.owner, leaseMs: LEASE_MS, inBackground: background.add }
  const atTurn = createTurn()
  const orderAges = createOrderAges(clock)
  const parts = { ...deps, ...taking, ...ORDER_TIMES, attempts, atTurn, orderAges }
  const due = createDialService({ ...parts, customersFirst: createCustomerFirst(parts) })
  const places = createPlaceService(parts)
  const expiry = createExpiryService({ database, attempts })
  const closing = createClosingService(parts)
  const lookups = createLookupService(parts)
  const verdicts = createVerdictService({ database, attempts })
  let lookedAt = clock.now()
  const loop = schedule.loop({
    name: 'promises',
    clock,
    async work(now) {
      lookedAt = now
      await expiry.expireDue(now)
      await closing.close(now)
      await due.dialDue(now)
      await places.placeAsked(now)
      await deps.endLeft(now)
      await lookups.lookUpDue(now)
      await verdicts.judge(now)
    },
    // What fell due during the look was not among what it saw.
    nextDueAt: () => nextDueAfter(database.db, lookedAt),
  })
  const ordered = { leaseMs: ORDER_LEASE_MS, askPbx: createAskPbx(deps) }
  const outgoing = createOutgoing({ ...parts, ...ordered })
  return { loop, lookups, outgoing, background }
}

/** Work that goes on while the next look begins. */
function createBackground(logger: Logger) {
  const underWay = new Set<Promise<unknown>>()

  function add(work: Promise<unknown>): void {
    const tracked: Promise<unknown> = work
      .catch((error: unknown) => logger.error({ err: error }, 'a callback attempt went wrong'))
      .finally(() => underWay.delete(tracked))
    underWay.add(tracked)
  }

  async function settled(): Promise<void> {
    if (underWay.size === 0) return
    await Promise.all(underWay)
    await settled()
  }

  return { add, settled }
}
