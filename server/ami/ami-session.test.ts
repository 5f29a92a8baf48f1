import { afterEach, describe, expect, it } from 'vitest'
import { listReply } from '../../test/support/fake-ami-frames.ts'
import type { FakeAmiOptions } from '../../test/support/fake-ami-server.ts'
import { createSessionUnderTest, type SessionUnderTest } from '../../test/support/ami-session.ts'
import { settle } from '../../test/support/clock.ts'
import { ActionRefused, OutcomeUnknown } from '../ports.ts'
import type { AmiConnectionHandlers } from './ami-connection.ts'
import type { AmiSessionOptions } from './ami-session.ts'

let room: SessionUnderTest
async function open(
  given: FakeAmiOptions = {},
  over: Partial<AmiSessionOptions> = {},
): Promise<SessionUnderTest> {
  room = await createSessionUnderTest(given, over)
  return room
}
afterEach(() => room.stop())

describe('the way to ready', () => {
  it('passes connecting and syncing, and asks its first questions before ready', async () => {
    const asked: string[] = []
    await open(
      {},
      {
        sync: async (requests) => {
          asked.push(room.session.status().link)
          await requests.request({ name: 'CoreSettings' })
          asked.push(room.session.status().link)
        },
      },
    )
    await room.ready()
    expect(asked).toEqual(['syncing', 'syncing'])
    expect(room.statuses.map(({ link }) => link)).toEqual(['connecting', 'syncing', 'ready'])
  })

  it('refuses feature actions while the first questions are asked', async () => {
    let refused: unknown
    await open(
      {},
      {
        sync: async () => {
          refused = await room.session.request({ name: 'Ping' }).catch(String)
        },
      },
    )
    await room.ready()
    expect(refused).toBe('PbxNotReady: pbx1 tracker is not connected (syncing)')
  })

  it('starts anew when one of the first questions is refused, and names it', async () => {
    let tries = 0
    await open(
      {},
      {
        sync: async (requests) => {
          tries += 1
          if (tries === 1) await requests.request({ name: 'NotKnown' })
        },
      },
    )
    room.session.start()
    await room.until('closed')
    expect(room.session.status().problem).toBe(
      'the PBX refused one of the first questions: NotKnown: Invalid/unknown command',
    )
    await room.back()
    expect(tries).toBe(2)
  })

  it('waits longer from one failure of the first questions to the next', async () => {
    await open(
      {},
      { sync: async (requests) => void (await requests.request({ name: 'NotKnown' })) },
    )
    room.session.start()
    await room.until('closed')
    for (let step = 0; step < 120; step++) await room.clock.advance(250)
    // in half a minute: four until it waits two seconds, or three quarters of that, and one after each then
    expect(room.fake.actions('Login').length).toBeLessThan(25)
  })

  it.each(['SSH-2.0-OpenSSH_9.2', 'Asterisk Call Manager', 'x'.repeat(300)])(
    'gives up on a greeting like %s',
    async (greeting) => {
      await open({ greeting })
      room.session.start()
      await room.until('closed')
      expect(room.session.status().problem).toBe(
        'what listens there is not an Asterisk manager interface',
      )
      expect(room.fake.received).toEqual([])
    },
  )

  it('gives up when no greeting comes within 5 s', async () => {
    await open({ greeting: null })
    room.session.start()
    await settle()
    await room.clock.advance(5_000)
    await room.until('closed')
    expect(room.session.status().problem).toBe('no greeting within 5 s')
  })

  it('gives up when the login has no answer within 8 s', async () => {
    await open({ login: 'ignore' })
    const seen = room.fake.next('Login')
    room.session.start()
    await seen
    await room.clock.advance(8_000)
    await room.until('closed')
    expect(room.session.status().problem).toBe(
      'the PBX did not answer the login: no answer within 8 s',
    )
  })

  it('takes only the answer to its own login for a login', async () => {
    await open()
    room.fake.on('Login', () => ({ Response: 'Success', ActionID: 'of-another-life' }))
    const seen = room.fake.next('Login')
    room.session.start()
    await seen
    await settle()
    expect(room.session.status().link).toBe('connecting')
    expect(room.counted('ami_late_replies')).toBe(1)
  })

  it('shows one outage with its beginning while attempts fail one after the other', async () => {
    await open()
    await room.ready()
    room.fake.options.login = 'ignore'
    room.fake.dropConnections()
    await room.until('closed')
    const { since } = room.session.status()
    for (let step = 0; step < 100; step++) await room.clock.advance(250)
    expect(room.session.status()).toMatchObject({ link: 'closed', since })
  })
})

/** A connection that says what the test lets it say, and is gone when it is ended. */
async function openByHand() {
  const written: string[] = []
  let handlers: AmiConnectionHandlers | undefined
  let opened = 0
  await open(
    {},
    {
      sync: async (requests) => void (await requests.request({ name: 'CoreSettings' })),
      open(_host, _port, given) {
        handlers = given
        opened += 1
        return {
          write: (bytes) => written.push(bytes) > 0,
          destroy: (reason) => given.onClose(reason),
          received: () => written.length,
        }
      },
    },
  )
  room.session.start()
  return {
    opened: () => opened,
    greet: () => handlers?.onGreeting('11.0.0'),
    /** Answers the newest action of this name. */
    answer(name: string) {
      const action = written.findLast((bytes) => bytes.includes(`Action: ${name}`)) ?? ''
      const actionid = /ActionID: (\S+)/.exec(action)?.[1] ?? ''
      handlers?.onFrame({ response: 'Success', actionid })
    },
    said: () => written.map((bytes) => /Action: (\w+)/.exec(bytes)?.[1]),
  }
}

