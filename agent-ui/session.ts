import { useQuery } from '@tanstack/react-query'
import type { QueryClient, QueryKey } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { SessionUser } from '#contract/staff.ts'
import { api } from './api.ts'
import { RequestFailed } from './request.ts'
import { dropDraftsOf } from './drafts.ts'
import { forgetKeptJobs, readKeptJobs } from './kept-jobs.ts'
import { tell } from './live-store.ts'
import { readAgain } from './read-again.ts'
import { dropUploads } from './uploads.ts'
import { forgetWorkspace } from './workspace-store.ts'

export const SESSION_KEY = ['session'] as const

/** Why nobody is signed in: never was, or left on purpose. */
export type Absence = 'unknown' | 'signed_out'

/**
 * Who the page belongs to. `isOver`: their session ended under them, and the page is kept as it is until
 * they sign in again.
 */
export type Session = Present | { user: null; why: Absence }

export interface Present {
  user: SessionUser
  isOver?: boolean
}

/** A technician's phone that reaches nobody shows their own page as it was. */
async function fetchSession(): Promise<Session> {
  try {
    return await api.session()
  } catch (error) {
    const { kind } = error instanceof RequestFailed ? error : { kind: null }
    if (kind === 'signed_out') {
      forgetKeptJobs()
      return { user: null, why: 'unknown' }
    }
    const kept = kind === 'unreachable' ? readKeptJobs() : null
    if (kept !== null) return { user: kept.user }
    throw error
  }
}

export function useSession() {
  return useQuery({ queryKey: SESSION_KEY, queryFn: fetchSession, staleTime: Infinity })
}

/** Whoever comes back finds the page as it was; anybody else finds nothing of the one before. */
export function sessionStarted(client: QueryClient, user: SessionUser): void {
  const before = client.getQueryData<Session>(SESSION_KEY)?.user
  if (before && before.id !== user.id) {
    forgetPerson(client)
  }
  if (readKeptJobs()?.user.id !== user.id) forgetKeptJobs()
  client.setQueryData<Session>(SESSION_KEY, { user })
  if (before?.id === user.id) readAllAgain(client)
}

/** News were missed: everything that is shown is read again, the rest when it is next shown. */
export function readAllAgain(client: QueryClient): void {
  readAgain(client, { predicate: isNoSession }, { cancelRefetch: true })
}

/** The server says that the session is over: the page stays, and asks who is there. */
export function sessionEnded(client: QueryClient): void {
  const known = client.getQueryData<Session>(SESSION_KEY)
  if (!known?.user) return
  tell({ type: 'connection', status: 'disconnected' })
  const over: Session = { user: known.user, isOver: true }
  client.setQueryData<Session>(SESSION_KEY, () => over)
}

/** The person signs out, here or in another tab: nothing of theirs stays on a shared PC. */
export function signedOut(client: QueryClient): void {
  dropDraftsOf(client.getQueryData<Session>(SESSION_KEY)?.user?.id ?? null)
  forgetPerson(client)
  const left: Session = { user: null, why: 'signed_out' }
  client.setQueryData<Session>(SESSION_KEY, () => left)
}

function forgetPerson(client: QueryClient): void {
  forgetWorkspace()
  dropUploads()
  forgetKeptJobs()
  tell({ type: 'signed_out' })
  client.removeQueries({ predicate: isNoSession })
}

function isNoSession({ queryKey }: { queryKey: QueryKey }): boolean {
  return queryKey[0] !== SESSION_KEY[0]
}

export const UserContext = createContext<SessionUser | null>(null)

/** The signed-in person; only inside the shell. */
export function useUser(): SessionUser {
  const user = useContext(UserContext)
  if (!user) throw new Error('useUser outside the shell')
  return user
}
