import { Code, Table } from '@mantine/core'
import type { ReactNode } from 'react'
import type { DueLoopStatus, RecurringJobStatus, SetAsideEntry } from '#contract/jobs.ts'
import { Empty } from '../../components/failure.tsx'
import { hasText } from '../../i18n/known-text.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { viLater } from '../../i18n/vi-later.ts'
import { loopState, recurringState } from '../../state/jobs.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { JobStateMark } from './job-state.tsx'

/** One row per job: how it stands, when it ran and will run, and what went wrong last. */
export function LoopTable({ loops }: { loops: readonly DueLoopStatus[] }) {
  const { t } = useTranslation()
  if (loops.length === 0) return <Empty title={t('jobs.noLoops')} />
  return (
    <Grid
      heads={[
        t('jobs.name'),
        t('jobs.state'),
        t('jobs.lastRun'),
        t('jobs.nextRun'),
        t('jobs.lastError'),
      ]}
    >
      {loops.map((loop) => (
        <Table.Tr key={loop.name}>
          <JobName name={loop.name} />
          <Table.Td>
            <JobStateMark state={loopState(loop)} />
          </Table.Td>
          <Times of={loop} />
        </Table.Tr>
      ))}
    </Grid>
  )
}

export function RecurringTable({ jobs }: { jobs: readonly RecurringJobStatus[] }) {
  const { t } = useTranslation()
  if (jobs.length === 0) return <Empty title={t('jobs.noRecurring')} />
  return (
    <Grid
      heads={[
        t('jobs.name'),
        t('jobs.cron'),
        t('jobs.state'),
        t('jobs.lastRun'),
        t('jobs.nextRun'),
        t('jobs.lastError'),
      ]}
    >
      {jobs.map((job) => (
        <Table.Tr key={job.name}>
          <JobName name={job.name} />
          <Table.Td>
            <code>{job.cron}</code>
          </Table.Td>
          <Table.Td>
            <JobStateMark state={recurringState(job)} />
          </Table.Td>
          <Times of={job} />
        </Table.Tr>
      ))}
    </Grid>
  )
}

export function SetAsideTable({ entries }: { entries: readonly SetAsideEntry[] }) {
  const { t } = useTranslation()
  if (entries.length === 0) return <Empty title={t('jobs.noSetAside')} />
  return (
    <Grid heads={[t('jobs.at'), t('jobs.kind'), t('jobs.subject'), t('jobs.reason')]}>
      {entries.map(({ id, at, kind, subject, reason, detail }) => (
        <Table.Tr key={id}>
          <Table.Td className="numeric">{formatDateTime(at)}</Table.Td>
          <Table.Td>
            {hasText(viLater.setAsideKind, kind) ? t(`setAsideKind.${kind}`) : kind}
          </Table.Td>
          <Table.Td>
            <code>{subject}</code>
          </Table.Td>
          <Table.Td>
            {detail === '' ? reason : <Explained reason={reason} detail={detail} />}
          </Table.Td>
        </Table.Tr>
      ))}
    </Grid>
  )
}

/** The reason in one line; opened, what helps whoever looks for the cause. */
function Explained({ reason, detail }: Pick<SetAsideEntry, 'reason' | 'detail'>) {
  return (
    <details>
      <summary>{reason}</summary>
      <Code block mt={4}>
        {detail}
      </Code>
    </details>
  )
}

function Grid({ heads, children }: { heads: readonly string[]; children: ReactNode }) {
  return (
    <Table.ScrollContainer minWidth={720}>
      <Table verticalSpacing={6}>
        <Table.Thead>
          <Table.Tr>
            {heads.map((head) => (
              <Table.Th key={head}>{head}</Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function JobName({ name }: { name: string }) {
  const { t } = useTranslation()
  return (
    <Table.Td>
      <strong>{hasText(viLater.jobName, name) ? t(`jobName.${name}`) : name}</strong>
    </Table.Td>
  )
}

type Ran = Pick<DueLoopStatus, 'lastRunAt' | 'nextRunAt' | 'lastErrorAt' | 'lastError'>

function Times({ of: job }: { of: Ran }) {
  const { t } = useTranslation()
  const time = (at: string | null) => (at === null ? t('common.none') : formatDateTime(at))
  return (
    <>
      <Table.Td className="numeric">{time(job.lastRunAt)}</Table.Td>
      <Table.Td className="numeric">{time(job.nextRunAt)}</Table.Td>
      <Table.Td>
        {job.lastError === null
          ? t('common.none')
          : `${job.lastErrorAt === null ? '' : `${formatDateTime(job.lastErrorAt)} · `}${job.lastError}`}
      </Table.Td>
    </>
  )
}
