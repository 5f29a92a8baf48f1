import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Ticket } from '#contract/tickets.ts'
import { notifyDone } from '../../../components/failure.tsx'
import { KEYS, queries, refresh } from '../../../queries.ts'

/** Notes something of an answer; the ticket is then as the service says. */
export function useNoteReply(
  said: string,
  onDone: () => void,
  onRefused: (error: unknown) => void,
) {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (send: () => Promise<Ticket>) => send(),
    onSuccess: (ticket) => {
      client.setQueryData(queries.ticket(ticket.id).queryKey, ticket)
      refresh(client, KEYS.tickets)
      notifyDone(said)
      onDone()
    },
    onError: onRefused,
  })
}
