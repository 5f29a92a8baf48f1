import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { directory } from '../../server/contract/calls.ts'
import { callDetail } from '../../server/contract/calls.ts'
import { deskSnapshot } from '../../server/contract/desk.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import { eventually } from '../support/eventually.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'

const ticketPage = pageOf(ticketRow)

let labHotline: LabHotline
let lab: Lab
let lan: Person
let minh: Person
let phone101: Phone
let phone102: Phone
let lansDesk: Listener
let minhsDesk: Listener

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101', minh: '102' })
  ;({ lab } = labHotline)
  ;({ person: lan, phone: phone101 } = labHotline.deskOf('lan'))
  ;({ person: minh, phone: phone102 } = labHotline.deskOf('minh'))
  await labHotline.hotline.ready()
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
  const call = await lab.placeCall({ from })
  const atLan = await phone101.waitForCall()
  atLan.answer()
  const own = await lansDesk.waitFor('desk_call', (news) => news?.number.raw === from)
  return { call, atLan, callId: own?.id ?? 'none' }
}

const hangUp = (who: Person, callId: string) =>
  who.send('POST', `/calls/${callId}/hangup`, {}, z.unknown())
const transfer = (callId: string, to: object) =>
  lan.send('POST', `/calls/${callId}/transfer`, { to }, z.unknown())

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
  await lansDesk.waitFor('desk_call', (news) => news === null)
  await expect(hangUp(lan, callId)).rejects.toMatchObject({ status: 403 })
  atMinh.answer()
  const joined = await minhsDesk.waitFor('screen_pop', ({ stage }) => stage === 'answered')
  expect(joined.call.id).toBe(callId)
  await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)

  await hangUp(minh, callId)
  expect(await call.outcome).toMatchObject({ by: 'them', wasUp: true })
  expect(await atMinh.ended).toMatchObject({ by: 'them', wasUp: true })
  await minhsDesk.waitFor('desk_call', (news) => news === null)
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
  await minhsDesk.waitFor('desk_call', (news) => news === null)
  await become(minh, minhsDesk, 'offline')
})

test('nobody but a caller of the hotline is taken in where transferred callers go', async () => {
  const mark = lab.ami.mark()
  const before = phone102.calls.length
  await lab.ami.send({
    Action: 'Originate',
    Channel: 'Local/102@hotline-transfer/n',
    Context: 'callback-hangup',
    Exten: 'done',
    Priority: '1',
    ChannelId: 'stranger-1',
    OtherChannelId: 'stranger-2',
    Async: 'true',
  })
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: 'stranger-2' }, mark)
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
