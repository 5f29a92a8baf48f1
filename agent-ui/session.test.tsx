import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { keepJobs, readKeptJobs } from './kept-jobs.ts'
import { live, tell } from './live-store.ts'
import {
  SESSION_KEY,
  UserContext,
  sessionEnded,
  sessionStarted,
  signedOut,
  useSession,
  useUser,
} from './session.ts'
import { aProblem, fakeService } from './test-support/fake-service.ts'
import type { FakeService } from './test-support/fake-service.ts'
import { mountHook } from './test-support/mount.tsx'
import { inPage, settle, testClient } from './test-support/page.tsx'
import { aSnapshot, aUser } from './test-support/samples.ts'
import { step, useWorkspace } from './workspace-store.ts'

let service: FakeService

beforeEach(() => {
  service = fakeService()
  tell({ type: 'signed_out' })
})
afterEach(() => vi.unstubAllGlobals())

async function asked() {
  const client = testClient()
  const hook = mountHook(useSession, undefined, (node) => inPage(node, { client }))
  await settle()
  return { client, hook }
}

describe('who is signed in', () => {
  test('is the person the service names', async () => {
    service.answer('GET /api/session', { body: { user: aUser() } })
    const { hook } = await asked()
    expect(hook.now.data?.user).toEqual(aUser())
  })

  test('is nobody when the service says 401', async () => {
    service.answer('GET /api/session', aProblem(401))
    const { hook } = await asked()
    expect(hook.now.data).toEqual({ user: null, why: 'unknown' })
  })

  test('is the technician whose jobs are kept on this phone while the service cannot be reached', async () => {
    const user = aUser({ id: 'kt', role: 'field' })
    keepJobs({ user, at: Date.now(), jobs: [], tickets: [] })
    expect((await asked()).hook.now.data?.user).toEqual(user)
    service.answer('GET /api/session', aProblem(401))
    expect((await asked()).hook.now.data?.user).toBeNull()
    expect(readKeptJobs()).toBeNull()
  })

  test('leaves no jobs to the next person on the phone', () => {
    const client = testClient()
    const user = aUser({ id: 'kt', role: 'field' })
    const kept = { user, at: Date.now(), jobs: [], tickets: [] }
    keepJobs(kept)
    sessionStarted(client, user)
    expect(readKeptJobs()).toEqual(kept)
    signedOut(client)
    expect(readKeptJobs()).toBeNull()
    keepJobs(kept)
    sessionStarted(testClient(), aUser({ id: 'lan' }))
    expect(readKeptJobs()).toBeNull()
  })

  test('is not known while the service cannot be reached', async () => {
    const { hook } = await asked()
    expect(hook.now.data).toBeUndefined()
    expect(hook.now.isError).toBe(true)
  })

  test('takes their drafts along when they sign out, and leaves them when the session ends', () => {
    const client = testClient()
    const key = 'hotline.draft.staff-1.ticket-1'
    sessionStarted(client, aUser())
    localStorage.setItem(key, '{}')
    sessionEnded(client)
    expect(localStorage.getItem(key)).toBe('{}')
    sessionStarted(client, aUser())
    signedOut(client)
    expect(localStorage.getItem(key)).toBeNull()
  })

  test('is the person who just signed in', async () => {
    service.answer('GET /api/session', aProblem(401))
    const { client, hook } = await asked()
    act(() => sessionStarted(client, aUser({ id: 'staff-2' })))
    await settle()
    expect(hook.now.data?.user?.id).toBe('staff-2')
  })
})

/** Somebody with a ticket open, whose session then ends. */
function signedIn() {
  const client = testClient()
  client.setQueryData(SESSION_KEY, { user: aUser() })
  client.setQueryData(['ticket', 'ticket-1'], { subject: 'riêng' })
  tell({ type: 'desk_snapshot', snapshot: aSnapshot() })
  step({ type: 'ticket_opened', ticketId: 'ticket-1' })
  return client
}

describe('the end of a session', () => {
  test('keeps the page as it is, and says that no news arrive', () => {
    const client = signedIn()
    sessionEnded(client)
    expect(client.getQueryData(SESSION_KEY)).toEqual({ user: aUser(), isOver: true })
    expect(client.getQueryData(['ticket', 'ticket-1'])).toEqual({ subject: 'riêng' })
    expect(live.get().desk).not.toBeNull()
    expect(live.get().connection.status).toBe('disconnected')
  })

  test('is made good by the same person, whose answers are then asked for anew', () => {
    const client = signedIn()
    sessionEnded(client)
    sessionStarted(client, aUser())
    expect(client.getQueryData(SESSION_KEY)).toEqual({ user: aUser() })
    expect(client.getQueryState(['ticket', 'ticket-1'])?.isInvalidated).toBe(true)
    expect(mountHook(useWorkspace, undefined).now.tabs).toHaveLength(1)
  })

  test('leaves nothing of the person to another who signs in', () => {
    const client = signedIn()
    sessionEnded(client)
    sessionStarted(client, aUser({ id: 'staff-2' }))
    expect(client.getQueryData(['ticket', 'ticket-1'])).toBeUndefined()
    expect(live.get().desk).toBeNull()
    expect(mountHook(useWorkspace, undefined).now.tabs).toEqual([])
  })

  test('on purpose closes the tabs too', () => {
    const client = signedIn()
    signedOut(client)
    expect(client.getQueryData(SESSION_KEY)).toEqual({ user: null, why: 'signed_out' })
    expect(mountHook(useWorkspace, undefined).now.tabs).toEqual([])
  })

  test('is told once: a late 401 does not turn a sign-out into an expiry', () => {
    const client = signedIn()
    signedOut(client)
    sessionEnded(client)
    expect(client.getQueryData(SESSION_KEY)).toEqual({ user: null, why: 'signed_out' })
  })
})

describe('the person of a screen', () => {
  test('is the one of the shell around it', () => {
    const hook = mountHook(useUser, undefined, (node) => (
      <UserContext value={aUser({ id: 'staff-9' })}>{node}</UserContext>
    ))
    expect(hook.now.id).toBe('staff-9')
  })
})
