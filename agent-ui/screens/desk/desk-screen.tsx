import { Activity, useDeferredValue, useEffect, useState } from 'react'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { Loading } from '../../components/failure.tsx'
import { useLive } from '../../live-store.ts'
import { afterPaint } from '../../page-sight.ts'
import { opensTicket } from '../../state/ticket-ahead.ts'
import type { WorkTab } from '../../state/workspace.ts'
import { followFront, useReadyCall, useWorkspace } from '../../workspace-store.ts'
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
  const active = tabs.find((tab) => tab.key === activeKey)
  const pop = active && pops?.find((shown) => shown.call.id === active.callId)
  const views = useViews(tabs, activeKey, pops)
  if (!pops || !promises || !state) return <Loading />
  return (
    <>
      {tabs.length > 0 && <DeskTabs tabs={tabs} activeKey={activeKey} pops={pops} />}
      {views.map(({ key, ...view }) => (
        <Activity key={key} mode={key === activeKey && view.ticketId !== '' ? 'visible' : 'hidden'}>
          <View {...view} />
        </Activity>
      ))}
      {!active?.ticketId && pop && <PopPreview pop={pop} promises={promises} />}
      {!active?.ticketId && !pop && <EmptyDesk state={state} />}
    </>
  )
}

interface ViewOfTab {
  ticketId: string
  pop: ScreenPop | undefined
}

/**
 * The ticket in front and, out of sight, the one before it until there is time to take it away, and one
 * that the answer of the ringing call is to open: made ready while there is time, it is only shown then.
 */
function useViews(
  tabs: readonly WorkTab[],
  activeKey: string | null,
  pops: readonly ScreenPop[] = [],
): ({ key: string } & ViewOfTab)[] {
  const ringing = useOnceSeen(pops.find(opensTicket))
  const keyBefore = useDeferredValue(activeKey)
  useReadyCall(ringing?.call.id ?? null)
  const shown = tabs.flatMap(({ key, callId, ticketId }) =>
    ticketId !== null && (key === activeKey || key === keyBefore)
      ? { key, ticketId, pop: pops.find(({ call }) => call.id === callId) }
      : [],
  )
  if (ringing === undefined || shown.some(({ key }) => key === ringing.call.id)) return shown
  return [...shown, { key: ringing.call.id, ticketId: '', pop: ringing }]
}

/** The value once what it makes the page show is on screen. */
function useOnceSeen<T>(value: T): T | undefined {
  const [seen, setSeen] = useState<{ value: T }>()
  useEffect(() => afterPaint(() => setSeen({ value })), [value])
  return seen?.value
}

/** What was made ready becomes the view of its ticket; of another ticket it is another one. */
function View({ ticketId, pop }: ViewOfTab) {
  const [isNew] = useState(ticketId === '')
  const [own, setOwn] = useState(ticketId)
  if (own === '' && ticketId !== '') setOwn(ticketId)
  const isOwn = own === ticketId
  return (
    <TicketView
      key={isOwn ? 'own' : ticketId}
      ticketId={ticketId}
      pop={pop}
      isNew={isNew && isOwn}
    />
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
