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

/** The PBXs that cannot be trusted now; empty when all are ready. */
export function troubledPbxs(pbx: readonly PbxStatus[]): PbxStatus[] {
  return pbx.filter((link) => link.link !== 'ready')
}
