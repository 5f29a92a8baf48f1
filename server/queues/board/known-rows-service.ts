export interface KnownRows<T> {
  /** One question for the keys that are new, for all of them when asked `again`; others are forgotten. */
  learn: (keys: readonly string[], again?: boolean) => Promise<void>
  /** The same object while nothing of it has changed; null when nothing is known. */
  of: (key: string | null) => T | null
}

/** What the rows say of those on the board, by key, while they are there. */
export function createKnownRows<T>(
  read: (keys: string[]) => Promise<ReadonlyMap<string, T>>,
): KnownRows<T> {
  let asked: ReadonlySet<string> = new Set()
  let known: ReadonlyMap<string, T> = new Map()

  async function learn(keys: readonly string[], again = false): Promise<void> {
    const wanted = new Set(keys)
    const isGone = [...asked].some((key) => !wanted.has(key))
    const unknown = [...wanted].filter((key) => again || !asked.has(key))
    if (unknown.length === 0 && !isGone) return
    const found = unknown.length === 0 ? new Map<string, T>() : await read(unknown)
    const next = new Map<string, T>()
    for (const key of wanted) {
      const row = unknown.includes(key) ? found.get(key) : known.get(key)
      if (row !== undefined) next.set(key, asBefore(known.get(key), row))
    }
    known = next
    asked = wanted
  }

  return { learn, of: (key) => (key === null ? null : (known.get(key) ?? null)) }
}

function asBefore<T>(before: T | undefined, now: T): T {
  return before !== undefined && JSON.stringify(before) === JSON.stringify(now) ? before : now
}
