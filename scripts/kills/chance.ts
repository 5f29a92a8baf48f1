/** Chance that is the same for the same seed (mulberry32): a run can be repeated. */
export type Chance = {
  /** From 0 up to, not including, 1. */
  next(): number
  /** A number between two others. */
  between(low: number, high: number): number
  /** A name, as often as its weight says. */
  pick<Name extends string>(weights: Readonly<Record<Name, number>>): Name
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
      const names = Object.keys(weights) as (keyof typeof weights)[]
      let left = next() * names.reduce((sum, name) => sum + weights[name], 0)
      const found = names.find((name) => (left -= weights[name]) < 0)
      if (found === undefined) throw new Error('nothing to choose from')
      return found
    },
  }
}
