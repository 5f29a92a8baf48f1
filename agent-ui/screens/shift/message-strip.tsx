import { IconMessage } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { NotificationView } from '#contract/casework/notifications.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'
import { maySee } from '../screen-table.ts'
import classes from './shift.module.css'

/** More would leave no room for the work itself. */
const MOST_SHOWN = 2

/** What supervisors wrote to this person; it stands here until they say that they have read it. */
export function MessageStrip() {
  const { role } = useUser()
  return maySee(role, 'desk') ? <Unread /> : null
}

function Unread() {
  const { t } = useTranslation()
  const query = useQuery(queries.unreadMessages())
  const messages = (query.data?.items ?? []).toReversed()
  const more = messages.length - MOST_SHOWN
  return (
    <section aria-label={t('message.region')} aria-live="polite" className={classes.strip}>
      {messages.slice(0, MOST_SHOWN).map((message) => (
        <Message key={message.id} message={message} />
      ))}
      {more > 0 && <div className={classes.line}>{t('message.more', { count: more })}</div>}
    </section>
  )
}

function Message({ message: { id, at, fields } }: { message: NotificationView }) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const client = useQueryClient()
  const read = useMutation({
    mutationFn: () => api.readNotification(id),
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.notifications),
  })
  return (
    <div className={classes.line} data-testid="shift-message">
      <IconMessage size={18} className={classes.icon} aria-hidden />
      <span className={classes.said}>
        <strong>{t('message.from', { name: fields['by'] })}</strong>{' '}
        <span className={`${classes.dim} numeric`}>{formatShort(at, now)}</span>
        <span className={classes.words}>{fields['text']}</span>
      </span>
      <OrderButton size="compact-sm" loading={read.isPending} onClick={() => read.mutate()}>
        {t('message.read')}
      </OrderButton>
    </div>
  )
}
