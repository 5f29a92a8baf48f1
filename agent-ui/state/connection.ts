import type { PbxStatus } from '#contract/queues.ts'

/**
 * Figures on screen count as possibly old this long after the socket was lost: it is looked once a second,
 * and they say so within five.
 */
export const STALE_AFTER_MS = 3_000

/** The socket as the page sees it; `since` is this machine's clock in ms. */
export interface Connection {
  status: 'connecting' | 'connected' | 'disconnected'
  since: number
}

/** True when what is on screen may be out of date because no news can arrive. */
export function isStale(connection: Connection, nowMs: number): boolean {
  return connection.status !== 'connected' && nowMs - connection.since >= STALE_AFTER_MS
}

/** Keeps `since` when the status repeats (each failed retry reports the loss again). */
export function changeConnection(
  connection: Connection,
  status: Connection['status'],
  nowMs: number,
): Connection {
  return connection.status === status ? connection : { status, since: nowMs }
}

/** What an order needs on its way: the service alone, or a PBX behind it. */
export type Needs = 'service' | 'pbx'

/** What is away, so that an order could not arrive; null when nothing is. */
export function missingFor(
  needs: Needs,
  seen: { isAway: boolean; pbx: readonly PbxStatus[] },
  pbxId?: string,
): Needs | null {
  if (seen.isAway) return 'service'
  return needs === 'pbx' && isPbxLost(seen.pbx, pbxId) ? 'pbx' : null
}

/** Whether nothing is heard of this PBX; without its name, of any. Of one that is not told of nothing is wrong. */
export function isPbxLost(pbx: readonly PbxStatus[], pbxId?: string): boolean {
  const asked = pbxId === undefined ? pbx : pbx.filter((one) => one.pbxId === pbxId)
  return asked.length > 0 && troubledPbxs(asked).length === asked.length
}

/** The PBXs that cannot be trusted now; empty when all are ready. */
export function troubledPbxs<T extends Pick<PbxStatus, 'link'>>(pbx: readonly T[]): T[] {
  return pbx.filter((link) => link.link !== 'ready')
}
