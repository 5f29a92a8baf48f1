import { useQuery } from '@tanstack/react-query'
import type { TeamView } from '#contract/casework/teams.ts'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatNumber } from '../../state/local-time.ts'
import classes from './work.module.css'

/** How many open tickets each person of the team has, and how many nobody has; the list goes without. */
export function TeamLoad({ team }: { team: TeamView }) {
  const { t } = useTranslation()
  const load = useQuery(queries.teamWorkload(team.id))
  if (!load.data) return null
  return (
    <ul className={classes.load} aria-label={t('work.load')}>
      {load.data.items.map(({ person, total }) => (
        <li key={person?.id ?? ''}>
          {person?.displayName ?? t('work.nobody')}
          <span className={`${classes.count} numeric`}>{formatNumber(total)}</span>
          {person?.isLead && <Tone tone="busy">{t('work.lead')}</Tone>}
          {person?.signedIn && <Tone tone="ok">{t('work.signedIn')}</Tone>}
        </li>
      ))}
    </ul>
  )
}
