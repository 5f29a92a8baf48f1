import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PopReceipt } from '#contract/screen-pop.ts'
import { live, tell } from './live-store.ts'
import { connectSocket, greeting, takePop } from './socket.ts'
import { fakeLink } from './test-support/fake-link.ts'
import { aCall, aCallback, aPop, aSnapshot, aTicket } from './test-support/samples.ts'

beforeEach(() => {
  vi.useFakeTimers()
  tell({ type: 'signed_out' })
})
afterEach(() => vi.useRealTimers())

/** The page's link with a server played by the test; `heard` is what the hooks were told. */
function connected() {
  const server = fakeLink()
  const heard: unknown[] = []
  const stop = connectSocket(
    {
      onRefused: () => heard.push('refused'),
      onBack: () => heard.push('back'),
      onNotification: (told) => heard.push(['notification', told.id]),
      onTicketUpdated: (ticket) => heard.push(['ticket', ticket.id, ticket.assignee?.id ?? null]),
      onCallUpdated: (call) => heard.push(['call', call.id]),
      onMissedChanged: () => heard.push('missed'),
      onHelpChanged: ({ id }) => heard.push(`help ${id}`),
      onCallbackUpdated: (ticketId) => heard.push(['callback of', ticketId]),
      onOutagesChanged: () => heard.push('outages'),
      onAlarmsChanged: () => heard.push('alarms'),
      onQueuesGap: () => heard.push('gap'),
    },
    () => server.link,
  )
  server.say('connect')
  return { ...server, heard, stop }
}

/** Until what is drawn now is on screen. */
function paint(): void {
  vi.advanceTimersToNextFrame()
  vi.advanceTimersByTime(1)
}

describe('the receipt of a pop', () => {
  test('is given when the pop is on screen', () => {
    tell({ type: 'desk_snapshot', snapshot: aSnapshot() })
    const shownAtReceipt: [PopReceipt, string[]][] = []
    takePop(aPop({ rev: 2 }), (seen) => {
      shownAtReceipt.push([seen, live.get().desk?.pops.map((pop) => pop.id) ?? []])
    })
    expect(shownAtReceipt).toEqual([])
    paint()
    expect(shownAtReceipt).toEqual([[{ id: 'pop-1', rev: 2 }, ['pop-1']]])
  })

  test('is not given before the first snapshot, so the server sends the pop again', () => {
    const receipts: PopReceipt[] = []
    takePop(aPop(), (seen) => receipts.push(seen))
    paint()
    expect(receipts).toEqual([])
  })

  test('waits until the page can be seen, and is then given once, for the latest', () => {
    tell({ type: 'desk_snapshot', snapshot: aSnapshot() })
    const sight = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    const receipts: PopReceipt[] = []
    takePop(aPop({ rev: 2 }), () => receipts.push({ id: 'an earlier try', rev: 0 }))
    takePop(aPop({ rev: 2 }), (seen) => receipts.push(seen))
    document.dispatchEvent(new Event('visibilitychange'))
    paint()
    expect(receipts).toEqual([])
    sight.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    document.dispatchEvent(new Event('visibilitychange'))
    paint()
    expect(receipts).toEqual([{ id: 'pop-1', rev: 2 }])
    sight.mockRestore()
  })

  test('of a doubled or late pop names the newest revision shown', () => {
    tell({ type: 'desk_snapshot', snapshot: aSnapshot({ pops: [aPop({ rev: 5 })] }) })
    const receipts: PopReceipt[] = []
    takePop(aPop({ rev: 3 }), (seen) => receipts.push(seen))
    paint()
    expect(receipts).toEqual([{ id: 'pop-1', rev: 5 }])
  })
})

describe('news of the desk', () => {
  test('reach what the screens show', () => {
    const server = connected()
    const state = { ...aSnapshot().state, state: 'paused', reason: 'lunch' } as const
    server.say('desk_snapshot', aSnapshot())
    server.say('screen_pop', aPop(), () => undefined)
    server.say('desk_call', aCall())
    server.say('agent_state', state)
    server.say('callback_updated', aCallback())
    expect(live.get().desk?.call, 'what is beside the pop waits for its paint').toBeNull()
    vi.advanceTimersToNextFrame()
    vi.advanceTimersByTime(1)
    expect(live.get().desk).toMatchObject({
      pops: [{ id: 'pop-1' }],
      call: { id: 'call-1' },
      state,
      callbacks: [{ id: 'callback-1' }],
    })
    expect(server.heard).toEqual([['callback of', 'ticket-1']])
  })

  test.each(['missed', 'asked'] as const)('of a caller who %s a call reach that list', (reason) => {
    const server = connected()
    server.say('callback_updated', aCallback({ reason }))
    expect(server.heard).toContain('missed')
  })

  test('the end of somebody else’s call leaves the call that I talk on', () => {
    const server = connected()
    server.say('desk_snapshot', aSnapshot({ call: aCall({ id: 'mine' }) }))
    server.say('call_updated', aCall({ id: 'handed-over', status: 'ended' }))
    expect(live.get().desk?.call?.id).toBe('mine')
    expect(server.heard).toEqual([['call', 'handed-over']])
  })

  test('a call that I handed over does not come back to my desk while it goes on', () => {
    const server = connected()
    server.say('desk_snapshot', aSnapshot({ call: aCall() }))
    server.say('desk_call', null)
    server.say('call_updated', aCall())
    expect(live.get().desk?.call).toBeNull()
  })
})

