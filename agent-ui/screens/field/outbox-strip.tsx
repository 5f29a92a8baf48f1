import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCloudUp } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { useLive } from '../../live-store.ts'
import { dropFromOutbox, openOutbox, sendOutbox, useOutbox } from '../../outbox.ts'
import { KEYS, queries, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { waitingOf } from '../../state/outbox.ts'
import type { OutboxEntry } from '../../state/outbox.ts'
import { PhotoStrip } from './photo-strip.tsx'
import classes from './field.module.css'

/** A connection can be back without a word from the browser. */
const RETRY_MS = 10_000

/** What this person did and the service does not have yet, or refused; on every screen. */
export function OutboxStrip() {
  const { t } = useTranslation()
  const entries = useOutbox()
  const waiting = waitingOf(entries)
  const send = useDelivery(waiting.length, entries.length - waiting.length)
  return (
    <div role="status">
      {waiting.length > 0 && (
        <div className={classes.unsent}>
          <IconCloudUp size={18} aria-hidden />
          <span>
            <strong>{t('fieldPage.unsent', { count: waiting.length })}</strong>
            {' · '}
            {waiting.map((entry) => entry.code).join(', ')}
          </span>
          <Button size="xs" variant="default" className={classes.toEnd ?? ''} onClick={send}>
            {t('fieldPage.sendNow')}
          </Button>
        </div>
      )}
      {entries
        .filter(({ refusal }) => refusal !== null)
        .map((entry) => (
          <Refused key={entry.id} entry={entry} />
        ))}
      <PhotoStrip mayGo={waiting.length === 0} />
    </div>
  )
}

function Refused({ entry }: { entry: OutboxEntry }) {
  const { t } = useTranslation()
  const { id } = useUser()
  const deedText = useDeedText()
  return (
    <div className={classes.refused}>
      <IconAlertTriangle size={18} aria-hidden />
      <span className="wrap-anywhere">
        <strong>{t('fieldPage.refused', { code: entry.code, what: deedText(entry) })}</strong>{' '}
        {entry.refusal} <DeedWords entry={entry} />
      </span>
      <Button
        size="xs"
        variant="default"
        className={classes.toEnd ?? ''}
        aria-label={t('fieldPage.giveUpFor', { code: entry.code })}
        onClick={() => dropFromOutbox(id, entry.id)}
      >
        {t('fieldPage.giveUp')}
      </Button>
    </div>
  )
}

/** What was typed is not lost with the refusal: it can be read and copied. */
function DeedWords({ entry: { step } }: { entry: OutboxEntry }) {
  if (step.kind === 'note') return null
  const words = [step.input['conclusion'], step.input['reason']].filter(Boolean).join(' ')
  return words === '' ? null : <q className={classes.words}>{words}</q>
}

export function useDeedText(): (entry: OutboxEntry) => string {
  const { t } = useTranslation()
  return ({ step }) => (step.kind === 'note' ? step.note : t(`action.${step.action}`))
}

/** Sends what waits: at once, when the connection is back, and every few seconds until it is gone. */
function useDelivery(waiting: number, refused: number): () => void {
  const { t } = useTranslation()
  const client = useQueryClient()
  const { id: staffId } = useUser()
  const connection = useLive((live) => live.connection.status)
  const send = () =>
    void sendOutbox(staffId, (ticket) => {
      client.setQueryData(queries.ticket(ticket.id).queryKey, ticket)
      refresh(client, KEYS.tickets)
      refresh(client, KEYS.teams)
      notifyDone(t('fieldPage.sent', { code: ticket.code }))
    })
  useEffect(() => openOutbox(staffId), [staffId])
  useEffect(() => {
    // what was refused had met a newer ticket
    if (refused === 0) return
    refresh(client, KEYS.tickets)
    refresh(client, KEYS.ticketPages)
  }, [client, refused])
  useEffect(() => {
    if (waiting === 0) return undefined
    send()
    const timer = setInterval(send, RETRY_MS)
    addEventListener('online', send)
    return () => {
      clearInterval(timer)
      removeEventListener('online', send)
    }
  }, [waiting > 0, connection, staffId])
  return send
}
