import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callDetail } from '../../server/contract/calls.ts'
import { outgoingCall } from '../../server/contract/outgoing-calls.ts'
import { staffMember } from '../../server/contract/staff.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { CallInbox, Phone } from '../../scripts/pbx-lab/phone.ts'
import { speak } from '../../scripts/kills/voice.ts'
import { become } from '../support/agent-state.ts'
import { eventually } from '../support/eventually.ts'
import type { Hotline } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'
import { sendStranger } from '../support/stranger.ts'

const CUSTOMER = '0912345678'
const MOBILE = '0987654321'

let labHotline: LabHotline
let lab: Lab
let hotline: Hotline
let lan: Person
let minh: Person
let phone: Phone
let phone102: Phone
let customer: CallInbox
let mobile: CallInbox
let desk: Listener
let minhsDesk: Listener

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101', minh: '102' })
  ;({ lab, hotline } = labHotline)
  ;({ person: lan, phone } = labHotline.deskOf('lan'))
  ;({ person: minh, phone: phone102 } = labHotline.deskOf('minh'))
  customer = await lab.customerPhone({ number: CUSTOMER, behaviour: 'manual' })
  mobile = await lab.customerPhone({ number: MOBILE, behaviour: 'manual' })
  desk = await lan.listen()
  minhsDesk = await minh.listen()
  await hotline.ready()
})
afterAll(async () => {
  desk.close()
  minhsDesk.close()
  await labHotline.stop()
})

function openTicket(): Promise<z.output<typeof ticket>> {
  return lan.send('POST', '/tickets', { channel: 'counter', number: CUSTOMER }, ticket)
}

/** The ordered call as its person was told at its end. */
function endOf(listener: Listener, id: string) {
  return listener.waitFor('outgoing_call', (call) => call.id === id && call.endedAt !== null)
}

test('the own phone rings first, then the customer’s; they talk, and both rows are right', async () => {
  const { id: ticketId } = await openTicket()
  const ordered = await lan.send('POST', '/calls', { ticketId }, outgoingCall)
  const atLan = await phone.waitForCall()
  expect(customer.calls).toHaveLength(0)
  atLan.answer()
  const atCustomer = await customer.waitForCall()
  expect(atCustomer.caller).toContain('sip:19000382@')
  const mark = lab.ami.mark()
  atCustomer.answer()
  await lab.ami.waitFor({ Event: 'BridgeEnter', BridgeNumChannels: '2' }, mark)
  // whole seconds are counted
  await delay(2000)
  await atCustomer.hangup()
  const ended = await endOf(desk, ordered.id)
  expect(ended).toMatchObject({ outcome: 'reached', ticket: { id: ticketId } })
  await hotline.service.idle()
  const call = await lan.get(`/calls/${ended.callId}`, callDetail)
  expect(call).toMatchObject({
    direction: 'callback',
    outcome: 'answered',
    number: { raw: CUSTOMER },
  })
  expect([2, 3]).toContain(call.talkSeconds)
  const read = await lan.get(`/tickets/${ticketId}`, ticket)
  expect(read.calls).toMatchObject([{ id: ended.callId, agents: ['lan'] }])
})

test('who ordered it hangs up while the customer’s phone rings', async () => {
  const ordered = await lan.send('POST', '/calls', { number: CUSTOMER }, outgoingCall)
  const atLan = await phone.waitForCall()
  atLan.answer()
  const atCustomer = await customer.waitForCall()
  await lan.send('POST', `/calls/${ordered.id}/hangup`, {}, z.unknown())
  expect(await atCustomer.ended).toMatchObject({ by: 'them', wasUp: false })
  expect(await atLan.ended).toMatchObject({ by: 'them' })
  expect((await endOf(desk, ordered.id)).outcome).toBe('abandoned_by_agent')
})

test('who ordered it hangs up before the own phone is answered', async () => {
  const before = customer.calls.length
  const ordered = await lan.send('POST', '/calls', { number: CUSTOMER }, outgoingCall)
  const atLan = await phone.waitForCall()
  await lan.send('POST', `/calls/${ordered.id}/hangup`, {}, z.unknown())
  expect(await atLan.ended).toMatchObject({ by: 'them', wasUp: false })
  // Asterisk says in any order that the phone hung up and that the order failed.
  await desk.waitFor(
    'outgoing_call',
    ({ id, outcome }) => id === ordered.id && outcome === 'not_placed',
  )
  expect(customer.calls).toHaveLength(before)
})

