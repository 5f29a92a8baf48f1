import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { TicketRow } from '#contract/tickets.ts'
import { api } from '../../api.ts'
import { notifyDone } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'

/** So many tickets go to the server at once. */
export const MOST_AT_ONCE = 100

interface LinkOrder {
  /** The parent ticket of the outage. */
  outageId: string
  rows: readonly TicketRow[]
}

/** Links tickets to an outage or takes them out again: all of them, or none and why. */
export function useLinkTickets(how: 'link' | 'unlink', onDone: () => void) {
  const { t } = useTranslation()
  const client = useQueryClient()
  return useMutation({
    mutationFn: ({ outageId, rows }: LinkOrder) => {
      const ids = rows.map(({ id }) => id)
      return how === 'link' ? api.linkTickets(outageId, ids) : api.unlinkTickets(outageId, ids)
    },
    onSuccess: (outage, { outageId, rows }) => {
      client.setQueryData(queries.outage(outageId).queryKey, outage)
      notifyDone(t(`outages.${how}Done`, { count: rows.length }))
      onDone()
    },
    onSettled: (_outage, _error, { rows }) => {
      refresh(client, KEYS.tickets)
      for (const { id } of rows) refresh(client, queries.ticket(id).queryKey)
    },
  })
}
