import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { CallInbox, Phone } from '../../scripts/pbx-lab/phone.ts'
import type { CallbackView } from '../../server/contract/callbacks.ts'
import { callDetail } from '../../server/contract/calls.ts'
import { outgoingCall } from '../../server/contract/outgoing-calls.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { closeResult } from '../../server/contract/supervision/steering.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { speak } from '../../scripts/kills/voice.ts'
import { become } from '../support/agent-state.ts'
import { eventually } from '../support/eventually.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'

let labHotline: LabHotline
let lab: Lab
let lan: Person
let chi: Person
let lansDesk: Listener
let lansPhone: Phone
let minhsPhone: Phone

beforeAll(async () => {
  labHotline = await startLabHotline(
    { lan: '101', minh: '102' },
    { queues: { 'announce-frequency': '0' }, env: { HOTLINE_QUEUES: 'hotline,hotline-tech' } },
  )
  lab = labHotline.lab
  ;({ person: lan, phone: lansPhone } = labHotline.deskOf('lan'))
  ;({ phone: minhsPhone } = labHotline.deskOf('minh'))
  chi = await labHotline.hotline.hire('chi', 'supervisor')
  await labHotline.hotline.ready()
})
afterAll(() => labHotline.stop())
beforeEach(async () => {
  lansDesk = await lan.listen()
  onTestFinished(() => lansDesk.close())
})

const close = () =>
  chi.send('POST', '/queues/hotline-tech/close', { reason: 'hết ca' }, closeResult)
const handOn = (callId: string) =>
  lan.send('POST', `/calls/${callId}/transfer`, { to: { queue: 'hotline-tech' } }, z.unknown())
const atDesk = () => lansDesk.all('desk_call').at(-1) ?? null
/** Once somebody waits in the second line, as the board has it, too. */
async function linedUp(mark: number) {
  const joined = await lab.ami.waitFor({ Event: 'QueueCallerJoin', Queue: 'hotline-tech' }, mark)
  await eventually(async () => {
    const { queues } = await chi.get('/queues', queuesSnapshot)
    expect(queues.find(({ name }) => name === 'hotline-tech')?.waiting).toHaveLength(1)
  })
  return joined
}

function promised(number: string, fits: (promise: CallbackView) => boolean = () => true) {
  return lansDesk.waitFor(
    'callback_updated',
    (one) => one.reason === 'asked' && one.number.raw === number && fits(one),
  )
}

/** lan, who takes no other call meanwhile, talks with this caller. */
async function lanTalks(from: string) {
  await become(lan, lansDesk, 'ready')
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from })
  const atLan = await lansPhone.waitForCall()
  atLan.answer()
  const connected = await lab.ami.waitFor({ Event: 'AgentConnect' }, mark)
  const own = await lansDesk.waitFor(
    'desk_call',
    (news) => news?.number.raw === from && news.ticket !== null,
  )
  await become(lan, lansDesk, 'offline')
  const ids = { callId: own?.id ?? '', ticketId: own?.ticket?.id ?? '' }
  return { call, atLan, channel: textOf(connected, 'DestChannel'), ...ids }
}

/** The queue calls the customer whom it promised so, lan answers for it; both talk and hang up. */
async function called(
  number: string,
  ofCustomer?: Pick<CallInbox, 'waitForCall'>,
): Promise<CallbackView> {
  const customer = ofCustomer ?? (await lab.customerPhone({ number, behaviour: 'manual' }))
  await become(lan, lansDesk, 'ready')
  const atLan = await lansPhone.waitForCall()
  atLan.answer()
  const atCustomer = await customer.waitForCall()
  atCustomer.answer()
  await promised(number, ({ attempts }) => attempts.at(-1)?.stage === 'talking')
  await become(lan, lansDesk, 'offline')
  await atCustomer.hangup()
  return promised(number, ({ status }) => status === 'done')
}

