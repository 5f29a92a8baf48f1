import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { TeamView } from '#contract/teams.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tone } from '../../components/tone.tsx'
import { queries } from '../../queries.ts'
import { formatNumber } from '../../state/local-time.ts'
import classes from './work.module.css'

/** How many open tickets each person of the team has, and how many nobody has. */
export function TeamLoad({ team }: { team: TeamView }) {
  const { t } = useTranslation()
  const load = useQuery(queries.teamWorkload(team.id))
  return (
    <Panel title={t('work.load')}>
      {load.isPending && <Loading rows={3} />}
      {load.isError && <LoadFailed error={load.error} onRetry={() => void load.refetch()} />}
      {load.data?.items.length === 0 && <Empty title={t('work.empty')} />}
      <ul className={classes.load}>
        {load.data?.items.map(({ person, total }) => (
          <li key={person?.id ?? ''}>
            <span>
              {person?.displayName ?? t('work.nobody')}{' '}
              {person?.isLead && <Tone tone="busy">{t('work.lead')}</Tone>}{' '}
              {person?.signedIn && <Tone tone="ok">{t('work.signedIn')}</Tone>}
            </span>
            <span className={`${classes.count} numeric`}>{formatNumber(total)}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
