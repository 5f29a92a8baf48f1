/**
 * A figure as the witnesses tell it: `best`, and what it may be (both ends with it) where they only know it
 * to the second, or a call stood on a bound.
 */
export type Told = { readonly best: number; readonly low: number; readonly high: number }

export const NONE: Told = { best: 0, low: 0, high: 0 }

/** A figure that is known to the call. */
export function exactly(figure: number): Told {
  return { best: figure, low: figure, high: figure }
}

/** A figure that is known to so much. */
export function about(figure: number, tolerance: number): Told {
  return { best: figure, low: figure - tolerance, high: figure + tolerance }
}

/** 1 or 0, by whether a duration is within (above 0, at most) a bound: what is on the bound may be either. */
export function within(duration: Told, bound: number): Told {
  return {
    best: duration.best <= bound ? 1 : 0,
    low: duration.high <= bound ? 1 : 0,
    high: duration.low <= bound ? 1 : 0,
  }
}

export function sumOf(figures: readonly Told[]): Told {
  return figures.reduce(
    (sum, one) => ({
      best: sum.best + one.best,
      low: sum.low + one.low,
      high: sum.high + one.high,
    }),
    NONE,
  )
}

/** What two witnesses of one thing leave together; the first one's word where they contradict each other. */
export function agreed(one: Told, other: Told): Told {
  const low = Math.max(one.low, other.low)
  const high = Math.min(one.high, other.high)
  if (low > high) return one
  return { best: Math.min(high, Math.max(low, other.best)), low, high }
}

export function isAsTold({ low, high }: Told, found: number): boolean {
  return found >= low && found <= high
}

/** `12`, or `12 (11 to 13)`. */
export function textOf({ best, low, high }: Told): string {
  return low === high ? rounded(best) : `${rounded(best)} (${rounded(low)} to ${rounded(high)})`
}

function rounded(figure: number): string {
  return String(Math.round(figure * 10) / 10)
}
