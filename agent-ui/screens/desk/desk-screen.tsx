import { Loading } from '../../components/failure.tsx'
import { useDesk } from '../../live-store.ts'
import { useWorkspace } from '../../workspace-store.ts'
import { TicketView } from '../tickets/ticket-view.tsx'
import { DeskTabs } from './desk-tabs.tsx'
import { EmptyDesk } from './empty-desk.tsx'
import { PopPreview } from './pop-preview.tsx'

/** The agent's desk: tabs of calls and tickets, the chosen one in front. */
export function DeskScreen() {
  const desk = useDesk()
  const { tabs, activeKey } = useWorkspace()
  if (!desk) return <Loading />
  const active = tabs.find((tab) => tab.key === activeKey)
  const pop = active && desk.pops.find((shown) => shown.call.id === active.callId)
  return (
    <>
      {tabs.length > 0 && <DeskTabs tabs={tabs} activeKey={activeKey} pops={desk.pops} />}
      {active?.ticketId ? (
        <TicketView key={active.ticketId} ticketId={active.ticketId} pop={pop} />
      ) : pop ? (
        <PopPreview pop={pop} promises={desk.callbacks} />
      ) : (
        <EmptyDesk state={desk.state.state} />
      )}
    </>
  )
}
