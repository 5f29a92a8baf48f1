import type { Instant } from '#contract/primitives.ts'
import type { PbxStatus } from '#contract/queues.ts'
import { dialableDigits } from '../../customers/phone-number.ts'
import type { Trx } from '../../db/transaction.ts'
import type { Logger } from '../../logger.ts'
import type { Clock, NewId, Telephony } from '../../ports.ts'
import { plusMs } from '../../time.ts'
import type { AttemptService } from '../attempt-service.ts'
import { busyExtensions, insertAttempts, type NewAttempt } from '../attempt-store.ts'
import { channelIdOf } from '../callback.ts'
import type { CallbackRules } from '../policy/callback-rules.ts'
import { AGREED_LASTS_MS, mayCallAt, mayDialAt } from '../policy/calling-hours.ts'
import type { Callback } from '../callback-store.ts'
import {
  type AgentReach,
  barredBy,
  type PbxsSeen,
  planDials,
  type PlannedDial,
  secondsGood,
} from './dial-decision.ts'
import {
  claimForDialing,
  type DueCallback,
  giveBack,
  hasUnmarked,
  holdUp,
  listAskedDue,
  listOldestDue,
} from './due-callback-store.ts'
import { numbersDialled } from './dialled-numbers-store.ts'
import { createOrderFailures } from './order-failure-service.ts'
import type { CustomerFirst } from '../first/customer-first-service.ts'
import { listAgreedDue, listUrgentDue } from './due-order-store.ts'
import type { PlaceExit } from '../hold/place-exit-service.ts'
import { liveOutgoing } from '../outgoing/outgoing-store.ts'
import type { AtTurn } from '../outgoing/turn-service.ts'
import { createTeamDials, type TeamDialDeps } from '../missed/team-dial-service.ts'
import type { OrderAges } from './order-age-service.ts'
import { holdsOf, type Obstacles } from '../policy/held-up.ts'
import { ASKED_LASTS_MS, isAskedFor } from '../policy/asked-mark.ts'

export interface DialServiceDeps extends TeamDialDeps {
  clock: Clock
  newId: NewId
  telephony: Pick<Telephony, 'status' | 'originateCallback'>
  logger: Logger
  attempts: Pick<AttemptService, 'end' | 'announce' | 'announceSaved'>
  /** The numbers of all callers who talk to us or wait for us now, as the PBX shows them. */
  numbersOnLine: () => string[]
  /** Takes the callers of these numbers out of the queues. */
  leaveForNumbers: PlaceExit['leaveForNumbers']
  /** Those whose customers are rung before an agent. */
  customersFirst: CustomerFirst
  /** When the clock may dial; what was agreed with the customer has its own moment. */
  rules: () => Pick<CallbackRules, 'hours'>
  /** Names this process on the rows it takes. */
  owner: string
  /** How long the agent's phone rings, in seconds. */
  ringSeconds: number
  /** CALLBACK_CONFIRM: whoever answers the agent's phone confirms before the customer is dialled. */
  mustConfirm: boolean
  /** After so long the PBX may not dial the customer any more, in seconds. */
  expiresInSeconds: number
  /** Within it only the call's own events end an attempt. */
  leaseMs: number
  orderAges: Pick<OrderAges, 'noteWritten'>
  /** Nothing else takes a phone or a customer meanwhile. */
  atTurn: AtTurn
  /** Goes on while the next look begins; whoever stops waits for it. */
  inBackground: (work: Promise<unknown>) => void
}

interface Placed {
  attempt: Omit<NewAttempt, 'submittedAt'>
  number: string
}

/** What may be dialled now, and where everybody is whose promises are due. */
interface Plan {
  planned: PlannedDial[]
  agents: readonly AgentReach[]
}

/** The numbers that are dialled now, and who cannot be rung whatever they do. */
interface Placing {
  dialled: readonly string[]
  barred: Obstacles['barred']
}
const NOTHING_PLACED: Placing = { dialled: [], barred: [] }

export type DialService = ReturnType<typeof createDialService>

