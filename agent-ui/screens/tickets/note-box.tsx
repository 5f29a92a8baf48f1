import { Button, Group } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { ticketNote } from '#contract/tickets.ts'
import { useAction, useKeysOf } from '../../actions.ts'
import { api } from '../../api.ts'
import { OtherDraft } from '../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../components/draft-form/use-draft-form.ts'
import { queries } from '../../queries.ts'
import classes from './ticket.module.css'
import { WordsArea } from '../../components/words-area/words-area.tsx'

/** A note for colleagues; it lands on the timeline and changes nothing else. */
export function NoteBox({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const add = useMutation({
    mutationFn: (note: string) => api.addNote(ticketId, note),
    onSuccess: (ticket) => {
      draft.clear()
      client.setQueryData(queries.ticket(ticketId).queryKey, ticket)
    },
    onError: (error) => draft.refuse(error),
  })
  const draft = useDraftForm({
    key: `note.${ticketId}`,
    schema: ticketNote,
    initial: { note: '' },
    onSubmit: ({ note }) => {
      if (!add.isPending) add.mutate(note.trim())
    },
  })
  const field = useRef<HTMLTextAreaElement>(null)
  useAction({
    id: 'ticket.note',
    keys: 'Alt+J',
    label: t('note.label'),
    run: () => field.current?.focus(),
  })
  const keys = useKeysOf('ticket.note')
  return (
    <form className={classes.item} {...draft.props} aria-label={t('note.label')}>
      <OtherDraft draftKey={draft.key} />
      <Group gap="xs" align="flex-end">
        <WordsArea
          ref={field}
          title={keys}
          flex={1}
          rows={1}
          aria-label={t('note.label')}
          placeholder={t('note.placeholder')}
          {...draft.form.getInputProps('note')}
        />
        <Button
          size="xs"
          variant="default"
          type="submit"
          disabled={draft.form.values.note.trim() === ''}
          loading={add.isPending}
        >
          {t('note.add')}
        </Button>
      </Group>
    </form>
  )
}
