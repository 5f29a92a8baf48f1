import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ProcessAction } from '#contract/casework/process.ts'
import type { Ticket } from '#contract/tickets.ts'
import { api } from '../../../api.ts'
import { useTranslation } from '../../../i18n/translation.tsx'
import { RequestFailed } from '../../../request.ts'
import { notifyDone } from '../../../components/failure.tsx'
import { KEYS, queries, refresh } from '../../../queries.ts'

interface Step {
  action: ProcessAction
  input: object
}

/** One step of the process; after a conflict the newer ticket is there with what is possible now. */
export function useAct(ticket: Ticket, onDone: () => void, onRefused: (error: unknown) => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ action, input }: Step) => api.act(ticket.id, action, ticket.version, input),
    onSuccess: (moved, { action }) => {
      client.setQueryData(queries.ticket(ticket.id).queryKey, moved)
      refresh(client, KEYS.tickets)
      refresh(client, KEYS.teams)
      notifyDone(t('process.done', { action: t(`action.${action}`) }))
      onDone()
    },
    onError: (error) => {
      if (error instanceof RequestFailed && error.kind === 'conflict') {
        refresh(client, queries.ticket(ticket.id).queryKey)
      }
      onRefused(error)
    },
  })
}
