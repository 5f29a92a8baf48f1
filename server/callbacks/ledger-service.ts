import type { CallbackQuery, CallbackView } from '#contract/callbacks.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../db/transaction.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import type { Clock } from '../ports.ts'
import { countDue, type LedgerFilter, listLedger, type ReadNumber } from './ledger-store.ts'
import { OPEN_STATUSES } from './promise.ts'

const DESK_LIMIT = 200

export type LedgerService = ReturnType<typeof createLedgerService>

/** Reading the promise ledger: pages, the desk, one ticket. */
export function createLedgerService(deps: {
  database: Database
  clock: Clock
  readNumber: ReadNumber
}) {
  const { database, clock, readNumber } = deps

  /** One page; agents see their own promises, everybody else all unless they ask for theirs. */
  async function list(
    user: SessionUser,
    query: CallbackQuery,
  ): Promise<{ items: CallbackView[]; nextCursor: string | null }> {
    const isOwnOnly = user.role === 'agent' || query.mine === '1'
    const filter: LedgerFilter = {
      ...statusFilter(query.status),
      assigneeId: isOwnOnly ? user.id : null,
      after: query.cursor === undefined ? null : readCursor(query.cursor),
      limit: query.limit + 1,
    }
    const found = await listLedger(database.db, filter, readNumber)
    return cutPage(found, query.limit, ({ dueAt: at, id }) => writeCursor({ at, id }))
  }

  /** Everything this person still has to keep or decide, soonest first; for the desk. */
  function openOf(staffId: string): Promise<CallbackView[]> {
    const filter = { ...statusFilter('open'), after: null, limit: DESK_LIMIT }
    return listLedger(database.db, { ...filter, assigneeId: staffId }, readNumber)
  }

  /** Every promise of one ticket, newest due first. */
  function ofTicket(ticketId: string): Promise<CallbackView[]> {
    const filter = { ...statusFilter(undefined), assigneeId: null, after: null, limit: DESK_LIMIT }
    return listLedger(database.db, { ...filter, ticketId }, readNumber)
  }

  /** How many of this person's promises are due and not kept. */
  function dueCount(staffId: string): Promise<number> {
    return countDue(database.db, staffId, clock.now())
  }

  return { list, openOf, ofTicket, dueCount }
}

function statusFilter(status: CallbackQuery['status']): Pick<LedgerFilter, 'statuses' | 'order'> {
  switch (status) {
    case 'open':
      return { statuses: OPEN_STATUSES, order: 'asc' }
    case 'scheduled':
    case 'dialing':
    case 'failed':
      return { statuses: [status], order: 'asc' }
    case 'done':
    case 'cancelled':
      return { statuses: [status], order: 'desc' }
    case undefined:
      return { statuses: [...OPEN_STATUSES, 'done', 'cancelled'], order: 'desc' }
  }
}
