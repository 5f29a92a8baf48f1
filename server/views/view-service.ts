import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { TicketQuery } from '#contract/tickets.ts'
import type { SavedView, ViewCreate, ViewList, ViewPatch } from '#contract/casework/views.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, Forbidden, NotFound, refuse } from '../errors.ts'
import type { NewId, StateFact } from '../ports.ts'
import {
  countedQuery,
  mayChange,
  mayShare,
  refusedView,
  type StoredView,
  tradesOf,
} from './view.ts'
import * as store from './view-store.ts'

export interface ViewDeps {
  database: Database
  clock: { now: () => Instant }
  newId: NewId
  /** Takes `view_shared`. */
  state: StateFact
  staffById: (id: string) => { displayName: string } | null
  /** How many open tickets each query has, all in one read; null where it is not counted. */
  countTickets: (
    queries: readonly TicketQuery[],
    user: SessionUser,
  ) => Promise<readonly (number | null)[]>
}

export type ViewService = ReturnType<typeof createViewService>

/** Filters, order and columns of a list, kept under a name. */
export function createViewService(deps: ViewDeps) {
  const { database, clock, state } = deps

  /** Own views and those that are shared with this person's trade, by name. */
  async function list(of: ViewList, user: SessionUser): Promise<{ items: SavedView[] }> {
    const seen = { list: of, staffId: user.id, trades: tradesOf(user.role) }
    return { items: await shown(await store.listViews(database.db, seen), user) }
  }

  async function shown(views: readonly StoredView[], user: SessionUser): Promise<SavedView[]> {
    const counted = views.flatMap((view) => {
      const query = countedQuery(view)
      return query === null ? [] : [{ id: view.id, query }]
    })
    const counts = await deps.countTickets(
      counted.map(({ query }) => query),
      user,
    )
    const countOf = new Map(counted.map(({ id }, index) => [id, counts[index] ?? null]))
    return views.map(({ staffId, ...view }) => ({
      ...view,
      owner: { id: staffId, displayName: deps.staffById(staffId)?.displayName ?? '' },
      isMine: staffId === user.id,
      mayChange: mayChange({ staffId, team: view.team }, user),
      count: countOf.get(view.id) ?? null,
    }))
  }

  /** Throws Forbidden for who may not share, Conflict (409) for a name that is taken, 422 for too many. */
  async function create(order: ViewCreate, user: SessionUser): Promise<SavedView> {
    const view = { ...order, id: deps.newId(), staffId: user.id, version: 1 }
    await database.transaction(async (trx) => {
      await requireRoom(trx, view, user)
      await store.insertView(trx.db, view, clock.now())
      await tellShared(trx, view, 'shared', user)
    })
    return shownOne(view, user)
  }

  /** Throws NotFound for what this person does not see, Forbidden, Conflict (stale, or name taken). */
  async function patch(id: string, order: ViewPatch, user: SessionUser): Promise<SavedView> {
    const { version, ...change } = order
    const given = Object.entries(change).filter(([, value]) => value !== undefined)
    const after = await database.transaction(async (trx) => {
      const before = await requireView(trx, id, user)
      const view: StoredView = { ...before, ...Object.fromEntries(given), version: version + 1 }
      await requireRoom(trx, view, user)
      const isNewest = before.version === version
      if (!isNewest || !(await store.updateView(trx.db, view, clock.now()))) {
        throw new Conflict('the view was changed meanwhile: read it again', 'stale')
      }
      const isTold = before.team !== null || view.team !== null
      if (isTold) await tellShared(trx, view, view.team === null ? 'withdrawn' : 'changed', user)
      return view
    })
    return shownOne(after, user)
  }

  /** Throws NotFound and Forbidden. */
  async function remove(id: string, user: SessionUser): Promise<void> {
    await database.transaction(async (trx) => {
      const view = await requireView(trx, id, user)
      await store.deleteView(trx.db, id)
      await tellShared(trx, view, 'deleted', user)
    })
  }

  async function shownOne(view: StoredView, user: SessionUser): Promise<SavedView> {
    const [one] = await shown([view], user)
    if (one === undefined) throw new NotFound('view', view.id)
    return one
  }

  /** What a person keeps alone is nobody's business. */
  async function tellShared(
    trx: Trx,
    view: StoredView,
    what: 'shared' | 'changed' | 'withdrawn' | 'deleted',
    user: SessionUser,
  ): Promise<void> {
    if (view.team === null && what !== 'withdrawn') return
    const detail = { what, name: view.name, list: view.list, team: view.team ?? '' }
    await state(trx, { type: 'view_shared', actorId: user.id, viewId: view.id, detail })
  }

  return { list, create, patch, remove }
}

async function requireView(trx: Trx, id: string, user: SessionUser): Promise<StoredView> {
  const view = await store.selectView(trx.db, id)
  const isSeen =
    view !== null &&
    (view.team === null ? view.staffId === user.id : tradesOf(user.role).includes(view.team))
  if (!isSeen) throw new NotFound('view', id)
  if (!mayChange(view, user)) throw new Forbidden('only who leads changes what is shared')
  return view
}

async function requireRoom(trx: Trx, view: StoredView, user: SessionUser): Promise<void> {
  if (view.team !== null && !mayShare(user.role)) {
    throw new Forbidden('only supervisors and administrators share views')
  }
  refuse(refusedView(view, await store.selectSiblings(trx.db, view)))
}
