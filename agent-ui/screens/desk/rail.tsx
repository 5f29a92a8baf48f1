import { useDisclosure } from '@mantine/hooks'
import { IconChevronDown } from '@tabler/icons-react'
import { memo } from 'react'
import { Loading } from '../../components/failure.tsx'
import { AsOf } from '../../components/stands-still.tsx'
import { Panel } from '../../components/panel.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useDesk } from '../../live-store.ts'
import type { DeskState } from '../../state/desk.ts'
import { formatNumber } from '../../state/local-time.ts'
import { promiseUrgency } from '../../state/countdown.ts'
import { useServerNow } from '../../ticker.ts'
import { QueueBriefs } from './queue-brief.tsx'
import { PromiseList } from './promise-list.tsx'
import { StatePanel } from './state-panel.tsx'
import classes from './rail.module.css'

/** Left rail: what I am, what I promised, what waits for me. */
export function Rail() {
  const { t } = useTranslation()
  const desk = useDesk()
  const [isOpen, { toggle }] = useDisclosure(false)
  return (
    <aside className={classes.rail} data-open={isOpen} aria-label={t('agentState.title')}>
      {desk ? (
        <>
          <button type="button" className={classes.toggle} aria-expanded={isOpen} onClick={toggle}>
            <strong>{t(`agentState.${desk.state.state}`)}</strong>
            <span>{t('rail.owed', { count: desk.callbacks.length })}</span>
            <IconChevronDown size={16} aria-hidden />
          </button>
          <StatePanel desk={desk} />
          <PromiseList promises={desk.callbacks} />
          <Counts counts={desk.counts} promises={desk.callbacks} />
          <QueueBriefs />
        </>
      ) : (
        <Loading rows={4} />
      )}
    </aside>
  )
}

type CountsProps = Pick<DeskState, 'counts'> & { promises: DeskState['callbacks'] }

const Counts = memo(function Counts({ counts, promises }: CountsProps) {
  const { t } = useTranslation()
  const now = useServerNow()
  const due = promises.filter((promise) =>
    ['due', 'overdue', 'failed'].includes(promiseUrgency(promise, now)),
  )
  return (
    <Panel title={t('counts.title')} aside={<AsOf />}>
      <div className={classes.counts}>
        <div>
          <div className={classes.count}>{formatNumber(counts.myOpenTickets)}</div>
          <div className={classes.dim}>{t('counts.openTickets')}</div>
        </div>
        <div>
          <div className={`${classes.count} ${due.length > 0 ? classes.warn : ''}`}>
            {formatNumber(due.length)}
          </div>
          <div className={classes.dim}>{t('counts.callbacksDue')}</div>
        </div>
      </div>
    </Panel>
  )
})
