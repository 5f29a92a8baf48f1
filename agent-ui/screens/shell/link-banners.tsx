import { useEffect, useRef } from 'react'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useLive } from '../../live-store.ts'
import { troubledPbxs } from '../../state/connection.ts'
import { useIsStale, useServerNow } from '../../ticker.ts'
import { DatabaseBanner, OutdatedBanner, PbxBanner, StaleBanner } from './banners.tsx'

/** What the person must know about the freshness of everything on screen. */
export function LinkBanners() {
  const since = useLive((live) => live.connection.since + live.clockOffsetMs)
  const outdated = useLive((live) => live.outdated)
  const stale = useIsStale()
  useRestoredNotice(stale)
  return (
    <div role="status">
      {stale && <StaleBanner lostAt={new Date(since).toISOString()} />}
      {!stale && <PbxTrouble />}
      {!stale && <DatabaseWaiting />}
      {outdated && <OutdatedBanner />}
    </div>
  )
}

/** Says once that the news flow again, after the banner was up. */
function useRestoredNotice(stale: boolean): void {
  const { t } = useTranslation()
  const wasStale = useRef(false)
  useEffect(() => {
    if (wasStale.current && !stale) notifyDone(t('connection.restored'))
    wasStale.current = stale
  }, [stale, t])
}

function PbxTrouble() {
  const pbx = useLive((live) => live.pbx)
  const now = useServerNow()
  return troubledPbxs(pbx).map((one) => <PbxBanner key={one.pbxId} pbx={one} now={now} />)
}

function DatabaseWaiting() {
  const { database, since } = useLive((live) => live.service)
  const now = useServerNow()
  if (database !== 'waiting') return null
  return <DatabaseBanner since={since ?? new Date(now).toISOString()} now={now} />
}
