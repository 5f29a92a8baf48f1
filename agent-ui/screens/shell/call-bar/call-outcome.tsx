import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { ProcessAction } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { useActions } from '../../../actions.ts'
import { TicketStatusTone } from '../../../components/ticket-status.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { callOutcome, isHandedOn } from '../../../state/call-outcome.ts'
import { useUser } from '../../../session.ts'
import { openStep } from '../../../wanted.ts'
import { step } from '../../../workspace-store.ts'
import classes from './call-bar.module.css'

interface OutcomeProps {
  callId: string
  ticketId: string
  /** The keys speak of it: not while a call of ours waits for its word. */
  hasKeys: boolean
}

/**
 * What became of the matter that the customer called about: solved in the call, or what is next. It is
 * asked of the last who talked with them.
 */
export function CallOutcome({ callId, ticketId, hasKeys }: OutcomeProps) {
  const user = useUser()
  const call = useQuery(queries.call(callId))
  const { data: ticket } = useQuery(queries.ticket(ticketId))
  const isTheirs = call.data ? !isHandedOn(call.data, user.id) : call.isError
  return ticket && isTheirs ? (
    <Outcome ticket={ticket} hasKeys={hasKeys} />
  ) : (
    <span className={classes.who} />
  )
}

function Outcome({ ticket, hasKeys }: { ticket: Ticket; hasKeys: boolean }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const { solved, followUp } = callOutcome(ticket.actions)
  const take = (action: ProcessAction | null) => () => {
    if (action === null) return
    openStep(ticket.id, action)
    step({ type: 'ticket_opened', ticketId: ticket.id })
    void navigate({ to: '/desk' })
  }
  const [solve, go] = [take(solved), take(followUp)]
  useActions([
    {
      id: 'outcome.solved',
      keys: 'Alt+Y',
      label: t('shortcuts.outcomeSolved'),
      when: hasKeys && solved !== null,
      isOnBar: true,
      run: solve,
    },
    {
      id: 'outcome.followUp',
      keys: 'Alt+U',
      label: t('shortcuts.outcomeFollowUp'),
      when: hasKeys && followUp !== null,
      isOnBar: true,
      run: go,
    },
  ])
  return (
    <>
      <div className={`${classes.who} ${classes.name}`}>
        <strong>{ticket.customer?.name ?? ticket.number?.display ?? ''}</strong> ·{' '}
        <span className="numeric">{ticket.code}</span>
      </div>
      {/* said already: the ticket has gone on */}
      {solved === null && <TicketStatusTone status={ticket.status} />}
      {solved !== null && (
        <Button
          size="xs"
          variant="default"
          rightSection={hasKeys && <kbd className={classes.key}>Alt+Y</kbd>}
          onClick={solve}
        >
          {t('callBar.outcome.solved')}
        </Button>
      )}
      {followUp !== null && (
        <Button
          size="xs"
          variant="light"
          rightSection={hasKeys && <kbd className={classes.key}>Alt+U</kbd>}
          onClick={go}
        >
          {t(`action.${followUp}`)}
        </Button>
      )}
    </>
  )
}
