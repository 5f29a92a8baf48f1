import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useCallback } from 'react'
import type { FormEvent, KeyboardEvent } from 'react'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { RequestFailed } from '../../request.ts'
import { notifyFailure } from '../../components/failure.tsx'
import { OtherDraft } from '../../components/draft-form/other-draft.tsx'
import { Later } from '../../components/later.tsx'
import { OrderButton } from '../../components/order-button.tsx'
import { Tone } from '../../components/tone.tsx'
import { useLatest } from '../../latest.ts'
import { KEYS, queries, refresh } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { formatClock } from '../../state/local-time.ts'
import { isAhead } from '../../state/ticket-ahead.ts'
import { patchOf } from '../../state/ticket-draft.ts'
import type { TicketDraft } from '../../state/ticket-draft.ts'
import { TicketDetails } from './ticket-details.tsx'
import { TicketFields } from './ticket-fields.tsx'
import { useTicketDraft } from './use-ticket-draft.ts'
import type { TicketEdit } from './use-ticket-draft.ts'

const TicketConflict = lazy(async () => ({
  default: (await import('./ticket-conflict.tsx')).TicketConflict,
}))

/** What is known of the matter, saved with the version they were read at. */
export function TicketForm({ ticket }: { ticket: Ticket }) {
  const { t } = useTranslation()
  const user = useUser()
  const edit = useTicketDraft(user.id, ticket)
  const latest = useLatest(edit)
  const onEdit = useCallback(
    (change: Partial<TicketDraft>) => latest.current.edit(change),
    [latest],
  )
  const save = useSave(ticket.id, edit)
  const isRead = !isAhead(ticket)
  const canSave = isRead && edit.changed.length > 0 && edit.conflicts.length === 0
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (canSave && !save.isPending) save.mutate()
  }
  const onKeys = (event: KeyboardEvent<HTMLFormElement>) => {
    if (event.key === 'Enter' && event.ctrlKey) submit(event)
    if (event.key === 'Escape' && event.target instanceof HTMLElement) event.target.blur()
  }
  return (
    <form
      onSubmit={submit}
      onKeyDown={onKeys}
      aria-label={t('ticket.title', { code: ticket.code })}
    >
      <Stack gap="xs">
        <OtherDraft draftKey={ticket.id} />
        {edit.conflicts.length > 0 && (
          <Suspense fallback={null}>
            <TicketConflict edit={edit} />
          </Suspense>
        )}
        {edit.wasRestored && edit.changed.length > 0 && edit.conflicts.length === 0 && (
          <Alert color="yellow.9" variant="outline" p="xs" role="status">
            {t('ticket.draftKept')}
          </Alert>
        )}
        <TicketFields ticket={ticket} draft={edit.draft} onEdit={onEdit} />
        {isRead && (
          <Later>
            <TicketDetails draft={edit.draft} onEdit={onEdit} />
          </Later>
        )}
        <SaveBar edit={edit} canSave={canSave} save={save} />
      </Stack>
    </form>
  )
}

function useSave(ticketId: string, edit: TicketEdit) {
  const client = useQueryClient()
  const { queryKey } = queries.ticket(ticketId)
  return useMutation({
    mutationFn: () => {
      return api.saveTicket(ticketId, patchOf(edit.draft, edit.changed))
    },
    onSuccess: (saved) => {
      client.setQueryData(queryKey, saved)
      refresh(client, KEYS.tickets)
    },
    onError: (error) => {
      const isConflict = error instanceof RequestFailed && error.kind === 'conflict'
      // the newer ticket arrives and the differences are shown beside the draft
      if (isConflict) void client.invalidateQueries({ queryKey })
      notifyFailure(error)
    },
  })
}

interface SaveBarProps {
  edit: TicketEdit
  canSave: boolean
  save: ReturnType<typeof useSave>
}

/** It was saved is said where one looks, and stays until something is typed again. */
function SaveBar({ edit, canSave, save }: SaveBarProps) {
  const { t } = useTranslation()
  const isChanged = edit.changed.length > 0
  const savedAt = save.isSuccess && !isChanged ? new Date(save.submittedAt).toISOString() : null
  return (
    <Group gap="xs">
      <OrderButton
        type="submit"
        size="xs"
        variant={isChanged ? 'light' : 'default'}
        loading={save.isPending}
        disabled={!canSave}
      >
        {t('common.save')}
      </OrderButton>
      {isChanged && (
        <Button size="xs" variant="default" onClick={edit.discard}>
          {t('ticket.discard')}
        </Button>
      )}
      {isChanged && <Tone tone="warn">{t('ticket.unsaved')}</Tone>}
      <span role="status" className="numeric">
        {savedAt !== null && t('common.savedAt', { time: formatClock(savedAt) })}
      </span>
      <Text size="xs" c="dimmed" ml="auto">
        {t('ticket.saveHint')}
      </Text>
    </Group>
  )
}
