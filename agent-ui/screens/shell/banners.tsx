import { Button, CloseButton } from '@mantine/core'
import {
  IconCalendarExclamation,
  IconDatabaseExclamation,
  IconPlugConnectedX,
  IconRefresh,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PbxStatus } from '#contract/queues.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { formatClock, formatShort } from '../../state/local-time.ts'
import classes from './shell.module.css'

/** Below the header, over the whole width: what everybody here must know. */
function Banner({ tone, children }: { tone: 'warn' | 'busy'; children: ReactNode }) {
  return <div className={`${classes.banner} ${classes[tone]}`}>{children}</div>
}

/** No news come from the service since then. */
export function StaleBanner({ lostAt }: { lostAt: string }) {
  const { t } = useTranslation()
  return (
    <Banner tone="warn">
      <IconPlugConnectedX size={16} aria-hidden />
      {t('connection.stale', { time: formatClock(lostAt) })}
    </Banner>
  )
}

export function PbxBanner({ pbx, now }: { pbx: PbxStatus; now: number }) {
  const { t } = useTranslation()
  const { pbxId, link, since } = pbx
  const words = { pbx: pbxId, state: t(`pbx.${link}`), since: formatShort(since, now) }
  return (
    <Banner tone="warn">
      <IconPlugConnectedX size={16} aria-hidden />
      {t('connection.pbxDown', words)}
    </Banner>
  )
}

/** Calm: nothing is lost and nobody here can mend it. */
export function DatabaseBanner({ since, now }: { since: string; now: number }) {
  const { t } = useTranslation()
  return (
    <Banner tone="busy">
      <IconDatabaseExclamation size={16} aria-hidden />
      {t('connection.databaseWaiting', { since: formatShort(since, now) })}
    </Banner>
  )
}

export function OutdatedBanner() {
  const { t } = useTranslation()
  return (
    <Banner tone="busy">
      <IconRefresh size={16} aria-hidden />
      {t('connection.outdated')}
      <Button size="compact-xs" variant="default" onClick={() => location.reload()}>
        {t('connection.reload')}
      </Button>
    </Banner>
  )
}

interface HolidaysProps {
  year: number
  coverage: 'missing' | 'projected'
  onClose: () => void
}

/** A year whose holidays nobody has entered. */
export function HolidaysBanner({ year, coverage, onClose }: HolidaysProps) {
  const { t } = useTranslation()
  return (
    <div className={`${classes.banner} ${classes.warn}`} data-testid="calendar-warning">
      <IconCalendarExclamation size={16} aria-hidden />
      {t(`calendar.${coverage}`, { year })}
      <CloseButton
        size="sm"
        ml="auto"
        c="inherit"
        aria-label={t('common.close')}
        onClick={onClose}
      />
    </div>
  )
}
