import type { CallbackView } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { unprocessable } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { StateFact } from '../ports.ts'
import type { AttemptService } from './attempt-service.ts'
import { type Callback, hasTicket, type TicketPromise } from './callback-store.ts'
import { type PromiseChange, requirePossible } from './promise-change-service.ts'
import { type Heir, heirOf } from './policy/promise-heir.ts'
import { countOpenPromises, listOrphaned } from './promise-owner-store.ts'
import { next } from './promise.ts'

export interface HandOverDeps {
  database: Database
  logger: Logger
  changes: Pick<PromiseChange, 'act' | 'save'>
  attempts: Pick<AttemptService, 'announce'>
  state: StateFact
  /** Everybody who works here and has a phone, by name. */
  heirs: () => Heir[]
  /** Promises may be dialled sooner than the loop knows. */
  wake: () => void
}

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

  return { assign, give, settleOrphaned, sweep, assignees: () => deps.heirs() }
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
