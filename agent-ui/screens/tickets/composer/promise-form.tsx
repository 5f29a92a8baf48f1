import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { KeyboardEvent } from 'react'
import { z } from 'zod'
import { callbackPromise } from '#contract/callbacks.ts'
import type { CallbackPromise } from '#contract/callbacks.ts'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../../api.ts'
import { OtherDraft } from '../../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../../components/failure.tsx'
import { OrderButton } from '../../../components/order-button.tsx'
import { WordsLine } from '../../../components/words-area/words-line.tsx'
import { WhenPicker } from '../../../components/when-picker.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { tell } from '../../../live-store.ts'
import { queries, refresh } from '../../../queries.ts'
import { formatShort } from '../../../state/local-time.ts'
import { DEFAULT_WHEN, resolveWhen } from '../../../state/promise-time.ts'
import { useServerNow } from '../../../ticker.ts'
import { focusActions } from '../process/action-bar-focus.ts'

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

/** What of a promise is typed and chosen; the time itself is checked as it is typed. */
const words = z.object({
  number: z.string().trim().min(1).max(60),
  note: callbackPromise.shape.note,
  when: z.object({ inMinutes: z.number().nullable(), daysAhead: z.number(), time: z.string() }),
})

interface PromiseFormProps {
  ticket: Ticket
  onClose: () => void
  onDone: () => void
}

/** Enter promises "+30 minutes" to the number that called. */
export function PromiseForm({ ticket, onClose, onDone }: PromiseFormProps) {
  const { t } = useTranslation()
  const now = useServerNow()
  const cancel = () => {
    draft.clear()
    onClose()
  }
  const done = () => {
    draft.clear()
    onDone()
    // the button that opened the form is gone with the promise
    requestAnimationFrame(() => focusActions(ticket.id))
  }
  const promise = usePromise(ticket.id, done, (error) => draft.refuse(error))
  const draft = useDraftForm({
    key: `promise.${ticket.id}`,
    schema: words,
    initial: {
      number: ticket.number?.key ? ticket.number.display : '',
      note: '',
      when: DEFAULT_WHEN,
    },
    onSubmit: ({ number, note, when }) => {
      const due = resolveWhen(when, now)
      if ('fault' in due || promise.isPending) return
      const time = when.inMinutes === null ? { dueAt: due.dueAt } : { inMinutes: when.inMinutes }
      promise.mutate({ ...time, number: number.trim(), note: note.trim() })
    },
  })
  const { number, when: chosen } = draft.form.values
  const result = resolveWhen(chosen, now)
  const onKeys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Escape') onClose()
    else draft.props.onKeyDown(event)
  }
  return (
    <form {...draft.props} onKeyDown={onKeys} aria-label={t('promise.title')}>
      <Stack gap="xs">
        <OtherDraft draftKey={draft.key} />
        <WhenPicker
          value={chosen}
          onChange={(when) => draft.form.setFieldValue('when', when)}
          result={result}
        />
        <Group grow gap="xs" align="flex-start">
          <TextInput
            size="xs"
            label={t('promise.number')}
            inputMode="tel"
            autoFocus={number === ''}
            {...draft.form.getInputProps('number')}
          />
          <WordsLine size="xs" label={t('promise.note')} {...draft.form.getInputProps('note')} />
        </Group>
        <Group gap="xs">
          <OrderButton
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
          </OrderButton>
          <Button size="xs" variant="default" onClick={cancel}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
