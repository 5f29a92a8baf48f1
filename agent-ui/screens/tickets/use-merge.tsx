import { Button, Group } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Ticket, TicketRef } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { say } from '../../components/say.ts'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { step } from '../../workspace-store.ts'

/** Long enough to see that it was the wrong one. */
const UNDO_MS = 15_000

/** Makes this ticket part of another one and brings that one to the front; a message takes it back. */
export function useMerge(ticket: Ticket | null) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const undo = useUnmerge()
  return useMutation({
    mutationFn: async (into: TicketRef) => {
      if (ticket === null) throw new Error('there is no ticket to merge yet')
      return api.act(ticket.id, 'merge', ticket.version, { into: into.id })
    },
    onSuccess: (merged, into) => {
      client.setQueryData(queries.ticket(merged.id).queryKey, merged)
      refresh(client, queries.ticket(into.id).queryKey)
      refresh(client, KEYS.tickets)
      step({ type: 'ticket_opened', ticketId: into.id })
      const id = say({
        color: 'teal.9',
        autoClose: UNDO_MS,
        message: (
          <Group justify="space-between">
            {t('others.merged', { code: into.code })}
            <Button
              size="compact-xs"
              variant="default"
              onClick={() => {
                notifications.hide(id)
                undo.mutate(merged)
              }}
            >
              {t('others.undo')}
            </Button>
          </Group>
        ),
      })
    },
    onError: (error) => {
      if (ticket) refresh(client, queries.ticket(ticket.id).queryKey)
      notifyFailure(error)
    },
  })
}

/** Takes a merge back: calls, promises, notes and clocks are where they were. */
export function useUnmerge() {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (merged: Ticket) => api.act(merged.id, 'unmerge', merged.version, {}),
    onSuccess: (ticket) => {
      client.setQueryData(queries.ticket(ticket.id).queryKey, ticket)
      refresh(client, KEYS.tickets)
      step({ type: 'ticket_opened', ticketId: ticket.id })
      notifyDone(t('others.undone'))
    },
    onError: notifyFailure,
  })
}
