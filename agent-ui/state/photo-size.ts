/** Enough to read a label on a modem, and small enough for a bad connection. */
export const LONGEST_SIDE = 1600

/** Of the small picture in a list, where it stands half as wide on a fine screen. */
export const SMALL_SIDE = 160

/** The size of a photo that is sent: as it is, or smaller in the same shape. */
export function sentSize(
  { width, height }: { width: number; height: number },
  longest = LONGEST_SIDE,
): {
  width: number
  height: number
} {
  const scale = Math.min(1, longest / Math.max(width, height, 1))
  return {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  }
}
