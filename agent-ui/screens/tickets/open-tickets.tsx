import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useRouter } from '@tanstack/react-router'
import type { MouseEvent } from 'react'
import type { Ticket, TicketRef } from '#contract/tickets.ts'
import { useActions } from '../../actions.ts'
import { Panel } from '../../components/panel.tsx'
import { TicketStatusTone } from '../../components/ticket-status.tsx'
import { LoadFailed } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { otherTickets } from '../../state/other-tickets.ts'
import { step } from '../../workspace-store.ts'
import { useMerge } from './use-merge.tsx'
import classes from './ticket.module.css'

interface OpenTicketsProps {
  /** Null before the call has a ticket. */
  ticket: Ticket | null
  ticketId: string | null
  customerId: string | null
  /** The key of the number that called; null when it is hidden or nobody's. */
  numberKey: string | null
  /** What came with the pop. */
  known: readonly TicketRef[] | undefined
}

/** The other open tickets of this customer and this number: the call may be about one of them. */
export function OpenTickets(props: OpenTicketsProps) {
  const { t } = useTranslation()
  const { ticket, ticketId, customerId, numberKey, known } = props
  const ofCustomer = useQuery(queries.openTicketsOf(customerId))
  const ofNumber = useQuery(queries.openTicketsOfNumber(numberKey))
  const others = otherTickets(ticketId, [
    known ?? [],
    ofCustomer.data?.items ?? [],
    ofNumber.data?.items ?? [],
  ])
  const sources = [ofCustomer, ofNumber]
  const isMissing = sources.some(({ isLoading, isLoadingError }) => isLoading || isLoadingError)
  const merge = useMerge(ticket)
  const mayMerge = ticket?.actions.some(({ action }) => action === 'merge') ?? false
  const [first] = others
  useActions([
    {
      id: 'ticket.merge',
      keys: 'Alt+L',
      label: t('others.mergeFirst'),
      when: mayMerge && first !== undefined,
      run: () => first && merge.mutate(first),
    },
  ])
  return (
    <Panel
      title={t(ticketId === null ? 'customer.openBefore' : 'customer.openTickets')}
      flush
      aside={others.length > 0 && <Count count={others.length} />}
    >
      {isMissing && <OpenTicketsMissing sources={sources} isAwaited={others.length === 0} />}
      {others.length === 0 ? (
        !isMissing && (
          <div className={`${classes.item} ${classes.dim}`}>{t('customer.noOpenTickets')}</div>
        )
      ) : (
        <ul className={`${classes.list} ${classes.scroll}`}>
          {others.map((row, index) => (
            <Other
              key={row.id}
              row={row}
              isFirst={index === 0}
              isMerging={merge.isPending}
              onMerge={mayMerge ? () => merge.mutate(row) : null}
            />
          ))}
        </ul>
      )}
    </Panel>
  )
}

interface OtherProps {
  row: TicketRef
  /** Which the key speaks of. */
  isFirst: boolean
  isMerging: boolean
  /** Null when this person may not merge. */
  onMerge: (() => void) | null
}

function Other({ row, isFirst, isMerging, onMerge }: OtherProps) {
  const { t } = useTranslation()
  return (
    <li className={classes.item}>
      <div className={classes.other}>
        <TicketLink row={row} />
        <TicketStatusTone status={row.status} isShort />
      </div>
      <div className={classes.other}>
        <div className={`${classes.subject} wrap-anywhere`}>
          {row.subject || t('ticket.noSubject')}
        </div>
        {onMerge && (
          <Button
            size="compact-xs"
            variant="default"
            flex="none"
            aria-label={t('others.merge')}
            title={isFirst ? `${t('others.merge')} (Alt+L)` : t('others.merge')}
            loading={isMerging}
            onClick={onMerge}
          >
            {t('others.mergeShort')}
          </Button>
        )}
      </div>
    </li>
  )
}

function Count({ count }: { count: number }) {
  return (
    <Tone tone="warn">
      <span className="numeric">{count}</span>
    </Tone>
  )
}

/** On the desk it is one tab more, so that the call in front stays where it is. */
function TicketLink({ row }: { row: TicketRef }) {
  const router = useRouter()
  const open = (event: MouseEvent) => {
    const isForBrowser = event.ctrlKey || event.metaKey || event.shiftKey
    if (router.state.location.pathname !== '/desk' || isForBrowser) return
    event.preventDefault()
    step({ type: 'ticket_opened', ticketId: row.id })
  }
  return (
    <Link className="numeric" to="/tickets/$ticketId" params={{ ticketId: row.id }} onClick={open}>
      {row.code}
    </Link>
  )
}

interface MissingProps {
  sources: readonly { error: unknown; isLoadingError: boolean; refetch: () => unknown }[]
  /** None is known yet. */
  isAwaited: boolean
}

/** Nobody can say yet that there is no other: it is on its way, or could not be read. */
function OpenTicketsMissing({ sources, isAwaited }: MissingProps) {
  const { t } = useTranslation()
  const failed = sources.find(({ isLoadingError }) => isLoadingError)
  if (failed === undefined) {
    // one line, as high as the answer that there is none: what stands below does not jump
    return isAwaited ? (
      <div className={`${classes.item} ${classes.dim}`} role="status" aria-busy>
        {t('common.loading')}
      </div>
    ) : null
  }
  return <LoadFailed error={failed.error} onRetry={() => void failed.refetch()} />
}
