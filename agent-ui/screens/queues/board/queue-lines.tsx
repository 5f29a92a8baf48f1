import { Link } from '@tanstack/react-router'
import { serviceLevel } from '#contract/supervision/figures.ts'
import type { LiveQueue } from '#contract/queues.ts'
import { StandsStillWithPbx } from '../../../components/stands-still.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queueKey } from '../../../state/board.ts'
import { formatSpan } from '../../../state/countdown.ts'
import { formatNumber } from '../../../state/local-time.ts'
import { customersWaiting, longestWaitMs } from '../../../state/queues.ts'
import { useServerNow } from '../../../ticker.ts'
import { BoardPanel } from './board-panel.tsx'
import classes from './lists.module.css'

/** Each queue in a line; its name leads to it alone. */
export function QueueLines({ queues }: { queues: readonly LiveQueue[] }) {
  const { t } = useTranslation()
  return (
    <BoardPanel title={t('board.perQueue')}>
      <table className={classes.list} aria-label={t('board.perQueue')}>
        <thead>
          <tr>
            <th>{t('board.name')}</th>
            <th className={classes.right}>{t('board.tile.waiting')}</th>
            <th className={classes.right}>{t('queues.longest')}</th>
            <th className={classes.right}>{t('board.free')}</th>
            <th className={classes.right}>
              <abbr title={t('queues.formula.serviceLevel')}>≤ 20 s</abbr>
            </th>
          </tr>
        </thead>
        <tbody>
          {queues.map((queue) => (
            <StandsStillWithPbx key={queueKey(queue)} pbxId={queue.pbxId}>
              <QueueLine queue={queue} />
            </StandsStillWithPbx>
          ))}
        </tbody>
      </table>
    </BoardPanel>
  )
}

function QueueLine({ queue }: { queue: LiveQueue }) {
  const { t } = useTranslation()
  const longest = longestWaitMs(queue, useServerNow())
  const level = serviceLevel(queue.today)
  const ready = queue.members.filter(({ state }) => state === 'ready').length
  return (
    <tr>
      <td className={classes.cut}>
        <Link className={classes.name} to="/queues" search={{ queue: queueKey(queue) }}>
          {queue.name}
        </Link>
      </td>
      <td className={`${classes.right} numeric`}>{formatNumber(customersWaiting(queue).length)}</td>
      <td className={`${classes.right} numeric`}>
        {longest === null ? t('common.none') : formatSpan(longest)}
      </td>
      <td className={`${classes.right} numeric`}>
        {formatNumber(ready)}/{formatNumber(queue.members.length)}
      </td>
      <td className={`${classes.right} numeric`}>
        {level === null ? t('common.none') : `${formatNumber(level * 100)} %`}
      </td>
    </tr>
  )
}
