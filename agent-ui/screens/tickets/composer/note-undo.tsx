import { Button, Group, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { NOTE_UNDO_SECONDS } from '#contract/tickets.ts'
import { api } from '../../../api.ts'
import { notifyFailure } from '../../../components/failure.tsx'
import { useTranslation } from '../../../i18n/translation.tsx'
import { queries } from '../../../queries.ts'
import { useLocalNow } from '../../../ticker.ts'

/** A note that the service has just taken. */
export interface WrittenNote {
  lineId: string
  words: string
  /** By this machine's clock, epoch milliseconds. */
  atMs: number
}

interface UndoProps {
  ticketId: string
  note: WrittenNote
  /** It is taken back: its words are in nobody's hands. */
  onBack: (words: string) => void
}

/** Offers for a few seconds to take back what was just written, as the service then has it. */
export function NoteUndo({ ticketId, note, onBack }: UndoProps) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const now = useLocalNow()
  const back = useMutation({
    mutationFn: () => api.takeNoteBack(ticketId, note.lineId),
    onSuccess: (ticket) => {
      client.setQueryData(queries.ticket(ticketId).queryKey, ticket)
      onBack(note.words)
    },
    onError: notifyFailure,
  })
  const seconds = Math.ceil(NOTE_UNDO_SECONDS - (now - note.atMs) / 1_000)
  if (seconds <= 0 && !back.isPending) return null
  return (
    <Group gap="xs">
      <Text size="sm" role="status">
        {t('note.added')}
      </Text>
      <Button
        size="compact-xs"
        variant="default"
        title={t('note.undoHint')}
        loading={back.isPending}
        onClick={() => back.mutate()}
      >
        {t('note.undo')}
        <span aria-hidden className="numeric">
          &nbsp;({Math.max(1, seconds)})
        </span>
      </Button>
    </Group>
  )
}
