import type { CallbackView } from '#contract/callbacks.ts'
import { type Team, team as teams } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, Forbidden, NotFound, unprocessable } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { StateFact } from '../ports.ts'
import type { AttemptService } from './attempt-service.ts'
import { type Callback, hasTicket, type TicketPromise } from './callback-store.ts'
import { type AgentReach, isThere } from './dialling/dial-decision.ts'
import { readViews, type Reading } from './ledger-store.ts'
import { type PromiseChange, requirePossible } from './promise-change-service.ts'
import { type Heir, heirOf, takerOf, type Takers } from './policy/promise-heir.ts'
import { countOpenPromises, listOrphaned, listWithHolders } from './promise-owner-store.ts'
import { next } from './promise.ts'

export interface HandOverDeps extends Reading {
  database: Database
  logger: Logger
  changes: Pick<PromiseChange, 'act' | 'save'>
  attempts: Pick<AttemptService, 'announce'>
  state: StateFact
  /** Everybody who works here and has a phone, by name. */
  heirs: () => Heir[]
  /** Where these people are now. */
  reachOf: (staffIds: string[]) => AgentReach[]
  /** The teams that a person is in. */
  teamsOf: (staffId: string) => readonly Team[]
  /** Leads of the team who are on shift, else supervisors. */
  leadsOf: (team: Team) => Promise<readonly string[]>
  /** Promises may be dialled sooner than the loop knows. */
  wake: () => void
}

type TakersOf = ReadonlyMap<Team, Takers>

export type HandOverService = ReturnType<typeof createHandOverService>

/** Gives promises to somebody else: because a person says so, or because their owner left. */
export function createHandOverService(deps: HandOverDeps) {
  const { database, changes, attempts, state } = deps

  /** Gives one promise to this person; 422 when they cannot be rung for it. */
  async function assign(
    user: SessionUser,
    id: string,
    asked: { version: number; staffId: string },
  ): Promise<CallbackView> {
    const heir = deps.heirs().find((one) => one.id === asked.staffId)
    if (heir === undefined) {
      throw unprocessable('staffId', 'this person does not work here or has no extension')
    }
    const view = await changes.act(user, id, {
      version: asked.version,
      event: { type: 'handed_over', assigneeId: heir.id },
      fact: (before, actorId) => factOf(before, actorId, heir),
      tell: ({ assigneeId }) => (assigneeId === null ? [] : [assigneeId]),
    })
    deps.wake()
    return view
  }

  /**
   * Hands over what this person leaves to others: to the team, to a lead where nobody of it is there.
   * Throws NotFound, Forbidden for what is not theirs, Conflict when one is being dialled or nobody is
   * there; then nothing is handed over.
   */
  async function leave(user: SessionUser, ids: readonly string[]): Promise<CallbackView[]> {
    const takers = await takersFor(user.id)
    await database.transaction((trx) => leaveIn(trx, user, { ids, takers }))
    deps.wake()
    return readViews(database.db, [...ids], deps)
  }

  async function leaveIn(
    trx: Trx,
    user: SessionUser,
    { ids, takers }: { ids: readonly string[]; takers: TakersOf },
  ): Promise<void> {
    const people = [...takers.values()].flatMap(({ team, leads }) => [...team, ...leads])
    const open = await countOpenPromises(trx.db, [...new Set(people.map(({ id }) => id))])
    const found = await listWithHolders(trx.db, ids)
    const missing = ids.find((id) => !found.some(({ callback }) => callback.id === id))
    if (missing !== undefined) throw new NotFound('callback', missing)
    for (const { callback, ticketHolderId } of found) {
      if (callback.assigneeId !== user.id) {
        throw new Forbidden('only your own promises are handed over so: give the others one by one')
      }
      const of = takers.get(callback.team)
      const heir = of === undefined ? null : takerOf(of, ticketHolderId, open)
      if (heir === null) throw new Conflict('nobody is there to take them over', 'nobody_there')
      open.set(heir.id, (open.get(heir.id) ?? 0) + 1)
      // oxlint-disable-next-line no-await-in-loop -- one transaction, one connection
      await give(trx, callback, heir, user.id)
    }
    await attempts.announce(trx, [...ids], [user.id])
  }

  /** By team: who of it could be rung now, and its leads. */
  async function takersFor(leaverId: string): Promise<TakersOf> {
    const heirs = deps.heirs().filter(({ id }) => id !== leaverId)
    const reaches = deps.reachOf(heirs.map(({ id }) => id))
    const present = new Set(reaches.filter(isThere).map(({ staffId }) => staffId))
    const takers = await Promise.all(
      teams.options.map(async (team) => {
        const leads = await deps.leadsOf(team)
        return [
          team,
          {
            team: heirs.filter(({ id }) => present.has(id) && deps.teamsOf(id).includes(team)),
            leads: heirs.filter(({ id }) => leads.includes(id)),
          },
        ] as const
      }),
    )
    return new Map(takers)
  }

  /** Gives on what people left behind who work here no more; `actorId` is who let them go. */
  async function settleOrphaned(trx: Trx, actorId: string | null): Promise<number> {
    const orphaned = await listOrphaned(trx.db)
    if (orphaned.length === 0) return 0
    const gone = new Set(orphaned.flatMap(({ callback }) => callback.assigneeId ?? []))
    const heirs = deps.heirs().filter((heir) => !gone.has(heir.id))
    const open = await countOpenPromises(
      trx.db,
      heirs.map(({ id }) => id),
    )
    const given: string[] = []
    for (const { callback, ticketHolderId } of orphaned) {
      const heir = heirOf(heirs, ticketHolderId, open)
      if (heir === null) break
      open.set(heir.id, (open.get(heir.id) ?? 0) + 1)
      // oxlint-disable-next-line no-await-in-loop -- one transaction, one connection
      await give(trx, callback, heir, actorId)
      given.push(callback.id)
    }
    await attempts.announce(trx, given, [...gone])
    trx.afterCommit(deps.wake)
    return given.length
  }

  /** In the caller's transaction; whoever calls announces it. */
  async function give(
    trx: Trx,
    callback: Callback,
    heir: Heir,
    actorId: string | null,
  ): Promise<void> {
    const event = { type: 'handed_over', assigneeId: heir.id } as const
    await changes.save(trx, callback, requirePossible(next(callback, event)))
    if (hasTicket(callback)) await state(trx, factOf(callback, actorId, heir))
  }

  /** What was being dialled when its owner left, and what older versions left lying. */
  async function sweep(): Promise<void> {
    if ((await listOrphaned(database.db)).length === 0) return
    const given = await database.transaction((trx) => settleOrphaned(trx, null))
    if (given > 0) deps.logger.info({ given }, 'promises of people who left were given to others')
  }

  return { assign, give, leave, settleOrphaned, sweep, assignees: () => deps.heirs() }
}

function factOf(
  { id, ticketId, assigneeId, version }: TicketPromise,
  actorId: string | null,
  heir: Heir,
) {
  const [fromId, toId] = [assigneeId, heir.id]
  const who = { fromId, toId, toName: heir.displayName }
  return { type: 'promise_handed_over' as const, promiseId: id, ticketId, actorId, version, ...who }
}
