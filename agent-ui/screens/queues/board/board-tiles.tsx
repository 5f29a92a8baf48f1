import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LiveQueue, QueuesSnapshot } from '#contract/queues.ts'
import { occupancy } from '#contract/supervision/agent-day.ts'
import {
  abandonRate,
  answerRate,
  averageHandling,
  averageSpeedOfAnswer,
  longAbandonRate,
  ratio,
  serviceLevel,
  serviceRate,
} from '#contract/supervision/figures.ts'
import type { CallCounts, Figure } from '#contract/supervision/figures.ts'
import type { Owed } from '#contract/supervision/owed.ts'
import { targetOn } from '#contract/supervision/targets.ts'
import type { TargetFigure } from '#contract/supervision/targets.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { countsOf, judgedToday, membersOf, ofQueues } from '../../../state/board.ts'
import { formatSpan } from '../../../state/countdown.ts'
import { formatNumber, localDay } from '../../../state/local-time.ts'
import { customersWaiting, longestWaitMs } from '../../../state/queues.ts'
import { useCoarseNow, useServerNow } from '../../../ticker.ts'
import { Tile } from './tile.tsx'
import type { Goal } from './tile.tsx'
import classes from './tiles.module.css'

/** Waiting this long makes the tile stand out (answered within 60 s is the promise to callers). */
const LONG_WAIT_MS = 60_000

interface TilesProps {
  snapshot: QueuesSnapshot
  queues: readonly LiveQueue[]
}

/** What goes on now and what is owed; below, the day so far. */
export function BoardTiles({ snapshot, queues }: TilesProps) {
  return (
    <div className={classes.tiles}>
      <dl className={classes.row}>
        <NowTiles queues={queues} />
        <OwedTiles snapshot={snapshot} queues={queues} />
        <OccupancyTile queues={queues} />
      </dl>
      <DayTiles queues={queues} />
    </div>
  )
}

/** The target of today of each figure. */
function useGoal(): (figure: TargetFigure, value: Figure) => Goal | null {
  const items = useQuery(queries.targets()).data?.items ?? []
  const today = localDay(useCoarseNow())
  return (figure, value) => {
    const target = targetOn(items, figure, today)
    return target === null ? null : { figure, value, target }
  }
}

function useFormats() {
  const { t } = useTranslation()
  const none = t('common.none')
  return {
    percent: (share: Figure) => (share === null ? none : `${formatNumber(share * 100)} %`),
    span: (seconds: Figure) => (seconds === null ? none : formatSpan(seconds * 1000)),
    number: (count: number | undefined) => (count === undefined ? none : formatNumber(count)),
  }
}

function NowTiles({ queues }: Pick<TilesProps, 'queues'>) {
  const { t } = useTranslation()
  const waiting = queues.flatMap((queue) => customersWaiting(queue)).length
  const places = queues.flatMap((queue) => queue.waiting.filter(({ isPlace }) => isPlace)).length
  const members = membersOf(queues)
  const ready = members.filter(({ member }) => member.state === 'ready').length
  return (
    <>
      <Tile
        label={t('board.tile.waiting')}
        value={formatNumber(waiting)}
        formula={t('board.formula.waiting')}
        note={places === 0 ? undefined : t('board.note.places', { count: places })}
      />
      <LongestTile queues={queues} />
      <Tile
        label={t('board.tile.ready')}
        value={formatNumber(ready)}
        formula={t('board.formula.ready')}
        note={t('board.note.there', { count: members.length })}
        alarm={ready === 0 && waiting > 0}
      />
    </>
  )
}

/** Grows with time, so it is counted here. */
function LongestTile({ queues }: Pick<TilesProps, 'queues'>) {
  const { t } = useTranslation()
  const now = useServerNow()
  const waits = queues.flatMap((queue) => longestWaitMs(queue, now) ?? [])
  const longest = waits.length === 0 ? null : Math.max(...waits)
  return (
    <Tile
      label={t('board.tile.longest')}
      value={longest === null ? t('common.none') : formatSpan(longest)}
      formula={t('board.formula.longest')}
      alarm={longest !== null && longest >= LONG_WAIT_MS}
    />
  )
}

function OccupancyTile({ queues }: Pick<TilesProps, 'queues'>) {
  const { t } = useTranslation()
  const { percent } = useFormats()
  const goal = useGoal()
  const now = useServerNow()
  const share = occupancy(
    membersOf(queues).map(({ member }) => member.today),
    now,
  )
  return (
    <Tile
      label={t('board.tile.occupancy')}
      value={percent(share)}
      formula={t('queues.formula.occupancy')}
      goal={goal('occupancy', share)}
    />
  )
}

function OwedTiles({ snapshot, queues }: TilesProps) {
  const isAll = queues.length === snapshot.queues.length
  const names = isAll ? null : new Set(queues.map(({ name }) => name))
  const { owed } = snapshot
  return (
    <>
      <PromiseTiles owed={owed} isAll={isAll} />
      <OverdueTile owed={owed} isAll={isAll} />
      <CallerTiles owed={owed} names={names} asked={countsOf(queues).asked} />
    </>
  )
}

