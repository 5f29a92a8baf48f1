import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { settle } from '../../test/support/clock.ts'
import { encodeFrame } from '../../test/support/fake-ami-frames.ts'
import { createSessionUnderTest, type SessionUnderTest } from '../../test/support/ami-session.ts'
import { ActionRefused, OutcomeUnknown, PbxNotReady } from '../ports.ts'
import { MAX_FRAME_CHARS } from './ami-connection.ts'

/**
 * What asterisk-manager does when it is used as it comes, by the numbers of its audit; each of these
 * fails when the part of the cage that it is about is taken away.
 */
let room: SessionUnderTest
beforeEach(async () => {
  room = await createSessionUnderTest()
})
afterEach(async () => {
  await room.stop()
  vi.restoreAllMocks()
})

function failingHandler(): void {
  throw new Error('handler at fault')
}

/** What a promise was rejected with; attached at once, so that nothing is unhandled meanwhile. */
function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => error,
  )
}

const ORIGINATE = { name: 'Originate', headers: { Channel: 'PJSIP/101', ChannelId: 'cb-1' } }
const HANGUP = { Event: 'Hangup', Privilege: 'call,all', Uniqueid: '1.1', Cause: '16' }
const PARSED_HANGUP = { event: 'Hangup', privilege: 'call,all', uniqueid: '1.1', cause: '16' }

