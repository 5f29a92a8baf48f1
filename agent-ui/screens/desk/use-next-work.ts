import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { notifyDone, notifyFailure } from '../../components/failure.tsx'
import { useTranslation } from '../../i18n/translation.tsx'
import { live } from '../../live-store.ts'
import { queries } from '../../queries.ts'
import { useUser } from '../../session.ts'
import { nextWork } from '../../state/next-work.ts'
import type { NextWork } from '../../state/next-work.ts'
import { step, useWorkspace } from '../../workspace-store.ts'

/** Asks what waits now and opens it; says so when nothing does. */
export function useNextWork(): () => void {
  const { t } = useTranslation()
  const client = useQueryClient()
  const user = useUser()
  const { tabs } = useWorkspace()
  const open = useOpenWork()
  const find = async () => {
    const [missed, tickets] = await Promise.all([
      client.fetchQuery(queries.missed()),
      client.fetchQuery(queries.myTickets(user.id)),
    ])
    const waiting = {
      promises: live.get().desk?.callbacks ?? [],
      missed: missed.items.filter(({ promise }) => promise?.status === 'scheduled').length,
      tickets: tickets.items,
      open: new Set(tabs.flatMap(({ ticketId }) => ticketId ?? [])),
    }
    const next = nextWork(waiting, Date.now() + live.get().clockOffsetMs)
    if (next) open(next)
    else notifyDone(t('desk.nothingNext'))
  }
  return () => void find().catch(notifyFailure)
}

function useOpenWork(): (work: NextWork) => void {
  const navigate = useNavigate()
  return (work) => {
    if (work.kind === 'missed') return void navigate({ to: '/missed' })
    step({ type: 'ticket_opened', ticketId: work.ticketId })
    void navigate({ to: '/desk' })
  }
}
