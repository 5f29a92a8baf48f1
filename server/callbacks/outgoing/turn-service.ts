/** Runs one piece of work after the other, in the order in which they were asked for. */
export type AtTurn = <T>(work: () => Promise<T>) => Promise<T>

/**
 * Promises and calls ordered at once look at each other's rows before they take a phone and a
 * customer; only one of them may be between looking and taking.
 */
export function createTurn(): AtTurn {
  let last: Promise<unknown> = Promise.resolve()
  return (work) => {
    const done = last.then(work, work)
    last = done.catch(() => undefined)
    return done
  }
}