describe('connections', () => {
  it('H1: an Originate asked for during an outage is refused at once and never sent later', async () => {
    await room.ready()
    room.fake.dropConnections()
    await room.until('closed')
    await expect(room.session.request(ORIGINATE)).rejects.toThrow(PbxNotReady)
    await room.back()
    await room.session.request({ name: 'Ping' })
    expect(room.fake.actions('Originate')).toEqual([])
  })

  it('H1: an Originate asked for before the first login is not sent after it', async () => {
    const early = room.session.request(ORIGINATE)
    await expect(early).rejects.toThrow(PbxNotReady)
    await room.ready()
    await room.session.request({ name: 'Ping' })
    expect(room.fake.actions('Originate')).toEqual([])
  })

  it('H2: half a frame of a lost connection is not glued to the next greeting and login', async () => {
    await room.ready()
    room.fake.sendRaw('Event: QueueCallerJoin\r\nActionID: old-1\r\nUniq')
    await settle()
    room.fake.dropConnections('half')
    await room.until('closed')
    await room.back()
    expect(await room.session.request({ name: 'Ping' })).toMatchObject({ ping: 'Pong' })
    room.fake.send(HANGUP)
    await room.heard(1)
    expect(room.events).toEqual([PARSED_HANGUP])
  })

  it('H5: an action written while the connection dies ends as unknown, not in silence', async () => {
    await room.ready()
    room.fake.dropConnections()
    await expect(room.session.request(ORIGINATE)).rejects.toThrow(OutcomeUnknown)
  })

  it('H6: every action under way is told when the connection is lost', async () => {
    await room.ready()
    room.fake.on('Ping', () => null)
    room.fake.on('QueueStatus', () => null)
    const seen = Promise.all([room.fake.next('Ping'), room.fake.next('QueueStatus')])
    const reply = faultOf(room.session.request({ name: 'Ping' }))
    const list = faultOf(room.session.list({ name: 'QueueStatus' }))
    await seen
    room.fake.dropConnections()
    expect(await reply).toBeInstanceOf(OutcomeUnknown)
    expect(await list).toBeInstanceOf(OutcomeUnknown)
  })

  it('H6: an action without an answer ends at its deadline and leaves no timer', async () => {
    await room.ready()
    const timers = room.clock.pending
    room.fake.on('Ping', () => null)
    const seen = room.fake.next('Ping')
    const reply = faultOf(room.session.request({ name: 'Ping' }))
    await seen
    await room.clock.advance(5_000)
    expect(await reply).toEqual(new OutcomeUnknown('Ping: no answer within 5 s'))
    expect(room.clock.pending).toBe(timers)
  })

  it('H7: it comes back after every loss, not only after the first', async () => {
    await room.ready()
    for (let loss = 1; loss <= 3; loss++) {
      room.fake.dropConnections()
      await room.until('closed')
      await room.back()
    }
    expect(room.fake.actions('Login')).toHaveLength(4)
  })

  it('H8: after stop no timer brings it back', async () => {
    await room.ready()
    room.fake.dropConnections()
    await room.until('closed')
    await room.session.stop()
    await room.clock.advance(600_000)
    expect(room.clock.pending).toBe(0)
    expect(room.fake.actions('Login')).toHaveLength(1)
  })

  it('H9: lost connections are retried within a second, a refused login only after 45 s', async () => {
    await room.ready()
    room.fake.options.login = 'refuse'
    room.fake.dropConnections()
    await room.until('closed')
    await room.clock.advance(250)
    await room.until('login_refused')
    await room.clock.advance(44_000)
    expect(room.fake.actions('Login')).toHaveLength(2)
    room.fake.options.login = 'accept'
    await room.clock.advance(16_000)
    await room.until('ready')
  })

  it('H9: a connection that is accepted and lost again is not retried ever faster', async () => {
    await room.ready()
    room.fake.options.login = 'ignore'
    room.fake.dropConnections()
    await room.until('closed')
    // waits of 250 ms, 500 ms, 1 s, … and 8 s for each login that is not answered
    for (let step = 0; step < 240; step++) await room.clock.advance(250)
    expect(room.fake.actions('Login').length).toBeLessThan(9)
  })

  it('H10: a refused login is seen, named and reported as an error', async () => {
    room.fake.options.login = 'refuse'
    room.session.start()
    await room.until('login_refused')
    expect(room.session.status().problem).toBe('the PBX refused the login: Authentication failed')
    expect(room.logLines.find((line) => line['msg'] === 'AMI login refused')).toMatchObject({
      level: 50,
      pbx: 'pbx1 tracker',
    })
  })

  it('H11: the login says which events it wants, by the header that Asterisk reads', async () => {
    await room.ready()
    expect(room.fake.actions('Login')[0]?.headers['events']).toBe('system,call,agent,user')
  })

  it('H21: a socket error is shown as the reason, and nothing is printed', async () => {
    const print = vi.spyOn(console, 'log').mockImplementation(() => undefined)
    await room.fake.stop()
    room.session.start()
    await room.until('closed')
    expect(room.session.status().problem).toBe(
      `127.0.0.1:${room.fake.port} cannot be reached: ECONNREFUSED`,
    )
    expect(print).not.toHaveBeenCalled()
  })

  it('H23: more than 1 MiB without a complete frame ends the connection', async () => {
    await room.ready()
    room.fake.sendRaw(`Event: X\r\nData: ${'x'.repeat(MAX_FRAME_CHARS + 200_000)}`)
    await room.until('closed')
    expect(room.session.status().problem).toBe('a frame is larger than 1 MiB')
    await room.back()
  })

  it('H23: a megabyte of complete frames is no reason to end it', async () => {
    await room.ready()
    const frame = encodeFrame({ ...HANGUP, Data: 'x'.repeat(1_000) })
    room.fake.sendRaw(frame.repeat(2_000))
    await room.heard(2_000)
    expect(new Set(room.events.map((event) => JSON.stringify(event))).size).toBe(1)
    expect(room.session.status().link).toBe('ready')
  })

  it('H24: stop says Logoff and waits for the goodbye', async () => {
    await room.ready()
    await room.session.stop()
    expect(room.fake.actions('Logoff')).toHaveLength(1)
    expect(room.clock.pending).toBe(0)
  })

  it('H24: stop waits at most 500 ms for the goodbye', async () => {
    await room.ready()
    room.fake.on('Logoff', () => null)
    const seen = room.fake.next('Logoff')
    const stopped = room.session.stop()
    await seen
    await room.clock.advance(499)
    expect(room.fake.connections()).toBe(1)
    await room.clock.advance(1)
    expect(await stopped).toBeUndefined()
  })

  it('H25: the secret is in no log line, status or error', async () => {
    await room.ready()
    room.fake.options.login = 'refuse'
    room.fake.dropConnections()
    await room.until('closed')
    await room.clock.advance(250)
    await room.until('login_refused')
    const refused: unknown = await room.session.request(ORIGINATE).catch((error: unknown) => error)
    const said = JSON.stringify([room.logLines, room.statuses, String(refused), room.session])
    expect(room.logLines.length).toBeGreaterThan(0)
    expect(said).not.toContain(room.fake.options.secret)
  })
})