/**
 * Dials promises at their due moment. What keeps it honest:
 * - An attempt with its ChannelId is committed before Originate is written.
 * - Due promises are taken by one conditional update per look; the database refuses a second live
 *   attempt for a promise or a phone.
 * - A promise that could not be dialled on time (no agent, no PBX) is dialled as soon as it can be,
 *   however late: its row is read again by the taking update, and the agent is rung first, so
 *   somebody who sees how late it is decides before the customer's phone rings.
 */
export function createDialService(deps: DialServiceDeps) {
  const { database, clock, telephony, attempts, ringSeconds, expiresInSeconds } = deps
  const teamDials = createTeamDials(deps)
  const failures = createOrderFailures(deps)

  /** Places what is due, and says of the rest what it waits for. */
  async function dialDue(now: Instant): Promise<void> {
    const pbxs = pbxsSeen()
    const { busy, dialled, barred } = await deps.atTurn(async () => {
      const numbers = await busyNumbers(pbxs)
      const placing = pbxs.mayDial.length > 0 ? await placeDue(now, pbxs, numbers) : NOTHING_PLACED
      return { busy: numbers, ...placing }
    })
    await deps.customersFirst.ringDue(now)
    await markHeldUp(now, {
      connected: pbxs.connected.length,
      mayDial: pbxs.mayDial.length,
      barred,
      mayCall: mayCallAt(deps.rules().hours, now),
      busyNumbers: [...busy, ...dialled],
    })
  }

  function pbxsSeen(): PbxsSeen {
    const all = telephony.status()
    const connected = all.filter(
      ({ link, pbxId }) => link === 'ready' && !failures.isResting(pbxId),
    )
    const mayDial = connected.filter((pbx) => pbx.mayDial !== false)
    return { all: idsOf(all), connected: idsOf(connected), mayDial: idsOf(mayDial) }
  }

  /** Whom a promise must not be dialled to now. */
  async function busyNumbers({ connected }: PbxsSeen): Promise<string[]> {
    const onLine = dialableDigits(deps.numbersOnLine())
    const ordered = (await liveOutgoing(database.db)).map(({ number }) => number)
    return [...onLine, ...ordered, ...(await numbersDialled(database.db, connected))]
  }

  async function placeDue(now: Instant, pbxs: PbxsSeen, busy: string[]): Promise<Placing> {
    const { planned, agents } = await plan(now, pbxs, busy)
    const barred = agents.flatMap((agent) => {
      const by = barredBy(agent, pbxs)
      return by === null ? [] : [{ staffId: agent.staffId, by }]
    })
    if (planned.length === 0) return { dialled: [], barred }
    const placed = await database.transaction((trx) => take(trx, planned, now))
    for (const dial of placed) deps.inBackground(place(dial, now))
    const ids = placed.map(({ attempt }) => attempt.callbackId)
    deps.inBackground(attempts.announceSaved(database.db, ids))
    return { dialled: placed.map(({ number }) => number), barred }
  }

  async function plan(now: Instant, pbxs: PbxsSeen, numbers: string[]): Promise<Plan> {
    const asked = await listAskedDue(database.db, now, plusMs(now, -ASKED_LASTS_MS))
    const byClock = await listByClock(now, numbers)
    const promises = new Map([...byClock, ...asked].map((promise) => [promise.id, promise]))
    const due = [...promises.values()].map((promise) => ({
      ...promise,
      isAsked: isAskedFor(promise, now),
      mayCall: mayDialAt(deps.rules().hours, promise, now),
    }))
    const agents = deps.reachOf([...new Set(due.map((promise) => promise.assigneeId))])
    const extensions = agents.map((agent) => agent.extension)
    const ordered = (await liveOutgoing(database.db)).map(({ phone }) => phone)
    const busy = [...ordered, ...(await busyExtensions(database.db, extensions))]
    const planned = planDials(due, {
      agents: new Map(agents.map((agent) => [agent.staffId, agent])),
      readyPbxIds: pbxs.mayDial,
      busyExtensions: busy,
      busyNumbers: numbers,
    })
    const numberOf = ({ callbackId }: PlannedDial) => promises.get(callbackId)?.number ?? ''
    const ofTeam = await teamDials.plan(now, pbxs.mayDial, {
      busyNumbers: [...numbers, ...planned.map(numberOf)],
      busyPhones: [...ordered, ...planned.map(({ agent }) => agent.extension)],
      except: [
        ...planned.map(({ callbackId }) => callbackId),
        ...due.filter(({ isAsked }) => isAsked).map(({ id }) => id),
      ],
    })
    return { planned: [...planned, ...ofTeam], agents }
  }

  /** What the clock may dial at this hour, as far as it is needed to choose. */
  async function listByClock(now: Instant, numbers: string[]): Promise<DueCallback[]> {
    const { db } = database
    if (!mayCallAt(deps.rules().hours, now))
      return listAgreedDue(db, now, plusMs(now, -AGREED_LASTS_MS))
    const since = deps.customersFirst.since(now)
    const oldest = await listOldestDue(db, now, numbers, since)
    return [...oldest, ...(await listUrgentDue(db, now, numbers, since))]
  }

  /** Takes the promises and stores their attempts; what comes back is ours alone to place. */
  async function take(trx: Trx, planned: PlannedDial[], now: Instant): Promise<Placed[]> {
    const { db } = trx
    const taking = { owner: deps.owner, now, leaseUntil: plusMs(now, deps.leaseMs) }
    const ids = planned.map((dial) => dial.callbackId)
    const people = new Map(
      planned.flatMap((dial) => (dial.isTeams ? [[dial.callbackId, dial.agent.staffId]] : [])),
    )
    const claimed = new Map(
      (await claimForDialing(db, ids, taking, people)).map((callback) => [callback.id, callback]),
    )
    const placed = planned
      .flatMap((dial) => toPlaced(dial, claimed.get(dial.callbackId)))
      // Two diallers insert in the same order, so that they never wait for each other in a circle.
      .toSorted((a, b) => a.attempt.extension.localeCompare(b.attempt.extension))
    const rows = placed.map(({ attempt }) => ({ ...attempt, submittedAt: now }))
    const stored = new Set(await insertAttempts(db, rows))
    const ours = placed.filter(({ attempt }) => stored.has(attempt.id))
    for (const { attempt } of ours) claimed.delete(attempt.callbackId)
    await giveBack(db, [...claimed.values()], now)
    await deps.leaveForNumbers(trx, ours)
    return ours
  }

  function toPlaced(dial: PlannedDial, callback: Callback | undefined): Placed[] {
    if (callback === undefined) return []
    const id = deps.newId()
    const { attempts: number } = callback
    const channelId = channelIdOf(id, number)
    const { pbxId, agent } = dial
    const { extension } = agent
    const attempt = { id, callbackId: callback.id, number, pbxId, channelId, extension }
    return [{ attempt, number: callback.numberDial }]
  }

  async function place({ attempt, number }: Placed, takenAt: Instant): Promise<void> {
    const { pbxId, channelId, extension } = attempt
    const expiresIn = secondsGood(expiresInSeconds, takenAt, clock.nowMs())
    if (expiresIn === 0) return failures.endUnplaced(attempt.id, 'not_written')
    try {
      const { mustConfirm } = deps
      const order = { pbxId, channelId, extension, number, ringSeconds }
      deps.orderAges.noteWritten(channelId)
      await telephony.originateCallback({ ...order, expiresInSeconds: expiresIn, mustConfirm })
    } catch (error) {
      await failures.onError(attempt, error)
    }
  }

  async function markHeldUp(now: Instant, seen: Obstacles): Promise<void> {
    for (const hold of holdsOf(seen)) {
      // oxlint-disable-next-line no-await-in-loop -- four at most, and three of them are rare
      if (!(await hasUnmarked(database.db, now, hold))) continue
      // oxlint-disable-next-line no-await-in-loop
      await database.transaction(async (trx) => {
        await attempts.announce(trx, await holdUp(trx.db, now, hold))
      })
    }
  }

  return { dialDue }
}

function idsOf(pbxs: readonly PbxStatus[]): string[] {
  return pbxs.map(({ pbxId }) => pbxId)
}
