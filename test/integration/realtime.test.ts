import { once } from 'node:events'
import { connect as connectTo } from 'node:net'
import { io, type Socket } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallRow } from '../../server/contract/calls.ts'
import type { DeskSnapshot } from '../../server/contract/desk.ts'
import type { PopReceipt, ScreenPop } from '../../server/contract/screen-pop.ts'
import type { TicketRow } from '../../server/contract/tickets.ts'
import type { SessionUser } from '../../server/contract/staff.ts'
import { createListener, type Listener } from '../../server/http/listener.ts'
import { createSocketServer, type SocketServer } from '../../server/realtime/socket-server.ts'
import { createTestClock, settle, type TestClock } from '../support/clock.ts'
import { aUser, TEST_ORIGIN } from '../support/http.ts'
import { silentLogger } from '../support/logger.ts'
import { eventually } from '../support/eventually.ts'

const AGENT = aUser({ id: 'lan' })
const BOSS = aUser({ id: 'boss', role: 'supervisor' })
const QUEUES = { rev: 7, asOf: '2026-11-23T02:00:00.000Z', pbx: [], queues: [] }

describe('sockets', () => {
  let http: Listener
  let url: string
  let server: SocketServer
  let clock: TestClock
  let sessions: Map<string, SessionUser>
  let receipts: [string, PopReceipt][]
  let snapshots: number
  let whileReading: () => void
  let whileSweeping: Promise<void>
  let open: Socket[]

  beforeEach(async () => {
    clock = createTestClock()
    sessions = new Map([
      ['lan-1', AGENT],
      ['lan-2', AGENT],
      ['boss-1', BOSS],
    ])
    receipts = []
    snapshots = 0
    whileReading = () => {}
    whileSweeping = Promise.resolve()
    open = []
    http = createListener((_request, response) => void response.end())
    server = createSocketServer({ clock, logger: silentLogger, publicUrl: TEST_ORIGIN })
    server.attach(http.server, {
      onPageOpened: () => undefined,
      onPageClosed: () => undefined,
      identifySession: async (token) => {
        const user = sessions.get(token)
        return user ? { id: token, user } : null
      },
      liveSessions: async (ids) => {
        await whileSweeping
        return new Set(ids.filter((id) => sessions.has(id)))
      },
      deskSnapshot: async (user) => {
        const snapshot = aSnapshot(user, snapshots++)
        whileReading()
        return snapshot
      },
      queuesSnapshot: () => QUEUES,
      mayWatchQueues: (user) => user.role === 'supervisor',
      onReceipt: (staffId, receipt) => void receipts.push([staffId, receipt]),
      appVersion: '2.0.0',
    })
    url = await http.listen(0, '127.0.0.1')
  })

  afterEach(async () => {
    for (const socket of open) socket.disconnect()
    server.stop()
    await http.close()
  })

  function connect(token: string | null, options: { origin?: string; appVersion?: string } = {}) {
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: options.appVersion ? { appVersion: options.appVersion } : {},
      extraHeaders: {
        ...(token ? { Cookie: `hotline_session=${token}` } : {}),
        ...(options.origin ? { Origin: options.origin } : {}),
      },
    })
    open.push(socket)
    return listen(socket)
  }

  it('begin with the snapshot, then news', async () => {
    const lan = connect('lan-1')
    expect(await lan.next()).toEqual(['desk_snapshot', aSnapshot(AGENT, 0)])
    server.notifier.agentState('lan', aSnapshot(AGENT, 0).state)
    expect(await lan.next()).toEqual(['agent_state', aSnapshot(AGENT, 0).state])
  })

  it('read the snapshot again when news about the person went out meanwhile', async () => {
    whileReading = () => {
      if (snapshots === 1) server.notifier.agentState('lan', aSnapshot(AGENT, 0).state)
    }
    const lan = connect('lan-1')
    expect(await lan.next()).toEqual(['desk_snapshot', aSnapshot(AGENT, 1)])
  })

  it('get their snapshot even when the news does not stop', async () => {
    whileReading = () => server.notifier.agentState('lan', aSnapshot(AGENT, 0).state)
    const lan = connect('lan-1')
    const heard = [await lan.next(), await lan.next()].map(([event]) => event)
    expect(heard).toContain('desk_snapshot')
  })

  it('are refused without a session', async () => {
    expect(await connect(null).refusal()).toBe('not_signed_in')
    expect(await connect('guessed').refusal()).toBe('not_signed_in')
    expect(server.connections()).toBe(0)
  })

  it('are refused to pages of other sites, even with a good cookie', async () => {
    expect(await connect('lan-1', { origin: 'https://evil.example' }).refusal()).toBe(
      'websocket error',
    )
    expect((await connect('lan-1', { origin: TEST_ORIGIN }).next())[0]).toBe('desk_snapshot')
  })

  it('bring a pop to every tab of the person, and the receipt of each back', async () => {
    const tabs = [connect('lan-1'), connect('lan-2')]
    const boss = connect('boss-1')
    for (const tab of [...tabs, boss]) await tab.next()
    for (const tab of tabs) tab.answerPops({ id: 'pop-1', rev: 3 })
    server.notifier.screenPop('lan', aPop())
    for (const tab of tabs) expect(await tab.next()).toEqual(['screen_pop', aPop()])
    server.notifier.pbxStatus([])
    expect((await boss.next())[0]).toBe('queues_snapshot')
    expect((await boss.next())[0]).toBe('pbx_status')
    for (const tab of tabs) await tab.next()
    expect(receipts).toEqual([
      ['lan', { id: 'pop-1', rev: 3 }],
      ['lan', { id: 'pop-1', rev: 3 }],
    ])
  })

  // What PostgreSQL cannot store would take the receipts of others with it.
  it.each([
    { id: 7 },
    { id: 'pop-1', rev: 3_000_000_000 },
    { id: 'pop-1', rev: -1 },
    { id: 'pop-1', rev: 1.5 },
  ])('take no receipt that is none, like %j', async (receipt) => {
    const lan = connect('lan-1')
    await lan.next()
    lan.answerPops(receipt)
    server.notifier.screenPop('lan', aPop())
    await lan.next()
    // a later one on the same socket: when it is here, the other one was
    lan.answerPops({ id: 'pop-1', rev: 3 })
    server.notifier.screenPop('lan', aPop())
    await eventually(() => expect(receipts).not.toEqual([]))
    expect(receipts).toEqual([['lan', { id: 'pop-1', rev: 3 }]])
  })

  it('show the queues to those who may watch them, snapshot first', async () => {
    const lan = connect('lan-1')
    const boss = connect('boss-1')
    expect([(await boss.next())[0], (await boss.next())[0]]).toEqual([
      'desk_snapshot',
      'queues_snapshot',
    ])
    await lan.next()
    server.notifier.queuesPatch({ rev: 8, asOf: QUEUES.asOf, queues: [] })
    server.notifier.pbxStatus([])
    expect((await boss.next())[0]).toBe('queues_patch')
    expect((await lan.next())[0]).toBe('pbx_status')
  })

  it('tell everybody about a ticket, but only those concerned about a call', async () => {
    const lan = connect('lan-1')
    const boss = connect('boss-1')
    await Promise.all([lan.next(), boss.next()])
    await boss.next()
    server.notifier.callUpdated(['lan'], aCall('call-1'))
    server.notifier.callUpdated([], aCall('call-2'))
    server.notifier.ticketUpdated(aTicket('ticket-1'))
    expect(await lan.next()).toEqual(['call_updated', aCall('call-1')])
    expect((await lan.next())[0]).toBe('ticket_updated')
    expect((await boss.next())[0]).toBe('ticket_updated')
  })

  it('close at once when the session or the person is signed out', async () => {
    const [first, second] = [connect('lan-1'), connect('lan-2')]
    await Promise.all([first.next(), second.next()])
    server.notifier.disconnect({ sessionId: 'lan-1' })
    expect(await first.closed()).toBe('io server disconnect')
    expect(second.socket.connected).toBe(true)
    server.notifier.disconnect({ staffId: 'lan' })
    expect(await second.closed()).toBe('io server disconnect')
  })

  it('close within a minute when their session ends by itself', async () => {
    const lan = connect('lan-1')
    await lan.next()
    await clock.advance(60_000)
    expect(lan.socket.connected).toBe(true)
    sessions.delete('lan-1')
    await clock.advance(60_000)
    expect(await lan.closed()).toBe('io server disconnect')
  })

  it('close so that the browser tries again when the service stops or has no snapshot', async () => {
    const lan = connect('lan-1')
    await lan.next()
    whileReading = () => {
      throw new Error('database gone')
    }
    expect(await connect('lan-2').closed()).toBe('transport close')
    server.stop()
    expect(await lan.closed()).toBe('transport close')
  })

  it('are looked after no more once the service stops, even in the middle of a look', async () => {
    const look = Promise.withResolvers<void>()
    whileSweeping = look.promise
    await clock.advance(60_000)
    server.stop()
    look.resolve()
    await settle()
    expect(clock.pending).toBe(0)
  })

  it('close when they read nothing, before much waits for them in memory', async () => {
    const { port } = new URL(url)
    const deaf = connectTo(Number(port), '127.0.0.1')
    deaf.on('error', () => undefined)
    deaf.write(
      [
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
        `Host: 127.0.0.1:${port}`,
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Sec-WebSocket-Version: 13',
        'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
        'Cookie: hotline_session=lan-1',
        '\r\n',
      ].join('\r\n'),
    )
    await once(deaf, 'data')
    deaf.pause()
    // "40": enters the only namespace; masked by zeros, as a client's frame must be
    deaf.write(Buffer.concat([Buffer.from([0x81, 0x82, 0, 0, 0, 0]), Buffer.from('40')]))
    const boss = connect('boss-1')
    await boss.next()
    await eventually(() => expect(server.connections()).toBe(2))
    const big = { ...aTicket('ticket-1'), subject: 'x'.repeat(250_000) }
    for (let sent = 0; sent < 200 && server.connections() === 2; sent++) {
      server.notifier.ticketUpdated(big)
      // who reads gets all of it
      for (let [type] = await boss.next(); type !== 'ticket_updated';) [type] = await boss.next()
    }
    expect(server.connections()).toBe(1)
    expect(boss.socket.connected).toBe(true)
    deaf.destroy()
  })

  it('tell a page that was built for another version', async () => {
    const old = connect('lan-1', { appVersion: '1.9.0' })
    expect(await old.next()).toEqual(['client_outdated', { appVersion: '2.0.0' }])
    const current = connect('lan-2', { appVersion: '2.0.0' })
    expect((await current.next())[0]).toBe('desk_snapshot')
  })
})

