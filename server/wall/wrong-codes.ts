/** Wrong codes of each network, since when. */
export type WrongCodes = ReadonlyMap<string, { count: number; sinceMs: number }>

/** So many wrong codes are well within this time, then the network waits until it is over. */
export const FREE_TRIES = 10
const WINDOW_MS = 15 * 60_000
/** More networks are not kept: the one that began first goes. */
const MOST_NETWORKS = 1000

/** Seconds until this network may try again; 0: now. */
export function waitOf(wrong: WrongCodes, network: string, nowMs: number): number {
  const own = wrong.get(network)
  if (own === undefined || own.count < FREE_TRIES) return 0
  return Math.max(0, Math.ceil((own.sinceMs + WINDOW_MS - nowMs) / 1000))
}

export function noteWrong(wrong: WrongCodes, network: string, nowMs: number): WrongCodes {
  const own = wrong.get(network)
  const goesOn = own !== undefined && nowMs < own.sinceMs + WINDOW_MS
  const next = new Map(wrong)
  // set anew, it is the newest
  next.delete(network)
  next.set(network, goesOn ? { ...own, count: own.count + 1 } : { count: 1, sinceMs: nowMs })
  const [oldest] = next.keys()
  if (next.size > MOST_NETWORKS && oldest !== undefined) next.delete(oldest)
  return next
}
