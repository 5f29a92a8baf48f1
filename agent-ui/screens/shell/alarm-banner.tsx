import { Anchor } from '@mantine/core'
import { IconAlertOctagon } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { alarmName, unclaimed } from '../../state/alarms.ts'
import { maySee } from '../screen-table.ts'
import classes from './shell.module.css'

/** Alarms that nobody takes care of, to those who could. */
export function AlarmBanner() {
  const user = useUser()
  return maySee(user.role, 'alarms') ? <Unclaimed /> : null
}

function Unclaimed() {
  const { t } = useTranslation()
  const alarms = unclaimed(useQuery(queries.openAlarms()).data?.items ?? [])
  const [gravest] = alarms
  return (
    <div role="status">
      {gravest !== undefined && (
        <div className={`${classes.banner} ${classes.bad}`} data-testid="alarm-banner">
          <IconAlertOctagon size={16} aria-hidden />
          <span>
            {t('alarms.banner', {
              count: alarms.length,
              what: [...new Set(alarms.map((alarm) => alarmName(t, alarm)))].slice(0, 3).join(', '),
            })}
          </span>
          <Anchor component={Link} to="/alarms" size="sm" underline="always" c="inherit">
            {t('alarms.bannerLink')}
          </Anchor>
        </div>
      )}
    </div>
  )
}
