import { NativeSelect, SegmentedControl, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { TeamView, TeamWork } from '#contract/casework/teams.ts'
import { DataList } from '../../components/data-list/data-list.tsx'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatNumber } from '../../state/local-time.ts'
import { teamsOf, workRows } from '../../state/team-work.ts'
import { TicketCard } from '../tickets/ticket-card.tsx'
import { TeamLoad } from './team-load.tsx'
import { useWorkVerbs } from './use-work-verbs.tsx'
import { workColumns } from './work-columns.tsx'
import classes from './work.module.css'

/** What waits for a team, by stage: to take, to assign, to give back. */
export function WorkScreen() {
  const { t } = useTranslation()
  const user = useUser()
  const search = useSearch({ from: '/shell/work' })
  const teams = useQuery(queries.teams())
  if (teams.isPending) return <Loading rows={8} />
  if (teams.isError) {
    return <LoadFailed error={teams.error} onRetry={() => void teams.refetch()} />
  }
  const mine = teamsOf(user, teams.data.items)
  const team = mine.find(({ id }) => id === search.team) ?? mine[0]
  return (
    <>
      <Title order={1} mb="xs">
        {t('work.title')}
      </Title>
      {team ? (
        <TeamQueue key={team.id} team={team} teams={mine} />
      ) : (
        <Empty title={t('work.noTeam')} text={t('work.noTeamText')} />
      )}
    </>
  )
}

interface QueueProps {
  team: TeamView
  teams: readonly TeamView[]
}

/** New work arrives by socket; what was missed is here within a minute. */
const REFRESH_MS = 60_000

function TeamQueue({ team, teams }: QueueProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { stage } = useSearch({ from: '/shell/work' })
  const work = useQuery({ ...queries.teamWork(team.id), refetchInterval: REFRESH_MS })
  const rows = useMemo(() => (work.data ? workRows(work.data, stage) : []), [work.data, stage])
  const columns = useMemo(() => workColumns(t, team.kind), [t, team.kind])
  const { verbs, dialog } = useWorkVerbs(team, teams)
  const counted = work.data?.stages.filter(({ status }) => stage === undefined || status === stage)
  const count = counted?.reduce((sum, one) => sum + one.count, 0) ?? 0
  return (
    <>
      <Filters team={team} teams={teams} work={work.data} />
      <TeamLoad team={team} />
      <DataList
        label={team.name}
        source={work}
        rows={rows}
        rowId={({ id }) => id}
        rowName={({ code }) => code}
        columns={columns}
        verbs={verbs}
        card={(row) => <TicketCard row={row} />}
        onOpen={({ id }) => void navigate({ to: '/tickets/$ticketId', params: { ticketId: id } })}
        empty={{ title: t('work.empty') }}
        foot={t('work.shown', { shown: formatNumber(rows.length), count: formatNumber(count) })}
      />
      {dialog}
    </>
  )
}

function Filters({ team, teams, work }: QueueProps & { work: TeamWork | undefined }) {
  const { t } = useTranslation()
  const navigate = useNavigate({ from: '/work' })
  const { stage } = useSearch({ from: '/shell/work' })
  const all = work?.stages.reduce((sum, one) => sum + one.count, 0) ?? 0
  const choices = [
    { value: '', label: `${t('work.allStages')} ${formatNumber(all)}` },
    ...(work?.stages ?? []).map(({ status, count }) => ({
      value: status,
      label: `${t(`status.${status}`)} ${formatNumber(count)}`,
    })),
  ]
  return (
    <div className={classes.filters}>
      {teams.length > 1 && (
        <NativeSelect
          aria-label={t('work.team')}
          value={team.id}
          data={teams.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) =>
            void navigate({ to: '/work', search: { team: event.currentTarget.value } })
          }
        />
      )}
      <SegmentedControl
        className={classes.stages ?? ''}
        aria-label={t('work.stage')}
        size="xs"
        value={stage ?? ''}
        data={choices}
        onChange={(value) => {
          const chosen = work?.stages.find(({ status }) => status === value)?.status
          void navigate({
            to: '/work',
            search: ({ team: kept }) => ({
              ...(kept === undefined ? {} : { team: kept }),
              ...(chosen ? { stage: chosen } : {}),
            }),
          })
        }}
      />
      <NativeSelect
        className={classes.stageSelect ?? ''}
        aria-label={t('work.stage')}
        size="md"
        value={stage ?? ''}
        data={choices}
        onChange={(event) => {
          const chosen = work?.stages.find(({ status }) => status === event.currentTarget.value)
          void navigate({
            to: '/work',
            search: ({ team: kept }) => ({
              ...(kept === undefined ? {} : { team: kept }),
              ...(chosen ? { stage: chosen.status } : {}),
            }),
          })
        }}
      />
    </div>
  )
}
