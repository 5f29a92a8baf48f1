import { IconEye, IconPhoneOutgoing } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { usePlaceCall } from '../work/use-place-call.ts'
import classes from './ticket.module.css'

/** A number is masked with these for whose work does not need it. */
const MASK = '•'

/** Calls the customer of a ticket; NOC sees the number on request, which is put on record. */
export function NumberActions({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const user = useUser()
  const call = usePlaceCall()
  const reveal = useMutation({
    mutationFn: () => api.revealNumber(ticket.id, ''),
    onError: notifyFailure,
  })
  const numbers = [ticket.number, ticket.contact.number]
  const isMasked = numbers.some((number) => number?.display.includes(MASK) === true)
  const { contact = null, number = null } = reveal.data ?? {}
  const seen = [contact, number?.key === contact?.key ? null : number].filter((one) => one !== null)
  return (
    <span className={classes.header}>
      {seen.map(({ raw, display }) => (
        <strong key={raw} className="numeric">
          {display}
        </strong>
      ))}
      {isMasked && user.role === 'noc' && seen.length === 0 && (
        <OrderButton
          size="compact-xs"
          variant="default"
          title={t('work.revealHint')}
          leftSection={<IconEye size={14} aria-hidden />}
          loading={reveal.isPending}
          onClick={() => reveal.mutate()}
        >
          {t('work.reveal')}
        </OrderButton>
      )}
      <OrderButton
        needs="pbx"
        size="compact-xs"
        variant="default"
        leftSection={<IconPhoneOutgoing size={14} aria-hidden />}
        loading={call.isPending}
        onClick={() => call.place({ ticketId: ticket.id })}
      >
        {t('work.call')}
      </OrderButton>
    </span>
  )
}
