/** Lets one holder in at a time, in the order of asking. */
export interface Mutex {
  /** Resolves when it is the caller's turn. Every `acquire` needs exactly one `release`. */
  acquire(): Promise<void>
  /** The same for who cannot wait for ever: false when the turn did not come in time. */
  acquireWithin(limitMs: number): Promise<boolean>
  /** Whether somebody is in. */
  isHeld(): boolean
  release(): void
}

export function createMutex(): Mutex {
  let held = false
  const waiting: (() => void)[] = []
  function acquire(): Promise<void> {
    if (!held) {
      held = true
      return Promise.resolve()
    }
    return new Promise((resolve) => waiting.push(resolve))
  }
  return {
    acquire,
    acquireWithin(limitMs) {
      if (!held) return acquire().then(() => true)
      return new Promise((resolve) => {
        const enter = () => {
          clearTimeout(timer)
          resolve(true)
        }
        const timer = setTimeout(() => {
          waiting.splice(waiting.indexOf(enter), 1)
          resolve(false)
        }, limitMs)
        waiting.push(enter)
      })
    },
    isHeld: () => held,
    release() {
      const next = waiting.shift()
      if (next) next()
      else held = false
    },
  }
}
