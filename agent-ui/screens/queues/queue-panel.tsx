import { Text } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useId } from 'react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveQueue } from '#contract/queues.ts'
import { AsOf, StandsStillWithPbx } from '../../components/stands-still.tsx'
import { formatSpan } from '../../state/countdown.ts'
import { formatNumber } from '../../state/local-time.ts'
import {
  abandonmentPercent,
  answerPercent,
  customersWaiting,
  longestWaitMs,
} from '../../state/queues.ts'
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
        <TodayTiles today={queue.today} />
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

function TodayTiles({ today }: { today: LiveQueue['today'] }) {
  const { t } = useTranslation()
  const percent = (value: number | null) =>
    value === null ? t('common.none') : `${formatNumber(value)} %`
  return (
    <dl className={classes.row}>
      <Tile label={t('queues.offered')} value={formatNumber(today.offered)} />
      <Tile label={t('queues.answered')} value={formatNumber(today.answered)} />
      <Tile
        label={
          <Link to="/calls" search={{ direction: 'missed' }} title={t('queues.abandonedHint')}>
            {t('queues.abandoned')}
          </Link>
        }
        value={formatNumber(today.abandoned)}
      />
      <Tile label={t('queues.asked')} value={formatNumber(today.asked)} />
      <Tile label={t('queues.answerRate')} value={percent(answerPercent(today))} />
      <Tile label={t('queues.abandonRate')} value={percent(abandonmentPercent(today))} />
    </dl>
  )
}

interface TileProps {
  label: ReactNode
  value: string
  alarm?: boolean
}

function Tile({ label, value, alarm = false }: TileProps) {
  return (
    <div className={classes.tile} data-alarm={alarm}>
      <dt>{label}</dt>
      <dd className="numeric">{value}</dd>
    </div>
  )
}
