/** Chance that is the same for the same seed (mulberry32): a run can be repeated. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A number between two others. */
  between(low: number, high: number): number
  /** A name, as often as its weight says. */
  pick<Name>(weights: readonly (readonly [Name, number])[]): Name
}

/** Begins a row of chances. */
export function chanceOf(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    next,
    between: (low, high) => low + next() * (high - low),
    pick(weights) {
      let left = next() * weights.reduce((sum, [, weight]) => sum + weight, 0)
      const found = weights.find(([, weight]) => (left -= weight) < 0)
      if (found === undefined) throw new Error('nothing to choose from')
      return found[0]
    },
  }
}
