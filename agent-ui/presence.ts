import { useEffect, useRef, useState } from 'react'
import type { TicketPresence } from '#contract/casework/presence.ts'
import { useLive } from './live-store.ts'
import { createObservable, useObservable } from './observable.ts'
import { useUser } from './session.ts'
import { filesApi } from './ticket-files-api.ts'

/** The service takes a page that is silent for half a minute for gone. */
const SAY_EVERY_MS = 10_000
/** How long hands may rest between two words and still be typing. */
const REST_MS = 4_000

/** This page, among those of the person. */
const pageId = crypto.getRandomValues(new Uint32Array(4)).join('-')

const NOBODY: TicketPresence['people'] = []
const known = createObservable<TicketPresence | null>(null)

let inFront: string | null = null

/** Who is at a ticket; of others than the one in front here it is another tab's news, or too late. */
export function tellPresence(presence: TicketPresence): void {
  if (presence.ticketId !== inFront) return
  const isSame = (before: unknown) => JSON.stringify(before) === JSON.stringify(presence)
  known.change((before) => (isSame(before) ? before : presence))
}

/**
 * Says, once it is drawn, that this ticket is in front for as long as it is shown and the page can be seen;
 * who else has it, and what to call when somebody types here.
 */
export function useTicketPresence(
  ticketId: string,
  isOn: boolean,
): { others: TicketPresence['people']; typed: () => void } {
  const { id } = useUser()
  const isConnected = useLive(({ connection }) => connection.status === 'connected')
  const isSeen = usePageSeen()
  const [isTyping, typed] = useTyping()
  const isHere = isOn && isSeen && isConnected
  const doing = isTyping ? 'typing' : 'looking'
  useEffect(() => {
    if (!isHere) return undefined
    const say = () =>
      void filesApi.sayPresence(ticketId, { pageId, doing }).then(tellPresence, ignore)
    const first = setTimeout(say)
    const timer = setInterval(say, SAY_EVERY_MS)
    return () => {
      clearTimeout(first)
      clearInterval(timer)
    }
  }, [ticketId, isHere, doing])
  useEffect(() => {
    if (!isHere) return undefined
    inFront = ticketId
    const leave = () => void filesApi.sayPresence(ticketId, { pageId, doing: 'gone' }).catch(ignore)
    addEventListener('pagehide', leave)
    return () => {
      removeEventListener('pagehide', leave)
      if (inFront === ticketId) inFront = null
      setTimeout(leave)
    }
  }, [ticketId, isHere])
  const people = useObservable(known, (one) =>
    one?.ticketId === ticketId && isHere ? one.people : NOBODY,
  )
  return { others: people.filter((one) => one.id !== id), typed }
}

/** It is said again in a moment. */
function ignore(): void {}

function useTyping(): [boolean, () => void] {
  const [isTyping, setTyping] = useState(false)
  const rest = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(rest.current), [])
  return [
    isTyping,
    () => {
      setTyping(true)
      clearTimeout(rest.current)
      rest.current = setTimeout(() => setTyping(false), REST_MS)
    },
  ]
}

function usePageSeen(): boolean {
  const [isSeen, setSeen] = useState(document.visibilityState === 'visible')
  useEffect(() => {
    const look = () => setSeen(document.visibilityState === 'visible')
    document.addEventListener('visibilitychange', look)
    return () => document.removeEventListener('visibilitychange', look)
  }, [])
  return isSeen
}
