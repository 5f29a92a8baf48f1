import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { memo, useMemo, useRef, useState } from 'react'
import type { ScreenPop } from '#contract/screen-pop.ts'
import type { Ticket, TicketRef } from '#contract/tickets.ts'
import { useActions } from '../../actions.ts'
import { api } from '../../api.ts'
import { CustomerCard } from '../../components/customer-card.tsx'
import { StaleNotice } from '../../components/data-list/stale-notice.tsx'
import { LoadFailed, Loading, notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { openComposer } from '../../wanted.ts'
import { Later } from '../../components/later.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { Panel } from '../../components/panel.tsx'
import { TicketWords } from '../../components/words-area/module-values.tsx'
import { useUser } from '../../session.ts'
import { mayDo } from '../../state/permissions.ts'
import { isAhead, ticketAhead } from '../../state/ticket-ahead.ts'
import { ActionBar } from './process/action-bar.tsx'
import { StageBar } from './process/stage-bar.tsx'
import { TicketClocks } from './process/ticket-clocks.tsx'
import { FileArea } from './files/file-area.tsx'
import { TicketFiles } from './files/ticket-files.tsx'
import { FindCustomer } from '../customers/find-customer.tsx'
import { maySee } from '../screen-table.ts'
import { NumberActions } from './number-actions.tsx'
import { MergedNotice } from './merged-notice.tsx'
import { OutageBanner } from './outage-banner.tsx'
import { OpenTickets } from './open-tickets.tsx'
import { PopNotice } from './pop-notice.tsx'
import { TicketCalls } from './ticket-calls.tsx'
import { TicketFacts, TicketMarks } from './ticket-header.tsx'
import { TicketMenu } from './ticket-menu.tsx'
import { TicketParts } from './ticket-parts.tsx'
import { TicketPromises } from './ticket-promises.tsx'
import { TicketTimeline } from './ticket-timeline.tsx'
import { WhoIsHere } from './who-is-here.tsx'
import classes from './ticket.module.css'

interface TicketViewProps {
  /** Empty while the call rings whose answer opens it. */
  ticketId: string
  /** What arrived with the call, shown at once while the ticket loads. */
  pop?: ScreenPop | undefined
  /** The ticket is a new one of this call: it can be written before it is read. */
  isNew?: boolean
}

export const TicketView = memo(function TicketView(props: TicketViewProps) {
  const { ticketId, pop } = props
  const { t } = useTranslation()
  const query = useQuery(queries.ticket(ticketId))
  const ticket = query.data
  const work = useAhead(ticket, props)
  const shown: TicketRef | undefined = ticket ?? pop?.ticket ?? undefined
  useActions([
    {
      id: 'ticket.note',
      keys: 'Alt+J',
      label: t('composer.action.note'),
      // from the ticket's arrival on the key is the composer's own
      when: work === undefined,
      run: () => openComposer(ticketId, 'note'),
    },
  ])
  const typed = useRef(() => {})
  const failed = query.isError && !ticket && (
    <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
  )
  if (failed && !work) return failed
  return (
    <TicketWords ticket={ticket}>
      <FileArea
        ticketId={ticketId}
        files={ticket?.files}
        className={classes.view}
        onInput={() => typed.current()}
      >
        <div className={classes.column}>
          <Panel
            lead
            title={t('ticket.title', { code: shown?.code ?? '…' })}
            aside={
              shown && (
                <div className={classes.header}>
                  <WhoIsHere
                    ticketId={ticketId}
                    isOn={ticket?.files.mayAdd === true}
                    typed={typed}
                  />
                  <TicketMarks shown={shown} ticket={ticket} pop={pop} />
                  {ticket && (
                    <Later>
                      <TicketMenu ticket={ticket} />
                    </Later>
                  )}
                </div>
              )
            }
          >
            {failed}
            {query.isError && ticket && <StaleNotice source={query} />}
            {shown && <TicketFacts shown={shown} ticket={ticket} />}
            {pop && <PopNotice pop={pop} />}
            {work ? <TicketWork ticket={work} /> : <Loading rows={4} />}
          </Panel>
          {work && <TicketParts ticket={work} />}
          {ticket && (
            <Later>
              <TicketFiles ticket={ticket} />
              <TicketTimeline ticket={ticket} />
            </Later>
          )}
        </div>
        {ticketId !== '' && (
          <Later>
            <TicketSide ticketId={ticketId} ticket={ticket} pop={pop} />
          </Later>
        )}
      </FileArea>
    </TicketWords>
  )
})

/** The ticket, or what is known of a new one until it is read. */
function useAhead(ticket: Ticket | undefined, { pop, isNew }: TicketViewProps): Ticket | undefined {
  const user = useUser()
  const ahead = useMemo(
    () => (isNew && pop ? ticketAhead(pop, user) : undefined),
    [isNew, pop, user],
  )
  return ticket ?? ahead
}

function TicketWork({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  return (
    <>
      <MergedNotice ticket={ticket} />
      <OutageBanner ticket={ticket} />
      <StageBar ticket={ticket} />
      {ticket.openQuestion !== null && (
        <div className={classes.notice}>
          {t('process.asked', { question: ticket.openQuestion })}
        </div>
      )}
      {isAhead(ticket) ? <div className={classes.steps} /> : <ActionBar ticket={ticket} />}
    </>
  )
}

interface SideProps extends Omit<TicketViewProps, 'isNew'> {
  ticket: Ticket | undefined
}

function TicketSide({ ticketId, ticket, pop }: SideProps) {
  const { t } = useTranslation()
  const user = useUser()
  const choose = useChooseCustomer(ticket)
  const mayChoose = ticket !== undefined && mayDo(ticket, 'choose_customer')
  const customer = ticket ? ticket.customer : (pop?.customer ?? null)
  const number = ticket?.number ?? pop?.call.number ?? null
  const isOfCall = useOnce(pop !== undefined)
  const others = (
    <OpenTickets
      ticket={ticket ?? null}
      ticketId={ticketId}
      customerId={customer?.id ?? null}
      numberKey={number?.key ?? null}
      known={pop?.openTickets}
    />
  )
  return (
    <div className={classes.column}>
      {isOfCall && others}
      <CustomerCard
        customer={customer}
        candidates={ticket?.candidates ?? pop?.candidates ?? []}
        number={number ?? ticket?.contact.number ?? null}
        isContact={number === null}
        onChoose={mayChoose ? (customerId) => choose.mutate(customerId) : null}
        isChoosing={choose.isPending}
        numberActions={ticket?.contact.number && <NumberActions ticket={ticket} />}
      >
        {customer && maySee(user.role, 'customers') && (
          <Link to="/customers/$customerId" params={{ customerId: customer.id }}>
            {t('customers.openPage')}
          </Link>
        )}
        {ticket && mayChoose && (
          <FindCustomer ticket={ticket} onChoose={(customerId) => choose.mutate(customerId)} />
        )}
        {ticket && <ReceiptLink ticket={ticket} />}
      </CustomerCard>
      <Later>
        {ticket && <TicketClocks ticket={ticket} />}
        {!isOfCall && others}
        {ticket && <TicketPromises ticket={ticket} />}
        {ticket && <TicketCalls ticket={ticket} />}
      </Later>
    </div>
  )
}

/** True from the first time on: what a call brought to the top stays there when the call is over. */
function useOnce(is: boolean): boolean {
  const [was, setWas] = useState(is)
  if (is && !was) setWas(true)
  return is || was
}

/** The paper that the customer gets (Circular 05/2011), for the printer. */
function ReceiptLink({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const user = useUser()
  if (user.role === 'noc' || user.role === 'field') return null
  return (
    <Link to="/receipt/$ticketId" params={{ ticketId: ticket.id }}>
      {t('ticket.receipt')}
    </Link>
  )
}

function useChooseCustomer(ticket: Ticket | undefined) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: async (customerId: string) => {
      if (!ticket) return null
      return api.saveTicket(ticket.id, { version: ticket.version, customerId })
    },
    onSuccess: (saved) => {
      if (saved) client.setQueryData(queries.ticket(saved.id).queryKey, saved)
      refresh(client, KEYS.tickets)
    },
    onError: (error) => {
      if (ticket) refresh(client, queries.ticket(ticket.id).queryKey)
      notifyFailure(error)
    },
  })
}
