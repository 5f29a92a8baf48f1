import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { callDetail } from '../../server/contract/calls.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import { call as storedCall } from '../../server/calls/conversation/call.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import { textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import type { Hotline } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'

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
  return { call, atLan, pop, callId: pop.call.id, mark }
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
  await lansDesk.waitFor('desk_call', (news) => news?.id === callId)
  await atLan.transfer('102')
  const atMinh = await phone102.waitForCall()
  await lansDesk.waitFor('desk_call', (news) => news === null)
  expect(minhsDesk.all('desk_call')).toEqual([])
  atMinh.answer()
  const taken = await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)
  expect(taken).toMatchObject({ status: 'talking', ticket: { id: pop.ticket?.id } })
  const joined = await minhsDesk.waitFor('screen_pop', ({ stage }) => stage === 'answered')
  expect(joined).toMatchObject({ call: { id: callId }, ticket: { id: pop.ticket?.id } })
  await lansDesk.waitFor('screen_pop', ({ id, stage }) => id === pop.id && stage === 'ended')

  await call.hangup()
  await minhsDesk.waitFor('desk_call', (news) => news === null)
  await minhsDesk.waitFor('screen_pop', ({ id, stage }) => id === joined.id && stage === 'ended')
  expect(lansDesk.all('desk_call').at(-1)).toBeNull()
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
  await lansDesk.waitFor('desk_call', (news) => news === null)
  expect((await atLan.ended).by).toBe('them')

  await pickup.hangup()
  await call.outcome
  await minhsDesk.waitFor('desk_call', (news) => news === null)
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
  await minhsDesk.waitFor('desk_call', (news) => news === null)
  await delay(2100)
  const [held, left] = await storedSegments(callId)
  expect(held).toMatchObject({ extension: '101', endedAt: null, holdSeconds: 0 })
  expect(held?.heldAt).not.toBeNull()
  expect(left).toMatchObject({ extension: '102', heldAt: null, holdSeconds: 0 })
  expect(left?.endedAt).not.toBeNull()

  await atLan.hold('sendrecv')
  await lab.ami.waitFor({ Event: 'Unhold' }, mark)
  await call.hangup()
  await lansDesk.waitFor('desk_call', (news) => news === null)
  const [resumed, other] = await storedSegments(callId)
  expect(resumed?.holdSeconds).toBeGreaterThanOrEqual(3)
  expect(other?.holdSeconds).toBe(0)
})
