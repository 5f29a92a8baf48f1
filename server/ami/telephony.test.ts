import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import {
  createTelephonyUnderTest,
  type TelephonyUnderTest,
} from '../../test/support/ami-telephony.ts'
import { settle } from '../../test/support/clock.ts'
import type { FakeAmi } from '../../test/support/fake-ami-server.ts'
import { ActionRefused, OutcomeUnknown, PbxNotReady, type MembershipOrder } from '../ports.ts'
import { openAmiConnection } from './ami-connection.ts'
import { RECONCILE_MS } from './pbx.ts'
import { eventually } from '../../test/support/eventually.ts'

let room: TelephonyUnderTest
let fake: FakeAmi
async function open(...given: Parameters<typeof createTelephonyUnderTest>): Promise<void> {
  room = await createTelephonyUnderTest(...given)
  const [first] = room.fakes
  if (first === undefined) throw new Error('no fake PBX')
  fake = first
}
beforeEach(() => open())
afterEach(() => room.stop())

const order = {
  pbxId: 'pbx1',
  channelId: 'cb-1',
  extension: '101',
  number: '0912345678',
  ringSeconds: 25,
  expiresInSeconds: 55,
}
const member: MembershipOrder = {
  queue: 'hotline',
  extension: '101',
  displayName: 'Lan',
  state: 'ready',
  reason: null,
}

describe('a promised callback', () => {
  it('is originated on the connection of the dialling user, which hears no events', async () => {
    await room.ready()
    await room.telephony.originateCallback(order)
    const [action] = fake.actions('Originate')
    const login = fake.actions('Login').find((one) => one.connection === action?.connection)
    expect(login?.headers['events']).toBe('off')
    expect(action?.headers).toMatchObject({
      channel: 'PJSIP/101',
      context: 'callback-out',
      exten: '0912345678',
      channelid: 'cb-1',
      async: 'true',
      timeout: '25000',
    })
    expect(action?.headers).not.toHaveProperty('application')
  })

  it.each([
    [true, ['CALLBACK_CONFIRM=1']],
    [false, []],
  ])('is confirmed by the agent first, if that is wanted (%s)', async (mustConfirm, wanted) => {
    await room.ready()
    await room.telephony.originateCallback({ ...order, mustConfirm })
    const raw = fake.actions('Originate')[0]?.raw ?? ''
    expect(raw.match(/CALLBACK_CONFIRM=./g) ?? []).toEqual(wanted)
  })

  it('that waits for the agent is sent on by the dialplan, of version 4 alone', async () => {
    fake.pbx.globals.set('HOTLINE_DIALPLAN', '4')
    await room.ready()
    await room.telephony.confirmCallback('pbx1', 'cb-1')
    expect(fake.actions('Originate')[0]?.headers).toMatchObject({
      channel: 'Local/cb-1@callback-confirm',
      context: 'callback-confirm',
    })
    fake.pbx.globals.set('HOTLINE_DIALPLAN', '3')
    await room.clock.advance(RECONCILE_MS)
    await room.when(() => room.telephony.status()[0]?.problem !== null)
    await expect(room.telephony.confirmCallback('pbx1', 'cb-1')).rejects.toThrow(/version 4/)
  })

  it('is refused with the words of the PBX', async () => {
    await room.ready()
    fake.on('Originate', ({ actionId }) => ({
      Response: 'Error',
      ActionID: actionId,
      Message: 'Extension does not exist.',
    }))
    const refused = room.telephony.originateCallback(order)
    await expect(refused).rejects.toThrow(new ActionRefused('Originate: Extension does not exist.'))
  })

  it('is refused, as a place in a queue, when it cannot be written', async () => {
    await room.ready()
    const place = { pbxId: 'pbx1', channelId: 'cb-1', queue: 'a/b', number: '0912345678' }
    const rest = { position: 1, callerUniqueid: '1.2', waitSeconds: 60, expiresInSeconds: 120 }
    await expect(room.telephony.keepPlace({ ...place, ...rest })).rejects.toThrow(ActionRefused)
  })

  it('without an answer in 5 s is of unknown outcome', async () => {
    await room.ready()
    fake.on('Originate', () => null)
    const seen = fake.next('Originate')
    const outcome = room.telephony.originateCallback(order).catch((error: unknown) => error)
    await seen
    await room.clock.advance(5_000)
    expect(await outcome).toBeInstanceOf(OutcomeUnknown)
  })

  it('is not written while the PBX is away, nor for a PBX that does not exist', async () => {
    await expect(room.telephony.originateCallback(order)).rejects.toThrow(PbxNotReady)
    await room.ready()
    const elsewhere = room.telephony.originateCallback({ ...order, pbxId: 'pbx9' })
    await expect(elsewhere).rejects.toThrow(new PbxNotReady('there is no PBX "pbx9"'))
    fake.dropConnections()
    await room.until('closed')
    await expect(room.telephony.originateCallback(order)).rejects.toThrow(PbxNotReady)
    await room.back()
    expect(fake.actions('Originate')).toEqual([])
  })
})

