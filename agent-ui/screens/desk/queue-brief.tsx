import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import type { QueueBrief } from '#contract/queues.ts'
import { Panel } from '../../components/panel.tsx'
import { AsOf, StandsStillWithPbx } from '../../components/stands-still.tsx'
import { Elapsed } from '../../components/timers.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatNumber } from '../../state/local-time.ts'
import classes from './rail.module.css'

/** How many customers wait, how long the first, and who could take the next. */
export const QueueBriefs = memo(function QueueBriefs() {
  const { t } = useTranslation()
  const { data } = useQuery(queries.queuesBrief())
  if (data === undefined || data.queues.length === 0) return null
  return (
    <Panel title={t('queueBrief.title')} flush>
      <ul className={classes.list}>
        {data.queues.map((queue) => (
          <StandsStillWithPbx key={`${queue.pbxId} ${queue.name}`} pbxId={queue.pbxId}>
            <Line queue={queue} isAlone={data.queues.length === 1} />
          </StandsStillWithPbx>
        ))}
      </ul>
    </Panel>
  )
})

function Line({ queue, isAlone }: { queue: QueueBrief; isAlone: boolean }) {
  const { t } = useTranslation()
  const { name, waiting, waitingSince, free, members } = queue
  const names = free.map(({ displayName }) => displayName).join(', ')
  return (
    <li className={classes.promise}>
      <div className={classes.line}>
        <span>
          {!isAlone && <strong>{name} · </strong>}
          <strong className="numeric">{formatNumber(waiting)}</strong> {t('queueBrief.waiting')}
        </span>
        {waitingSince !== null && (
          <Tone tone="warn">
            {t('queueBrief.longest')} <Elapsed since={waitingSince} />
          </Tone>
        )}
        <AsOf />
      </div>
      <div className={classes.dim}>
        {t('queueBrief.free', { free: free.length, members })}
        {names !== '' && `: ${names}`}
      </div>
    </li>
  )
}
