import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { api } from './api.ts'
import { RequestFailed, whenSignedOut } from './request.ts'
import { aProblem, fakeService } from './test-support/fake-service.ts'
import type { FakeService } from './test-support/fake-service.ts'

let service: FakeService
let signedOut = 0

beforeEach(() => {
  service = fakeService()
  signedOut = 0
  whenSignedOut(() => {
    signedOut += 1
  })
})
afterEach(() => vi.unstubAllGlobals())

/** The failure of a request that must fail. */
async function failureOf(request: Promise<unknown>): Promise<RequestFailed> {
  const outcome = await request.catch((error: unknown) => error)
  if (outcome instanceof RequestFailed) return outcome
  throw new Error(`expected a RequestFailed, not ${String(outcome)}`)
}

describe('a request', () => {
  test('asks only for filters that are set', async () => {
    service.answer('GET /api/calls?direction=inbound&limit=50', { body: { items: [] } })
    await api.calls({ direction: 'inbound', status: undefined, limit: 50, cursor: '' })
    expect(service.asked.map((asked) => asked.path)).toEqual([
      '/api/calls?direction=inbound&limit=50',
    ])
  })

  test('writes search words and ids so that they stay what they are', async () => {
    service.answer('GET /api/tickets?q=m%E1%BA%A5t+m%E1%BA%A1ng+%26+LOS', { body: { items: [] } })
    service.answer('GET /api/calls/..%2Fstaff', { body: {} })
    await api.tickets({ q: 'mất mạng & LOS' })
    await api.call('../staff')
    expect(service.asked).toHaveLength(2)
  })

  test('carries its change as JSON and gives the answer back', async () => {
    service.answer('POST /api/desk/state', { body: { state: 'paused' } })
    const answer = await api.setState({ state: 'paused', reason: 'lunch' })
    expect(service.asked[0]?.body).toEqual({ state: 'paused', reason: 'lunch' })
    expect(answer.state).toBe('paused')
  })

  test('that answers nothing, as signing out does, gives nothing', async () => {
    service.answer('DELETE /api/session', { status: 204 })
    await expect(api.signOut()).resolves.toBeUndefined()
  })
})

describe('a request that fails', () => {
  test('without any answer is unreachable', async () => {
    expect(await failureOf(api.desk())).toMatchObject({ kind: 'unreachable', detail: null })
  })

  test('carries the server’s own words', async () => {
    service.answer('GET /api/desk', aProblem(409, 'changed by somebody else'))
    const failure = await failureOf(api.desk())
    expect(failure).toMatchObject({ kind: 'conflict', detail: 'changed by somebody else' })
    expect(failure.message).toBe('changed by somebody else')
  })

  test('with a page of a proxy instead of a problem is still told by its status', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('<html>', { status: 502 })))
    expect(await failureOf(api.desk())).toMatchObject({ kind: 'unreachable', detail: null })
  })

  test('says when to come back, and that tells the database from the PBX', async () => {
    service.answer('GET /api/desk', { ...aProblem(503), headers: { 'retry-after': '2' } })
    service.answer('GET /api/queues', aProblem(503, 'no PBX is connected'))
    expect(await failureOf(api.desk())).toMatchObject({ kind: 'busy', retryAfter: 2 })
    expect(await failureOf(api.queues())).toMatchObject({ kind: 'unavailable', retryAfter: null })
  })
})

describe('a session that is over', () => {
  test('is told once for each answer that says so', async () => {
    service.answer('GET /api/desk', aProblem(401))
    await failureOf(api.desk())
    expect(signedOut).toBe(1)
  })

  test('is not told by the question who is signed in, nor by a wrong password', async () => {
    service.answer('GET /api/session', aProblem(401))
    service.answer('POST /api/session', aProblem(401))
    await failureOf(api.session())
    await failureOf(api.signIn('an', 'wrong'))
    expect(signedOut).toBe(0)
  })
})

test.each([
  ['promise', () => api.promise('t/1', { note: 'x' }), 'POST', '/api/tickets/t%2F1/callbacks'],
  ['dial now', () => api.dialNow('c1'), 'POST', '/api/callbacks/c1/dial'],
  [
    'reschedule',
    () => api.reschedule('c1', { version: 2, dueAt: 'x' }),
    'PATCH',
    '/api/callbacks/c1',
  ],
  ['cancel', () => api.cancelPromise('c1', 'x'), 'POST', '/api/callbacks/c1/cancel'],
  ['note', () => api.addNote('t1', 'x'), 'POST', '/api/tickets/t1/notes'],
  ['ticket', () => api.ticket('t1'), 'GET', '/api/tickets/t1'],
  ['save', () => api.saveTicket('t1', { version: 1 }), 'PATCH', '/api/tickets/t1'],
  ['staff', () => api.staff(), 'GET', '/api/staff?limit=200'],
  ['save staff', () => api.saveStaff('s1', { version: 1 }), 'PATCH', '/api/staff/s1'],
] as const)('%s goes to its route', async (_name, ask, method, path) => {
  service.answer(`${method} ${path}`, { body: {} })
  await ask()
  expect(service.asked).toMatchObject([{ method, path }])
})
