/** The value below which `share` (0 to 1) of the samples lie; nearest rank. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b)
  const rank = Math.ceil(share * sorted.length) - 1
  return sorted[Math.min(Math.max(rank, 0), sorted.length - 1)] ?? Number.NaN
}

export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5)
}

/** What both sides measured in one round. */
export interface Round<Ours, Peer = Ours> {
  ours: Ours
  peer: Peer
}

/**
 * Runs both sides in turn, ours first in one round and last in the next (ABBA), so that what changes
 * with time (heat, other programs, a filling disk cache) favours neither.
 */
export async function takeTurns<Ours, Peer>(
  rounds: number,
  ours: () => Promise<Ours>,
  peer: () => Promise<Peer>,
): Promise<Round<Ours, Peer>[]> {
  const results: Round<Ours, Peer>[] = []
  for (let round = 0; round < rounds; round += 1) {
    if (round % 2 === 0) {
      const first = await ours()
      results.push({ ours: first, peer: await peer() })
    } else {
      const first = await peer()
      results.push({ ours: await ours(), peer: first })
    }
  }
  return results
}

/** The median over the rounds of one figure, for example of the ratio within each round. */
export function medianOf<Ours, Peer>(
  rounds: readonly Round<Ours, Peer>[],
  figure: (round: Round<Ours, Peer>) => number,
): number {
  return median(rounds.map(figure))
}
