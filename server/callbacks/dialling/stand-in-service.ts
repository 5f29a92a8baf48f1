import { type Instant, type Team, team as teams } from '#contract/primitives.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import type { Clock, StateFact, Telephony } from '../../ports.ts'
import type { Schedule } from '../../schedule/schedule-feature.ts'
import { plusMs } from '../../time.ts'
import type { AttemptService } from '../attempt-service.ts'
import { type Callback, findCallback, hasTicket } from '../callback-store.ts'
import type { HandOverService } from '../hand-over-service.ts'
import type { Heir } from '../policy/promise-heir.ts'
import {
  isToBeTaken,
  PAUSED_STAND_IN_MS,
  STAND_IN_MS,
  type StandIn,
  standInFor,
  type Whereabouts,
} from '../policy/stand-in.ts'
import { countOpenPromises } from '../promise-owner-store.ts'
import { type AgentReach, isThere, whereabouts } from './dial-decision.ts'
import { nextDueAfter } from './due-order-store.ts'
import { listSoonDue, type SoonDue } from './stand-in-store.ts'

export interface StandInDeps {
  database: Database
  /** The clock that promises fall due by. */
  clock: Clock
  schedule: Pick<Schedule, 'loop'>
  telephony: Pick<Telephony, 'status'>
  state: StateFact
  attempts: Pick<AttemptService, 'announce'>
  handOver: Pick<HandOverService, 'give'>
  /** Everybody who works here and has a phone, by name. */
  heirs: () => Heir[]
  /** Where these people are now; who has no extension or works here no more is left out. */
  reachOf: (staffIds: string[]) => AgentReach[]
  membersOf: (team: Team) => readonly { id: string; isLead: boolean }[]
  /** Promises may be dialled sooner than the loop knows. */
  wake: () => void
}

/** An owner who leaves within the last minutes is missed this soon after. */
const EVERY_MS = 15_000

/**
 * Promises whose owner is gone five minutes before they are due, or still on a pause two minutes before:
 * somebody who is there keeps them.
 */
export function createStandInLoop(deps: StandInDeps) {
  const { database, telephony, attempts, handOver, state } = deps

  /**
   * Safe to repeat: a promise that was given to somebody who is there stays with them, and whoever is
   * told that nobody is there is told once. While no PBX is connected nobody can be seen: nothing is
   * given away.
   */
  async function look(now: Instant): Promise<void> {
    if (telephony.status().every(({ link }) => link !== 'ready')) return
    const soon = await listSoonDue(database.db, plusMs(now, STAND_IN_MS))
    const owners = [...new Set(soon.map(({ callback }) => callback.assigneeId))]
    const whereIs = whereaboutsOf(owners)
    const absent = soon.filter(({ callback: { assigneeId, dueAt } }) =>
      isToBeTaken(whereIs.get(assigneeId) ?? 'gone', Date.parse(dueAt) - Date.parse(now)),
    )
    if (absent.length === 0) return
    const heirs = deps.heirs()
    const here = hereOf(heirs.map(({ id }) => id))
    const takersOf = new Map(teams.options.map((team) => [team, standInsOf(team, heirs, here)]))
    // Whoever is told that nobody is there was told before it was due: a night's pile is left alone.
    const open = absent.filter(
      ({ callback: { dueAt, team } }) => dueAt > now || takersOf.get(team)?.length !== 0,
    )
    if (open.length > 0) await database.transaction((trx) => settle(trx, open, takersOf))
  }

  function whereaboutsOf(staffIds: string[]): Map<string, Whereabouts> {
    const reach = staffIds.length === 0 ? [] : deps.reachOf(staffIds)
    return new Map(reach.map((agent) => [agent.staffId, whereabouts(agent)]))
  }

  /** Those of them who keep promises now. */
  function hereOf(staffIds: string[]): Set<string> {
    const reach = staffIds.length === 0 ? [] : deps.reachOf(staffIds)
    return new Set(reach.filter(isThere).map(({ staffId }) => staffId))
  }

  async function settle(
    trx: Trx,
    absent: readonly SoonDue[],
    takersOf: ReadonlyMap<Team, StandIn[]>,
  ): Promise<void> {
    const people = [...takersOf.values()].flatMap((takers) => takers.map(({ id }) => id))
    const open = await countOpenPromises(trx.db, [...new Set(people)])
    for (const { callback, ticketHolderId } of absent) {
      const heir = standInFor(takersOf.get(callback.team) ?? [], ticketHolderId, open)
      if (heir !== null) open.set(heir.id, (open.get(heir.id) ?? 0) + 1)
      // oxlint-disable-next-line no-await-in-loop -- one transaction, one connection
      await giveOrTell(trx, callback.id, heir)
    }
    trx.afterCommit(deps.wake)
  }

  function standInsOf(team: Team, heirs: readonly Heir[], here: ReadonlySet<string>): StandIn[] {
    const members = new Map(deps.membersOf(team).map(({ id, isLead }) => [id, isLead]))
    return heirs.flatMap((heir) => {
      const isLead = members.get(heir.id)
      return isLead === undefined || !here.has(heir.id) ? [] : [{ ...heir, isLead }]
    })
  }

  /** What was dialled or moved since it was listed is left alone. */
  async function giveOrTell(trx: Trx, id: string, heir: Heir | null): Promise<void> {
    const callback = await findCallback(trx.db, id)
    if (callback === null || callback.status !== 'scheduled') return
    if (heir === null) return tellAtRisk(trx, callback)
    const before = callback.assigneeId
    await handOver.give(trx, callback, heir, null)
    await attempts.announce(trx, [id], before === null ? [] : [before])
  }

  async function tellAtRisk(trx: Trx, callback: Callback): Promise<void> {
    if (!hasTicket(callback)) return
    const { id: promiseId, ticketId, dueAt, team } = callback
    await state(trx, { type: 'promise_at_risk', promiseId, ticketId, dueAt, team })
  }

  /** When the next promise comes to one of the two moments. */
  async function nextLookAt(): Promise<Instant | null> {
    const moments: Instant[] = []
    for (const before of [STAND_IN_MS, PAUSED_STAND_IN_MS]) {
      // oxlint-disable-next-line no-await-in-loop -- two
      const next = await nextDueAfter(database.db, plusMs(deps.clock.now(), before))
      if (next !== null) moments.push(plusMs(next, -before))
    }
    return moments.toSorted()[0] ?? null
  }

  return deps.schedule.loop({
    name: 'promises whose owner is not there',
    clock: deps.clock,
    longestSleepMs: EVERY_MS,
    work: look,
    nextDueAt: nextLookAt,
  })
}
