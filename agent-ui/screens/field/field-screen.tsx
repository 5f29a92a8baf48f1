import { Button, Title } from '@mantine/core'
import { IconClockExclamation } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { StaleNotice } from '../../components/data-list/stale-notice.tsx'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { readyForNoConnection } from '../../field-start.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { inVisitOrder } from '../../state/field-jobs.ts'
import { formatShort } from '../../state/local-time.ts'
import { teamsOf } from '../../state/team-work.ts'
import { useCoarseNow } from '../../ticker.ts'
import { FreeJob } from './free-job.tsx'
import { JobCard } from './job-card.tsx'
import { useJobs } from './use-jobs.ts'
import classes from './field.module.css'

/** What is told by socket is also asked for, in case it was missed. */
const REFRESH_MS = 60_000

/** A technician's day on the phone: my jobs by their hour, then what nobody of the team has taken. */
export function FieldScreen() {
  const { t } = useTranslation()
  const { mine, jobs, tickets, asOfMs } = useJobs()
  useEffect(readyForNoConnection, [])
  if (mine.isPending && asOfMs === null) return <Loading rows={6} />
  if (mine.isError && mine.data === undefined && asOfMs === null) {
    return <LoadFailed error={mine.error} onRetry={() => void mine.refetch()} />
  }
  return (
    <div className={classes.page}>
      <Title order={1} mb="xs">
        {t('fieldPage.title')}
      </Title>
      {mine.isError && asOfMs === null && <StaleNotice source={mine} />}
      {asOfMs !== null && <AsOfLast atMs={asOfMs} onRetry={() => void mine.refetch()} />}
      {jobs.length === 0 && <Empty title={t('fieldPage.empty')} text={t('fieldPage.emptyText')} />}
      <ul className={classes.jobs}>
        {jobs.map((job) => (
          <li key={job.id}>
            <JobCard row={job} ticket={tickets.get(job.id)} />
          </li>
        ))}
      </ul>
      <FreeJobs />
    </div>
  )
}

/** Nobody could be asked since the page was opened: these are the jobs of the last time. */
function AsOfLast({ atMs, onRetry }: { atMs: number; onRetry: () => void }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  return (
    <div className={`${classes.unsent} ${classes.asOf}`} role="status">
      <IconClockExclamation size={18} aria-hidden />
      <span>{t('fieldPage.asOf', { time: formatShort(new Date(atMs).toISOString(), now) })}</span>
      <Button size="xs" variant="default" className={classes.toEnd ?? ''} onClick={onRetry}>
        {t('common.retry')}
      </Button>
    </div>
  )
}

function FreeJobs() {
  const { t } = useTranslation()
  const user = useUser()
  const teams = useQuery(queries.teams())
  const team = teamsOf(user, teams.data?.items ?? []).find(({ kind }) => kind === 'field')
  const work = useQuery({
    ...queries.teamWork(team?.id ?? ''),
    enabled: team !== undefined,
    refetchInterval: REFRESH_MS,
  })
  // what no team of several has is there too: it is the work of all
  const jobs = (work.data?.stages ?? []).flatMap(({ items }) => items)
  const rows = inVisitOrder(jobs.filter(({ assignee }) => assignee === null))
  if (rows.length === 0) return null
  return (
    <>
      <h2 className={classes.free}>{t('fieldPage.free')}</h2>
      <ul className={classes.jobs}>
        {rows.map((row) => (
          <li key={row.id}>
            <FreeJob row={row} />
          </li>
        ))}
      </ul>
    </>
  )
}
