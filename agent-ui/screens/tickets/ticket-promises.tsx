import { Menu } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { CallbackStatus, CallbackView } from '#contract/callbacks.ts'
import type { Ticket } from '#contract/tickets.ts'
import { MoreMenu } from '../../components/more-menu.tsx'
import { Panel } from '../../components/panel.tsx'
import { Tone } from '../../components/tone.tsx'
import type { ToneName } from '../../components/tone.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useUser } from '../../session.ts'
import { formatDateTime } from '../../state/local-time.ts'
import { CorrectOutcome } from '../desk/promise-others.tsx'
import classes from './ticket.module.css'

const TONES: Record<CallbackStatus, ToneName> = {
  scheduled: 'busy',
  dialing: 'busy',
  done: 'ok',
  failed: 'bad',
  cancelled: 'calm',
}

/** Every promise of this ticket and how it ended; what a machine answered is put right here. */
export function TicketPromises({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  if (ticket.callbacks.length === 0) return null
  return (
    <Panel title={t('ticket.promises')} flush>
      <ul className={classes.list}>
        {ticket.callbacks.map((promise) => (
          <PromiseLine key={promise.id} promise={promise} />
        ))}
      </ul>
    </Panel>
  )
}

function PromiseLine({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const [form, setForm] = useState<'never' | 'open' | 'closed'>('never')
  const mayCorrect = useMayCorrect(promise)
  return (
    <li className={classes.item} data-testid="ticket-promise">
      <div className={classes.itemHead}>
        <span className="numeric">{formatDateTime(promise.dueAt)}</span>
        <Tone tone={TONES[promise.status]}>{t(`callbackStatus.${promise.status}`)}</Tone>
      </div>
      <div className={classes.itemHead}>
        <PromiseFacts promise={promise} />
        {mayCorrect && form !== 'open' && (
          // The keyboard comes back to where the form was opened.
          <MoreMenu
            label={t('promises.actionsFor', {
              code: promise.ticket?.code ?? promise.number.display,
            })}
            hasFocus={form === 'closed'}
          >
            <Menu.Item
              leftSection={<IconPencil size={16} aria-hidden />}
              onClick={() => setForm('open')}
            >
              {t('promises.correct')}
            </Menu.Item>
          </MoreMenu>
        )}
      </div>
      {form === 'open' && <CorrectOutcome promise={promise} onClose={() => setForm('closed')} />}
    </li>
  )
}

/** The rest of what may be done to an open promise stands on its owner's desk. */
function useMayCorrect({ status, attempts, assignee, createdBy }: CallbackView): boolean {
  const user = useUser()
  const isTheirs =
    ['supervisor', 'admin'].includes(user.role) ||
    (user.role === 'agent' && [assignee?.id, createdBy].includes(user.id))
  return isTheirs && attempts.length > 0 && (status === 'done' || status === 'failed')
}

function PromiseFacts({ promise }: { promise: CallbackView }) {
  const { t } = useTranslation()
  const ended = promise.attempts.findLast(({ outcome }) => outcome !== null)
  const facts = [
    promise.number.display,
    promise.assignee?.displayName ?? null,
    ended?.outcome ? t(`outcome.${ended.outcome}`) : null,
    ended?.saidBy ? t('words.saidBy', { name: ended.saidBy }) : null,
    promise.note || null,
  ].filter((fact) => fact !== null)
  return <span className={`${classes.dim} wrap-anywhere`}>{facts.join(' · ')}</span>
}
