/** Lets one holder in at a time, in the order of asking. */
export interface Mutex {
  /** Resolves when it is the caller's turn. Every `acquire` needs exactly one `release`. */
  acquire(): Promise<void>
  /** Whether somebody is in. */
  isHeld(): boolean
  release(): void
}

export function createMutex(): Mutex {
  let held = false
  const waiting: (() => void)[] = []
  return {
    acquire() {
      if (!held) {
        held = true
        return Promise.resolve()
      }
      return new Promise((resolve) => waiting.push(resolve))
    },
    isHeld: () => held,
    release() {
      const next = waiting.shift()
      if (next) next()
      else held = false
    },
  }
}
