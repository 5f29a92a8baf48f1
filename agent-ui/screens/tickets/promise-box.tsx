import { Button, Group, Stack, TextInput } from '@mantine/core'
import { IconPhoneOutgoing } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { callbackPromise } from '#contract/callbacks.ts'
import type { CallbackPromise } from '#contract/callbacks.ts'
import type { Ticket } from '#contract/tickets.ts'
import { useAction, useKeysOf } from '../../actions.ts'
import { api } from '../../api.ts'
import { OtherDraft } from '../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { Tone } from '../../components/tone.tsx'
import { WhenPicker } from '../../components/when-picker.tsx'
import { tell } from '../../live-store.ts'
import { queries, refresh } from '../../queries.ts'
import { formatShort } from '../../state/local-time.ts'
import { mayDo } from '../../state/permissions.ts'
import { DEFAULT_WHEN, resolveWhen } from '../../state/promise-time.ts'
import { useServerNow } from '../../ticker.ts'
import { focusActions } from './process/action-bar-focus.ts'
import classes from './ticket.module.css'

/** One key opens it, Enter promises "+30 minutes" to the number that called. */
export function PromiseBox({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const [form, setForm] = useState<'never' | 'open' | 'closed'>('never')
  const pending = ticket.callbacks.find((row) => ['scheduled', 'dialing'].includes(row.status))
  const mayPromise = !pending && mayDo(ticket, 'promise_callback')
  useAction({
    id: 'ticket.promise',
    keys: 'Alt+H',
    label: t('shortcuts.promise'),
    when: mayPromise,
    run: () => setForm('open'),
  })
  const keys = useKeysOf('ticket.promise')
  if (pending) {
    return (
      <Tone tone="busy" icon={<IconPhoneOutgoing size={14} aria-hidden />}>
        {t('promise.open', { time: formatShort(pending.dueAt, now) })}
      </Tone>
    )
  }
  if (!mayPromise) return null
  return form === 'open' ? (
    <PromiseForm ticket={ticket} onClose={() => setForm('closed')} />
  ) : (
    <Button
      size="xs"
      variant="default"
      leftSection={<IconPhoneOutgoing size={16} aria-hidden />}
      title={keys}
      // the keyboard comes back to where the form was opened
      autoFocus={form === 'closed'}
      onClick={() => setForm('open')}
    >
      {t('promise.button')}
    </Button>
  )
}

function usePromise(ticketId: string, onDone: () => void, onRefused: (error: unknown) => void) {
  const { t } = useTranslation()
  const now = useServerNow()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (promise: Partial<CallbackPromise>) => api.promise(ticketId, promise),
    onSuccess: (callback) => {
      tell({ type: 'callback_updated', callback })
      refresh(client, queries.ticket(ticketId).queryKey)
      notifyDone(t('promise.done', { time: formatShort(callback.dueAt, now) }))
      onDone()
    },
    onError: onRefused,
  })
}

/** What of a promise is typed; its time is chosen. */
const words = z.object({
  number: z.string().trim().min(1).max(60),
  note: callbackPromise.shape.note,
})

function PromiseForm({ ticket, onClose }: { ticket: Ticket; onClose: () => void }) {
  const { t } = useTranslation()
  const now = useServerNow()
  const [when, setWhen] = useState(DEFAULT_WHEN)
  const result = resolveWhen(when, now)
  const close = () => {
    draft.clear()
    onClose()
  }
  const done = () => {
    close()
    // the button that opened the form is gone with the promise
    requestAnimationFrame(() => focusActions(ticket.id))
  }
  const promise = usePromise(ticket.id, done, (error) => draft.refuse(error))
  const draft = useDraftForm({
    key: `promise.${ticket.id}`,
    schema: words,
    initial: { number: ticket.number?.key ? ticket.number.display : '', note: '' },
    onSubmit: ({ number, note }) => {
      if ('fault' in result || promise.isPending) return
      const time = when.inMinutes === null ? { dueAt: result.dueAt } : { inMinutes: when.inMinutes }
      promise.mutate({ ...time, number: number.trim(), note: note.trim() })
    },
  })
  const onKeys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Escape') onClose()
    else draft.props.onKeyDown(event)
  }
  const { number } = draft.form.values
  return (
    <form
      className={classes.promise}
      {...draft.props}
      onKeyDown={onKeys}
      aria-label={t('promise.title')}
    >
      <Stack gap="xs">
        <OtherDraft draftKey={draft.key} />
        <WhenPicker value={when} onChange={setWhen} result={result} />
        <Group grow gap="xs" align="flex-start">
          <TextInput
            size="xs"
            label={t('promise.number')}
            inputMode="tel"
            autoFocus={number === ''}
            {...draft.form.getInputProps('number')}
          />
          <TextInput size="xs" label={t('promise.note')} {...draft.form.getInputProps('note')} />
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
          <Button size="xs" variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
