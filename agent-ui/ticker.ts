import { createContext, useContext, useSyncExternalStore } from 'react'
import { live } from './live-store.ts'
import { isStale } from './state/connection.ts'

const listeners = new Set<() => void>()
let timer: ReturnType<typeof setInterval> | null = null
let localNow = Date.now()

/** One 1 Hz ticker for every running time on screen; it stops when nothing is watched. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  localNow = Date.now()
  timer ??= setInterval(tick, 1_000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0 || timer === null) return
    clearInterval(timer)
    timer = null
  }
}

function tick(): void {
  localNow = Date.now()
  for (const listener of listeners) listener()
}

/**
 * Within it running times stand still at this moment of the server's clock, in ms: no news have come since
 * and a time that runs on would claim to know. Null: they run.
 */
export const FrozenAt = createContext<number | null>(null)

/** The server's clock in ms, moving once a second, or where it was frozen. */
export function useServerNow(): number {
  const frozenAt = useContext(FrozenAt)
  const now = useSyncExternalStore(subscribe, () => localNow + live.get().clockOffsetMs)
  return frozenAt ?? now
}

/** Whether no news have come for so long that nothing is sure; drawn anew only when that changes. */
export function useIsStale(): boolean {
  return useSyncExternalStore(subscribeWithNews, () => isStale(live.get().connection, localNow))
}

function subscribeWithNews(listener: () => void): () => void {
  const stops = [subscribe(listener), live.subscribe(listener)]
  return () => {
    for (const stop of stops) stop()
  }
}

const COARSE_MS = 30_000

/** The server's clock in ms, moving twice a minute: for times in lists, which count in minutes. */
export function useCoarseNow(): number {
  return useSyncExternalStore(
    subscribe,
    () => Math.floor((localNow + live.get().clockOffsetMs) / COARSE_MS) * COARSE_MS,
  )
}

/** This machine's clock in ms, moving once a second. */
export function useLocalNow(): number {
  return useSyncExternalStore(subscribe, () => localNow)
}
