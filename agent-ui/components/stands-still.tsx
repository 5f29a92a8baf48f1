import { useContext } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from '../i18n/translation.tsx'
import { useLive } from '../live-store.ts'
import { isPbxLost, troubledPbxs } from '../state/connection.ts'
import { formatClock } from '../state/local-time.ts'
import { FrozenAt, useIsStale } from '../ticker.ts'
import { Tone } from './tone.tsx'

/** Running times stand still while no news can come from the server. */
export function StandsStill({ children }: { children: ReactNode }) {
  const since = useLive((live) => live.connection.since + live.clockOffsetMs)
  const frozenAt = useIsStale() ? since : null
  return <FrozenAt value={frozenAt}>{children}</FrozenAt>
}

/** The same of what only a PBX can tell: of this one, else of all; as of whichever was lost first, link or PBX. */
export function StandsStillWithPbx({ pbxId, children }: { pbxId?: string; children: ReactNode }) {
  const outer = useContext(FrozenAt)
  const pbx = useLive((live) => live.pbx)
  const own = pbxId === undefined ? pbx : pbx.filter((one) => one.pbxId === pbxId)
  const lostAt = troubledPbxs(own).map((one) => Date.parse(one.since))
  const since = isPbxLost(own) ? Math.min(outer ?? Infinity, ...lostAt) : outer
  return <FrozenAt value={since}>{children}</FrozenAt>
}

/** Of which moment the figures beside it are, while they stand still. */
export function AsOf() {
  const { t } = useTranslation()
  const frozenAt = useContext(FrozenAt)
  if (frozenAt === null) return null
  const time = formatClock(new Date(frozenAt).toISOString())
  return (
    <Tone tone="warn">
      <span className="numeric">{t('connection.asOf', { time })}</span>
    </Tone>
  )
}
