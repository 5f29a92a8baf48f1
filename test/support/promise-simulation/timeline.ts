/** What happens at a moment of the world, in ms from its beginning. */
export interface Happening {
  atMs: number
  run: () => Promise<void> | void
}

export interface Timeline {
  at: (atMs: number, run: Happening['run']) => void
  /** The earliest, taken out; of one moment what was planned first. Null when nothing is left. */
  next: () => Happening | null
  /** When it will be; null when nothing is left. */
  nextAtMs: () => number | null
}

type Planned = Happening & { order: number }

/** What happens later, in a heap: thousands are planned and each is taken once. */
export function createTimeline(): Timeline {
  const heap: Planned[] = []
  let order = 0

  function at(atMs: number, run: Happening['run']): void {
    heap.push({ atMs, run, order: order++ })
    let child = heap.length - 1
    while (child > 0) {
      const parent = (child - 1) >> 1
      if (!swapIfBefore(child, parent)) break
      child = parent
    }
  }

  function next(): Happening | null {
    const [first] = heap
    const last = heap.pop()
    if (first === undefined || last === undefined) return null
    if (heap.length > 0) {
      heap[0] = last
      sink()
    }
    return first
  }

  function sink(): void {
    let parent = 0
    for (;;) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2]
      const least = isBefore(right, left) ? right : left
      if (!swapIfBefore(least, parent)) return
      parent = least
    }
  }

  function swapIfBefore(one: number, other: number): boolean {
    if (!isBefore(one, other)) return false
    const [a, b] = [heap[one], heap[other]]
    if (a === undefined || b === undefined) return false
    heap[one] = b
    heap[other] = a
    return true
  }

  function isBefore(one: number, other: number): boolean {
    const [a, b] = [heap[one], heap[other]]
    if (a === undefined) return false
    if (b === undefined) return true
    return a.atMs === b.atMs ? a.order < b.order : a.atMs < b.atMs
  }

  return { at, next, nextAtMs: () => heap[0]?.atMs ?? null }
}
