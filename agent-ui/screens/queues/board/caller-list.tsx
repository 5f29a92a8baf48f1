import { VisuallyHidden } from '@mantine/core'
import { IconAlertTriangle, IconMapPin, IconPhoneCalling } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { LiveQueue, WaitingCaller } from '#contract/queues.ts'
import { Empty } from '../../../components/failure.tsx'
import { StandsStillWithPbx } from '../../../components/stands-still.tsx'
import { Elapsed } from '../../../components/timers.tsx'
import { Tone } from '../../../components/tone.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { callersOf } from '../../../state/board.ts'
import type { BoardCaller } from '../../../state/board.ts'
import { customersWaiting } from '../../../state/queues.ts'
import { CallerMenu } from '../steering/caller-menu.tsx'
import { CloseQueue } from '../steering/close-queue.tsx'
import { formatTime } from '../../../state/local-time.ts'
import { BoardPanel } from './board-panel.tsx'
import { useRowKeys } from './use-row-keys.ts'
import classes from './lists.module.css'

/** Who waits, with what should be known before anybody answers. */
export function CallerList({ queues }: { queues: readonly LiveQueue[] }) {
  const { t } = useTranslation()
  const rows = callersOf(queues)
  const keys = useRowKeys(rows.map(({ caller }) => caller.uniqueid))
  return (
    <BoardPanel title={t('queues.waiting')} count={rows.length} aside={<Close queues={queues} />}>
      {rows.length === 0 ? (
        <Empty title={t('queues.noWaiting')} />
      ) : (
        <table className={`${classes.list} ${classes.callers}`} aria-label={t('queues.waiting')}>
          <thead>
            <tr>
              <th className={classes.position}>
                <abbr title={t('queues.position')}>#</abbr>
              </th>
              <th>{t('queues.caller')}</th>
              {queues.length > 1 && <th className={classes.place}>{t('board.name')}</th>}
              <th className={`${classes.right} ${classes.wait}`}>
                <abbr title={t('queues.wait')}>{t('board.wait')}</abbr>
              </th>
              <th className={classes.menu}>
                <VisuallyHidden>{t('common.actions')}</VisuallyHidden>
              </th>
            </tr>
          </thead>
          <tbody {...keys.body}>
            {rows.map((row) => (
              <CallerRow
                key={row.caller.uniqueid}
                {...row}
                hasQueue={queues.length > 1}
                rowProps={keys.rowProps(row.caller.uniqueid)}
              />
            ))}
          </tbody>
        </table>
      )}
    </BoardPanel>
  )
}

/** One queue is closed at a time, while somebody waits in it on the line. */
function Close({ queues }: { queues: readonly LiveQueue[] }) {
  const [only] = queues
  if (queues.length !== 1 || only === undefined) return null
  return customersWaiting(only).length > 0 && <CloseQueue queue={only} />
}

interface CallerRowProps extends BoardCaller {
  hasQueue: boolean
  rowProps: ReturnType<ReturnType<typeof useRowKeys>['rowProps']>
}

function CallerRow({ queue, caller, hasQueue, rowProps }: CallerRowProps) {
  const { t } = useTranslation()
  const { number, customerName } = caller
  const shown = number.kind === 'anonymous' ? t('incoming.hidden') : number.display
  return (
    <tr {...rowProps} data-testid={`waiting-${caller.uniqueid}`}>
      <td className="numeric">{caller.position}</td>
      <td className={classes.cut}>
        <span className={classes.who}>
          <strong
            className={customerName === null ? 'numeric' : classes.name}
            title={customerName === null ? undefined : `${customerName} · ${shown}`}
          >
            {customerName ?? shown}
          </strong>
          {customerName !== null && (
            <span className={`${classes.dim} ${classes.number} numeric`}>{shown}</span>
          )}
          <Marks caller={caller} />
        </span>
      </td>
      {hasQueue && <td className={classes.dim}>{queue.name}</td>}
      <td className={classes.right}>
        <StandsStillWithPbx pbxId={queue.pbxId}>
          <Elapsed since={caller.joinedAt} />
        </StandsStillWithPbx>
      </td>
      <td className={classes.actions}>
        <CallerMenu queue={queue} caller={caller} />
      </td>
    </tr>
  )
}

function Marks({ caller: { isPlace, promise, outage } }: { caller: WaitingCaller }) {
  const { t } = useTranslation()
  return (
    <>
      {isPlace && (
        <Tone tone="calm" icon={<IconMapPin size={12} aria-hidden />}>
          <abbr title={t('queues.place')}>{t('board.place')}</abbr>
        </Tone>
      )}
      {outage !== undefined && (
        <Tone tone="bad" icon={<IconAlertTriangle size={12} aria-hidden />}>
          <Link
            to="/outages/$ticketId"
            params={{ ticketId: outage.ticketId }}
            title={t('board.outageHint', { code: outage.code })}
          >
            {t('board.outage')}
          </Link>
        </Tone>
      )}
      {promise !== undefined && (
        <Tone tone="warn" icon={<IconPhoneCalling size={12} aria-hidden />}>
          <abbr title={t('board.promiseHint', { time: formatTime(promise.dueAt) })}>
            {t('board.promise', { time: formatTime(promise.dueAt) })}
          </abbr>
        </Tone>
      )}
    </>
  )
}
