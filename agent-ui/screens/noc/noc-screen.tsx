import { Title } from '@mantine/core'
import { useQueries, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { useMemo } from 'react'
import type { TeamView } from '#contract/casework/teams.ts'
import { StaleNotice } from '../../components/data-list/stale-notice.tsx'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { LANES } from '../../state/noc-board.ts'
import { teamsOf } from '../../state/team-work.ts'
import { AreaStrip } from './area-strip.tsx'
import { NocLane } from './noc-lane.tsx'
import { useBoardKeys } from './use-board-keys.ts'
import { useNocVerbs } from './use-noc-verbs.tsx'
import classes from './noc.module.css'

/** What NOC has in hand, by where it is: taken, diagnosed, handed on and checked without leaving. */
export function NocScreen() {
  const { t } = useTranslation()
  const user = useUser()
  const teams = useQuery(queries.teams())
  if (teams.isPending) return <Loading rows={8} />
  if (teams.isError) {
    return <LoadFailed error={teams.error} onRetry={() => void teams.refetch()} />
  }
  const ofNoc = teamsOf(user, teams.data.items).filter(({ kind }) => kind === 'noc')
  const [team] = ofNoc
  return (
    <>
      <Title order={1} mb="xs">
        {t('noc.title')}
      </Title>
      {team ? (
        <Board team={team} teams={ofNoc} />
      ) : (
        <Empty title={t('work.noTeam')} text={t('work.noTeamText')} />
      )}
    </>
  )
}

function Board({ team, teams }: { team: TeamView; teams: readonly TeamView[] }) {
  const { t } = useTranslation()
  const { area } = useSearch({ from: '/shell/noc' })
  const lanes = useQueries({ queries: LANES.map((lane) => queries.lane(lane)) })
  const counts = useQuery(queries.ticketCounts())
  const findings = useQuery(queries.findings())
  const found = useMemo(
    () => new Map(findings.data?.items.map((one) => [one.ticketId, one])),
    [findings.data],
  )
  const all = useMemo(
    () => lanes.map(({ data }) => data?.items ?? []),
    [lanes.map(({ dataUpdatedAt }) => dataUpdatedAt).join()],
  )
  const shown = all.map((rows) =>
    area === undefined ? rows : rows.filter((row) => row.area === area),
  )
  const { verbs, dialog } = useNocVerbs(team, teams)
  const keys = useBoardKeys(shown, verbs)
  const failed = lanes.find(({ isError }) => isError)
  if (lanes.some(({ isPending }) => isPending)) return <Loading rows={8} />
  if (failed && failed.data === undefined) {
    return (
      <LoadFailed
        error={failed.error}
        onRetry={() => lanes.forEach(({ refetch }) => void refetch())}
      />
    )
  }
  return (
    <>
      {failed && <StaleNotice source={failed} />}
      <AreaStrip rows={all.flat()} chosen={area} />
      <div className={classes.board} {...keys.board}>
        {LANES.map((lane, index) => (
          <NocLane
            key={lane.id}
            lane={lane}
            rows={shown[index] ?? []}
            count={
              area === undefined
                ? lane.statuses.reduce(
                    (sum, status) => sum + (counts.data?.byStatus[status] ?? 0),
                    0,
                  )
                : (shown[index]?.length ?? 0)
            }
            found={found}
            currentId={keys.currentId}
            onFocus={keys.setCurrentId}
            verbs={verbs}
          />
        ))}
      </div>
      {shown.flat().length === 0 && <Empty title={t('noc.empty')} text={t('noc.emptyText')} />}
      {dialog}
    </>
  )
}
