import { Button } from '@mantine/core'
import { IconDatabaseExclamation, IconPlugConnectedX, IconRefresh } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { notifyDone } from '../../components/failure.tsx'
import { useLive } from '../../live-store.ts'
import { isStale, troubledPbxs } from '../../state/connection.ts'
import { formatClock, formatShort } from '../../state/local-time.ts'
import { useLocalNow, useServerNow } from '../../ticker.ts'
import classes from './shell.module.css'

/** What the person must know about the freshness of everything on screen. */
export function LinkBanners() {
  const { t } = useTranslation()
  const connection = useLive((live) => live.connection)
  const outdated = useLive((live) => live.outdated)
  const offsetMs = useLive((live) => live.clockOffsetMs)
  const stale = isStale(connection, useLocalNow())
  const lostAt = new Date(connection.since + offsetMs).toISOString()
  useRestoredNotice(stale)
  return (
    <div role="status">
      {stale && (
        <div className={`${classes.banner} ${classes.warn}`}>
          <IconPlugConnectedX size={16} aria-hidden />
          {t('connection.stale', { time: formatClock(lostAt) })}
        </div>
      )}
      {!stale && <PbxTrouble />}
      {!stale && <DatabaseWaiting />}
      {outdated && (
        <div className={`${classes.banner} ${classes.busy}`}>
          <IconRefresh size={16} aria-hidden />
          {t('connection.outdated')}
          <Button size="compact-xs" variant="default" onClick={() => location.reload()}>
            {t('connection.reload')}
          </Button>
        </div>
      )}
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
  const { t } = useTranslation()
  const pbx = useLive((live) => live.pbx)
  const now = useServerNow()
  return troubledPbxs(pbx).map((link) => (
    <div key={link.pbxId} className={`${classes.banner} ${classes.warn}`}>
      <IconPlugConnectedX size={16} aria-hidden />
      {t('connection.pbxDown', {
        pbx: link.pbxId,
        state: t(`pbx.${link.link}`),
        since: formatShort(link.since, now),
      })}
    </div>
  ))
}

/** Calm: nothing is lost and nobody here can mend it. */
function DatabaseWaiting() {
  const { t } = useTranslation()
  const { database, since } = useLive((live) => live.service)
  const now = useServerNow()
  if (database !== 'waiting') return null
  return (
    <div className={`${classes.banner} ${classes.busy}`}>
      <IconDatabaseExclamation size={16} aria-hidden />
      {t('connection.databaseWaiting', {
        since: formatShort(since ?? new Date(now).toISOString(), now),
      })}
    </div>
  )
}