async function expectStopped(stopped: Promise<void>, opened: () => number): Promise<void> {
  await settle()
  await room.clock.advance(500)
  await stopped
  await room.clock.advance(60_000)
  expect(opened()).toBe(1)
  expect(room.session.status().link).toBe('closed')
}

describe('a stop on the way to ready', () => {
  it('before the greeting says nothing more and ends', async () => {
    const pbx = await openByHand()
    const stopped = room.session.stop()
    pbx.greet()
    await expectStopped(stopped, pbx.opened)
    expect(pbx.said()).toEqual(['Logoff'])
  })

  it('before the answer to the login asks nothing more and ends', async () => {
    const pbx = await openByHand()
    pbx.greet()
    const stopped = room.session.stop()
    pbx.answer('Login')
    await expectStopped(stopped, pbx.opened)
    expect(pbx.said()).toEqual(['Login', 'Logoff'])
  })

  it('during the first questions ends', async () => {
    const pbx = await openByHand()
    pbx.greet()
    pbx.answer('Login')
    await settle()
    const stopped = room.session.stop()
    pbx.answer('CoreSettings')
    await expectStopped(stopped, pbx.opened)
    expect(pbx.said()).toEqual(['Login', 'CoreSettings', 'Logoff'])
  })
})

describe('the heartbeat', () => {
  it('pings after 12 s of silence and stays when the pong comes', async () => {
    await open()
    await room.ready()
    for (let minute = 0; minute < 5; minute++) {
      const ping = room.fake.next('Ping')
      await room.clock.advance(12_000)
      await ping
      await settle()
      await room.clock.advance(12_000)
    }
    expect(room.session.status().link).toBe('ready')
  })

  it('ends a connection that stays silent for two intervals', async () => {
    await open()
    await room.ready()
    room.fake.on('Ping', () => null)
    room.fake.options.login = 'ignore'
    for (let interval = 0; interval < 3; interval++) await room.clock.advance(12_000)
    await room.until('closed')
    expect(room.statuses.map(({ problem }) => problem)).toContain('nothing heard for 24 s')
    expect(room.counted('ami_ping_failures')).toBe(1)
  })
})

describe('lists', () => {
  const channels = [
    { Event: 'CoreShowChannel', Uniqueid: '1.1' },
    { Event: 'CoreShowChannel', Uniqueid: '2.1' },
  ]

  it('are given whole, without their frames reaching the event handler', async () => {
    await open()
    await room.ready()
    room.fake.pbx.channels.push(...channels)
    const items = await room.session.list({ name: 'CoreShowChannels' })
    expect(items.map((item) => item['uniqueid'])).toEqual(['1.1', '2.1'])
    expect(room.events).toEqual([])
  })

  it('that are shorter than they say are not trusted', async () => {
    await open()
    await room.ready()
    room.fake.on('CoreShowChannels', (action) =>
      listReply(action, 'CoreShowChannelsComplete', channels).toSpliced(1, 1),
    )
    await expect(room.session.list({ name: 'CoreShowChannels' })).rejects.toThrow(OutcomeUnknown)
  })

  it('that the PBX cancels are rejected', async () => {
    await open()
    await room.ready()
    room.fake.on('CoreShowChannels', ({ actionId }) => [
      { Response: 'Success', ActionID: actionId, EventList: 'start' },
      { Event: 'CoreShowChannelsComplete', ActionID: actionId, EventList: 'cancelled' },
    ])
    const list = room.session.list({ name: 'CoreShowChannels' })
    await expect(list).rejects.toThrow('the PBX cancelled the list')
  })

  it('that are refused say why', async () => {
    await open()
    await room.ready()
    const list = room.session.list({ name: 'Forbidden' })
    await expect(list).rejects.toThrow(new ActionRefused('Forbidden: Invalid/unknown command'))
  })

  it('are empty when the PBX answers without starting a list', async () => {
    await open()
    await room.ready()
    expect(await room.session.list({ name: 'Ping' })).toEqual([])
  })

  it('let other events through meanwhile', async () => {
    await open()
    await room.ready()
    room.fake.on('CoreShowChannels', (action) => {
      const [start = {}, ...rest] = listReply(action, 'CoreShowChannelsComplete', channels)
      return [start, { Event: 'Hold', Privilege: 'call,all', Uniqueid: '9.9' }, ...rest]
    })
    expect(await room.session.list({ name: 'CoreShowChannels' })).toHaveLength(2)
    expect(room.events).toMatchObject([{ event: 'Hold', uniqueid: '9.9' }])
  })
})

describe('the bytes', () => {
  it('may arrive one by one, names in Vietnamese included', async () => {
    await open()
    await room.ready()
    const frame = Buffer.from(
      'Event: Hangup\r\nPrivilege: c\r\nCallerIDName: Nguyễn Văn Đức\r\n\r\n',
    )
    for (const byte of frame) {
      room.fake.sendRaw(Buffer.of(byte))
      await settle()
    }
    await room.heard(1)
    expect(room.events).toMatchObject([{ event: 'Hangup', calleridname: 'Nguyễn Văn Đức' }])
  })

  it('that are not UTF-8 become replacement characters', async () => {
    await open()
    await room.ready()
    room.fake.sendRaw(
      Buffer.from('Event: Hangup\r\nPrivilege: c\r\nCallerIDName: Tr\xe2n\r\n\r\n', 'latin1'),
    )
    await room.heard(1)
    expect(room.events).toMatchObject([{ event: 'Hangup', calleridname: 'Tr�n' }])
  })
})
