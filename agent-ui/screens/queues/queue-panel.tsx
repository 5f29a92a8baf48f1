import { Text } from '@mantine/core'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { LiveQueue } from '#contract/queues.ts'
import { formatSpan } from '../../state/countdown.ts'
import { formatNumber } from '../../state/local-time.ts'
import { abandonmentPercent, answerPercent, longestWaitMs } from '../../state/queues.ts'
import { useServerNow } from '../../ticker.ts'
import { MemberTable } from './member-table.tsx'
import { WaitingTable } from './waiting-table.tsx'
import classes from './queues.module.css'

/** Waiting this long makes the tile stand out (answered within 60 s is the promise to callers). */
const LONG_WAIT_MS = 60_000

export function QueuePanel({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const id = useId()
  return (
    <section className={classes.queue} aria-labelledby={id}>
      <h2 className={classes.name} id={id}>
        {t('queues.queue', { name: queue.name })}
        <Text span c="dimmed" size="sm" ml="xs">
          {queue.pbxId}
        </Text>
      </h2>
      <Tiles queue={queue} />
      <div className={classes.tables}>
        <WaitingTable queue={queue} />
        <MemberTable queue={queue} />
      </div>
    </section>
  )
}

function Tiles({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const longest = longestWaitMs(queue, now)
  const ready = queue.members.filter((member) => member.state === 'ready').length
  const isLong = longest !== null && longest >= LONG_WAIT_MS
  const percent = (value: number | null) =>
    value === null ? t('common.none') : `${formatNumber(value)} %`
  return (
    <dl className={classes.tiles}>
      <Tile label={t('queues.waiting')} value={formatNumber(queue.waiting.length)} alarm={isLong} />
      <Tile
        label={t('queues.longest')}
        value={longest === null ? t('common.none') : formatSpan(longest)}
        alarm={isLong}
      />
      <Tile
        label={t('queues.ready')}
        value={`${formatNumber(ready)}/${formatNumber(queue.members.length)}`}
        alarm={ready === 0 && queue.waiting.length > 0}
      />
      <Tile label={t('queues.offered')} value={formatNumber(queue.today.offered)} today />
      <Tile label={t('queues.answered')} value={formatNumber(queue.today.answered)} today />
      <Tile label={t('queues.abandoned')} value={formatNumber(queue.today.abandoned)} today />
      <Tile label={t('queues.answerRate')} value={percent(answerPercent(queue.today))} today />
      <Tile
        label={t('queues.abandonRate')}
        value={percent(abandonmentPercent(queue.today))}
        today
      />
    </dl>
  )
}

interface TileProps {
  label: string
  value: string
  alarm?: boolean
  /** Counts of today rather than of this moment. */
  today?: boolean
}

function Tile({ label, value, alarm = false, today = false }: TileProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.tile} data-alarm={alarm}>
      <dt>
        {label}
        {today && <span className={classes.today}> · {t('queues.today')}</span>}
      </dt>
      <dd className="numeric">{value}</dd>
    </div>
  )
}
