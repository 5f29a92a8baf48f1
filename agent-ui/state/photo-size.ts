/** Enough to read a label on a modem, and small enough for a bad connection. */
export const LONGEST_SIDE = 1600

/** The size of a photo that is sent: as it is, or smaller in the same shape. */
export function sentSize({ width, height }: { width: number; height: number }): {
  width: number
  height: number
} {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height, 1))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}
