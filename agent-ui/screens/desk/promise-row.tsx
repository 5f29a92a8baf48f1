import { Menu } from '@mantine/core'
import {
  IconCalendarClock,
  IconPencil,
  IconPhoneOutgoing,
  IconUserShare,
  IconX,
} from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CallbackView } from '#contract/callbacks.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { MoreMenu } from '../../components/more-menu.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { PromiseTone } from '../../components/promise-tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { tell } from '../../live-store.ts'
import { promiseUrgency } from '../../state/countdown.ts'
import { formatShort } from '../../state/local-time.ts'
import { useServerNow } from '../../ticker.ts'
import { step } from '../../workspace-store.ts'
import { CancelPromise, OtherNumber, ReschedulePromise } from './promise-change.tsx'
import { CorrectOutcome, GivePromise } from './promise-others.tsx'
import classes from './rail.module.css'

type Editing = 'number' | 'reschedule' | 'cancel' | 'give' | 'correct' | null

export function PromiseRow({ promise }: { promise: CallbackView }) {
  const [editing, setEditing] = useState<Editing>(null)
  const close = () => setEditing(null)
  return (
    <li className={classes.promise} data-testid="promise">
      <PromiseSummary promise={promise} />
      {editing === null && <PromiseActions promise={promise} onEdit={setEditing} />}
      {editing === 'number' && promise.ticket !== null && (
        <OtherNumber promise={promise} ticketId={promise.ticket.id} onClose={close} />
      )}
      {editing === 'reschedule' && <ReschedulePromise promise={promise} onClose={close} />}
      {editing === 'cancel' && <CancelPromise promise={promise} onClose={close} />}
      {editing === 'give' && <GivePromise promise={promise} onClose={close} />}
      {editing === 'correct' && <CorrectOutcome promise={promise} onClose={close} />}
    </li>
  )
}

function PromiseSummary({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const urgency = promiseUrgency(promise, now)
  return (
    <>
      <div className={classes.line}>
        <span className={classes.who}>{promise.customerName ?? promise.number.display}</span>
        <PromiseTone promise={promise} />
      </div>
      <div className={`${classes.line} ${classes.dim}`}>
        {promise.ticket !== null && <TicketLink ticket={promise.ticket} />}
        <span className="numeric">
          {t('promises.dueAt', { time: formatShort(promise.dueAt, now) })}
        </span>
      </div>
      <PromiseNotes promise={promise} isDue={urgency === 'due' || urgency === 'overdue'} />
    </>
  )
}

function TicketLink({ ticket }: { ticket: NonNullable<CallbackView['ticket']> }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const open = () => {
    step({ type: 'ticket_opened', ticketId: ticket.id })
    void navigate({ to: '/desk' })
  }
  return (
    <button
      type="button"
      className={classes.link}
      aria-label={t('promises.openTicket', { code: ticket.code })}
      onClick={open}
    >
      {ticket.code}
    </button>
  )
}

/** Why it does not move, how the last try ended, and what the agent wrote. */
function PromiseNotes({ promise, isDue }: { promise: CallbackView; isDue: boolean }) {
  const { t } = useTranslation()
  const ended = promise.attempts.findLast((attempt) => attempt.outcome !== null)
  const lines = [
    isDue && promise.waitingFor !== null ? t(`promises.waitingFor.${promise.waitingFor}`) : null,
    ended?.outcome
      ? `${t('promises.attempts', { count: promise.attempts.length })} · ${t(`outcome.${ended.outcome}`)}`
      : null,
    isWrongNumber(promise) ? t('promises.wrongNumber') : null,
    promise.note || null,
  ].filter((line) => line !== null)
  return lines.map((line) => (
    <div key={line} className={`${classes.dim} wrap-anywhere`}>
      {line}
    </div>
  ))
}

/** Nobody is called on it again; the customer must be asked for another one. */
function isWrongNumber({ status, attempts }: CallbackView): boolean {
  return status === 'failed' && attempts.at(-1)?.outcome === 'bad_number'
}

interface ActionsProps {
  promise: CallbackView
  onEdit: (editing: Editing) => void
}

function PromiseActions({ promise, onEdit }: ActionsProps) {
  const { t } = useTranslation()
  const dial = useMutation({
    mutationFn: () => api.dialNow(promise.id),
    onSuccess: (callback) => tell({ type: 'callback_updated', callback }),
    onError: notifyFailure,
  })
  if (promise.status === 'dialing') return null
  return (
    <div className={classes.line} style={{ marginTop: 6 }}>
      <OrderButton
        needs="pbx"
        size="compact-xs"
        variant="default"
        leftSection={<IconPhoneOutgoing size={14} aria-hidden />}
        loading={dial.isPending}
        onClick={() => dial.mutate()}
      >
        {t('promises.dialNow')}
      </OrderButton>
      <MoreMenu
        label={t('promises.actionsFor', { code: promise.ticket?.code ?? promise.number.display })}
      >
        {isWrongNumber(promise) && promise.ticket !== null && (
          <Menu.Item
            leftSection={<IconPhoneOutgoing size={16} aria-hidden />}
            onClick={() => onEdit('number')}
          >
            {t('promises.otherNumber')}
          </Menu.Item>
        )}
        <Menu.Item
          leftSection={<IconCalendarClock size={16} aria-hidden />}
          onClick={() => onEdit('reschedule')}
        >
          {t('promises.reschedule')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconUserShare size={16} aria-hidden />}
          onClick={() => onEdit('give')}
        >
          {t('promises.give')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconPencil size={16} aria-hidden />}
          onClick={() => onEdit('correct')}
        >
          {t('promises.correct')}
        </Menu.Item>
        <Menu.Item leftSection={<IconX size={16} aria-hidden />} onClick={() => onEdit('cancel')}>
          {t('promises.cancel')}
        </Menu.Item>
      </MoreMenu>
    </div>
  )
}
