import { CloseButton } from '@mantine/core'
import { IconCalendarExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { maySee } from '../screen-table.ts'
import classes from './shell.module.css'

/** A year whose holidays nobody has entered, to those who can have it done; put away until a reload. */
export function CalendarBanner() {
  const user = useUser()
  return maySee(user.role, 'queues') ? <CalendarWarnings /> : null
}

function CalendarWarnings() {
  const { t } = useTranslation()
  const [putAway, setPutAway] = useState<readonly number[]>([])
  const calendar = useQuery(queries.calendar())
  const warnings = calendar.data?.warnings.filter(({ year }) => !putAway.includes(year))
  return warnings?.map(({ year, coverage }) => (
    <div key={year} className={`${classes.banner} ${classes.warn}`} data-testid="calendar-warning">
      <IconCalendarExclamation size={16} aria-hidden />
      {coverage === 'missing' ? t('calendar.missing', { year }) : t('calendar.projected', { year })}
      <CloseButton
        size="sm"
        ml="auto"
        c="inherit"
        aria-label={t('common.close')}
        onClick={() => setPutAway([...putAway, year])}
      />
    </div>
  ))
}