describe('looking an attempt up', () => {
  it('a channel is live when CoreShowChannels has exactly its Uniqueid', async () => {
    await room.ready()
    fake.pbx.channels.push({ Event: 'CoreShowChannel', Channel: 'PJSIP/101-1', Uniqueid: 'cb-10' })
    expect(await room.telephony.isChannelLive('pbx1', 'cb-1')).toBe(false)
    expect(await room.telephony.isChannelLive('pbx1', 'cb-10')).toBe(true)
  })

  it('the journal is asked for the day the attempt was placed on, not for today', async () => {
    await room.ready()
    fake.pbx.database.set('hotline/20261120/callback/cb-1', 'v1|1795399195000|1|BUSY|17|0')
    fake.pbx.database.set('hotline/20261121/callback/cb-2', 'v1|1795399195000|1|ANSWER|16|9')
    const read = (channelId: string) =>
      room.telephony.readCallbackJournal('pbx1', channelId, '2026-11-20T23:59:58.000Z')
    const before = fake.actions('DBGetTree').length
    expect(await read('cb-1')).toEqual({
      endedAt: '2026-11-23T01:59:55.000Z',
      agentAnswered: true,
      dialStatus: 'BUSY',
      hangupCause: 17,
      talkSeconds: 0,
    })
    expect(await read('cb-2')).toMatchObject({ dialStatus: 'ANSWER', talkSeconds: 9 })
    expect(await read('cb-3')).toBeNull()
    const asked = fake.actions('DBGetTree').map(({ headers }) => headers['family'])
    const [day, next, previous] = ['hotline/20261120', 'hotline/20261121', 'hotline/20261119']
    expect(asked.slice(before)).toEqual([day, day, next, day, next, previous])
  })

  it('without an answer the PBX counts as not ready, never as without a channel', async () => {
    await room.ready()
    fake.on('CoreShowChannels', () => null)
    const seen = fake.next('CoreShowChannels')
    const outcome = room.telephony.isChannelLive('pbx1', 'cb-1').catch((error: unknown) => error)
    await seen
    fake.dropConnections()
    expect(await outcome).toBeInstanceOf(PbxNotReady)
  })
})

describe('the order of a callback expires', () => {
  it('in the PBX’s own time, however far its clock is from ours', async () => {
    await room.stop()
    await open([{ nowMs: () => room.clock.nowMs() + 3_600_000 }])
    await room.ready()
    await room.telephony.originateCallback(order)
    const expires = Math.floor((room.clock.nowMs() + 3_600_000 + 55_000) / 1000)
    expect(room.fakes[0]?.actions('Originate')[0]?.headers['variable']).toBe(
      `CALLBACK_EXPIRES=${expires}`,
    )
  })
})

