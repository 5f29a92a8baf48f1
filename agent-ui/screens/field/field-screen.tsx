import { Title } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { StaleNotice } from '../../components/data-list/stale-notice.tsx'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { inVisitOrder } from '../../state/field-jobs.ts'
import { teamsOf } from '../../state/team-work.ts'
import { FreeJob } from './free-job.tsx'
import { JobCard } from './job-card.tsx'
import classes from './field.module.css'

/** What is told by socket is also asked for, in case it was missed. */
const REFRESH_MS = 60_000

/** A technician's day on the phone: my jobs by their hour, then what nobody of the team has taken. */
export function FieldScreen() {
  const { t } = useTranslation()
  const { id } = useUser()
  const mine = useQuery(queries.fieldJobs({ assignee: id }))
  const jobs = inVisitOrder(mine.data?.items ?? [])
  const tickets = useQueries({ queries: jobs.map((job) => queries.ticket(job.id)) })
  if (mine.isPending) return <Loading rows={6} />
  if (mine.isError && mine.data === undefined) {
    return <LoadFailed error={mine.error} onRetry={() => void mine.refetch()} />
  }
  return (
    <div className={classes.page}>
      <Title order={1} mb="xs">
        {t('fieldPage.title')}
      </Title>
      {mine.isError && <StaleNotice source={mine} />}
      {jobs.length === 0 && <Empty title={t('fieldPage.empty')} text={t('fieldPage.emptyText')} />}
      <ul className={classes.jobs}>
        {jobs.map((job, index) => (
          <li key={job.id}>
            <JobCard row={job} ticket={tickets[index]?.data} />
          </li>
        ))}
      </ul>
      <FreeJobs />
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
