import { useQueryClient } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { api } from '../../api.ts'
import { SESSION_KEY, sessionStarted, signedOut } from '../../session.ts'
import type { Session } from '../../session.ts'
import { hearTabs } from '../../session-tabs.ts'

/** The tabs of a browser share one session: who leaves or comes in one does so in all. */
export function useOtherTabs(): void {
  const client = useQueryClient()
  useEffect(
    () =>
      hearTabs((news) => {
        if (news === 'signed_out') signedOut(client)
        else askWhoCame(client)
      }),
    [client],
  )
}

function askWhoCame(client: QueryClient): void {
  api.session().then(
    ({ user }) => {
      const known = client.getQueryData<Session>(SESSION_KEY)
      const here = known?.user ? known : null
      if (here?.user.id !== user.id || here.isOver) sessionStarted(client, user)
    },
    // the next request says it
    () => undefined,
  )
}
