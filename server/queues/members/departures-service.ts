export type Departures = ReturnType<typeof createDepartures>

/** Takes phones out of the queues when nobody talks on them: at once, or right after the call. */
export function createDepartures(isBusy: (extension: string) => boolean) {
  const held = new Map<string, () => void>()

  function whenFree(extension: string, leave: () => void): void {
    held.delete(extension)
    if (isBusy(extension)) held.set(extension, leave)
    else leave()
  }

  /** Members changed: who has hung up meanwhile leaves now. */
  function releaseFree(): void {
    for (const [extension, leave] of held) {
      if (isBusy(extension)) continue
      held.delete(extension)
      leave()
    }
  }

  return {
    whenFree,
    releaseFree,
    isHeld: (extension: string) => held.has(extension),
    /** The person is back: nothing is left. */
    cancel: (extension: string) => void held.delete(extension),
  }
}