describe('the version of the dialplan', () => {
  it.each([
    ['none', ''],
    ['an old one', '1'],
  ])('%s: nothing is originated, and the status says why', async (_what, version) => {
    fake.pbx.globals.set('HOTLINE_DIALPLAN', version)
    await room.ready()
    expect(room.telephony.status()).toMatchObject([{ link: 'ready', mayDial: false }])
    expect(room.telephony.status()[0]?.problem).toMatch(/the dialplan is version 1/)
    await expect(room.telephony.originateCallback(order)).rejects.toThrow(/dialplan is version 1/)
    expect(fake.actions('Originate')).toEqual([])
  })

  it('is asked again at each check, so that a new one counts within the minute', async () => {
    fake.pbx.globals.set('HOTLINE_DIALPLAN', '1')
    await room.ready()
    fake.pbx.globals.set('HOTLINE_DIALPLAN', '11')
    await room.clock.advance(RECONCILE_MS)
    await room.when(() => room.telephony.status()[0]?.mayDial === true)
    expect(room.statuses.at(-1)).toMatchObject([{ mayDial: true, problem: null }])
  })

  it('that the tracker may not read is named too', async () => {
    fake.on('Getvar', ({ actionId }) => [
      { Response: 'Error', ActionID: actionId, Message: 'Permission denied' },
    ])
    await room.ready()
    expect(room.telephony.status()[0]).toMatchObject({ mayDial: false })
    expect(room.telephony.status()[0]?.problem).toMatch(/cannot be read/)
  })
})

const caller = (uniqueid: string) => ({ uniqueid, enteredAt: '2026-11-23T01:59:50.000Z' })

describe('a caller of whom nothing else is known', () => {
  it('is asked for in the journal alone, whose word comes as an event', async () => {
    await room.ready()
    const word = 'v1|1795399195000|1795399190000|no_agents|16||0912345678'
    fake.pbx.database.set('hotline/20261123/ended/1.5', word)
    const before = fake.actions('CoreShowChannels').length
    room.telephony.askJournal('pbx1', caller('1.5'))
    await room.when(() => room.calls.at(-1)?.type === 'journal_ended')
    expect(room.calls.at(-1)).toMatchObject({ uniqueid: '1.5', outcome: 'no_agents', queue: '' })
    expect(fake.actions('CoreShowChannels')).toHaveLength(before)
  })

  it('waits for the next check when the PBX is silent to many already', async () => {
    await room.ready()
    fake.on('DBGetTree', () => null)
    for (let n = 0; n < 40; n++) room.telephony.askJournal('pbx1', caller(`1.${n}`))
    const keys = () => fake.actions('DBGetTree').map(({ headers }) => headers['key'])
    const asked = () => keys().filter((key) => key?.startsWith('ended/')).length
    await eventually(() => expect(asked()).toBe(25))
    fake.dropConnections()
    await room.until('closed')
    await eventually(() => expect(room.counted('ami_journal_failures')).toBe(25))
    expect(asked()).toBe(25)
  })
})

describe('membership', () => {
  it('comes out as ordered, whatever it was before, and again', async () => {
    await room.ready()
    const device = 'hotline|PJSIP/101'
    for (const state of ['ready', 'ready', 'paused', 'paused', 'ready'] as const) {
      const reason = state === 'paused' ? 'lunch' : null
      await room.telephony.setMembership({ ...member, state, reason })
      expect(fake.pbx.members.get(device)).toEqual({
        paused: state === 'paused',
        reason: reason ?? '',
        memberName: '101',
      })
    }
    for (const state of ['offline', 'offline'] as const) {
      await room.telephony.setMembership({ ...member, state })
      expect(fake.pbx.members.has(device)).toBe(false)
    }
  })

  it('is heard back as queue events', async () => {
    await room.ready()
    await room.telephony.setMembership(member)
    await room.when(() => room.queues.length === 3)
    const types = room.queues.map(({ type }) => type)
    expect(types).toEqual(['queue_snapshot', 'member_added', 'member_status'])
  })

  it('of a queue that does not exist is refused', async () => {
    await room.ready()
    const refused = room.telephony.setMembership({ ...member, queue: 'nowhere' })
    await expect(refused).rejects.toThrow('No such queue')
  })
})