describe('frames', () => {
  it('H3: two UserEvent headers in one frame harm nothing', async () => {
    await room.ready()
    room.fake.sendRaw(
      'Event: UserEvent\r\nPrivilege: user,all\r\nUserEvent: A\r\nUserEvent: B\r\n\r\n',
    )
    room.fake.sendRaw(
      'Event: Hangup\r\nEvent: Hangup\r\nPrivilege: call,all\r\nUniqueid: 1.1\r\n\r\n',
    )
    await room.heard(2)
    expect(room.events[1]).toMatchObject({ event: 'Hangup', uniqueid: '1.1' })
    expect(room.counted('ami_suspicious_frames')).toBe(1)
  })

  it('H3: a value that smuggles in a second Uniqueid loses against the first, and is counted', async () => {
    await room.ready()
    room.fake.sendRaw(
      'Event: Hangup\r\nPrivilege: c\r\nUniqueid: 1.1\r\nUniqueid: 2.2\r\nUniqueid: 3.3\r\n\r\n',
    )
    await room.heard(1)
    expect(room.events[0]).toMatchObject({ event: 'Hangup', uniqueid: '1.1' })
    expect(room.counted('ami_suspicious_frames')).toBe(1)
  })

  it('H3: headers named like object internals harm nothing', async () => {
    await room.ready()
    room.fake.sendRaw('constructor: x\r\n__proto__: y\r\n__proto__: z\r\n\r\n')
    room.fake.sendRaw(
      'Event: Hangup\r\nPrivilege: c\r\nconstructor: x\r\n__proto__: y\r\nhasOwnProperty: z\r\n\r\n',
    )
    await room.heard(1)
    expect(room.counted('ami_malformed_frames')).toBe(1)
    expect(room.counted('ami_handler_errors')).toBe(0)
  })

  it('H13: an event called Close does not close, and one called like an ActionID answers nothing', async () => {
    await room.ready()
    room.fake.on('Ping', () => null)
    const seen = room.fake.next('Ping')
    const reply = room.session.request({ name: 'Ping' })
    const { actionId } = await seen
    room.fake.send({ Event: 'Close' }, { Event: 'Error' }, { Event: actionId, Response: 'Success' })
    await room.heard(3)
    expect(room.session.status().link).toBe('ready')
    room.fake.send({ Response: 'Success', ActionID: actionId, Ping: 'Pong' })
    expect(await reply).toMatchObject({ ping: 'Pong' })
  })

  it('H19: a handler gets one frame and nothing else, in the order of arrival', async () => {
    const calls: unknown[][] = []
    const other = await createSessionUnderTest({}, { onEvent: (...args) => calls.push(args) })
    await other.ready()
    for (const Uniqueid of ['1', '2', '3']) other.fake.send({ ...HANGUP, Uniqueid })
    await other.heard(3)
    expect(calls).toEqual(['1', '2', '3'].map((uniqueid) => [{ ...PARSED_HANGUP, uniqueid }]))
    await other.stop()
  })

  it('H20: a handler that throws is counted and logged; the next frame arrives all the same', async () => {
    const other = await createSessionUnderTest({}, { onEvent: failingHandler })
    await other.ready()
    other.fake.send(HANGUP, HANGUP)
    await other.heard(2)
    expect(other.counted('ami_handler_errors')).toBe(2)
    expect(other.logLines.some((line) => line['msg'] === 'a handler of AMI frames failed')).toBe(
      true,
    )
    expect(other.session.status().link).toBe('ready')
    await other.stop()
  })

  it('H22: an OriginateResponse is an event, whatever its Response says, and answers no action', async () => {
    await room.ready()
    room.fake.on('Originate', ({ actionId }) => [
      {
        Event: 'OriginateResponse',
        Privilege: 'call,all',
        ActionID: actionId,
        Response: 'Failure',
      },
      { Response: 'Success', ActionID: actionId, Message: 'Originate successfully queued' },
    ])
    const reply = await room.session.request(ORIGINATE)
    expect(reply).toMatchObject({ response: 'Success' })
    expect(room.events).toMatchObject([{ event: 'OriginateResponse', response: 'Failure' }])
  })

  it('H22: a late OriginateResponse with an unknown ActionID is heard too', async () => {
    await room.ready()
    room.fake.send({ Event: 'OriginateResponse', ActionID: 'other-9', Response: 'Success' })
    await room.heard(1)
    expect(room.events).toMatchObject([{ event: 'OriginateResponse', actionid: 'other-9' }])
  })
})

