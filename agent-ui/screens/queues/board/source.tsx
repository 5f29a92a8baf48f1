import { createContext, useContext } from 'react'
import type { LiveQueue, QueuesSnapshot } from '#contract/queues.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { useLive } from '../../../live-store.ts'
import { owedSource, pbxSource } from '../../../state/board.ts'
import type { SourceState } from '../../../state/board.ts'
import { formatClock } from '../../../state/local-time.ts'
import { useCoarseNow, useIsStale } from '../../../ticker.ts'

export type SourceName = 'pbx' | 'owed'

const UNKNOWN: SourceState = { asOf: null, silentSince: null }

/** Where the figures within come from, and whether it still speaks. */
export const Sources = createContext<Readonly<Record<SourceName, SourceState>>>({
  pbx: UNKNOWN,
  owed: UNKNOWN,
})

export function useSources(
  snapshot: QueuesSnapshot,
  queues: readonly LiveQueue[],
): Record<SourceName, SourceState> {
  const isStale = useIsStale()
  const lostAt = useLive((live) => live.connection.since + live.clockOffsetMs)
  const { database, since } = useLive((live) => live.service)
  const nowMs = useCoarseNow()
  const seen = { snapshot, awaySince: isStale ? lostAt : null, nowMs }
  return {
    pbx: pbxSource(seen, queues),
    owed: owedSource(seen, { since, isWaiting: database !== 'ok' }),
  }
}

/** Since when what this source tells is not sure any more; null while it is. */
export function useSilentSince(source: SourceName): number | null {
  return useContext(Sources)[source].silentSince
}

/** Of which moment the figures of this source are. */
export function useAsOf(source: SourceName): string | null {
  const { t } = useTranslation()
  const { asOf, silentSince } = useContext(Sources)[source]
  const at = silentSince === null ? asOf : new Date(silentSince).toISOString()
  return at === null ? null : t('board.asOf', { time: formatClock(at) })
}