describe('several PBXs', () => {
  it('stand beside each other: events, status and actions by name', async () => {
    await room.stop()
    await open([{}, {}])
    await room.ready()
    const [one, two] = room.fakes
    await room.telephony.setMembership(member)
    expect(one?.pbx.members.size).toBe(1)
    expect(two?.pbx.members.size).toBe(1)
    await room.telephony.originateCallback({ ...order, pbxId: 'pbx2' })
    expect(one?.actions('Originate')).toHaveLength(0)
    expect(two?.actions('Originate')).toHaveLength(1)
    one?.dropConnections()
    await room.when(() => room.telephony.status()[0]?.link === 'closed')
    expect(room.telephony.status()[1]).toMatchObject({ pbxId: 'pbx2', link: 'ready' })
    const there = await room.telephony.isChannelLive('pbx2', 'x')
    expect(there).toBe(false)
  })

  it('one that is away does not keep a member out of the others, and is named', async () => {
    await room.stop()
    await open([{}, {}])
    await room.ready()
    const [one, two] = room.fakes
    one?.dropConnections()
    await room.when(() => room.telephony.status()[0]?.link === 'closed')
    await expect(room.telephony.setMembership(member)).rejects.toThrow('pbx1 dialler')
    expect(two?.pbx.members.size).toBe(1)
  })
})

describe('the status', () => {
  it('is ready only when both users are, and names the dialling one when it is refused', async () => {
    const { telephony } = room
    fake.on('Login', ({ headers, actionId }) => {
      const isDialler = headers['events'] === 'off'
      const Response = isDialler ? 'Error' : 'Success'
      const Message = isDialler ? 'Authentication failed' : 'Authentication accepted'
      const booted = { Event: 'FullyBooted', Privilege: 'system,all', Uptime: '60' }
      return [{ Response, ActionID: actionId, Message }, ...(isDialler ? [] : [booted])]
    })
    telephony.start()
    await room.until('login_refused')
    expect(telephony.status()[0]?.problem).toBe(
      'user for dialling: the PBX refused the login: Authentication failed',
    )
    await room.when(() => room.calls.length === 1)
  })

  it('is published once per change', async () => {
    await room.ready()
    const texts = room.statuses.map((status) => JSON.stringify(status))
    expect(texts).toEqual([...new Set(texts)])
    expect(room.statuses.at(-1)).toMatchObject([{ link: 'ready', problem: null }])
  })

  it('tells why a PBX cannot be reached', async () => {
    await fake.stop()
    room.telephony.start()
    await room.until('closed')
    expect(room.telephony.status()[0]?.problem).toContain(
      `127.0.0.1:${fake.port} cannot be reached: ECONNREFUSED`,
    )
  })
})

it('stop logs both users off and nothing comes back', async () => {
  await room.ready()
  await room.telephony.stop()
  await settle()
  expect(fake.actions('Logoff')).toHaveLength(2)
  await room.clock.advance(600_000)
  expect(fake.actions('Login')).toHaveLength(2)
  expect(room.clock.pending).toBe(0)
})

it('the library is made anew for every connection', async () => {
  await room.stop()
  const opened: object[] = []
  await open([{}], {
    open: (host, port, handlers) => {
      const connection = openAmiConnection(host, port, handlers)
      opened.push(connection)
      return connection
    },
  })
  await room.ready()
  fake.dropConnections()
  await room.until('closed')
  await room.back()
  expect(new Set(opened).size).toBe(4)
})
