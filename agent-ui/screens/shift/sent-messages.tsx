import { Button } from '@mantine/core'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { MessageView } from '#contract/supervision/messages.ts'
import { Empty, LoadFailed, Loading } from '../../components/failure.tsx'
import { MoreButton } from '../../components/more-button.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries } from '../../queries.ts'
import { formatDateTime, formatTime } from '../../state/local-time.ts'
import classes from './shift.module.css'

/** What this supervisor wrote, and who has read it. */
export function SentMessages() {
  const { t } = useTranslation()
  const query = useInfiniteQuery(queries.sentMessages())
  if (query.isPending) return <Loading rows={3} />
  if (query.isError) {
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
  }
  const messages = query.data.pages.flatMap(({ items }) => items)
  if (messages.length === 0) return <Empty title={t('message.empty')} />
  return (
    <>
      <ul className={classes.list}>
        {messages.map((message) => (
          <Sent key={message.id} message={message} />
        ))}
      </ul>
      <MoreButton pages={query} mt="xs" />
    </>
  )
}

function Sent({ message }: { message: MessageView }) {
  const { t } = useTranslation()
  const [isOpen, setOpen] = useState(false)
  const { id, to, text, sentAt, told, read } = message
  return (
    <li>
      <div className={classes.row}>
        <strong>{to?.displayName ?? t('message.toShift')}</strong>
        <span className={`${classes.dim} numeric`}>{formatDateTime(sentAt)}</span>
      </div>
      <p className={classes.note}>{text}</p>
      <div className={classes.row}>
        <span className="numeric">
          {told === 0 ? t('message.nobody') : t('message.readBy', { read, told })}
        </span>
        {told > 0 && (
          <Button
            size="compact-xs"
            variant="default"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t(isOpen ? 'message.hideWho' : 'message.who')}
          </Button>
        )}
      </div>
      {isOpen && <Receipts id={id} />}
    </li>
  )
}

function Receipts({ id }: Pick<MessageView, 'id'>) {
  const { t } = useTranslation()
  const query = useQuery(queries.messageReceipts(id))
  if (query.isPending) return <Loading rows={2} />
  if (query.isError) {
    return <LoadFailed error={query.error} onRetry={() => void query.refetch()} />
  }
  return (
    <ul className={classes.list}>
      {query.data.items.map(({ id: staffId, displayName, readAt }) => (
        <li key={staffId} className={classes.row}>
          <span>{displayName}</span>
          <span className={`${classes.dim} numeric`}>
            {readAt === null
              ? t('message.unread')
              : t('message.readAt', { time: formatTime(readAt) })}
          </span>
        </li>
      ))}
    </ul>
  )
}