describe('actions', () => {
  it.each(['a\r\nAction: Command', 'a\nb', 'a\rb', 'a\0b'])(
    'H4: %j in a value is refused and nothing is written',
    async (value) => {
      await room.ready()
      const before = room.fake.received.length
      const action = { name: 'QueuePause', headers: { Queue: 'hotline', Reason: value } }
      await expect(room.session.request(action)).rejects.toThrow('Reason has a line break')
      await room.session.request({ name: 'Ping' })
      expect(room.fake.received.slice(before).map((one) => one.name)).toEqual(['ping'])
    },
  )

  it('H4: a header name, an action name or an ActionID cannot carry a header either', async () => {
    await room.ready()
    const headers = { 'Queue: x\r\nAction': 'Command' }
    await expect(room.session.request({ name: 'Ping', headers })).rejects.toThrow('header name')
    const name = 'Ping\r\nAction: Command'
    await expect(room.session.request({ name })).rejects.toThrow('Action has a line break')
  })

  it('H12: actions of one millisecond have different ids that no other process uses', async () => {
    const other = await createSessionUnderTest()
    await Promise.all([room.ready(), other.ready()])
    const pings = Array.from({ length: 200 }, () => ({ name: 'Ping' }))
    await Promise.all(pings.map((ping) => room.session.request(ping)))
    await Promise.all(pings.map((ping) => other.session.request(ping)))
    const ids = [...room.fake.received, ...other.fake.received].map((one) => one.actionId)
    expect(new Set(ids).size).toBe(402)
    expect(ids.every((id) => /^[0-9a-z]{8}-\d+-[0-9a-z]{8}$/.test(id))).toBe(true)
    await other.stop()
  })

  it('H14: headers go out in the order and the spelling given', async () => {
    await room.ready()
    const headers = {
      Channel: 'PJSIP/101',
      CallerID: '0912345678',
      Async: 'true',
      ChannelId: 'cb-1',
    }
    await room.session.request({ name: 'Originate', headers })
    const { raw, actionId } = room.fake.actions('Originate')[0] ?? { raw: '', actionId: '' }
    expect(raw).toBe(
      `Action: Originate\r\nActionID: ${actionId}\r\nChannel: PJSIP/101\r\n` +
        'CallerID: 0912345678\r\nAsync: true\r\nChannelId: cb-1\r\n\r\n',
    )
  })

  it.each(['a,__X=1', 'a"b', 'a\\,b', 'hai ba', 'đ'])(
    'H15: the variable value %j is refused',
    async (value) => {
      await room.ready()
      const action = { ...ORIGINATE, variables: { CALLBACK_EXPIRES: value } }
      await expect(room.session.request(action)).rejects.toThrow('CALLBACK_EXPIRES is not allowed')
      expect(room.fake.actions('Originate')).toEqual([])
    },
  )

  it.each(['FILE(/etc/passwd)', 'DB(a/b)', 'OTHER', '__CALLBACK_EXPIRES'])(
    'H16: the variable %j is not on the list and is refused',
    async (name) => {
      await room.ready()
      const action = { ...ORIGINATE, variables: { [name]: '1' } }
      await expect(room.session.request(action)).rejects.toThrow('not on the list')
      expect(room.fake.actions('Originate')).toEqual([])
    },
  )

  it('H17: an undefined header is left out and the answer still comes', async () => {
    await room.ready()
    const headers = { Queue: 'hotline', Interface: 'PJSIP/101', Reason: undefined }
    const reply = room.session.request({ name: 'QueuePause', headers })
    await expect(reply).rejects.toThrow(new ActionRefused('QueuePause: Interface not found'))
    expect(room.fake.actions('QueuePause')[0]?.raw).not.toContain('Reason')
  })

  it('H18: the action that is passed in stays as it was', async () => {
    await room.ready()
    const headers = Object.freeze({ Channel: 'PJSIP/101' })
    const action = Object.freeze({ name: 'Originate', headers })
    await room.session.request(action)
    expect(action).toEqual({ name: 'Originate', headers: { Channel: 'PJSIP/101' } })
  })
})
