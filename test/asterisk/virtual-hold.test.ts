import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CustomerCall } from '../../scripts/pbx-lab/carrier.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { CallInbox, Phone } from '../../scripts/pbx-lab/phone.ts'
import { callRow } from '../../server/contract/calls.ts'
import type { CallbackView } from '../../server/contract/callbacks.ts'
import { missedCaller } from '../../server/contract/casework/missed.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { z } from 'zod'
import { become } from '../support/agent-state.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'
import { eventually } from '../support/eventually.ts'

const FIRST = '0912345671'
const SECOND = '0912345672'
const THIRD = '0912345673'
const CORRECTED = '0912345674'
const TYPED = '0987654321'
const HIDDEN = '0912345676'
const UNHEARD = '0912345675'

let labHotline: LabHotline
let lab: Lab
let lan: Person
let desk: Listener
let phone: Phone

beforeAll(async () => {
  labHotline = await startLabHotline(
    { lan: '101', minh: '102' },
    { queues: { 'announce-frequency': '0' } },
  )
  lab = labHotline.lab
  ;({ person: lan, phone } = labHotline.deskOf('lan'))
  desk = await lan.listen()
})
afterAll(async () => {
  desk.close()
  await labHotline.stop()
})

async function waiting(from: string): Promise<CustomerCall> {
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from })
  await lab.ami.waitFor({ Event: 'QueueCallerJoin', CallerIDNum: from }, mark)
  return call
}

const customerAt = (number: string) => lab.customerPhone({ number, behaviour: 'manual' })

const answered = (number: string) =>
  desk.waitFor(
    'screen_pop',
    ({ call, stage }) => call.number.raw === number && stage === 'answered',
  )

function asked(number: string, fits: (promise: CallbackView) => boolean = () => true) {
  return desk.waitFor(
    'callback_updated',
    (one) => one.reason === 'asked' && one.number.raw === number && fits(one),
  )
}

async function pressOne(call: CustomerCall): Promise<void> {
  const mark = lab.ami.mark()
  await call.sip.press('1')
  await lab.ami.waitFor({ Event: 'UserEvent', UserEvent: 'HotlineHold' }, mark)
}

/** Asterisk takes keys less than 45 ms apart for one, until the phone sends sound. */
const BETWEEN_KEYS_MS = 60

async function type(call: CustomerCall, keys: string): Promise<void> {
  for (const key of keys) {
    const mark = lab.ami.mark()
    await call.sip.press(key)
    await lab.ami.waitFor({ Event: 'DTMFEnd', Digit: key, Direction: 'Received' }, mark)
    await delay(BETWEEN_KEYS_MS)
  }
}

/** The customer is called, talks and hangs up; the promise as it is then. */
async function talk(customer: CallInbox, number: string): Promise<CallbackView> {
  const atCustomer = await customer.waitForCall()
  atCustomer.answer()
  await asked(number, ({ ticket: opened }) => opened !== null)
  await atCustomer.hangup()
  return asked(number, ({ status }) => status === 'done')
}

/** lan, who was given the place, sends its customer to minh. */
async function handOn(): Promise<void> {
  const { person: minh, phone: phone102 } = labHotline.deskOf('minh')
  const minhsDesk = await minh.listen()
  await desk.waitFor('desk_call', (news) => news?.direction === 'callback')
  const callId = desk.all('desk_call').at(-1)?.id
  const order = { to: { staffId: minh.user.id } }
  await lan.send('POST', `/calls/${callId}/transfer`, order, z.unknown())
  const atMinh = await phone102.waitForCall()
  atMinh.answer()
  await minhsDesk.waitFor('desk_call', (news) => news?.id === callId)
  minhsDesk.close()
}