interface OwedProps {
  /** Undefined until it was first read. */
  owed: Owed | undefined
}

function PromiseTiles({ owed, isAll }: OwedProps & { isAll: boolean }) {
  const { t } = useTranslation()
  const { percent, number } = useFormats()
  const goal = useGoal()
  const judged = owed === undefined ? null : judgedToday(owed)
  const kept = judged === null ? null : ratio(judged.kept, judged.all)
  const everywhere = isAll ? undefined : t('board.note.everywhere')
  return (
    <>
      <Tile
        source="owed"
        label={<Link to="/promises">{t('board.tile.due')}</Link>}
        value={number(owed?.promises.due)}
        formula={t('board.formula.due')}
        note={owed && t('board.note.promises', owed.promises)}
        alarm={(owed?.promises.late ?? 0) > 0}
      />
      <Tile
        source="owed"
        label={t('board.tile.kept')}
        value={percent(kept)}
        formula={t('board.formula.kept')}
        note={judged === null || judged.all === 0 ? everywhere : t('board.note.kept', judged)}
        goal={goal('kept', kept)}
      />
    </>
  )
}

/** Tickets belong to no queue. */
function OverdueTile({ owed, isAll }: OwedProps & { isAll: boolean }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  const stages = owed?.overdue.byStage ?? []
  const words = stages.map(({ clock, count }) => `${t(`clock.${clock}`)} ${count}`).join(' · ')
  const everywhere = isAll ? undefined : t('board.note.everywhere')
  return (
    <Tile
      source="owed"
      label={
        <Link to="/tickets" search={{ scope: 'overdue' }}>
          {t('board.tile.overdue')}
        </Link>
      }
      value={number(owed?.overdue.tickets)}
      formula={t('board.formula.overdue')}
      note={words === '' ? everywhere : words}
    />
  )
}

function CallerTiles({
  owed,
  names,
  asked,
}: OwedProps & { names: ReadonlySet<string> | null; asked: number }) {
  const { t } = useTranslation()
  const { number } = useFormats()
  return (
    <>
      <Tile
        source="owed"
        label={<Link to="/missed">{t('board.tile.missed')}</Link>}
        value={number(owed && ofQueues(owed.missed, names))}
        formula={t('board.formula.missed')}
      />
      <Tile
        source="owed"
        label={t('board.tile.calledBack')}
        value={number(owed && ofQueues(owed.calledBack, names))}
        formula={t('board.formula.calledBack')}
        note={t('board.note.asked', { count: asked })}
      />
    </>
  )
}

function DayTiles({ queues }: Pick<TilesProps, 'queues'>) {
  const today = countsOf(queues)
  return (
    <dl className={classes.row}>
      <CountTiles today={today} />
      <RateTiles today={today} />
    </dl>
  )
}

interface DayProps {
  today: CallCounts
}

function CountTiles({ today }: DayProps) {
  const { t } = useTranslation()
  const { percent } = useFormats()
  return (
    <>
      <Tile
        label={t('board.tile.offered')}
        value={formatNumber(today.offered)}
        formula={t('board.formula.offered')}
      />
      <Tile
        label={t('board.tile.answered')}
        value={formatNumber(today.answered)}
        formula={t('queues.formula.answerRate')}
        note={t('board.note.answerRate', { share: percent(answerRate(today)) })}
      />
      <Tile
        label={
          <Link to="/calls" search={{ direction: 'missed' }}>
            {t('board.tile.abandoned')}
          </Link>
        }
        value={formatNumber(today.abandoned)}
        formula={t('queues.formula.short')}
        note={t('board.note.short', { count: today.short })}
      />
      <Tile
        label={t('board.tile.timedOut')}
        value={formatNumber(today.timedOut)}
        formula={t('board.formula.timedOut')}
      />
    </>
  )
}

function RateTiles({ today }: DayProps) {
  const { t } = useTranslation()
  const { percent, span } = useFormats()
  const goal = useGoal()
  return (
    <>
      <Tile
        label={t('board.tile.serviceLevel')}
        value={percent(serviceLevel(today))}
        formula={t('queues.formula.serviceLevel')}
        goal={goal('serviceLevel', serviceLevel(today))}
      />
      <Tile
        label={t('board.tile.serviceRate')}
        value={percent(serviceRate(today))}
        formula={t('queues.formula.serviceRate')}
        goal={goal('serviceRate', serviceRate(today))}
      />
      <Tile
        label={t('board.tile.abandonRate')}
        value={percent(abandonRate(today))}
        formula={t('queues.formula.abandonRate')}
        note={t('board.note.withoutShort', { share: percent(longAbandonRate(today)) })}
        goal={goal('abandonRate', abandonRate(today))}
      />
      <Tile
        label={t('board.tile.speedOfAnswer')}
        value={span(averageSpeedOfAnswer(today))}
        formula={t('queues.formula.speedOfAnswer')}
        goal={goal('speedOfAnswer', averageSpeedOfAnswer(today))}
      />
      <Tile
        label={t('board.tile.handling')}
        value={span(averageHandling(today))}
        formula={t('queues.formula.handling')}
        goal={goal('handling', averageHandling(today))}
      />
    </>
  )
}
