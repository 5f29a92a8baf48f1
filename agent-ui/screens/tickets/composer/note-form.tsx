import { Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import type { Ref } from 'react'
import { ticketNote } from '#contract/tickets.ts'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../../api.ts'
import { OtherDraft } from '../../../components/draft-form/other-draft.tsx'
import { useDraftForm } from '../../../components/draft-form/use-draft-form.ts'
import { OrderButton } from '../../../components/order-button.tsx'
import { WordsArea } from '../../../components/words-area/words-area.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { useUser } from '../../../session.ts'
import { maySee } from '../../screen-table.ts'
import { NoteUndo } from './note-undo.tsx'
import type { WrittenNote } from './note-undo.tsx'
import classes from './composer.module.css'

interface NoteFormProps {
  ticketId: string
  /** It was asked for before it was drawn: it takes the keyboard. */
  isWanted: boolean
  ref: Ref<HTMLTextAreaElement>
}

/** A note for colleagues; it lands on the timeline and changes nothing else. */
export function NoteForm({ ticketId, isWanted, ref }: NoteFormProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const user = useUser()
  const form = useRef<HTMLFormElement>(null)
  const [written, setWritten] = useState<WrittenNote | null>(null)
  const add = useMutation({
    mutationFn: (note: string) => api.addNote(ticketId, note),
    onSuccess: (ticket, sent) => {
      // what was typed meanwhile is not sent yet
      if (draft.form.getValues().note.trim() === sent) draft.clear()
      client.setQueryData(queries.ticket(ticketId).queryKey, ticket)
      setWritten(writtenNote(ticket, user.id, sent))
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
  return (
    <form ref={form} {...draft.props} aria-label={t('note.label')}>
      <Stack gap="xs">
        <OtherDraft draftKey={draft.key} />
        <WordsArea
          ref={ref}
          rows={3}
          autoFocus={isWanted}
          aria-label={t('note.label')}
          placeholder={t('note.placeholder')}
          {...draft.form.getInputProps('note')}
        />
        {written && (
          <NoteUndo
            key={written.lineId}
            ticketId={ticketId}
            note={written}
            onBack={(words) => {
              setWritten(null)
              // the button is gone, and what it brought back is to be mended
              form.current?.querySelector('textarea')?.focus()
              // whoever has begun another one is not disturbed
              if (draft.form.getValues().note === '') draft.form.setFieldValue('note', words)
            }}
          />
        )}
        <Group gap="xs">
          <OrderButton
            size="xs"
            variant="default"
            type="submit"
            disabled={draft.form.values.note.trim() === ''}
            loading={add.isPending}
          >
            {t('note.add')}
          </OrderButton>
          <Text size="xs" c="dimmed" ml="auto">
            {t('composer.hint')}
          </Text>
          {maySee(user.role, 'textModules') && (
            <Link className={classes.manage} to="/text-modules">
              {t('textModules.manage')}
            </Link>
          )}
        </Group>
      </Stack>
    </form>
  )
}

/** The line that came of it: the newest note of this person. */
function writtenNote({ timeline }: Ticket, staffId: string, words: string): WrittenNote | null {
  const line = timeline.findLast(({ kind, actor }) => kind === 'note' && actor?.id === staffId)
  return line === undefined ? null : { lineId: line.id, words, atMs: Date.now() }
}
