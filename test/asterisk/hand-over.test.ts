import { setTimeout as delay } from 'node:timers/promises'
import {
  afterAll,
  afterEach,
  beforeAll,
  beforeEach,
  describe,
  expect,
  onTestFinished,
  test,
} from 'vitest'
import { callDetail, directory } from '../../server/contract/calls.ts'
import { deskSnapshot } from '../../server/contract/desk.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import { z } from 'zod'
import { call as storedCall } from '../../server/calls/conversation/call.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import { textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { speak } from '../../scripts/kills/voice.ts'
import { become } from '../support/agent-state.ts'
import { eventually } from '../support/eventually.ts'
import type { Hotline } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'
import { sendStranger } from '../support/stranger.ts'

const ticketPage = pageOf(ticketRow)

let labHotline: LabHotline
let lab: Lab
let hotline: Hotline
let lan: Person
let minh: Person
let phone101: Phone
let phone102: Phone
let lansDesk: Listener
let minhsDesk: Listener

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101', minh: '102' })
  ;({ lab, hotline } = labHotline)
  ;({ person: lan, phone: phone101 } = labHotline.deskOf('lan'))
  ;({ person: minh, phone: phone102 } = labHotline.deskOf('minh'))
  await hotline.ready()
})
afterAll(() => labHotline.stop())
beforeEach(async () => {
  lansDesk = await lan.listen()
  minhsDesk = await minh.listen()
  await become(lan, lansDesk, 'ready')
})
afterEach(async () => {
  await become(lan, lansDesk, 'offline')
  lansDesk.close()
  minhsDesk.close()
})

/** Once the newest news say that no call is at this desk, which had one. */
const freed = (desk: Listener) => eventually(() => expect(desk.all('desk_call').at(-1)).toBeNull())

/** A customer whom lan talks with. */
async function lanTalks(from: string) {
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from })
  const atLan = await phone101.waitForCall()
  atLan.answer()
  const key = `+84${from.slice(1)}`
  const pop = await lansDesk.waitFor(
    'screen_pop',
    ({ stage, call: { number } }) => stage === 'answered' && number.key === key,
  )
  const callId = pop.call.id
  await lansDesk.waitFor('desk_call', (news) => news?.id === callId)
  return { call, atLan, pop, callId, mark }
}

/** The phone of minh becomes the third in the bridge where the other phone is. */
async function joinTalkOf(extension: string, since: number) {
  const inBridge = await lab.ami.waitFor(
    (event) =>
      textOf(event, 'Event') === 'BridgeEnter' &&
      textOf(event, 'Channel').startsWith(`PJSIP/${extension}-`),
    since,
  )
  await lab.ami.send({ Action: 'ModuleLoad', Module: 'app_bridgeaddchan.so', LoadType: 'load' })
  const mark = lab.ami.mark()
  await lab.ami.send({
    Action: 'Originate',
    Channel: 'PJSIP/102',
    Application: 'BridgeAdd',
    Data: textOf(inBridge, 'Channel'),
    Async: 'true',
  })
  const call = await phone102.waitForCall()
  call.answer()
  await lab.ami.waitFor({ Event: 'BridgeEnter', BridgeNumChannels: '3' }, mark)
  return call
}

/** The agents' parts of a call as they are stored, with their holds. */
async function storedSegments(callId: string) {
  await hotline.service.idle()
  const database = await openDatabase(hotline.databaseUrl)
  try {
    const row = await database.db
      .selectFrom('call')
      .select('state')
      .where('id', '=', callId)
      .executeTakeFirstOrThrow()
    return storedCall.parse(JSON.parse(row.state)).segments
  } finally {
    await database.close()
  }
}

