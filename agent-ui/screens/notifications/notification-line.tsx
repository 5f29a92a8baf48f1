import { Button } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { NotificationView } from '#contract/casework/notifications.ts'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatShort } from '../../state/local-time.ts'
import { useCoarseNow } from '../../ticker.ts'
import { maySee } from '../screen-table.ts'
import { detailText } from './notification-detail.ts'
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
