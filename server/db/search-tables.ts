import type { Generated } from 'kysely'

/** A ticket whose words are to be indexed anew or forgotten, one row per change; written by triggers alone. */
export interface SearchDueTable {
  seq: Generated<number>
  ticket_id: string
}

/** The same of a customer; `tickets_after` says how far its tickets have been gone through. */
export interface SearchDueCustomerTable {
  seq: Generated<number>
  customer_id: string
  /** Null: the customer itself is to be indexed first; empty: no ticket has been yet. */
  tickets_after: string | null
}

/** Customers of an import, many in one row as JSON; written by its switch alone. */
export interface SearchDueBulkTable {
  seq: Generated<number>
  customer_ids: string
}

/** While a row stands here the triggers of customers note nothing; no other transaction sees one. */
export interface SearchDueHeldTable {
  import_id: string
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
