/** Distance of the messages from the edges of the window, px. */
export const EDGE = 16
/** Free space between the messages and what they make room for, px. */
const GAP = 8

interface Box {
  left: number
  right: number
  top: number
  bottom: number
}

interface Place {
  stack: { width: number; height: number }
  /** The field that has the keyboard; null when none has. */
  field: Box | null
  window: { width: number; height: number }
  /** The lower edge of the call bar: no message stands over it. */
  ceiling: number
}

/** By how many px the messages in the lower right corner stand higher, so that the field is free to see. */
export function liftOver({ stack, field, window, ceiling }: Place): number {
  const [right, bottom] = [window.width - EDGE, window.height - EDGE]
  const isFree =
    field === null ||
    stack.height === 0 ||
    field.right <= right - stack.width ||
    field.left >= right ||
    field.bottom <= bottom - stack.height ||
    field.top >= bottom
  if (isFree) return 0
  const most = Math.max(0, bottom - stack.height - ceiling)
  return Math.min(bottom - field.top + GAP, most)
}
