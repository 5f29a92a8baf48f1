import { Button } from '@mantine/core'
import type { TicketRow } from '#contract/tickets.ts'
import { ClockBar } from '../../components/clock-bar.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useOutbox } from '../../outbox.ts'
import { useUser } from '../../session.ts'
import { JobHead } from './job-head.tsx'
import { useDo } from './use-do.ts'
import classes from './field.module.css'

/** A job that nobody of the team has: enough of it to take it. */
export function FreeJob({ row }: { row: TicketRow }) {
  const { t } = useTranslation()
  const user = useUser()
  const deed = useDo()
  const isSent = useOutbox().some(
    ({ ticketId, refusal }) => ticketId === row.id && refusal === null,
  )
  const input = { staffId: user.id }
  return (
    <article className={classes.card} aria-label={row.code}>
      <JobHead row={row} />
      <ClockBar clock={row.stageClock} />
      <div className={classes.dim}>{row.area ?? t('common.none')}</div>
      {row.status === 'field_queued' && (
        <Button
          size="md"
          className={classes.big ?? ''}
          disabled={isSent}
          onClick={() => deed(row, { kind: 'act', action: 'accept', version: row.version, input })}
        >
          {t('action.accept')}
        </Button>
      )}
    </article>
  )
}
