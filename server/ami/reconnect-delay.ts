const FIRST_MS = 250
const LONGEST_MS = 2_000
/** A refused login will not get better by itself, and Asterisk bans hammering clients. */
const REFUSED_MS = 60_000

/**
 * How long to wait before the next attempt: 250 ms doubling to 2 s, so that a PBX that is back is
 * heard at once; 60 s after a refused login. Up to a quarter is taken off by `random` (0 to 1) so
 * that many services do not come back together.
 * @param failures attempts since the last successful login, at least 1
 */
export function reconnectDelayMs(failures: number, wasRefused: boolean, random: number): number {
  const full = wasRefused ? REFUSED_MS : Math.min(LONGEST_MS, FIRST_MS * 2 ** (failures - 1))
  return Math.round(full * (1 - random / 4))
}