test('who presses 1 keeps the place, and is called in turn, before those who came later', async () => {
  await become(lan, desk, 'ready')
  const customer = await customerAt(SECOND)
  const first = await waiting(FIRST)
  const atFirst = await phone.waitForCall()
  const second = await waiting(SECOND)
  const third = await waiting(THIRD)
  const mark = lab.ami.mark()
  await pressOne(second)
  const place = { Event: 'QueueCallerJoin', CallerIDNum: SECOND, Position: '2' }
  await lab.ami.waitFor(place, mark)
  await second.hangup()
  expect(await asked(SECOND, ({ attempts }) => attempts.length > 0)).toMatchObject({
    status: 'dialing',
    ticket: null,
    assignee: null,
    attempts: [{ extension: '' }],
  })
  await eventually(async () => {
    const [queue] = (await labHotline.hotline.admin.get('/queues', queuesSnapshot)).queues
    const line = queue?.waiting.map(({ number, isPlace }) => [number.raw, isPlace])
    expect(line).toEqual([
      [FIRST, false],
      [SECOND, true],
      [THIRD, false],
    ])
  })

  atFirst.answer()
  await answered(FIRST)
  await first.hangup()
  const atSecond = await phone.waitForCall()
  const rung = await desk.waitFor('screen_pop', ({ call }) => call.number.raw === SECOND)
  expect(rung).toMatchObject({ stage: 'ringing', ticket: null })
  expect(atSecond.caller).toContain(SECOND)
  atSecond.answer()
  const atCustomer = await customer.waitForCall()
  atCustomer.answer()
  await asked(SECOND, ({ ticket: opened }) => opened !== null)
  await handOn()
  await atCustomer.hangup()
  const kept = await asked(SECOND, ({ status }) => status === 'done')
  expect(kept).toMatchObject({
    verdict: 'kept',
    assignee: { displayName: 'lan' },
    attempts: [{ extension: '101', outcome: 'reached' }],
  })
  const opened = await lan.get(`/tickets/${kept.ticket?.id}`, ticket)
  expect(opened).toMatchObject({ number: { raw: SECOND }, calls: [{ agents: ['lan', 'minh'] }] })

  const atThird = await phone.waitForCall()
  expect(atThird.caller).toContain(THIRD)
  atThird.answer()
  await answered(THIRD)
  await third.hangup()
  const { admin } = labHotline.hotline
  const { items } = await admin.get('/calls?limit=100', pageOf(callRow))
  const left = items.filter(
    ({ direction, number }) => direction === 'inbound' && number.raw === SECOND,
  )
  expect(left).toMatchObject([{ outcome: 'asked', ticket: null }])
  await eventually(async () => {
    const [queue] = (await admin.get('/queues', queuesSnapshot)).queues
    expect(queue?.today).toMatchObject({ offered: 3, answered: 2, abandoned: 0, asked: 1 })
  })
  expect(await lan.get('/missed', z.object({ items: z.array(missedCaller) }))).toEqual({
    items: [],
  })
})

test('the number is read back and corrected; nobody is dialled before the caller has hung up', async () => {
  await become(lan, desk, 'offline')
  const customer = await customerAt(TYPED)
  const call = await waiting(`+84${CORRECTED.slice(1)}`)
  await pressOne(call)
  await become(lan, desk, 'ready')
  const atLan = await phone.waitForCall()
  atLan.answer()
  await asked(CORRECTED, ({ attempts }) => attempts[0]?.stage === 'agent_answered')
  const mark = lab.ami.mark()
  await call.sip.press('2')
  await eventually(async () =>
    expect(await lab.cli('core show channels concise')).toContain('HOLD_TYPED'),
  )
  await type(call, `${TYPED}#`)
  await lab.ami.waitFor({ Event: 'UserEvent', UserEvent: 'HotlineHold', Number: TYPED }, mark)
  await asked(TYPED)
  expect(customer.calls).toEqual([])
  await call.hangup()
  const kept = await talk(customer, TYPED)
  expect(kept).toMatchObject({ verdict: 'kept', number: { raw: TYPED } })
})

test('who hides the number types one; who does not has given up', async () => {
  await become(lan, desk, 'offline')
  const { admin } = labHotline.hotline
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from: HIDDEN, withheld: true })
  const joined = await lab.ami.waitFor({ Event: 'QueueCallerJoin' }, mark)
  await call.sip.press('1')
  await eventually(async () =>
    expect(await lab.cli('core show channels concise')).toContain('HOLD_TYPED'),
  )
  await call.sip.press('4')
  await call.hangup()
  await eventually(async () => {
    const { items } = await admin.get('/calls?limit=100', pageOf(callRow))
    const left = items.find(({ uniqueid }) => uniqueid === joined['Uniqueid'])
    expect(left?.outcome).toBeOneOf(['abandoned', 'not_answered'])
  })
  expect(desk.all('callback_updated').some(({ number }) => number.raw === HIDDEN)).toBe(false)
  await become(lan, desk, 'ready')
})

test('a key that is pressed while the service is dead keeps the promise', async () => {
  const { hotline } = labHotline
  desk.close()
  await hotline.service.stop()
  const customer = await customerAt(UNHEARD)
  phone.behaviour = { behaviour: 'ignore' }
  const call = await waiting(UNHEARD)
  await pressOne(call)
  await call.hangup()
  phone.behaviour = { behaviour: 'manual' }
  const before = phone.calls.length
  await hotline.restart()
  desk = await lan.listen()
  await eventually(() => expect(phone.calls.length).toBeGreaterThan(before))
  phone.calls.at(-1)?.answer()
  expect(await talk(customer, UNHEARD)).toMatchObject({ reason: 'asked', verdict: 'kept' })
})