/** A socket whose messages can be awaited one by one. */
function listen(socket: Socket) {
  const waiting: ((message: [string, unknown]) => void)[] = []
  const heard: [string, unknown][] = []
  const refusal = Promise.withResolvers<string>()
  const closed = Promise.withResolvers<string>()
  let answer: object | null = null
  socket.on('connect_error', (error) => refusal.resolve(error.message))
  socket.on('disconnect', (reason) => closed.resolve(reason))
  socket.onAny((event: string, body: unknown, receipt?: (seen: object) => void) => {
    if (receipt && answer) receipt(answer)
    const next = waiting.shift()
    if (next) next([event, body])
    else heard.push([event, body])
  })
  return {
    socket,
    next: () =>
      new Promise<[string, unknown]>((resolve) => {
        const message = heard.shift()
        if (message) resolve(message)
        else waiting.push(resolve)
      }),
    refusal: () => refusal.promise,
    closed: () => closed.promise,
    answerPops: (seen: object) => void (answer = seen),
  }
}

function aSnapshot(user: SessionUser, count: number): DeskSnapshot {
  return {
    serverTime: '2026-11-23T02:00:00.000Z',
    appVersion: '2.0.0',
    user,
    state: { state: 'ready', reason: null, since: '2026-11-23T01:00:00.000Z', confirmed: true },
    call: null,
    pops: [],
    callbacks: [],
    awaiting: [],
    counts: { myOpenTickets: count, callbacksDue: 0 },
  }
}

