import { useSyncExternalStore } from 'react'

/** A value outside React that components follow; `change` tells them when it is a new value. */
export interface Observable<T> {
  get: () => T
  change: (next: (value: T) => T) => void
  subscribe: (listener: () => void) => () => void
}

export function createObservable<T>(initial: T): Observable<T> {
  let value = initial
  const listeners = new Set<() => void>()
  return {
    get: () => value,
    change: (next) => {
      const changed = next(value)
      if (Object.is(changed, value)) return
      value = changed
      for (const listener of listeners) listener()
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** Re-renders only when the selected part is another one. */
export function useObservable<T, S>(observable: Observable<T>, select: (value: T) => S): S {
  return useSyncExternalStore(observable.subscribe, () => select(observable.get()))
}
