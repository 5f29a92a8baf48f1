import { Button, Group, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../api.ts'
import { notifyFailure } from '../../components/failure.tsx'
import classes from './ticket.module.css'

/** A note for colleagues; it lands on the timeline and changes nothing else. */
export function NoteBox({ ticketId }: { ticketId: string }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [note, setNote] = useState('')
  const add = useMutation({
    mutationFn: (text: string) => api.addNote(ticketId, text),
    onSuccess: (ticket) => {
      setNote('')
      client.setQueryData(['ticket', ticketId], ticket)
    },
    onError: notifyFailure,
  })
  const isEmpty = note.trim() === ''
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!isEmpty && !add.isPending) add.mutate(note.trim())
  }
  const onKeys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && event.ctrlKey) submit(event)
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
  }
  return (
    <form
      className={classes.item}
      onSubmit={submit}
      onKeyDown={onKeys}
      aria-label={t('note.label')}
    >
      <Group gap="xs" align="flex-end">
        <Textarea
          size="xs"
          flex={1}
          rows={1}
          maxLength={5_000}
          aria-label={t('note.label')}
          placeholder={t('note.placeholder')}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          type="submit"
          disabled={isEmpty}
          loading={add.isPending}
        >
          {t('note.add')}
        </Button>
      </Group>
    </form>
  )
}