test('who was talked to and handed on is promised a call, and has it on the same ticket', async () => {
  const number = '0900002001'
  const { call, callId, ticketId } = await lanTalks(number)
  const mark = lab.ami.mark()
  await handOn(callId)
  await linedUp(mark)
  expect(await close()).toEqual({ promised: 1, stayed: 0, unheard: 0 })
  await lab.ami.waitFor({ Event: 'UserEvent', UserEvent: 'HotlineHold', Number: number }, mark)
  expect(await promised(number)).toMatchObject({ ticket: null })
  await call.hangup()
  expect(await called(number)).toMatchObject({ ticket: { id: ticketId }, verdict: 'kept' })
  const { calls, timeline } = await chi.get(`/tickets/${ticketId}`, ticket)
  expect(calls.map(({ direction }) => direction).toSorted()).toEqual(['callback', 'inbound'])
  expect(timeline.map(({ kind }) => kind)).toContain('callback_promised')
  expect(await chi.get(`/calls/${callId}`, callDetail)).toMatchObject({ outcome: 'answered' })
})

test('whom an agent handed on by *2 waits behind a Local channel, and is promised it, too', async () => {
  const number = '0900002011'
  const { call, atLan, channel, ticketId } = await lanTalks(number)
  void speak(lansPhone.agent, atLan, 1)
  const mark = lab.ami.mark()
  for (const Digit of '*28001') {
    const keys = { Action: 'PlayDTMF', Channel: channel, Digit, Duration: '100', Receive: 'true' }
    await lab.ami.send(keys)
    // the dialling tone comes after the code
    await delay(Digit === '2' ? 2_000 : 200)
  }
  await linedUp(mark)
  // lan still asks: there is no customer to be told
  expect(await close()).toEqual({ promised: 0, stayed: 1, unheard: 0 })
  await atLan.hangup()
  await lab.ami.waitFor({ Event: 'AttendedTransfer', Result: 'Success' }, mark)
  await eventually(async () =>
    expect(await close()).toEqual({ promised: 1, stayed: 0, unheard: 0 }),
  )
  await promised(number)
  await call.outcome
  expect(await called(number)).toMatchObject({ ticket: { id: ticketId } })
})

test('whom we called and handed on is promised another call, on the same ticket', async () => {
  const number = '0900002021'
  const customer = await lab.customerPhone({ number, behaviour: 'manual' })
  const order = { channel: 'counter', number }
  const { id: ticketId } = await lan.send('POST', '/tickets', order, ticket)
  await lan.send('POST', '/calls', { ticketId }, outgoingCall)
  const atLan = await lansPhone.waitForCall()
  atLan.answer()
  const atCustomer = await customer.waitForCall()
  atCustomer.answer()
  const callId = await eventually(() => {
    expect(atDesk()).toMatchObject({ status: 'talking', ticket: { id: ticketId } })
    return atDesk()?.id ?? ''
  })
  const mark = lab.ami.mark()
  await handOn(callId)
  await linedUp(mark)
  expect(await close()).toEqual({ promised: 1, stayed: 0, unheard: 0 })
  await promised(number)
  await atCustomer.hangup()
  expect(await called(number, customer)).toMatchObject({
    ticket: { id: ticketId },
    verdict: 'kept',
  })
})

test('what nobody heard of stands in the journal: the ask of who had been talked to', async () => {
  const number = '0900002031'
  const { call, callId, ticketId } = await lanTalks(number)
  const mark = lab.ami.mark()
  await handOn(callId)
  const joined = await linedUp(mark)
  await labHotline.hotline.service.stop()
  await lab.ami.send({
    Action: 'QueueWithdrawCaller',
    Queue: 'hotline-tech',
    Caller: textOf(joined, 'Channel'),
    WithdrawInfo: 'promise',
  })
  await lab.ami.waitFor({ Event: 'UserEvent', UserEvent: 'HotlineHold', Number: number }, mark)
  await call.hangup()
  await call.outcome
  await labHotline.hotline.restart()
  lansDesk = await lan.listen()
  expect(await called(number)).toMatchObject({ ticket: { id: ticketId } })
})

test('a colleague who waits for an answer of the second line waits on', async () => {
  const mark = lab.ami.mark()
  const asks = minhsPhone.call('8001')
  await linedUp(mark)
  expect(await close()).toEqual({ promised: 0, stayed: 1, unheard: 0 })
  await asks.hangup()
})
