import type { Db } from '../db/schema.ts'
import { NOBODY, type NumberOwners, ownersOf, toCustomerRefs } from './customer-record.ts'
import { type NumberOwnerRow, selectByNumbers } from './customer-store.ts'
import { onlyContract } from './only-contract.ts'

export type NumberOwnerService = ReturnType<typeof createNumberOwners>

/**
 * Whose numbers these are. Within one transaction a number is asked for once, however many features
 * want to know; `forget` when the transaction itself changes a customer, a number or a pick.
 */
export function createNumberOwners() {
  const knownIn = new WeakMap<Db, Map<string, NumberOwners>>()

  /** Numbers that nobody has are missing. `db` may be a transaction. */
  async function findByNumbers(
    db: Db,
    keys: readonly string[],
  ): Promise<ReadonlyMap<string, NumberOwners>> {
    if (!db.isTransaction) return readOwners(db, keys)
    const known = knownIn.get(db) ?? new Map<string, NumberOwners>()
    knownIn.set(db, known)
    const missing = keys.filter((key) => !known.has(key))
    if (missing.length === 0) return known
    const found = await readOwners(db, missing)
    for (const key of missing) known.set(key, found.get(key) ?? NOBODY)
    return known
  }

  /** Who calls from this number; a hidden number (null) is nobody's. */
  async function findByNumber(db: Db, key: string | null): Promise<NumberOwners> {
    if (key === null) return NOBODY
    return (await findByNumbers(db, [key])).get(key) ?? NOBODY
  }

  function forget(db: Db): void {
    knownIn.delete(db)
  }

  return { findByNumber, findByNumbers, forget }
}

async function readOwners(db: Db, keys: readonly string[]): Promise<Map<string, NumberOwners>> {
  const rows = await selectByNumbers(db, keys)
  const byKey = Map.groupBy(rows, (row) => row.phone_key)
  return new Map([...byKey].map(([key, some]) => [key, ownersIn(some)]))
}

function ownersIn(rows: readonly NumberOwnerRow[]): NumberOwners {
  const owners = ownersOf(toCustomerRefs(rows), rows[0]?.chosen_id ?? null)
  return { ...owners, contract: onlyContract(rows.filter(({ id }) => id === owners.chosen?.id)) }
}
