import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import type { SipCall } from '../../scripts/pbx-lab/sip/call.ts'
import { become } from '../support/agent-state.ts'
import { eventually } from '../support/eventually.ts'
import type { Hotline } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'
import { playTone, type Tone, type TonePhone } from '../support/tone.ts'

let labHotline: LabHotline
let lab: Lab
let hotline: Hotline
let lan: Person
let chi: Person
let lansDesk: Listener
let lansPhone: Phone
let chisPhone: Phone

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101' })
  ;({ lab, hotline } = labHotline)
  ;({ person: lan, phone: lansPhone } = labHotline.deskOf('lan'))
  chi = await hotline.hire('chi', 'supervisor', '103')
  chisPhone = await lab.startPhone({ extension: '103', behaviour: 'manual' })
  await hotline.ready()
})
afterAll(() => labHotline.stop())
beforeEach(async () => {
  lansDesk = await lan.listen()
  await become(lan, lansDesk, 'ready')
})

interface Talk {
  callId: string
  uniqueid: string
  /** Uniqueid of the agent's channel. */
  agentUniqueid: string
  customer: TonePhone
  agent: TonePhone
  end: () => Promise<void>
}

let customers = 0

/** A customer and lan talk, each by a tone of their own. */
async function talk(): Promise<Talk> {
  const mark = lab.ami.mark()
  customers += 1
  const call = await lab.placeCall({ from: `09000009${String(customers).padStart(2, '0')}` })
  const atLan = await lansPhone.waitForCall()
  atLan.answer()
  const connect = await lab.ami.waitFor({ Event: 'AgentConnect' }, mark)
  const news = await lansDesk.waitFor(
    'desk_call',
    (one) => one?.uniqueid === textOf(connect, 'Uniqueid'),
  )
  const customer = playTone((await lab.carrier()).agent, call.sip, 'customer')
  const agent = playTone(lansPhone.agent, atLan, 'agent')
  onTestFinished(() => {
    customer.stop()
    agent.stop()
  })
  return {
    callId: news?.id ?? 'none',
    uniqueid: textOf(connect, 'Uniqueid'),
    agentUniqueid: textOf(connect, 'DestUniqueid'),
    customer,
    agent,
    async end() {
      await call.hangup()
      await eventually(() => expect(lansDesk.all('desk_call').at(-1)).toBeNull())
    },
  }
}

const monitor = (callId: string, mode: string) =>
  chi.send('POST', `/calls/${callId}/monitor`, { mode }, z.unknown())

/** The supervisor's phone is rung and answers; both the order and the phone. */
async function listen(callId: string, mode: string): Promise<{ atChi: SipCall; phone: TonePhone }> {
  const ordered = monitor(callId, mode)
  const atChi = await chisPhone.waitForCall()
  atChi.answer()
  await ordered
  const phone = playTone(chisPhone.agent, atChi, 'supervisor')
  onTestFinished(() => phone.stop())
  return { atChi, phone }
}

const TWENTY_TO_ONE = 20

/** Each wanted tone is there, twenty times as strong as any that is not. */
async function hears(phone: TonePhone, wanted: readonly Tone[], unwanted: readonly Tone[]) {
  const heard = await phone.hear(wanted)
  const least = Math.min(...wanted.map((tone) => heard[tone]))
  for (const tone of unwanted) {
    expect(least / Math.max(1, heard[tone]), `${tone} in ${JSON.stringify(heard)}`).toBeGreaterThan(
      TWENTY_TO_ONE,
    )
  }
}

