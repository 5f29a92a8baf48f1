import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { NotificationView } from '#contract/casework/notifications.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { hasText } from '../../i18n/known-text.ts'
import { vi } from '../../i18n/vi.ts'
import { KEYS, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatDateTime, formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'
import { maySee } from '../screen-table.ts'
import classes from './notifications.module.css'

interface LineProps {
  item: NotificationView
  onOpened: () => void
}

export function NotificationLine({ item, onOpened }: LineProps) {
  const { t } = useTranslation()
  const now = useCoarseNow()
  const user = useUser()
  const client = useQueryClient()
  const detail = detailText(t, item)
  const read = useMutation({
    mutationFn: () => api.readNotification(item.id),
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.notifications),
  })
  return (
    <li className={classes.item}>
      <div className={classes.line}>
        <strong>{t(`notifications.kind.${item.kind}`)}</strong>
        <span className={`${classes.dim} numeric`}>{formatShort(item.at, now)}</span>
      </div>
      {detail !== null && <div>{detail}</div>}
      <div className={classes.line}>
        {item.fields['offerId'] !== undefined && maySee(user.role, 'outages') ? (
          <Link
            to="/outages"
            search={{ offer: item.fields['offerId'] }}
            onClick={() => {
              read.mutate()
              onOpened()
            }}
          >
            {t('notifications.openOutage')}
          </Link>
        ) : item.ticket ? (
          <Link
            to="/tickets/$ticketId"
            params={{ ticketId: item.ticket.id }}
            onClick={() => {
              read.mutate()
              onOpened()
            }}
          >
            {item.ticket.code}
            {item.ticket.subject === '' ? '' : ` · ${item.ticket.subject}`}
          </Link>
        ) : (
          <span />
        )}
        <Button
          size="compact-xs"
          variant="subtle"
          loading={read.isPending}
          onClick={() => read.mutate()}
        >
          {t('notifications.read')}
        </Button>
      </div>
    </li>
  )
}

/** Which clock, and how far it is; of an outage where and how many call; of a promise when; null of the rest. */
function detailText(t: TFunction, { kind, fields }: NotificationView): string | null {
  if (kind === 'outage_offered') {
    return t('notifications.outage', { name: fields['name'], callers: fields['callers'] })
  }
  if (kind === 'promise_at_risk') {
    return t('notifications.promiseDue', { time: formatDateTime(fields['dueAt'] ?? '') })
  }
  if (kind !== 'clock_alarm') return null
  const clock = fields['clock'] ?? ''
  const step = fields['step'] ?? ''
  const name = hasText(vi.clock, clock) && clock !== 'pausedBy' ? t(`clock.${clock}`) : ''
  const alarm = hasText(vi.notifications.alarm, step) ? t(`notifications.alarm.${step}`) : ''
  return [name, alarm].filter(Boolean).join(': ')
}
