import { ActionIcon, Button, Indicator, Popover, ScrollArea } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { useAction, useKeysOf } from '../../actions.ts'
import { api } from '../../api.ts'
import { Empty, LoadFailed, Loading, notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { NotificationLine } from './notification-line.tsx'
import classes from './notifications.module.css'

/** What this person is told and has not read; it stays until they say so. */
export function NotificationBell() {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const query = useQuery(queries.unreadNotifications())
  const count = query.data?.unread ?? 0
  const label = t('notifications.open', { count })
  useAction({
    id: 'notifications',
    keys: 'Alt+B',
    label: t('notifications.title'),
    run: () => setOpen(true),
  })
  const keys = useKeysOf('notifications')
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={380} withRoles>
      <Indicator
        label={count > 99 ? '99+' : count}
        size={16}
        color="red.9"
        offset={5}
        disabled={count === 0}
      >
        <Popover.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={label}
            title={keys}
            onClick={() => setOpen(!isOpen)}
          >
            <IconBell size={18} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown p={0} aria-label={t('notifications.title')}>
        <UnreadList onOpened={() => setOpen(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function UnreadList({ onOpened }: { onOpened: () => void }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(queries.unreadNotifications())
  const readAll = useMutation({
    mutationFn: api.readAllNotifications,
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.notifications),
  })
  const items = query.data?.items ?? []
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => list.current?.focus(), [])
  return (
    <div ref={list} tabIndex={-1} className={classes.panel}>
      <div className={classes.head}>
        <strong>{t('notifications.title')}</strong>
        {items.length > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            loading={readAll.isPending}
            onClick={() => readAll.mutate()}
          >
            {t('notifications.readAll')}
          </Button>
        )}
      </div>
      {query.isPending && <Loading rows={3} />}
      {query.isError && <LoadFailed error={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && items.length === 0 && <Empty title={t('notifications.empty')} />}
      <ScrollArea.Autosize mah={420}>
        <ul className={classes.list}>
          {items.map((item) => (
            <NotificationLine key={item.id} item={item} onOpened={onOpened} />
          ))}
        </ul>
      </ScrollArea.Autosize>
    </div>
  )
}
