import { createObservable, useObservable } from './observable.ts'
import type { DeskState } from './state/desk.ts'
import { emptyLive, reduceLive } from './state/live.ts'
import type { LiveNews, LiveState } from './state/live.ts'

/** The one place where news from the server become what the screens show. */
export const live = createObservable<LiveState>(emptyLive(Date.now()))

export function tell(news: LiveNews): void {
  live.change((state) => reduceLive(state, news, Date.now()))
}

export function useLive<S>(select: (state: LiveState) => S): S {
  return useObservable(live, select)
}

/** Null until the first snapshot arrived. */
export function useDesk(): DeskState | null {
  return useLive((state) => state.desk)
}
