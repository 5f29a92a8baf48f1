import { sql } from 'kysely'
import type { Instant } from '#contract/primitives.ts'

/**
 * Whether its customer is rung before an agent, rather than its owner: the first real try of what one act
 * promised, at no moment of the customer's choice, and due after `since`.
 */
export function isCustomerFirst(alias: 'due' | 'older', since: Instant) {
  return sql<boolean>`(${sql.ref(`${alias}.by_act`)} = 1 and ${sql.ref(`${alias}.agreed`)} = 0
    and ${sql.ref(`${alias}.first_attempt_at`)} is null and ${sql.ref(`${alias}.due_at`)} > ${since})`
}

/** Its owner is rung first: all are while `since` is null. */
export function isAgentFirst(alias: 'due' | 'older', since: Instant | null) {
  return since === null ? sql<boolean>`1 = 1` : sql<boolean>`not ${isCustomerFirst(alias, since)}`
}