test('a blind transfer takes the call from the first desk and puts it on the second, on one ticket', async () => {
  const { call, atLan, pop, callId } = await lanTalks('0900000201')
  await atLan.transfer('102')
  const atMinh = await phone102.waitForCall()
  await freed(lansDesk)
  expect(minhsDesk.all('desk_call')).toEqual([])
  atMinh.answer()
  const taken = await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)
  expect(taken).toMatchObject({ status: 'talking', ticket: { id: pop.ticket?.id } })
  const joined = await minhsDesk.waitFor('screen_pop', ({ stage }) => stage === 'answered')
  expect(joined).toMatchObject({ call: { id: callId }, ticket: { id: pop.ticket?.id } })
  await lansDesk.waitFor('screen_pop', ({ id, stage }) => id === pop.id && stage === 'ended')

  await call.hangup()
  await freed(minhsDesk)
  await minhsDesk.waitFor('screen_pop', ({ id, stage }) => id === joined.id && stage === 'ended')
  await freed(lansDesk)
  const detail = await lan.get(`/calls/${callId}`, callDetail)
  expect(detail.segments).toMatchObject([
    { extension: '101', how: 'queue' },
    { extension: '102', how: 'transfer' },
  ])
  const { items } = await lan.get('/tickets?limit=200', ticketPage)
  expect(items.filter(({ number }) => number?.key === '+84900000201')).toHaveLength(1)
})

test('a colleague who picks a phone up in the moment of its answer has the talk, and both were in it', async () => {
  const call = await lab.placeCall({ from: '0900000203' })
  const atLan = await phone101.waitForCall()
  const pickup = phone102.call('*8')
  await pickup.up
  // the PBX waits half a second for the picker's voice before it takes the call over
  atLan.answer()
  const lans = await lansDesk.waitFor('desk_call', (news) => news?.status === 'talking')
  const callId = lans?.id ?? 'none'
  const taken = await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)
  expect(taken).toMatchObject({ status: 'talking', ticket: { id: lans?.ticket?.id } })
  await freed(lansDesk)
  expect((await atLan.ended).by).toBe('them')

  await pickup.hangup()
  await call.outcome
  await freed(minhsDesk)
  const detail = await lan.get(`/calls/${callId}`, callDetail)
  expect(detail.segments).toMatchObject([
    { extension: '101', how: 'queue' },
    { extension: '102', how: 'pickup' },
  ])
  const { items } = await lan.get('/tickets?limit=200', ticketPage)
  const own = items.filter(({ number }) => number?.key === '+84900000203')
  expect(own).toMatchObject([{ assignee: { id: lan.user.id } }])
})

test('the hold of one agent goes on when another leaves the three-way talk', async () => {
  const { call, atLan, callId, mark } = await lanTalks('0900000202')
  const atMinh = await joinTalkOf('101', mark)
  await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)

  await atLan.hold()
  await lab.ami.waitFor({ Event: 'Hold' }, mark)
  await delay(1100)
  await atMinh.hangup()
  await freed(minhsDesk)
  await delay(2100)
  const [held, left] = await storedSegments(callId)
  expect(held).toMatchObject({ extension: '101', endedAt: null, holdSeconds: 0 })
  expect(held?.heldAt).not.toBeNull()
  expect(left).toMatchObject({ extension: '102', heldAt: null, holdSeconds: 0 })
  expect(left?.endedAt).not.toBeNull()

  await atLan.hold('sendrecv')
  await lab.ami.waitFor({ Event: 'Unhold' }, mark)
  await call.hangup()
  await freed(lansDesk)
  const [resumed, other] = await storedSegments(callId)
  expect(resumed?.holdSeconds).toBeGreaterThanOrEqual(3)
  expect(other?.holdSeconds).toBe(0)
})

const hangUp = (who: Person, callId: string) =>
  who.send('POST', `/calls/${callId}/hangup`, {}, z.unknown())
const transfer = (callId: string, to: object, askFirst = false) =>
  lan.send('POST', `/calls/${callId}/transfer`, { to, askFirst }, z.unknown())

