import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { occupancy } from '#contract/supervision/agent-day.ts'
import {
  abandonRate,
  answerRate,
  averageHandling,
  averageSpeedOfAnswer,
  longAbandonRate,
  serviceLevel,
  serviceRate,
} from '#contract/supervision/figures.ts'
import type { LiveQueue } from '#contract/queues.ts'
import { AsOf, StandsStillWithPbx } from '../../components/stands-still.tsx'
import { formatSpan } from '../../state/countdown.ts'
import { formatNumber } from '../../state/local-time.ts'
import { customersWaiting, longestWaitMs } from '../../state/queues.ts'
import { useServerNow } from '../../ticker.ts'
import { MemberTable } from './member-table.tsx'
import { Notice } from './notice.tsx'
import { WaitingTable } from './waiting-table.tsx'
import classes from './queues.module.css'

/** Waiting this long makes the tile stand out (answered within 60 s is the promise to callers). */
const LONG_WAIT_MS = 60_000

export function QueuePanel({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <StandsStillWithPbx pbxId={queue.pbxId}>
      <section className={classes.queue} aria-labelledby={id}>
        <h2 className={classes.name} id={id}>
          {t('queues.queue', { name: queue.name })}
          <Text span c="dimmed" size="sm" ml="xs">
            {queue.pbxId}
          </Text>{' '}
          <AsOf />
        </h2>
        {queue.unsupported !== undefined && queue.unsupported.length > 0 && (
          <Notice text={t('queues.unsupported', { members: queue.unsupported.join(', ') })} />
        )}
        <Tiles queue={queue} />
        <div className={classes.tables}>
          <WaitingTable queue={queue} />
          <MemberTable queue={queue} />
        </div>
      </section>
    </StandsStillWithPbx>
  )
}

function Tiles({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  return (
    <div className={classes.tiles}>
      <div>
        <div className={classes.caption}>{t('queues.now')}</div>
        <NowTiles queue={queue} />
      </div>
      <div>
        <div className={classes.caption}>{t('queues.today')}</div>
        <TodayTiles queue={queue} />
      </div>
    </div>
  )
}

function NowTiles({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const waiting = customersWaiting(queue).length
  const longest = longestWaitMs(queue, now)
  const ready = queue.members.filter((member) => member.state === 'ready').length
  const isLong = longest !== null && longest >= LONG_WAIT_MS
  return (
    <dl className={classes.row}>
      <Tile label={t('queues.waiting')} value={formatNumber(waiting)} alarm={isLong} />
      <Tile
        label={t('queues.longest')}
        value={longest === null ? t('common.none') : formatSpan(longest)}
        alarm={isLong}
      />
      <Tile
        label={t('queues.ready')}
        value={`${formatNumber(ready)}/${formatNumber(queue.members.length)}`}
        alarm={ready === 0 && waiting > 0}
      />
    </dl>
  )
}

function TodayTiles({ queue }: { queue: LiveQueue }) {
  const { today } = queue
  const { t } = useTranslation()
  const none = t('common.none')
  const percent = (share: number | null) =>
    share === null ? none : `${formatNumber(share * 100)} %`
  const span = (seconds: number | null) => (seconds === null ? none : formatSpan(seconds * 1000))
  return (
    <dl className={`${classes.row} ${classes.today}`}>
      <Tile label={t('queues.offered')} value={formatNumber(today.offered)} />
      <Tile label={t('queues.answered')} value={formatNumber(today.answered)} />
      <Tile
        label={
          <Link to="/calls" search={{ direction: 'missed' }} title={t('queues.abandonedHint')}>
            {t('queues.abandoned')}
          </Link>
        }
        value={formatNumber(today.abandoned)}
        note={t('queues.short', { count: today.short })}
        hint={t('queues.formula.short')}
      />
      <Tile label={t('queues.timedOut')} value={formatNumber(today.timedOut)} />
      <Tile label={t('queues.asked')} value={formatNumber(today.asked)} />
      <Tile
        label={t('queues.serviceLevel')}
        value={percent(serviceLevel(today))}
        hint={t('queues.formula.serviceLevel')}
      />
      <Tile
        label={t('queues.serviceRate')}
        value={percent(serviceRate(today))}
        hint={t('queues.formula.serviceRate')}
      />
      <Tile
        label={t('queues.speedOfAnswer')}
        value={span(averageSpeedOfAnswer(today))}
        hint={t('queues.formula.speedOfAnswer')}
      />
      <Tile
        label={t('queues.handling')}
        value={span(averageHandling(today))}
        hint={t('queues.formula.handling')}
      />
      <Tile
        label={t('queues.answerRate')}
        value={percent(answerRate(today))}
        hint={t('queues.formula.answerRate')}
      />
      <Tile
        label={t('queues.abandonRate')}
        value={percent(abandonRate(today))}
        note={t('queues.withoutShort', { share: percent(longAbandonRate(today)) })}
        hint={t('queues.formula.abandonRate')}
      />
      <OccupancyTile members={queue.members} />
    </dl>
  )
}

/** Grows with time, so it is counted here. */
function OccupancyTile({ members }: Pick<LiveQueue, 'members'>) {
  const { t } = useTranslation()
  const now = useServerNow()
  const share = occupancy(
    members.map((member) => member.today),
    now,
  )
  return (
    <Tile
      label={t('queues.occupancy')}
      value={share === null ? t('common.none') : `${formatNumber(share * 100)} %`}
      hint={t('queues.formula.occupancy')}
    />
  )
}

interface TileProps {
  label: ReactNode
  value: string
  alarm?: boolean
  /** A second figure, small. */
  note?: string
  /** How it is counted. */
  hint?: string
}

function Tile({ label, value, alarm = false, note, hint }: TileProps) {
  return (
    <div className={classes.tile} data-alarm={alarm} title={hint}>
      <dt>{label}</dt>
      <dd className="numeric">
        {value}
        {note !== undefined && <small className={classes.note}>{note}</small>}
      </dd>
    </div>
  )
}
