import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { CallbackPromise } from '#contract/callbacks.ts'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import { WhenPicker } from '../../components/when-picker.tsx'
import { tell } from '../../live-store.ts'
import { formatShort } from '../../state/local-time.ts'
import { DEFAULT_WHEN, resolveWhen } from '../../state/promise-time.ts'
import { useServerNow } from '../../ticker.ts'
import classes from './ticket.module.css'

/** One key opens it, Enter promises "+30 minutes" to the number that called. */
export function PromiseBox({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const [isOpen, setOpen] = useState(false)
  const pending = ticket.callbacks.find((row) => ['scheduled', 'dialing'].includes(row.status))
  if (pending) {
    return (
      <Tone tone="busy" icon={<IconPhoneOutgoing size={14} aria-hidden />}>
        {t('promise.open', { time: formatShort(pending.dueAt, now) })}
      </Tone>
    )
  }
  if (!ticket.permissions.includes('promise_callback')) return null
  return isOpen ? (
    <PromiseForm ticket={ticket} onClose={() => setOpen(false)} />
  ) : (
    <Button
      size="xs"
      leftSection={<IconPhoneOutgoing size={16} aria-hidden />}
      data-shortcut="promise"
      title="Alt+H"
      onClick={() => setOpen(true)}
    >
      {t('promise.button')}
    </Button>
  )
}

function usePromise(ticketId: string, onDone: () => void) {
  const { t } = useTranslation()
  const now = useServerNow()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (promise: Partial<CallbackPromise>) => api.promise(ticketId, promise),
    onSuccess: (callback) => {
      tell({ type: 'callback_updated', callback })
      void client.invalidateQueries({ queryKey: ['ticket', ticketId] })
      notifyDone(t('promise.done', { time: formatShort(callback.dueAt, now) }))
      onDone()
    },
    onError: notifyFailure,
  })
}

function PromiseForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const [when, setWhen] = useState(DEFAULT_WHEN)
  const [number, setNumber] = useState(ticket.number?.key ? ticket.number.display : '')
  const [note, setNote] = useState('')
  const result = resolveWhen(when, now)
  const promise = usePromise(ticket.id, onClose)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ('fault' in result) return
    const time = when.inMinutes === null ? { dueAt: result.dueAt } : { inMinutes: when.inMinutes }
    promise.mutate({ ...time, number: number.trim(), note: note.trim() })
  }
  const onKeys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
  return (
    <form
      className={classes.promise}
      onSubmit={submit}
      onKeyDown={onKeys}
      aria-label={t('promise.title')}
    >
      <Stack gap="xs">
        <WhenPicker value={when} onChange={setWhen} result={result} />
        <Group grow gap="xs" align="flex-start">
          <TextInput
            size="xs"
            label={t('promise.number')}
            required
            withAsterisk={false}
            inputMode="tel"
            maxLength={60}
            value={number}
            onChange={(event) => setNumber(event.currentTarget.value)}
          />
          <TextInput
            size="xs"
            label={t('promise.note')}
            maxLength={500}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
        </Group>
        <Group gap="xs">
          <Button
            size="xs"
            type="submit"
            data-autofocus
            autoFocus={number !== ''}
            loading={promise.isPending}
            disabled={'fault' in result || number.trim() === ''}
          >
            {'dueAt' in result
              ? t('promise.submit', { time: formatShort(result.dueAt, now) })
              : t('promise.submitNoTime')}
          </Button>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
