import { useEffect } from 'react'
import { Loading } from '../../components/failure.tsx'
import { useLive } from '../../live-store.ts'
import { followFront, useWorkspace } from '../../workspace-store.ts'
import { TicketView } from '../tickets/ticket-view.tsx'
import { DeskTabs } from './desk-tabs.tsx'
import { EmptyDesk } from './empty-desk.tsx'
import { PopPreview } from './pop-preview.tsx'

/** The agent's desk: tabs of calls and tickets, the chosen one in front. */
export function DeskScreen() {
  const pops = useLive(({ desk }) => desk?.pops)
  const promises = useLive(({ desk }) => desk?.callbacks)
  const state = useLive(({ desk }) => desk?.state.state)
  const { tabs, activeKey } = useWorkspace()
  useTopOfEach()
  if (!pops || !promises || !state) return <Loading />
  const active = tabs.find((tab) => tab.key === activeKey)
  const pop = active && pops.find((shown) => shown.call.id === active.callId)
  return (
    <>
      {tabs.length > 0 && <DeskTabs tabs={tabs} activeKey={activeKey} pops={pops} />}
      {active?.ticketId ? (
        <TicketView key={active.ticketId} ticketId={active.ticketId} pop={pop} />
      ) : pop ? (
        <PopPreview pop={pop} promises={promises} />
      ) : (
        <EmptyDesk state={state} />
      )}
    </>
  )
}

/**
 * Another tab begins at its top, however far down the last one was read: moved before it is drawn, when
 * nothing has to be laid out for it.
 */
function useTopOfEach(): void {
  useEffect(
    () =>
      followFront(() => {
        const content = document.getElementById('content')
        if (content) content.scrollTop = 0
      }),
    [],
  )
}