function aPop(): ScreenPop {
  return {
    id: 'pop-1',
    rev: 3,
    stage: 'ringing',
    call: {
      id: 'call-1',
      pbxId: 'pbx1',
      number: { raw: '0900000001', kind: 'mobile', key: '+84900000001', display: '0900 000 001' },
      display: '0900 000 001',
      queue: 'hotline',
      enteredAt: '2026-11-23T02:00:00.000Z',
      waitSeconds: 0,
      answeredAt: null,
      direction: 'inbound',
    },
    customer: null,
    candidates: [],
    ticket: null,
    openTickets: [],
    promise: null,
    outage: null,
    notice: null,
  }
}

const NUMBER = { raw: '0900000001', kind: 'mobile', key: '+84900000001', display: '0900' } as const

function aCall(id: string): CallRow {
  return {
    id,
    pbxId: 'pbx1',
    uniqueid: '1.1',
    direction: 'inbound',
    status: 'talking',
    outcome: null,
    queue: 'hotline',
    number: NUMBER,
    enteredAt: '2026-11-23T02:00:00.000Z',
    answeredAt: null,
    endedAt: null,
    waitSeconds: null,
    talkSeconds: null,
    recovered: false,
    ticket: null,
  }
}

function aTicket(id: string): TicketRow {
  return {
    id,
    code: 'KN-2026-000001',
    status: 'new',
    subject: '',
    kind: 'complaint',
    priority: 'normal',
    team: 'cskh',
    channel: 'hotline',
    receivedAt: '2026-11-23T02:00:00.000Z',
    dueAt: null,
    customer: null,
    number: NUMBER,
    assignee: null,
    recovered: false,
    dueProvisional: false,
    stageClock: null,
    category: null,
    isOutage: false,
    area: null,
    loopNo: 1,
    statusSince: '2026-11-22T03:00:00.000Z',
    visitAt: null,
    version: 1,
  }
}