test('a supervisor listens, whispers and barges in by one phone: each tone is where it must be and nowhere else', async () => {
  const { callId, customer, agent, end } = await talk()
  const { atChi, phone } = await listen(callId, 'listen')
  await hears(phone, ['customer', 'agent'], ['supervisor'])
  await hears(customer, ['agent'], ['supervisor', 'customer'])
  await hears(agent, ['customer'], ['supervisor', 'agent'])

  await monitor(callId, 'whisper')
  await hears(agent, ['customer', 'supervisor'], ['agent'])
  await hears(customer, ['agent'], ['supervisor', 'customer'])
  await hears(phone, ['customer', 'agent'], ['supervisor'])

  await monitor(callId, 'barge')
  await hears(agent, ['customer', 'supervisor'], ['agent'])
  await hears(customer, ['agent', 'supervisor'], ['customer'])
  await hears(phone, ['customer', 'agent'], ['supervisor'])

  await end()
  expect(await atChi.ended).toMatchObject({ by: 'them', wasUp: true })
  const told = lansDesk.all('notification').map(({ kind, fields }) => [kind, fields])
  expect(told).toEqual(
    ['listened', 'whispered', 'barged'].map((state) => ['member_steered', { state, by: 'chi' }]),
  )
})

test('a whisper from the first ring on is heard by the agent alone, and the next call of the agent is not heard', async () => {
  const first = await talk()
  const { atChi } = await listen(first.callId, 'whisper')
  await hears(first.agent, ['customer', 'supervisor'], ['agent'])
  await hears(first.customer, ['agent'], ['supervisor', 'customer'])
  await first.end()
  await atChi.ended
  const second = await talk()
  await hears(second.agent, ['customer'], ['supervisor', 'agent'])
  await second.end()
  expect(chisPhone.calls.at(-1)).toBe(atChi)
})

/** A channel comes to the context of supervisors; resolves with what was heard once it is gone. */
async function comesToSpy(order: Record<string, string>): Promise<string[]> {
  const mark = lab.ami.mark()
  const channelId = order['ChannelId'] ?? ''
  const where = { Channel: 'PJSIP/103', Context: 'hotline-spy', Exten: 'listen', Priority: '1' }
  await lab.ami.send({ Action: 'Originate', ...where, ...order, Async: 'true' })
  const atChi = await chisPhone.waitForCall()
  atChi.answer()
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: channelId }, mark)
  return lab.ami.since(mark).flatMap((event) => {
    const name = textOf(event, 'Event')
    return name.startsWith('ChanSpy') ? [name] : []
  })
}

const target = (id: string) => ({ Variable: `SPY_TARGET=${id}` })

test('no channel but a marked agent’s can be heard, and none but the service’s own hears', async () => {
  const { uniqueid, agentUniqueid, end } = await talk()
  expect(await comesToSpy({ ChannelId: 'spy-g1', ...target(uniqueid) })).toEqual([])
  expect(await comesToSpy({ ChannelId: 'spy-g2', ...target('pbx1-1.1') })).toEqual([])
  expect(await comesToSpy({ ChannelId: 'spy-g3' })).toEqual([])
  expect(await comesToSpy({ ChannelId: 'mb-g4', ...target(agentUniqueid) })).toEqual([])
  await end()
})

/** lan's row of the board. */
async function lanOnBoard() {
  const { queues } = await chi.get('/queues', queuesSnapshot)
  return queues.flatMap(({ members }) => members)
}

test('a second supervisor, one whose phone is busy, and one after the call are told why not', async () => {
  const binh = await hotline.hire('binh', 'admin', '104')
  await lab.startPhone({ extension: '104', behaviour: 'answer' })
  const byBinh = (id: string) =>
    binh.send('POST', `/calls/${id}/monitor`, { mode: 'listen' }, z.unknown())
  const { callId, end } = await talk()
  const { atChi } = await listen(callId, 'listen')
  await expect(byBinh(callId)).rejects.toThrow('already_listened')
  await eventually(async () => {
    expect(await lanOnBoard()).toMatchObject([{ heardBy: 'chi', heardAs: 'listen' }])
  })
  await atChi.hangup()
  await eventually(async () => expect((await lanOnBoard())[0]?.heardBy).toBeUndefined())
  const busy = chisPhone.call('104')
  await busy.up
  await expect(monitor(callId, 'listen')).rejects.toThrow('own_phone_busy')
  await busy.hangup()
  await chisPhone.agent.unregister()
  await eventually(() => expect(monitor(callId, 'listen')).rejects.toThrow('own_phone_away'))
  await chisPhone.agent.register({ user: '103', secret: lab.access.secret })
  await end()
  await expect(monitor(callId, 'listen')).rejects.toThrow('call_over')
})
