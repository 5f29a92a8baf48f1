import { eventually } from '../support/eventually.ts'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { callbackView } from '../../server/contract/callbacks.ts'
import { callDetail, type CallRow } from '../../server/contract/calls.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticket as ticketSchema, ticketRow } from '../../server/contract/tickets.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import type { Hotline } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'

const CUSTOMER = '0912345678'
const HALF_AN_HOUR_MS = 30 * 60_000

const ticketPage = pageOf(ticketRow)

let labHotline: LabHotline
let lab: Lab
let hotline: Hotline
let lan: Person
let minh: Person
let phone101: Phone
let phone102: Phone
let desk: Listener
const clock = createShiftedClock()

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101', minh: '102' }, { clock })
  ;({ lab, hotline } = labHotline)
  ;({ person: lan, phone: phone101 } = labHotline.deskOf('lan'))
  ;({ person: minh, phone: phone102 } = labHotline.deskOf('minh'))
  // Who gives up here is nobody's to call back when the clock jumps.
  const rules = { rules: [{ queue: 'hotline', rule: 'off' }], version: 0 }
  await hotline.admin.send('PUT', '/settings/missed', rules, z.unknown())
})
afterAll(() => labHotline.stop())
beforeEach(async () => {
  desk = await lan.listen()
  await become(lan, desk, 'ready')
})
afterEach(async () => {
  await become(lan, desk, 'offline')
  desk.close()
})

async function answeredCall(from = CUSTOMER) {
  const call = await lab.placeCall({ from })
  const atAgent = await phone101.waitForCall()
  const key = `+84${from.slice(1)}`
  const ringing = await desk.waitFor(
    'screen_pop',
    (pop) => pop.stage === 'ringing' && pop.call.number.key === key,
  )
  atAgent.answer()
  const answered = await desk.waitFor(
    'screen_pop',
    (pop) => pop.call.id === ringing.call.id && pop.stage === 'answered',
  )
  return { call, atAgent, ringing, answered, ticketId: answered.ticket?.id ?? 'none' }
}

function promise(ticketId: string, body: object) {
  return lan.send('POST', `/tickets/${ticketId}/callbacks`, body, callbackView)
}

/** The agent's phone is answered, and the customer is not dialled before the agent says so. */
async function askedToConfirm(id: string): Promise<void> {
  await desk.waitFor(
    'callback_updated',
    (news) => news.id === id && news.attempts.at(-1)?.stage === 'confirming',
  )
}

async function ended(callId: string): Promise<CallRow> {
  return desk.waitFor('call_updated', (call) => call.id === callId && call.status === 'ended')
}

test('a SIP call pops at the ringing agent, opens one ticket at the answer and ends as answered', async () => {
  const { call, ringing, answered, ticketId } = await answeredCall()
  expect(ringing.ticket).toBeNull()
  expect(answered.ticket?.code).toMatch(/^KN-\d{4}-\d{6}$/)
  await call.hangup()
  expect(await ended(ringing.call.id)).toMatchObject({
    outcome: 'answered',
    direction: 'inbound',
    ticket: { id: ticketId },
  })
  const ticket = await lan.get(`/tickets/${ticketId}`, ticketSchema)
  expect(ticket).toMatchObject({
    status: 'new',
    channel: 'hotline',
    assignee: { id: lan.user.id },
    receivedAt: ringing.call.enteredAt,
    calls: [{ id: ringing.call.id }],
  })
  const over = await desk.waitFor('screen_pop', (pop) => pop.stage === 'ended')
  expect(over.call.id).toBe(ringing.call.id)
})

test('the call that rang at two phones is withdrawn from the one that lost', async () => {
  const other = await minh.listen()
  await become(minh, other, 'ready')
  const call = await lab.placeCall({ from: '0900000102' })
  const [at101, at102] = await Promise.all([phone101.waitForCall(), phone102.waitForCall()])
  const lost = await desk.waitFor('screen_pop', (pop) => pop.call.number.key === '+84900000102')
  expect(lost.stage).toBe('ringing')
  at102.answer()
  const won = await other.waitFor('screen_pop', (pop) => pop.stage === 'answered')
  const withdrawn = await desk.waitFor(
    'screen_pop',
    (pop) => pop.id === lost.id && pop.stage === 'withdrawn',
  )
  expect(withdrawn.rev).toBeGreaterThan(lost.rev)
  expect(won.ticket).not.toBeNull()
  expect((await at101.ended).wasUp).toBe(false)
  await call.hangup()
  await other.waitFor('screen_pop', (pop) => pop.id === won.id && pop.stage === 'ended')
  await become(minh, other, 'offline')
  other.close()
})

test('a caller who gives up leaves a call with its reasons and no ticket', async () => {
  const call = await lab.placeCall({ from: '0900000103' })
  const ringing = await desk.waitFor('screen_pop', (pop) => pop.call.number.key === '+84900000103')
  const atAgent = await phone101.waitForCall()
  await call.hangup()
  await atAgent.ended
  await desk.waitFor('screen_pop', (pop) => pop.id === ringing.id && pop.stage === 'withdrawn')
  // the caller's own end comes a moment after that of the phone that rang
  const detail = await eventually(async () => {
    const now = await lan.get(`/calls/${ringing.call.id}`, callDetail)
    expect(now).toMatchObject({ outcome: 'abandoned', ticket: null, status: 'ended' })
    return now
  })
  expect(detail.timeline.map((line) => line.kind)).not.toContain('ticket_opened')
})

