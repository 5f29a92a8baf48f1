import type {
  OutageCreate,
  OutagePatch,
  OutageStatus,
  OutageView,
} from '#contract/casework/outages.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import type { OpenOutagesService } from './open-outages-service.ts'
import { outageName, type StoredOutage, toOutageView } from './outage.ts'
import * as store from './outage-store.ts'

export interface OutageDeps {
  database: Database
  clock: Clock
  newId: NewId
  /** Takes `outage_declared`, `outage_told`, `outage_news`, `outage_links_asked` and `outage_unlinks_asked`. */
  state: StateFact
  known: Pick<OpenOutagesService, 'changed'>
  notifier: Pick<Notifier, 'outagesChanged'>
  /** Children may be released sooner than the loop knows. */
  wake: () => void
}

export type OutageService = ReturnType<typeof createOutageService>

/** Area outages: a parent ticket each, what callers are told of it, and the tickets that are linked to it. */
export function createOutageService(deps: OutageDeps) {
  const { database, clock, newId, state, known } = deps

  /** Newest first. */
  async function list(status: OutageStatus | undefined): Promise<{ items: OutageView[] }> {
    const rows = await store.listOutages(database.db, status)
    return { items: await viewsOf(database.db, rows) }
  }

  /**
   * Opens an outage with its parent ticket, or takes up an offer. Throws NotFound for an offer that
   * is none any more, InvalidInput (422) for an end that has passed.
   */
  async function open(order: OutageCreate, user: SessionUser): Promise<OutageView> {
    requireAhead(order.expectedUntil, clock.now())
    const ticketId = newId()
    await database.transaction(async (trx) => {
      const offer = await offerOf(trx.db, order)
      const area = offer === null ? (order.area ?? null) : offer.area
      const service = offer === null ? (order.service ?? null) : offer.service
      const { message, expectedUntil } = order
      const name = outageName({ area, service })
      const what = { ticketId, area, service, name, message, user }
      await state(trx, { type: 'outage_declared', ...what })
      const columns = {
        status: 'open',
        ticket_id: ticketId,
        message,
        expected_until: expectedUntil,
        callbacks_per_minute: order.callbacksPerMinute,
        opened_at: clock.now(),
      }
      await save(trx, offer, { ...columns, area, service })
      await show(trx)
    })
    return viewOf(ticketId)
  }

  async function save(
    trx: Trx,
    offer: StoredOutage | null,
    columns: Omit<StoredOutage, keyof typeof NOTHING_YET | 'id'>,
  ): Promise<void> {
    if (offer === null) {
      await store.insertOutage(trx.db, { ...NOTHING_YET, id: newId(), ...columns })
    } else if ((await store.takeUpOffer(trx.db, offer.id, columns)) === undefined) {
      throw new Conflict('somebody else has taken this offer up', 'offer_taken')
    }
  }

  /** Changes what people are told. Throws NotFound, Conflict for a stale version or one that is over. */
  async function patch(
    ticketId: string,
    order: OutagePatch,
    user: SessionUser,
  ): Promise<OutageView> {
    await database.transaction(async (trx) => {
      const before = await requireOutage(trx.db, ticketId)
      if (before.status !== 'open') throw new Conflict('this outage is over', 'outage_over')
      const { message, expectedUntil, callbacksPerMinute } = order
      if (expectedUntil !== undefined && expectedUntil !== before.expected_until) {
        requireAhead(expectedUntil, clock.now())
      }
      const after = await store.updateOutage(
        trx.db,
        { id: before.id, version: order.version },
        {
          ...(message === undefined ? {} : { message }),
          ...(expectedUntil === undefined ? {} : { expected_until: expectedUntil }),
          ...(callbacksPerMinute === undefined ? {} : { callbacks_per_minute: callbacksPerMinute }),
        },
      )
      if (after === undefined) {
        throw new Conflict(
          `somebody else was faster: the outage has version ${before.version} now`,
          'stale',
        )
      }
      const told = { message: after.message, expectedUntil: after.expected_until }
      await state(trx, { type: 'outage_told', ticketId, actorId: user.id, ...told })
      await show(trx)
    })
    return viewOf(ticketId)
  }

  /** Links all of these tickets, each by its step of the process, or none: then says which and why. */
  async function link(
    ticketId: string,
    ticketIds: readonly string[],
    user: SessionUser,
  ): Promise<OutageView> {
    await database.transaction(async (trx) => {
      const { status } = await requireOutage(trx.db, ticketId)
      if (status !== 'open') throw new Conflict('this outage is over', 'outage_over')
      const asked = { outageId: ticketId, ticketIds, user }
      await state(trx, { type: 'outage_links_asked', ...asked })
    })
    return viewOf(ticketId)
  }

  /** Takes all of these tickets out of the outage again, or none: then says which and why. */
  async function unlink(
    ticketId: string,
    ticketIds: readonly string[],
    user: SessionUser,
  ): Promise<OutageView> {
    await database.transaction(async (trx) => {
      await linked(trx, ticketId)
      const asked = { outageId: ticketId, ticketIds, user }
      await state(trx, { type: 'outage_unlinks_asked', ...asked })
    })
    return viewOf(ticketId)
  }

  /** Its parent was closed or cancelled. Safe to repeat; the loop releases the children afterwards. */
  async function end(trx: Trx, ticketId: string, cancelled: boolean): Promise<void> {
    await store.endOutage(trx.db, ticketId, { at: clock.now(), cancelled })
    await show(trx)
    trx.afterCommit(deps.wake)
  }

  /** The rows say something else now: so do pops and pages that are open. */
  async function show(trx: Trx): Promise<void> {
    await known.changed(trx)
    await state(trx, { type: 'outage_news' })
    trx.afterCommit(() => deps.notifier.outagesChanged())
  }

  async function viewOf(ticketId: string): Promise<OutageView> {
    const [view] = await viewsOf(database.db, [await requireOutage(database.db, ticketId)])
    if (view === undefined) throw new NotFound('outage', ticketId)
    return view
  }

  return { list, get: viewOf, open, patch, link, unlink, linked, end }
}

async function viewsOf(db: Db, rows: readonly (StoredOutage & { code: string | null })[]) {
  const children = await store.countChildren(
    db,
    rows.flatMap((row) => row.ticket_id ?? []),
  )
  return rows.map((row) => toOutageView(row, children.get(row.ticket_id ?? '') ?? 0))
}

/** A ticket is linked in this transaction: the outage must not end meanwhile. Throws Conflict. */
async function linked(trx: Trx, ticketId: string): Promise<void> {
  if (!(await store.lockOpen(trx.db, ticketId)))
    throw new Conflict('this outage is over', 'outage_over')
}

async function offerOf(db: Db, { fromOffer }: OutageCreate): Promise<StoredOutage | null> {
  if (fromOffer === undefined) return null
  const offer = await store.selectOffer(db, fromOffer)
  if (offer === undefined) throw new NotFound('offer of an outage', fromOffer)
  return offer
}

async function requireOutage(db: Db, ticketId: string) {
  const row = await store.selectOutageOf(db, ticketId)
  if (row === undefined) throw new NotFound('outage', ticketId)
  return row
}

function requireAhead(expectedUntil: string | null, now: string): void {
  if (expectedUntil === null || expectedUntil > now) return
  throw unprocessable('expectedUntil', 'the end that is expected lies ahead', 'past')
}

const NOTHING_YET = {
  callers: 0,
  once_key: null,
  offered_at: null,
  ended_at: null,
  cancelled: 0,
  next_callback_at: null,
  released_at: null,
  version: 1,
} satisfies Partial<StoredOutage>