describe('news of records and queues', () => {
  test('name the ticket that changed and whose it is', () => {
    const server = connected()
    server.say('ticket_updated', aTicket())
    server.say('ticket_updated', aTicket({ assignee: { id: 'staff-1', displayName: 'An' } }))
    expect(server.heard).toEqual([
      ['ticket', 'ticket-1', null],
      ['ticket', 'ticket-1', 'staff-1'],
    ])
  })

  test('a missed patch asks for a snapshot, the next one in order does not', () => {
    const server = connected()
    const asOf = '2026-11-22T03:00:00.000Z'
    server.say('queues_snapshot', { rev: 1, asOf, pbx: [], queues: [] })
    server.say('queues_patch', { rev: 2, asOf, queues: [] })
    expect(server.heard).toEqual([])
    server.say('queues_patch', { rev: 4, asOf, queues: [] })
    expect(server.heard).toEqual(['gap'])
  })

  test('the state of PBX, database and page is shown', () => {
    const server = connected()
    const since = '2026-11-22T03:00:00.000Z'
    const closed = { pbxId: 'pbx1', link: 'closed', since, version: null, problem: null } as const
    server.say('pbx_status', [closed])
    server.say('service_status', { database: 'waiting', since })
    server.say('client_outdated', { appVersion: '2' })
    expect(live.get()).toMatchObject({
      pbx: [closed],
      service: { database: 'waiting', since },
      outdated: true,
    })
  })
})

describe('the link', () => {
  test('that was lost is shown as lost, and the library finds it again', () => {
    const server = connected()
    expect(live.get().connection.status).toBe('connected')
    server.say('disconnect', 'transport close')
    expect(live.get().connection.status).toBe('disconnected')
    expect(server.calls).toEqual([])
    expect(server.heard).toEqual([])
  })

  test('that comes back has missed news; the first one has not', () => {
    const server = connected()
    expect(server.heard).toEqual([])
    server.say('disconnect', 'transport close')
    server.say('connect_error', new Error('websocket error'))
    server.say('connect')
    expect(server.heard).toEqual(['back'])
  })

  test('that the server closed may mean a session that is over: ask, and connect again', () => {
    const server = connected()
    server.say('disconnect', 'io server disconnect')
    expect(server.heard).toEqual(['refused'])
    expect(server.calls).toEqual(['connect'])
  })

  test('that cannot be opened is tried again by the library alone', () => {
    const server = connected()
    server.say('connect_error', new Error('xhr poll error'))
    vi.advanceTimersByTime(60_000)
    expect(live.get().connection.status).toBe('disconnected')
    expect(server.calls).toEqual([])
  })

  test('that was refused is tried again after five seconds, once however often it was refused', () => {
    const server = connected()
    server.setActive(false)
    server.say('connect_error', new Error('unauthorized'))
    server.say('connect_error', new Error('unauthorized'))
    vi.advanceTimersByTime(4_999)
    expect(server.calls).toEqual([])
    vi.advanceTimersByTime(60_000)
    expect(server.calls).toEqual(['connect'])
    expect(server.heard).toEqual(['refused', 'refused'])
  })

  test('that was stopped says nothing more and never connects again', () => {
    const server = connected()
    server.setActive(false)
    server.say('connect_error', new Error('unauthorized'))
    server.stop()
    vi.advanceTimersByTime(60_000)
    expect(server.calls).toEqual(['disconnect'])
    server.say('desk_snapshot', aSnapshot())
    expect(live.get().desk).toBeNull()
  })

  test('tells nothing any more that waited for a paint when it was stopped', () => {
    const server = connected()
    server.say('desk_snapshot', aSnapshot())
    server.say('screen_pop', aPop(), () => undefined)
    server.say('ticket_updated', aTicket())
    server.stop()
    vi.advanceTimersByTime(1_000)
    expect(server.heard).toEqual([])
  })

  test('greets with the build that this page came with, once that is known', () => {
    expect(greeting()).toEqual({})
    tell({ type: 'desk_snapshot', snapshot: aSnapshot({ appVersion: '7' }) })
    expect(greeting()).toEqual({ appVersion: '7' })
  })
})
