import type { Generated } from 'kysely'

/** A ticket whose words are to be indexed anew, one row per change; written by triggers alone. */
export interface SearchDueTable {
  seq: Generated<number>
  ticket_id: string
}

/** The same of a customer, also noted when something was taken from one; `tickets_after` says how far its tickets have been gone through. */
export interface SearchDueCustomerTable {
  seq: Generated<number>
  customer_id: string
  /** Null: the customer itself is to be indexed first; empty: no ticket has been yet. */
  tickets_after: string | null
}

/**
 * What is indexed. Its words stand beside it: on SQLite in the FTS5 table `ticket_words` or
 * `customer_words` by `no`, on PostgreSQL in a column; only `search/search-store.ts` knows.
 */
export interface SearchDocTable {
  /** The order of finding: the newest has the largest. */
  no: number
  id: string
}