/** The newest that this desk was told of its own call. */
const callAt = (listener: Listener) => listener.all('desk_call').at(-1) ?? null

/** lan talks with a customer whom the service called for lan. */
async function lanTalks() {
  const { id: ticketId } = await openTicket()
  const ordered = await lan.send('POST', '/calls', { ticketId }, outgoingCall)
  const atLan = await phone.waitForCall()
  atLan.answer()
  const atCustomer = await customer.waitForCall()
  atCustomer.answer()
  // keys that are pressed for a phone from which nothing is heard get lost now and then
  void speak(phone.agent, atLan, 1)
  const callId = await eventually(() => {
    expect(callAt(desk)).toMatchObject({ status: 'talking', ticket: { id: ticketId } })
    return callAt(desk)?.id ?? ''
  })
  return { ordered, atLan, atCustomer, ticketId, callId }
}

const transfer = (callId: string, askFirst: boolean) => {
  const order = { to: { staffId: minh.user.id }, askFirst }
  return lan.send('POST', `/calls/${callId}/transfer`, order, z.unknown())
}
const hangUp = (who: Person, callId: string) =>
  who.send('POST', `/calls/${callId}/hangup`, {}, z.unknown())
/** Once lan's newest news say so of the colleague who is asked. */
const consulting = (stage: string | null) =>
  eventually(() => expect(callAt(desk)?.consult?.stage ?? null).toBe(stage))
/** Once minh, and nobody else, has the call, with its ticket. */
const minhHas = (callId: string, ticketId: string) =>
  eventually(() => {
    expect(callAt(minhsDesk)).toMatchObject({ id: callId, ticket: { id: ticketId } })
    expect(callAt(desk)).toBeNull()
  })

/** Once lan has asked minh, who has answered. */
async function minhAnswers() {
  const talk = await lanTalks()
  await transfer(talk.callId, true)
  const atMinh = await phone102.waitForCall()
  await consulting('ringing')
  atMinh.answer()
  await consulting('talking')
  return { ...talk, atMinh }
}
const end = (callId: string, how: string) =>
  lan.send('POST', `/calls/${callId}/consult`, { end: how }, z.unknown())

describe('a customer whom we called', () => {
  test('is sent to a colleague: who rejects them has them in the queue, who answers keeps them', async () => {
    await become(lan, desk, 'ready')
    const { ordered, atLan, atCustomer, ticketId, callId } = await lanTalks()
    await transfer(callId, false)
    const rejected = await phone102.waitForCall()
    expect(rejected.caller).toContain(`sip:${CUSTOMER}@`)
    expect(await atLan.ended).toMatchObject({ by: 'them', wasUp: true })
    await eventually(() => expect(callAt(desk)).toBeNull())
    rejected.reject(486)
    const again = await phone.waitForCall()
    again.answer()
    await eventually(() => expect(callAt(desk)?.id).toBe(callId))
    await transfer(callId, false)
    const atMinh = await phone102.waitForCall()
    atMinh.answer()
    await minhHas(callId, ticketId)
    await expect(hangUp(lan, callId)).rejects.toMatchObject({ status: 403 })
    await hangUp(minh, callId)
    expect(await atCustomer.ended).toMatchObject({ by: 'them', wasUp: true })
    expect(await atMinh.ended).toMatchObject({ by: 'them', wasUp: true })
    expect(await endOf(desk, ordered.id)).toMatchObject({ outcome: 'reached', callId })
    const { segments } = await lan.get(`/calls/${callId}`, callDetail)
    expect(segments.map(({ extension, how }) => `${extension} ${how}`)).toEqual([
      '101 callback',
      '101 queue',
      '102 transfer',
    ])
    await become(lan, desk, 'offline')
  })

  test('is given to a colleague who was asked first', async () => {
    const { atLan, atCustomer, ticketId, callId, atMinh } = await minhAnswers()
    await end(callId, 'hand_over')
    expect(await atLan.ended).toMatchObject({ by: 'them', wasUp: true })
    await minhHas(callId, ticketId)
    await atCustomer.hangup()
    expect(await atMinh.ended).toMatchObject({ by: 'them' })
    await eventually(() => expect(callAt(minhsDesk)).toBeNull())
    const { segments } = await lan.get(`/calls/${callId}`, callDetail)
    expect(segments.map(({ extension, how }) => `${extension} ${how}`)).toEqual([
      '101 callback',
      '102 transfer',
    ])
  })

  test('is taken back from a colleague who was asked first', async () => {
    const { atCustomer, callId, atMinh } = await minhAnswers()
    await end(callId, 'take_back')
    expect(await atMinh.ended).toMatchObject({ by: 'them', wasUp: true })
    await consulting(null)
    expect(callAt(desk)).toMatchObject({ id: callId, status: 'talking' })
    // the PBX would lose keys that come at once
    await expect(transfer(callId, true)).rejects.toMatchObject({ status: 409 })
    await atCustomer.hangup()
    await eventually(() => expect(callAt(desk)).toBeNull())
  })
})

