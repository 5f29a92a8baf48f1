import { useQuery } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { RequestFailed, api } from './api.ts'
import { dropDraftsOf } from './drafts.ts'
import { tell } from './live-store.ts'
import { forgetWorkspace } from './workspace-store.ts'

export const SESSION_KEY = ['session'] as const

/** Why nobody is signed in: never was, ended under the person, or left on purpose. */
export type Absence = 'unknown' | 'expired' | 'signed_out'

export type Session = { user: SessionUser } | { user: null; why: Absence }

async function fetchSession(): Promise<Session> {
  try {
    return await api.session()
  } catch (error) {
    if (error instanceof RequestFailed && error.kind === 'signed_out') {
      return { user: null, why: 'unknown' }
    }
    throw error
  }
}

export function useSession() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: fetchSession, staleTime: Infinity })
}

export function sessionStarted(client: QueryClient, user: SessionUser): void {
  client.setQueryData<Session>(SESSION_KEY, { user })
}

/** The server says the session is over: back to sign-in, keeping the path and the drafts. */
export function sessionEnded(client: QueryClient): void {
  const known = client.getQueryData<Session>(SESSION_KEY)
  if (!known?.user) return
  leave(client, 'expired')
}

/** The person signs out: nothing of theirs stays on a shared PC. */
export function signedOut(client: QueryClient): void {
  forgetWorkspace()
  dropDraftsOf(client.getQueryData<Session>(SESSION_KEY)?.user?.id ?? null)
  leave(client, 'signed_out')
}

function leave(client: QueryClient, why: Absence): void {
  tell({ type: 'signed_out' })
  client.removeQueries({ predicate: (query) => query.queryKey[0] !== SESSION_KEY[0] })
  const over: Session = { user: null, why }
  client.setQueryData<Session>(SESSION_KEY, () => over)
}

export const UserContext = createContext<SessionUser | null>(null)

/** The signed-in person; only inside the shell. */
export function useUser(): SessionUser {
  const user = useContext(UserContext)
  if (!user) throw new Error('useUser outside the shell')
  return user
}
