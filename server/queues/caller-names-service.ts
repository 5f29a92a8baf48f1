import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'

export interface CallerNamesDeps {
  database: Database
  /** Names of the customers of these numbers, those that are known and unambiguous. */
  customerNames: (db: Db, phoneKeys: string[]) => Promise<ReadonlyMap<string, string>>
}

/** Names of waiting callers: asked for once each while they wait, forgotten when they have left. */
export function createCallerNames({ database, customerNames }: CallerNamesDeps) {
  const asked = new Set<string>()
  let names: ReadonlyMap<string, string> = new Map()

  /** One question for all whose number is new among `waiting`. */
  async function learn(waiting: readonly string[]): Promise<void> {
    const keys = new Set(waiting)
    const unknown = [...keys].filter((key) => !asked.has(key))
    for (const key of asked) if (!keys.has(key)) asked.delete(key)
    for (const key of unknown) asked.add(key)
    if (unknown.length === 0) return
    const found = await customerNames(database.db, unknown)
    names = new Map([...names, ...found].filter(([key]) => asked.has(key)))
  }

  return {
    learn,
    of: (key: string | null): string | null => (key === null ? null : (names.get(key) ?? null)),
  }
}