test('a promise is dialled at its time: agent first, then the customer who sees 19000382, on the same ticket', async () => {
  const { call, ringing, ticketId } = await answeredCall('0912345679')
  await call.hangup()
  await ended(ringing.call.id)
  const before = await lan.get('/tickets?limit=200', ticketPage)
  const promised = await promise(ticketId, {})
  expect(Date.parse(promised.dueAt) - clock.nowMs()).toBeGreaterThan(HALF_AN_HOUR_MS - 5000)
  const customer = await lab.customerPhone({ number: '0912345679', behaviour: 'manual' })

  clock.shift(HALF_AN_HOUR_MS)
  const atAgent = await phone101.waitForCall()
  atAgent.answer()
  await askedToConfirm(promised.id)
  expect(customer.calls).toHaveLength(0)
  await lan.send('POST', `/callbacks/${promised.id}/confirm`, {}, z.unknown())
  const atCustomer = await customer.waitForCall()
  expect(atCustomer.caller).toContain('19000382')
  atCustomer.answer()
  await desk.waitFor('callback_updated', (news) => news.attempts[0]?.stage === 'talking')
  await atAgent.hangup()

  const kept = await desk.waitFor(
    'callback_updated',
    (news) => news.id === promised.id && news.status === 'done',
  )
  expect(kept.attempts).toMatchObject([{ outcome: 'reached', stage: 'ended' }])
  const ticket = await lan.get(`/tickets/${ticketId}`, ticketSchema)
  expect(ticket.calls.map((one) => one.direction).toSorted()).toEqual(['callback', 'inbound'])
  const after = await lan.get('/tickets?limit=200', ticketPage)
  expect(after.items).toHaveLength(before.items.length)
})

test('a customer who is busy at the promised moment is tried again later, and the promise says so', async () => {
  const { call, ringing, ticketId } = await answeredCall('0912345680')
  await call.hangup()
  await ended(ringing.call.id)
  await lab.customerPhone({ number: '0912345680', behaviour: 'busy' })
  const { id } = await promise(ticketId, { inMinutes: 0 })
  const atAgent = await phone101.waitForCall()
  atAgent.answer()
  await askedToConfirm(id)
  await atAgent.press('1')
  const tried = await desk.waitFor('callback_updated', ({ attempts }) =>
    attempts.some(({ outcome }) => outcome === 'busy'),
  )
  expect(tried).toMatchObject({ status: 'scheduled', attempts: [{ outcome: 'busy' }] })
})

test('a call answered while nobody listened still gets its ticket, marked recovered', async () => {
  await hotline.service.stop()
  const call = await lab.placeCall({ from: '0900000107' })
  const mark = lab.ami.mark()
  const atAgent = await phone101.waitForCall()
  atAgent.answer()
  await lab.ami.waitFor({ Event: 'AgentConnect' }, mark)
  await call.hangup()
  await atAgent.ended
  await hotline.restart()
  await hotline.ready()
  desk.close()
  lan = await hotline.signIn('lan')
  desk = await lan.listen()
  const { items } = await lan.get('/tickets?limit=200', ticketPage)
  const mine = items.filter((ticket) => ticket.number?.key === '+84900000107')
  expect(mine).toMatchObject([{ recovered: true, assignee: { id: lan.user.id } }])
})

test('a talk that outlives a restart of the service keeps its pop and its one ticket', async () => {
  const { call, ringing, ticketId } = await answeredCall('0900000108')
  await hotline.restart()
  // the old socket comes back some time later; news until then would be lost
  desk.close()
  desk = await lan.listen()
  const [snapshot] = desk.all('desk_snapshot')
  expect(snapshot?.pops).toMatchObject([
    { call: { id: ringing.call.id }, ticket: { id: ticketId } },
  ])
  await call.hangup()
  await desk.waitFor(
    'screen_pop',
    (pop) => pop.call.id === ringing.call.id && pop.stage === 'ended',
  )
  const { items } = await lan.get('/tickets?limit=200', ticketPage)
  expect(items.filter((ticket) => ticket.number?.key === '+84900000108')).toHaveLength(1)
})

test('a call that went on by a consulted queue while nobody listened is with who has it now', async () => {
  const { call, atAgent, ringing } = await answeredCall('0900000109')
  await hotline.service.stop()
  await lab.addMember('102', 'hotline-tech')
  const mark = lab.ami.mark()
  await atAgent.hold()
  const consult = phone101.call('8001')
  const atMinh = await phone102.waitForCall()
  atMinh.answer()
  await lab.ami.waitFor({ Event: 'AgentConnect' }, mark)
  await consult.up
  await atAgent.transfer(consult)
  await lab.ami.waitFor({ Event: 'AttendedTransfer', Result: 'Success' }, mark)
  await hotline.restart()
  await hotline.ready()
  desk.close()
  lan = await hotline.signIn('lan')
  desk = await lan.listen()
  const detail = await lan.get(`/calls/${ringing.call.id}`, callDetail)
  expect(detail).toMatchObject({
    status: 'talking',
    segments: [{ extension: '101' }, { extension: '102' }],
  })
  expect(detail.segments.map(({ endedAt }) => endedAt === null)).toEqual([false, true])
  await call.hangup()
  await ended(ringing.call.id)
  await lab.removeMember('102', 'hotline-tech')
})
