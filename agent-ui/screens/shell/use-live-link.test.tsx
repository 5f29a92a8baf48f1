import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import type { QueryClient } from '@tanstack/react-query'
import { act } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { live, tell } from '../../live-store.ts'
import { queries } from '../../queries.ts'
import { SESSION_KEY } from '../../session.ts'
import type { SocketHooks } from '../../socket.ts'
import { aProblem, fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mountHook } from '../../test-support/mount.tsx'
import { inPage, testClient } from '../../test-support/page.tsx'
import { aCall, aHelp, aSnapshot, aTicket, aUser } from '../../test-support/samples.ts'
import { useLiveLink } from './use-live-link.ts'

const me = aUser()
const mine = aTicket({ assignee: { id: me.id, displayName: me.displayName } })
let service: FakeService
let client: QueryClient

beforeEach(() => {
  vi.useFakeTimers()
  service = fakeService()
  client = testClient()
  tell({ type: 'signed_out' })
  for (const key of [['ticket', 'ticket-1'], ['call', 'call-1'], ['calls', 'all'], ['tickets']]) {
    client.setQueryData(key, {})
  }
})
afterEach(() => {
  client.clear()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** The hook with a socket played by the test. */
function linked() {
  let hooks: SocketHooks | null = null
  let stops = 0
  const connect = (given: SocketHooks) => {
    hooks = given
    return () => {
      stops += 1
    }
  }
  const page = mountHook(
    (user: typeof me) => useLiveLink(user, false, connect),
    me,
    (node) => inPage(node, { client }),
  )
  if (hooks === null) throw new Error('the hook connects when it is shown')
  const server: SocketHooks = hooks
  return { server, ...page, stops: () => stops }
}

async function pass(ms: number): Promise<void> {
  await act(async () => void (await vi.advanceTimersByTimeAsync(ms)))
}

function pageOf(id: string) {
  return { items: [aTicket({ id })], nextCursor: 'x' }
}

function isStale(...key: string[]): boolean | undefined {
  return client.getQueryState(key)?.isInvalidated
}

test('a connection that comes back reads everything again, of which news were missed', () => {
  client.setQueryData(SESSION_KEY, {})
  linked().server.onBack()
  const read = [['ticket', 'ticket-1'], ['call', 'call-1'], ['calls', 'all'], ['tickets']]
  expect(read.map((key) => isStale(...key))).toEqual([true, true, true, true])
  expect(isStale(...SESSION_KEY)).toBe(false)
})

describe('a call that changed', () => {
  test('is read again where it is shown: its page, its ticket, the list', async () => {
    const { server } = linked()
    const ticket = { id: 'ticket-1', code: 'KN-2026-000123' }
    server.onCallUpdated(aCall({ ticket }))
    expect(isStale('call', 'call-1')).toBe(true)
    expect(isStale('ticket', 'ticket-1')).toBe(true)
    expect(isStale('calls', 'all')).toBe(false)
    await pass(2_000)
    expect(isStale('calls', 'all')).toBe(true)
  })

  test('without a ticket makes no ticket stale', () => {
    linked().server.onCallUpdated(aCall())
    expect(isStale('ticket', 'ticket-1')).toBe(false)
  })
})

test('outages that changed are read again within two seconds, with every ticket on screen', async () => {
  client.setQueryData(['outages', 'list', 'open'], {})
  const { server } = linked()
  server.onOutagesChanged()
  await pass(2_000)
  expect([isStale('outages', 'list', 'open'), isStale('ticket', 'ticket-1')]).toEqual([true, true])
  expect(isStale('calls', 'all')).toBe(false)
})

test('who asks for help is known at once: to its agent and to supervisors, until it is over', () => {
  const [own, all] = [queries.ownHelp().queryKey, queries.help().queryKey]
  client.setQueryData(own, { help: null })
  client.setQueryData(all, { items: [] })
  const { server } = linked()
  const asked = aHelp({ agent: { id: me.id, displayName: me.displayName, extension: '101' } })
  const other = aHelp({ id: 'help-2', agent: { ...asked.agent, id: 'somebody-else' } })
  server.onHelpChanged(asked)
  server.onHelpChanged(other)
  expect([client.getQueryData(own), client.getQueryData(all)]).toEqual([
    { help: asked },
    { items: [asked, other] },
  ])
  server.onHelpChanged({ ...asked, endedAt: asked.askedAt, end: 'call_ended' })
  expect([client.getQueryData(own), client.getQueryData(all)]).toEqual([
    { help: null },
    { items: [other] },
  ])
})

test('what a supervisor did with this person is said at once, other news by the bell alone', () => {
  const { server } = linked()
  const told = { at: '2026-11-22T03:00:00.000Z', ticket: null, readAt: null }
  server.onNotification({ ...told, id: 'n1', kind: 'team_work', fields: {} })
  const fields = { by: 'Trưởng ca', state: 'ready', queue: 'hotline' }
  server.onNotification({ ...told, id: 'n2', kind: 'member_steered', fields })
  expect(notificationsStore.getState().notifications.map(({ message }) => message)).toEqual([
    'Trưởng ca cho bạn nhận cuộc gọi trở lại',
  ])
  cleanNotifications()
})

describe('a ticket that changed', () => {
  test('is read again at once, the lists once for all changes of two seconds', async () => {
    const { server } = linked()
    server.onTicketUpdated(aTicket())
    expect(isStale('ticket', 'ticket-1')).toBe(true)
    await pass(1_000)
    server.onTicketUpdated(aTicket({ id: 'ticket-2' }))
    await pass(1_000)
    expect(isStale('tickets')).toBe(true)
    client.setQueryData(['tickets'], 'read again')
    await pass(10_000)
    expect(isStale('tickets')).toBe(false)
    expect(service.asked).toEqual([])
  })

  test('of mine counts my open tickets anew', async () => {
    tell({ type: 'desk_snapshot', snapshot: aSnapshot() })
    const counts = { myOpenTickets: 4, callbacksDue: 1 }
    service.answer('GET /api/desk', { body: aSnapshot({ counts }) })
    linked().server.onTicketUpdated(mine)
    await pass(2_000)
    expect(live.get().desk?.counts).toEqual(counts)
  })

  test('is patched into the lists that show it; a long list is not read again under the reader', async () => {
    const key = ['tickets', 'list', 'open']
    const pages = { pages: [pageOf('ticket-1'), pageOf('ticket-2')], pageParams: ['', 'x'] }
    client.setQueryData(key, pages)
    linked().server.onTicketUpdated(aTicket({ id: 'ticket-2', version: 2, status: 'closed' }))
    const shown = client.getQueryData<typeof pages>(key)
    expect(shown?.pages[1]?.items[0]?.status).toBe('closed')
    await pass(10_000)
    expect(isStale(...key)).toBe(false)
  })

  test('by a promise is read again', () => {
    linked().server.onCallbackUpdated('ticket-1')
    expect(isStale('ticket', 'ticket-1')).toBe(true)
  })
})

describe('missed patches of the queues', () => {
  const snapshot = { rev: 9, asOf: '2026-11-22T03:00:00.000Z', pbx: [], queues: [] }

  test('are healed by one snapshot, however many were missed', async () => {
    service.answer('GET /api/queues', { body: snapshot })
    const { server } = linked()
    server.onQueuesGap()
    server.onQueuesGap()
    await pass(0)
    expect(live.get().queues).toEqual(snapshot)
    expect(service.asked).toHaveLength(1)
  })

  test('are asked for again when the snapshot failed', async () => {
    const { server } = linked()
    server.onQueuesGap()
    await pass(0)
    service.answer('GET /api/queues', { body: snapshot })
    server.onQueuesGap()
    await pass(0)
    expect(live.get().queues).toEqual(snapshot)
  })
})

describe('a link that the server refused', () => {
  test('ends the page’s session when it is over', async () => {
    client.setQueryData(SESSION_KEY, { user: me })
    service.answer('GET /api/session', aProblem(401))
    linked().server.onRefused()
    await pass(0)
    expect(client.getQueryData(SESSION_KEY)).toEqual({ user: me, isOver: true })
  })

  test.each([
    ['goes on', { body: { user: me } }],
    ['cannot be asked', aProblem(500)],
  ])('changes nothing when the session %s', async (_how, answer) => {
    client.setQueryData(SESSION_KEY, { user: me })
    service.answer('GET /api/session', answer)
    linked().server.onRefused()
    await pass(0)
    expect(client.getQueryData(SESSION_KEY)).toEqual({ user: me })
  })
})

describe('the link', () => {
  test('is one for as long as the person is the same', () => {
    const page = linked()
    page.update({ ...me, displayName: 'Nguyễn Văn An' })
    expect(page.stops()).toBe(0)
    page.update(aUser({ id: 'staff-2' }))
    expect(page.stops()).toBe(1)
  })

  test('ends with the page, and what it still meant to ask with it', async () => {
    const page = linked()
    page.server.onTicketUpdated(mine)
    page.server.onCallUpdated(aCall())
    page.unmount()
    expect(page.stops()).toBe(1)
    await pass(10_000)
    expect(isStale('calls', 'all')).toBe(false)
    expect(service.asked).toEqual([])
  })
})
