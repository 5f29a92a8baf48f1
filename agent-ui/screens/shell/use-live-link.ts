import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { api } from '../../api.ts'
import { showSteered } from '../notifications/steered-message.ts'
import { KEYS, queries, refresh } from '../../queries.ts'
import { tell } from '../../live-store.ts'
import { readAgain } from '../../read-again.ts'
import { readAllAgain, SESSION_KEY, sessionEnded } from '../../session.ts'
import { connectSocket } from '../../socket.ts'
import { ownOf, withHelp } from '../../state/help.ts'
import { withNotification } from '../../state/notification-text.ts'
import { patchTicketLists, refreshTicketLists } from '../../ticket-lists.ts'

/** Lists are refetched at most this often, however many rows change. */
const LIST_REFRESH_MS = 2_000

/** Every page hears of an outage at once, and in the wave of calls that comes with it: they ask in turn. */
const OUTAGES_SPREAD_MS = 2_000

/** Keeps the page in step with the server for as long as the person is signed in: not while it `isOver`. */
export function useLiveLink(user: SessionUser, isOver: boolean, connect = connectSocket): void {
  const client = useQueryClient()
  const staffId = user.id
  useEffect(() => {
    if (isOver) return undefined
    const lists = coalesced(() => refreshTicketLists(client), LIST_REFRESH_MS)
    const calls = coalesced(() => refresh(client, KEYS.calls), LIST_REFRESH_MS)
    const promises = coalesced(() => refresh(client, KEYS.callbacks), LIST_REFRESH_MS)
    const counts = coalesced(refreshCounts, LIST_REFRESH_MS)
    const outages = coalesced(() => refreshOutages(client), Math.random() * OUTAGES_SPREAD_MS)
    const disconnect = connect({
      onRefused: () => checkSession(client),
      onBack: () => readAllAgain(client),
      onTicketUpdated: (row) => {
        readTicketAgain(client, row.id)
        patchTicketLists(client, row)
        lists.ask()
        if (row.assignee?.id === staffId) counts.ask()
      },
      onCallUpdated: (call) => {
        refresh(client, queries.call(call.id).queryKey)
        if (call.ticket) readTicketAgain(client, call.ticket.id)
        calls.ask()
      },
      onCallbackUpdated: (ticketId) => {
        if (ticketId !== null) readTicketAgain(client, ticketId)
        promises.ask()
      },
      onMissedChanged: () => refresh(client, KEYS.missed),
      onNotification: (told) => {
        if (told.kind === 'member_steered') showSteered(told)
        client.setQueryData(
          queries.unreadNotifications().queryKey,
          (known) =>
            known && {
              ...known,
              unread: known.unread + (known.items.some(({ id }) => id === told.id) ? 0 : 1),
              items: withNotification(known.items, told),
            },
        )
        refresh(client, KEYS.notifications)
      },
      onHelpChanged: (help) => {
        if (help.agent.id === staffId) client.setQueryData(queries.ownHelp().queryKey, ownOf(help))
        client.setQueryData(
          queries.help().queryKey,
          (known) => known && { items: withHelp(known.items, help) },
        )
        refresh(client, KEYS.notifications)
      },
      onOutagesChanged: outages.ask,
      onAlarmsChanged: () => refresh(client, KEYS.alarms),
      onQueuesGap: () => void refreshQueues(),
    })
    return () => {
      disconnect()
      lists.stop()
      calls.stop()
      promises.stop()
      counts.stop()
      outages.stop()
    }
  }, [client, staffId, isOver, connect])
}

function coalesced(run: () => void, everyMs: number): { ask: () => void; stop: () => void } {
  let timer: ReturnType<typeof setTimeout> | null = null
  return {
    ask: () => {
      timer ??= setTimeout(() => {
        timer = null
        run()
      }, everyMs)
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer)
    },
  }
}

/** At once, also when it is being read. */
function readTicketAgain(client: QueryClient, ticketId: string): void {
  readAgain(client, { queryKey: queries.ticket(ticketId).queryKey }, { cancelRefetch: true })
}

/** Of each ticket on screen, too: it says what is known of its area. */
function refreshOutages(client: QueryClient): void {
  refresh(client, KEYS.outages)
  refresh(client, KEYS.ticketPages)
}

function refreshCounts(): void {
  api.desk().then(
    ({ counts }) => tell({ type: 'counts', counts }),
    () => undefined,
  )
}

let fetching = false

/** One snapshot heals any number of missed patches. */
async function refreshQueues(): Promise<void> {
  if (fetching) return
  fetching = true
  try {
    tell({ type: 'queues_snapshot', snapshot: await api.queues() })
  } catch {
    // the next patch asks again while the gap is open
  } finally {
    fetching = false
  }
}

/** Asks who is signed in without disturbing what is on screen. */
function checkSession(client: QueryClient): void {
  api.session().then(
    (session) => client.setQueryData(SESSION_KEY, session),
    (error: unknown) => {
      if (error instanceof Error && 'kind' in error && error.kind === 'signed_out') {
        sessionEnded(client)
      }
    },
  )
}
