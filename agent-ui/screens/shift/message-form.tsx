import { NativeSelect, Stack, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { z } from 'zod'
import { MESSAGE_LENGTH, MESSAGE_MINUTES } from '#contract/supervision/messages.ts'
import { api } from '../../api.ts'
import { OtherDraft } from '../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { LoadFailed, Loading, notifyDone } from '../../components/failure.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'

const SHIFT = ''
const HOURS = [1, 4, 8, 12]
const INITIAL = { to: SHIFT, text: '', hours: String(MESSAGE_MINUTES.usual / 60) }
const schema = z.object({
  to: z.string(),
  text: z.string().trim().min(1).max(MESSAGE_LENGTH),
  hours: z.string(),
})

/** A message to one person or to the shift. */
export function MessageForm() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const people = useQuery(queries.messagePeople())
  const send = useMutation({
    mutationFn: ({ to, text, hours }: typeof INITIAL) =>
      api.sendMessage({
        staffId: to === SHIFT ? null : to,
        text,
        validMinutes: Number(hours) * 60,
      }),
    onSuccess: ({ told }) => {
      draft.clear()
      notifyDone(t('message.sent', { count: told }))
    },
    onError: (error) => draft.refuse(error),
    onSettled: () => refresh(client, KEYS.shift),
  })
  const draft = useDraftForm({
    key: 'shift.message',
    schema,
    initial: INITIAL,
    onSubmit: (entry) => {
      if (!send.isPending) send.mutate(entry)
    },
  })
  if (people.isPending) return <Loading rows={4} />
  if (people.isError) {
    return <LoadFailed error={people.error} onRetry={() => void people.refetch()} />
  }
  const { form } = draft
  const choices = people.data.items.map(({ id, displayName, isHere }) => {
    const label = isHere ? displayName : t('message.away', { name: displayName })
    return { value: id, label }
  })
  return (
    <form {...draft.props} aria-label={t('message.title')}>
      <Stack gap="xs">
        <NativeSelect
          label={t('message.to')}
          data={[{ value: SHIFT, label: t('message.shift') }, ...choices]}
          {...form.getInputProps('to')}
        />
        <Textarea
          label={t('message.text')}
          description={t('message.textHint')}
          rows={3}
          {...form.getInputProps('text')}
        />
        {form.values.to === SHIFT && (
          <NativeSelect
            label={t('message.valid')}
            data={HOURS.map((count) => {
              return { value: String(count), label: t('message.validHours', { count }) }
            })}
            {...form.getInputProps('hours')}
          />
        )}
        <OtherDraft draftKey={draft.key} />
        <OrderButton type="submit" loading={send.isPending}>
          {t('message.send')}
        </OrderButton>
      </Stack>
    </form>
  )
}
