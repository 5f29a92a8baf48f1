import { Activity, useEffect, useState } from 'react'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { Loading } from '../../components/failure.tsx'
import { useOncePainted } from '../../components/later.tsx'
import { useLive } from '../../live-store.ts'
import { opensTicket } from '../../state/ticket-ahead.ts'
import type { WorkTab } from '../../state/workspace.ts'
import { followFront, useReadyCall, useWorkspace } from '../../workspace-store.ts'
import { TicketView } from '../tickets/ticket-view.tsx'
import { DeskTabs } from './desk-tabs.tsx'
import { EmptyDesk } from './empty-desk.tsx'
import { PopPreview } from './pop-preview.tsx'
import classes from './desk.module.css'

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
      {views.map(({ key, ...view }) => {
        const isAhead = view.ticketId === ''
        return (
          <div
            key={key}
            className={!isAhead && key === activeKey ? undefined : classes.outOfSight}
            ref={isAhead ? layOut : undefined}
          >
            <Activity mode={isAhead ? 'hidden' : 'visible'}>
              <View {...view} />
            </Activity>
          </div>
        )
      })}
      {!active?.ticketId && pop && <PopPreview pop={pop} promises={promises} />}
      {!active?.ticketId && !pop && <EmptyDesk state={state} />}
    </>
  )
}

/**
 * What `Activity` hides is laid out all the same, once, as wide as it will stand: to show it is then only to
 * paint it. A hidden place keeps the layout that it had.
 */
function layOut(place: HTMLElement | null): (() => void) | undefined {
  if (!place) return undefined
  const observer = new MutationObserver(() => {
    for (const child of place.children) {
      if (child instanceof HTMLElement) child.style.removeProperty('display')
    }
    place.style.contentVisibility = 'visible'
    // asking for its size makes the browser lay it out now
    place.getBoundingClientRect()
    place.style.removeProperty('content-visibility')
  })
  observer.observe(place, { childList: true })
  return () => observer.disconnect()
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
  const ringing = useOncePainted(pops.find(opensTicket))
  const keyBefore = useOncePainted(activeKey)
  useReadyCall(ringing?.call.id ?? null)
  const shown = tabs.flatMap(({ key, callId, ticketId }) =>
    ticketId !== null && (key === activeKey || key === keyBefore)
      ? { key, ticketId, pop: pops.find(({ call }) => call.id === callId) }
      : [],
  )
  if (ringing === undefined || shown.some(({ key }) => key === ringing.call.id)) return shown
  return [...shown, { key: ringing.call.id, ticketId: '', pop: ringing }]
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
