import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import { callbackCancel, otherNumber } from '#contract/callbacks.ts'
import type { CallbackView } from '#contract/callbacks.ts'
import { api } from '../../api.ts'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { WhenPicker } from '../../components/when-picker.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { queries, refresh } from '../../queries.ts'
import { tell } from '../../live-store.ts'
import { DEFAULT_WHEN, resolveWhen } from '../../state/promise-time.ts'
import { useServerNow } from '../../ticker.ts'

export interface ChangeProps {
  promise: CallbackView
  onClose: () => void
}

export function closeOnEscape(onClose: () => void) {
  return (event: KeyboardEvent) => {
    if (event.key === 'Escape') onClose()
  }
}

export function usePromiseChange<V>(
  { promise, onClose }: ChangeProps,
  change: (value: V) => Promise<CallbackView>,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: change,
    onSuccess: (callback) => {
      tell({ type: 'callback_updated', callback })
      if (promise.ticket !== null) refresh(client, queries.ticket(promise.ticket.id).queryKey)
      onClose()
    },
    onError: notifyFailure,
  })
}

export function ReschedulePromise({ promise, onClose }: ChangeProps) {
  const { t } = useTranslation()
  const now = useServerNow()
  const [when, setWhen] = useState(DEFAULT_WHEN)
  const [agreed, setAgreed] = useState(false)
  const result = resolveWhen(when, now)
  const move = usePromiseChange({ promise, onClose }, (dueAt: string) =>
    api.reschedule(promise.id, { version: promise.version, dueAt, agreed }),
  )
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if ('dueAt' in result) move.mutate(result.dueAt)
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={closeOnEscape(onClose)}
      aria-label={t('promises.reschedule')}
    >
      <Stack gap="xs" mt="xs">
        <WhenPicker value={when} onChange={setWhen} result={result} />
        <Checkbox
          size="xs"
          label={t('promises.agreed')}
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
        />
        <Group gap="xs">
          <Button size="xs" type="submit" loading={move.isPending} disabled={'fault' in result}>
            {t('promises.confirmReschedule')}
          </Button>
          <Button size="xs" variant="default" onClick={onClose}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

export function CancelPromise({ promise, onClose }: ChangeProps) {
  const { t } = useTranslation()
  const cancel = usePromiseChange({ promise, onClose: () => close() }, (why: string) =>
    api.cancelPromise(promise.id, why),
  )
  const draft = useDraftForm({
    key: `cancel.${promise.id}`,
    schema: callbackCancel,
    initial: { reason: '' },
    onSubmit: ({ reason }) => cancel.mutate(reason.trim()),
  })
  const close = () => {
    draft.clear()
    onClose()
  }
  return (
    <form {...draft.props} onKeyDown={closeOnEscape(onClose)} aria-label={t('promises.cancel')}>
      <Stack gap="xs" mt="xs">
        <TextInput
          size="xs"
          label={t('promises.cancelReason')}
          placeholder={t('promises.cancelReasonHint')}
          data-autofocus
          autoFocus
          {...draft.form.getInputProps('reason')}
        />
        <Group gap="xs">
          <Button size="xs" type="submit" color="red.9" loading={cancel.isPending}>
            {t('promises.confirmCancel')}
          </Button>
          <Button size="xs" variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

/** The number is nobody's: the customer is called on another one, now. */
export function OtherNumber({
  promise,
  ticketId,
  onClose,
}: ChangeProps & {
  ticketId: string
}) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const call = useMutation({
    mutationFn: (number: string) =>
      api.promise(ticketId, { number, inMinutes: 0, note: promise.note }),
    onSuccess: (callback) => {
      tell({ type: 'callback_updated', callback })
      refresh(client, queries.ticket(ticketId).queryKey)
      close()
    },
    onError: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: `number.${promise.id}`,
    schema: otherNumber,
    initial: { number: '' },
    onSubmit: ({ number }) => call.mutate(number),
  })
  const close = () => {
    draft.clear()
    onClose()
  }
  return (
    <form
      {...draft.props}
      onKeyDown={closeOnEscape(onClose)}
      aria-label={t('promises.otherNumber')}
    >
      <Stack gap="xs" mt="xs">
        <TextInput
          size="xs"
          label={t('promises.otherNumberLabel')}
          inputMode="tel"
          autoFocus
          {...draft.form.getInputProps('number')}
        />
        <Group gap="xs">
          <Button size="xs" type="submit" loading={call.isPending}>
            {t('promises.callOther')}
          </Button>
          <Button size="xs" variant="default" onClick={close}>
            {t('common.cancel')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
