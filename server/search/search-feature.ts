import type { PhoneNumber } from '#contract/customers.ts'
import type { Database, Trx } from '../db/transaction.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import * as due from './due-store.ts'
import { createFindService, type FindOrder } from './find-service.ts'
import { createIndexService, IMPORTED_PER_STEP } from './index-service.ts'
import type { SearchKind } from './search-store.ts'

/** What `words.ts` and `search-document.ts` make of rows; another word indexes everything anew. */
const INDEX_RULES = '2026-11-27'

/** A change is found within a second of it. */
const LONGEST_SLEEP_MS = 500
/** Between two writings, so that calls are never behind more than one of them. */
const SHORTEST_PAUSE_MS = 20

export interface SearchDeps {
  database: Database
  describeNumber: (raw: string) => PhoneNumber
  /** By which rules texts are folded and numbers read, in one word. */
  searchRules: string
  schedule: Pick<Schedule, 'loop' | 'rewrite'>
}

export type Search = ReturnType<typeof createSearch>

/** Tickets and customers by their words: an index beside the rows, written by a loop. */
export function createSearch(deps: SearchDeps) {
  const { schedule } = deps
  const index = createIndexService({
    ...deps,
    reached: (db, kind) => indexed[kind].reached(db),
  })
  const firstIndexing = (kind: SearchKind) =>
    schedule.rewrite({
      name: `search index of ${kind}s`,
      rules: `${INDEX_RULES} ${deps.searchRules}`,
      step: (trx, afterId) => index.indexBefore(trx.db, kind, afterId),
    })
  const indexed = { ticket: firstIndexing('ticket'), customer: firstIndexing('customer') }
  schedule.loop({
    name: 'search index',
    work: index.work,
    nextDueAt: index.nextDueAt,
    longestSleepMs: LONGEST_SLEEP_MS,
    shortestPauseMs: SHORTEST_PAUSE_MS,
  })
  const isComplete = (kind: SearchKind) => indexed[kind].isDone()
  const { find } = createFindService({ ...deps, isComplete })
  return {
    findTickets: (order: FindOrder) => find('ticket', order),
    findCustomers: (order: FindOrder) => find('customer', order),
    /** What this transaction writes of customers is noted by `noteImported` alone. */
    holdNotes: (trx: Trx, importId: string) => due.holdNotes(trx.db, importId),
    /** The customers that this import has staged are indexed in bulk, a step for each part of them. */
    async noteImported(trx: Trx, importId: string) {
      await due.releaseNotes(trx.db)
      await due.addDueOfImport(trx.db, importId, IMPORTED_PER_STEP)
    },
    /** Indexes all there is, now; for tests and tools. */
    async catchUp() {
      await indexed.ticket.run()
      await indexed.customer.run()
      await index.catchUp()
    },
  }
}
