import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useLocation } from '@tanstack/react-router'
import type { HelpView } from '#contract/supervision/help.ts'
import { api } from '../../api.ts'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { KEYS, queries, refresh } from '../../queries.ts'
import { isAsking, ownOf } from '../../state/help.ts'
import { useCoarseNow } from '../../ticker.ts'
import { useWorkspace } from '../../workspace-store.ts'

/** The own request for help, while there is one; asking and taking back. */
export function useOwnHelp() {
  const { t } = useTranslation()
  const client = useQueryClient()
  const query = useQuery(queries.ownHelp())
  const ticketId = useTicketInFront()
  const now = useCoarseNow()
  const stands = query.data?.help ?? null
  const put = (help: HelpView) => client.setQueryData(queries.ownHelp().queryKey, ownOf(help))
  const ask = useMutation({
    mutationFn: () => api.askHelp(ticketId),
    onSuccess: (help) => {
      put(help)
      notifyDone(t('help.asked'))
    },
    onError: notifyFailure,
  })
  const withdraw = useMutation({
    mutationFn: (id: string) => api.withdrawHelp(id),
    onSuccess: put,
    onError: notifyFailure,
    onSettled: () => refresh(client, KEYS.help),
  })
  return { help: stands !== null && isAsking(stands, now) ? stands : null, ask, withdraw }
}

/** The ticket that is looked at: on its own page, or in the tab of the desk. */
function useTicketInFront(): string | null {
  const path = useLocation({ select: ({ pathname }) => pathname })
  const { tabs, activeKey } = useWorkspace()
  const [, ofPage] = /^\/tickets\/([^/]+)$/.exec(path) ?? []
  if (ofPage !== undefined) return decodeURIComponent(ofPage)
  if (path !== '/desk') return null
  return tabs.find(({ key }) => key === activeKey)?.ticketId ?? null
}

/** "I am coming", of one that somebody asks for. */
export function useTakeHelp() {
  const client = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => api.takeHelp(id),
    onError: notifyFailure,
    onSettled: () => {
      refresh(client, KEYS.help)
      refresh(client, KEYS.notifications)
    },
  })
}
