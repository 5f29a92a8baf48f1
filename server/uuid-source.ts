import { v7 } from 'uuid'

/** Random bytes are drawn for this many ids at once: a draw for each costs more than the id. */
const IDS_PER_DRAW = 256
const BYTES_PER_ID = 16
/** What the library keeps of a sequence: 32 bits. */
const SEQUENCES = 2 ** 32

/**
 * Ids (UUIDv7, RFC 9562) of one process: each sorts after the one before, within one millisecond and
 * after a step back of the clock too.
 */
export function createUuidSource(
  nowMs: () => number,
  fill: (bytes: Uint8Array) => unknown,
): () => string {
  const drawn = new Uint8Array(IDS_PER_DRAW * BYTES_PER_ID)
  let used = drawn.length
  let msecs = 0
  let seq = 0

  function draw(): Uint8Array {
    if (used === drawn.length) {
      fill(drawn)
      used = 0
    }
    used += BYTES_PER_ID
    return drawn.subarray(used - BYTES_PER_ID, used)
  }

  return () => {
    const random = draw()
    const now = nowMs()
    if (now > msecs) {
      msecs = now
      // The first bit stays free, so that a sequence has room to run.
      seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1
    } else if (seq === SEQUENCES - 1) {
      msecs += 1
      seq = 0
    } else {
      seq += 1
    }
    return v7({ random, msecs, seq })
  }
}