test('lan hands the customer to minh, who talks on with the same ticket and hangs up', async () => {
  const { call, atLan, callId } = await lanTalks('0900000301')
  const { people, pbxs } = await lan.get('/directory', directory)
  expect(pbxs).toEqual([{ pbxId: 'pbx1', lacks: null }])
  expect(people).toMatchObject([
    { displayName: 'lan', extension: '101', state: 'in_call' },
    { displayName: 'minh', extension: '102' },
  ])
  await transfer(callId, { staffId: minh.user.id })
  const atMinh = await phone102.waitForCall()
  expect(await atLan.ended).toMatchObject({ by: 'them', wasUp: true })
  await freed(lansDesk)
  await expect(hangUp(lan, callId)).rejects.toMatchObject({ status: 403 })
  atMinh.answer()
  const joined = await minhsDesk.waitFor('screen_pop', ({ stage }) => stage === 'answered')
  expect(joined.call.id).toBe(callId)
  await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)

  await hangUp(minh, callId)
  expect(await call.outcome).toMatchObject({ by: 'them', wasUp: true })
  expect(await atMinh.ended).toMatchObject({ by: 'them', wasUp: true })
  await freed(minhsDesk)
  await expect(hangUp(minh, callId)).rejects.toMatchObject({ status: 409 })
  const detail = await lan.get(`/calls/${callId}`, callDetail)
  expect(detail).toMatchObject({
    outcome: 'answered',
    segments: [
      { extension: '101', how: 'queue' },
      { extension: '102', how: 'transfer' },
    ],
  })
  const { items } = await lan.get('/tickets?limit=200', ticketPage)
  expect(items.filter(({ number }) => number?.key === '+84900000301')).toHaveLength(1)
})

test('whom the colleague rejects comes back by the queue', async () => {
  const { call, callId } = await lanTalks('0900000302')
  await transfer(callId, { staffId: minh.user.id })
  const atMinh = await phone102.waitForCall()
  atMinh.reject(486)
  const again = await phone101.waitForCall()
  again.answer()
  await eventually(async () => expect((await lan.get('/desk', deskSnapshot)).call?.id).toBe(callId))
  await call.hangup()
  await again.ended
})

test('a colleague who answers in the page is rung there and not on the desk', async () => {
  const page = await lab.startPhone({ extension: 'web-102', behaviour: 'manual' })
  onTestFinished(() => page.agent.unregister())
  const ringsOnDesk = phone102.calls.length
  const { call, callId } = await lanTalks('0900000305')
  await transfer(callId, { staffId: minh.user.id })
  const inPage = await page.waitForCall()
  inPage.reject(486)
  const again = await phone101.waitForCall()
  again.answer()
  await eventually(async () => expect((await lan.get('/desk', deskSnapshot)).call?.id).toBe(callId))
  expect(phone102.calls).toHaveLength(ringsOnDesk)
  await call.hangup()
  await again.ended
})

test('who is sent to a phone that the dialplan does not know is not lost: the queue has them again', async () => {
  const { call, callId } = await lanTalks('0900000304')
  const { uniqueid } = await lan.get(`/calls/${callId}`, callDetail)
  const control = await lab.openAmi('hotline-control')
  const where = { Context: 'hotline-transfer', Exten: '299', Priority: '1' }
  await control.send({ Action: 'Redirect', Channel: uniqueid, ...where })
  control.close()
  const again = await phone101.waitForCall()
  again.answer()
  await eventually(async () => expect((await lan.get('/desk', deskSnapshot)).call?.id).toBe(callId))
  await call.hangup()
  await again.ended
})

const endConsult = (callId: string, end: string) =>
  lan.send('POST', `/calls/${callId}/consult`, { end }, z.unknown())
/** Once the newest news of lan's call say so of the colleague who is asked. */
const asked = (stage: string | null) =>
  eventually(() => {
    const newest = lansDesk.all('desk_call').at(-1)
    expect(newest?.consult?.stage ?? null).toBe(stage)
    return newest
  })

async function lanAsks(from: string) {
  const talk = await lanTalks(from)
  // keys that are pressed for a phone from which nothing is heard get lost now and then
  void speak(phone101.agent, talk.atLan, 1)
  await transfer(talk.callId, { staffId: minh.user.id }, true)
  const atMinh = await phone102.waitForCall()
  const ringing = await asked('ringing')
  expect(ringing?.consult).toMatchObject({ extension: '102', displayName: 'minh' })
  return { ...talk, atMinh }
}

async function minhAnswers(from: string) {
  const talk = await lanAsks(from)
  await expect(endConsult(talk.callId, 'hand_over')).rejects.toMatchObject({ status: 409 })
  talk.atMinh.answer()
  await asked('talking')
  return talk
}

