import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { maySee } from '../screen-table.ts'
import { HolidaysBanner } from './banners.tsx'

/** A year whose holidays nobody has entered, to those who can have it done; put away until a reload. */
export function CalendarBanner() {
  const user = useUser()
  return maySee(user.role, 'queues') ? <CalendarWarnings /> : null
}

function CalendarWarnings() {
  const [putAway, setPutAway] = useState<readonly number[]>([])
  const calendar = useQuery(queries.calendar())
  const warnings = calendar.data?.warnings.filter(({ year }) => !putAway.includes(year))
  return warnings?.map(({ year, coverage }) => (
    <HolidaysBanner
      key={year}
      year={year}
      coverage={coverage === 'missing' ? 'missing' : 'projected'}
      onClose={() => setPutAway([...putAway, year])}
    />
  ))
}
