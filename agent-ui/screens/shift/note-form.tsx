import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { handoverOrder } from '#contract/supervision/handover.ts'
import type { HandoverOrder, HandoverRow } from '#contract/supervision/handover.ts'
import { api } from '../../api.ts'
import { OtherDraft } from '../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { notifyDone } from '../../components/failure.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, refresh } from '../../queries.ts'

interface NoteFormProps {
  /** Null: a shift is handed over; else its note is written anew. */
  handover: HandoverRow | null
  onDone: () => void
}

/** The shift lead's note, new or anew. */
export function NoteForm({ handover, onDone }: NoteFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const save = useMutation({
    mutationFn: ({ note }: HandoverOrder) =>
      handover === null
        ? api.handOver(note)
        : api.rewriteHandover(handover.id, { version: handover.latest.version, note }),
    onSuccess: () => {
      draft.clear()
      notifyDone(t(handover === null ? 'shift.handedOver' : 'shift.rewritten'))
      onDone()
    },
    onError: (error) => draft.refuse(error),
    // after a conflict the list shows the newer words above those that were typed here
    onSettled: () => refresh(client, KEYS.shift),
  })
  const draft = useDraftForm({
    key: `shift.note.${handover?.id ?? 'new'}`,
    schema: handoverOrder,
    initial: { note: handover?.latest.note ?? '' },
    onSubmit: (entry) => {
      if (!save.isPending) save.mutate(entry)
    },
  })
  return (
    <form {...draft.props} aria-label={t(handover === null ? 'shift.note' : 'shift.rewrite')}>
      <Stack gap="xs">
        <Textarea
          label={t('shift.note')}
          description={t('shift.noteHint')}
          rows={6}
          {...draft.form.getInputProps('note')}
        />
        <OtherDraft draftKey={draft.key} />
        <Group justify="flex-end" gap="xs">
          {handover !== null && (
            <Button variant="default" onClick={onDone}>
              {t('common.cancel')}
            </Button>
          )}
          <OrderButton type="submit" loading={save.isPending}>
            {t(handover === null ? 'shift.handOver' : 'common.save')}
          </OrderButton>
        </Group>
      </Stack>
    </form>
  )
}