test('a number that may not be dialled rings nobody', async () => {
  const before = phone.calls.length
  for (const number of ['113', '19000382', '0012025550123']) {
    // oxlint-disable-next-line no-await-in-loop
    await expect(lan.send('POST', '/calls', { number }, z.unknown())).rejects.toMatchObject({
      status: 422,
    })
  }
  expect(phone.calls).toHaveLength(before)
})

test('a technician’s mobile rings through the trunk, then the customer’s phone, and shows no number', async () => {
  await hotline.hire('tech', 'field')
  const people = await hotline.admin.get('/staff', z.object({ items: z.array(staffMember) }))
  const row = people.items.find(({ username }) => username === 'tech')
  const change = { version: row?.version, mobile: '+84 987 654 321' }
  await hotline.admin.send('PATCH', `/staff/${row?.id}`, change, staffMember)
  const tech = await hotline.signIn('tech')
  const techDesk = await tech.listen()
  const { id: ticketId } = await openTicket()
  const database = await openDatabase(hotline.databaseUrl)
  const field = { status: 'field_working', team: 'field' }
  await database.db.updateTable('ticket').set(field).where('id', '=', ticketId).execute()
  await database.close()
  const before = customer.calls.length
  const ordered = await tech.send('POST', '/calls', { ticketId }, outgoingCall)
  const atMobile = await mobile.waitForCall()
  expect(atMobile.caller).toContain('sip:19000382@')
  expect(JSON.stringify(atMobile.caller)).not.toContain(CUSTOMER.slice(1))
  expect(customer.calls).toHaveLength(before)
  atMobile.answer()
  const atCustomer = await customer.waitForCall()
  expect(atCustomer.caller).toContain('sip:19000382@')
  const mark = lab.ami.mark()
  atCustomer.answer()
  await lab.ami.waitFor({ Event: 'BridgeEnter', BridgeNumChannels: '2' }, mark)
  await atMobile.hangup()
  expect(await atCustomer.ended).toMatchObject({ by: 'them', wasUp: true })
  expect(await endOf(techDesk, ordered.id)).toMatchObject({ outcome: 'reached', device: 'mobile' })
  await hotline.service.idle()
  const read = await lan.get(`/tickets/${ticketId}`, ticket)
  expect(read.calls).toHaveLength(1)
  expect(read.calls[0]).toMatchObject({ direction: 'callback', agents: ['tech'] })
  const calls = await hotline.admin.get(`/calls/${read.calls[0]?.id}`, callDetail)
  expect(calls.number.raw).toBe(CUSTOMER)
  expect(await techDesk.waitFor('screen_pop', ({ stage }) => stage === 'ended')).toMatchObject({
    call: { number: { raw: '' } },
  })
  techDesk.close()
})

test('nobody but the service reaches the contexts of mobiles and of hanging up', async () => {
  const before = mobile.calls.length
  await sendStranger(lab, `${MOBILE}@callback-mobile`)
  expect(mobile.calls).toHaveLength(before)
})