/** The keys by which a customer is given away, when nobody is asked any more. */
async function pressLate() {
  const channels = await lab.ami.list({ Action: 'CoreShowChannels' })
  const ofLan = channels.find(({ Channel }) => String(Channel).startsWith('PJSIP/101-'))
  const control = await lab.openAmi('hotline-control')
  const mark = lab.ami.mark()
  const key = { Action: 'PlayDTMF', Channel: String(ofLan?.['Uniqueid']), Receive: 'true' }
  // oxlint-disable-next-line no-await-in-loop -- keys are pressed in their order
  for (const Digit of ['*', '5']) await control.send({ ...key, Digit })
  await lab.ami.waitFor({ Event: 'DTMFEnd', Digit: '5' }, mark)
  control.close()
}

describe('minh, who is asked first while the customer waits,', () => {
  test('is given the customer: one ticket, two parts', async () => {
    const { call, atLan, callId } = await minhAnswers('0900000311')
    await expect(hangUp(lan, callId)).rejects.toMatchObject({ status: 409 })
    const own = minhsDesk.waitFor('desk_call', (news) => news?.id === callId)
    await endConsult(callId, 'hand_over')
    expect((await own)?.ticket).not.toBeNull()
    expect(await atLan.ended).toMatchObject({ by: 'them', wasUp: true })
    const detail = await lan.get(`/calls/${callId}`, callDetail)
    expect(detail.segments.map(({ extension, how }) => [extension, how])).toEqual([
      ['101', 'queue'],
      ['102', 'transfer'],
    ])
    const { items } = await lan.get('/tickets?limit=200', ticketPage)
    expect(items.filter(({ number }) => number?.key === '+84900000311')).toHaveLength(1)
    await call.hangup()
    await freed(minhsDesk)
  })

  test('is left again: lan has the customer back', async () => {
    const { call, callId, atMinh } = await minhAnswers('0900000312')
    await endConsult(callId, 'take_back')
    expect(await atMinh.ended).toMatchObject({ by: 'them', wasUp: true })
    expect(await asked(null)).toMatchObject({ id: callId, status: 'talking' })
    await expect(endConsult(callId, 'hand_over')).rejects.toMatchObject({ status: 409 })
    await call.hangup()
    await freed(lansDesk)
  })

  test('rejects: lan has the customer back', async () => {
    const { call, callId, atMinh } = await lanAsks('0900000313')
    atMinh.reject(486)
    expect(await asked(null)).toMatchObject({ id: callId, status: 'talking' })
    await call.hangup()
    await freed(lansDesk)
  })

  test('is gone already: the keys that would give them the customer end nothing', async () => {
    const { call, callId } = await lanTalks('0900000314')
    await pressLate()
    await hangUp(lan, callId)
    expect(await call.outcome).toMatchObject({ by: 'them', wasUp: true })
    await freed(lansDesk)
    const { timeline } = await lan.get(`/calls/${callId}`, callDetail)
    expect(timeline.filter(({ kind }) => kind.includes('transfer'))).toEqual([])
  })
})

test('the customer goes to a queue, and whoever takes the call there has its ticket', async () => {
  const { call, callId } = await lanTalks('0900000303')
  await become(minh, minhsDesk, 'ready')
  await become(lan, lansDesk, 'offline')
  await transfer(callId, { queue: 'hotline' })
  const atMinh = await phone102.waitForCall()
  atMinh.answer()
  const own = await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)
  expect(own?.ticket).not.toBeNull()
  await call.hangup()
  await freed(minhsDesk)
  await become(minh, minhsDesk, 'offline')
})

test('nobody but a caller of the hotline is taken in where transferred callers go', async () => {
  const before = phone102.calls.length
  await sendStranger(lab, '102@hotline-transfer')
  expect(phone102.calls).toHaveLength(before)
})

test.each([
  { Action: 'Originate', Channel: 'PJSIP/101', Context: 'agents', Exten: '102', Priority: '1' },
  { Action: 'Command', Command: 'core show version' },
  { Action: 'QueuePause', Interface: 'PJSIP/101', Paused: 'true' },
  { Action: 'DBPut', Family: 'x', Key: 'y', Val: 'z' },
])('the user that hangs up and transfers may not $Action', async (action) => {
  const control = await lab.openAmi('hotline-control')
  expect(await control.send(action)).toMatchObject({ Message: 'Permission denied' })
  control.close()
})
