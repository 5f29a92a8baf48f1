/**
 * What belongs to several calls as rounds: first the first of every call, then the second of those
 * that have one, and so on. Within a call the order stays, and no round has a call twice.
 */
export function inRounds<T>(items: readonly T[], callOf: (item: T) => string): T[][] {
  const rounds: T[][] = []
  const seen = new Map<string, number>()
  for (const item of items) {
    const round = seen.get(callOf(item)) ?? 0
    seen.set(callOf(item), round + 1)
    const known = rounds[round]
    if (known === undefined) rounds.push([item])
    else known.push(item)
  }
  return rounds
}
