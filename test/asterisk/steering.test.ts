import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { callDetail, callRow } from '../../server/contract/calls.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { closeResult } from '../../server/contract/supervision/steering.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import type { CustomerCall } from '../../scripts/pbx-lab/carrier.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import { eventually } from '../support/eventually.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import { playTone } from '../support/tone.ts'
import type { Listener, Person } from '../support/person.ts'

let labHotline: LabHotline
let lab: Lab
let lan: Person
let minh: Person
let chi: Person
let lansDesk: Listener
let minhsDesk: Listener
let chisDesk: Listener
let lansPhone: Phone
let minhsPhone: Phone
let chisPhone: Phone

beforeAll(async () => {
  labHotline = await startLabHotline(
    { lan: '101', minh: '102' },
    { queues: { 'announce-frequency': '0', timeout: '5' } },
  )
  lab = labHotline.lab
  ;({ person: lan, phone: lansPhone } = labHotline.deskOf('lan'))
  ;({ person: minh, phone: minhsPhone } = labHotline.deskOf('minh'))
  chi = await labHotline.hotline.hire('chi', 'supervisor', '103')
  chisPhone = await lab.startPhone({ extension: '103', behaviour: 'manual' })
  await labHotline.hotline.ready()
})
afterAll(() => labHotline.stop())
beforeEach(async () => {
  lansDesk = await lan.listen()
  minhsDesk = await minh.listen()
  chisDesk = await chi.listen()
})

const reason = 'khách quan trọng'
const order = (path: string, body: object = { reason }) => chi.send('POST', path, body, z.unknown())

const board = () => chi.get('/queues', queuesSnapshot)
/** The numbers that wait in the hotline, the next one first. */
async function line(): Promise<(string | null)[]> {
  const { queues } = await board()
  return queues.flatMap(({ waiting }) => waiting.map(({ number }) => number.raw))
}
const lineIs = (numbers: string[]) => eventually(async () => expect(await line()).toEqual(numbers))

async function uniqueidOf(number: string): Promise<string> {
  const waiting = (await board()).queues.flatMap((queue) => queue.waiting)
  const found = waiting.find((one) => one.number.raw === number)
  if (found === undefined) throw new Error(`${number} does not wait`)
  return found.uniqueid
}

/** Customers who wait, in this order. */
async function wait(...numbers: string[]): Promise<CustomerCall[]> {
  const calls: CustomerCall[] = []
  for (const from of numbers) {
    const mark = lab.ami.mark()
    calls.push(await lab.placeCall({ from }))
    await lab.ami.waitFor({ Event: 'QueueCallerJoin', CallerIDNum: from }, mark)
  }
  await lineIs(numbers)
  return calls
}

const calls = pageOf(callRow.loose())
async function callOf(number: string) {
  const { items } = await chi.get(`/calls?direction=inbound&q=${number}`, calls)
  const [found] = items
  if (found === undefined) throw new Error(`no call of ${number}`)
  return chi.get(`/calls/${found.id}`, callDetail)
}

const send = async (number: string, to: Person) =>
  order(`/queues/hotline/waiting/${await uniqueidOf(number)}/send`, { staffId: to.user.id, reason })

async function gone(call: CustomerCall | undefined): Promise<void> {
  await call?.hangup()
  await call?.outcome
}

test('a waiting caller is moved before all others, which the queue itself shows', async () => {
  const [first, second, third] = ['0900001001', '0900001002', '0900001003']
  const waiting = await wait(first, second, third)
  await order(`/queues/hotline/waiting/${await uniqueidOf(third)}/move-up`)
  await lineIs([third, first, second])
  await order(`/queues/hotline/waiting/${await uniqueidOf(second)}/move-up`)
  await lineIs([second, third, first])
  await Promise.all(waiting.map(gone))
  await lineIs([])
  expect(lansPhone.calls).toEqual([])
})

test('a caller who is sent to an agent talks to them: one call, whole wait, not abandoned', async () => {
  const [before, sent] = ['0900001011', '0900001012']
  const [first, call] = await wait(before, sent)
  const ordered = send(sent, minh)
  const atMinh = await minhsPhone.waitForCall()
  await ordered
  await lineIs([before])
  atMinh.answer()
  const own = await minhsDesk.waitFor('desk_call', (news) => news?.number.raw === sent)
  expect(own?.ticket).not.toBeNull()
  await gone(call)
  await gone(first)
  await eventually(async () => {
    const detail = await callOf(sent)
    expect(detail).toMatchObject({
      status: 'ended',
      outcome: 'answered',
      queue: 'hotline',
      segments: [{ extension: '102' }],
    })
  })
})

test('whom the agent does not take has the old place again, with the same call', async () => {
  const [first, second, third] = ['0900001021', '0900001022', '0900001023']
  const waiting = await wait(first, second, third)
  const entered = (await callOf(second)).enteredAt
  const ordered = send(second, minh)
  const atMinh = await minhsPhone.waitForCall()
  await ordered
  await lineIs([first, third])
  const late = await lab.placeCall({ from: '0900001024' })
  await lineIs([first, third, '0900001024'])
  atMinh.reject(486)
  await lineIs([first, second, third, '0900001024'])
  const waitingNow = (await board()).queues.flatMap((queue) => queue.waiting)
  expect(waitingNow[1]).toMatchObject({ number: { raw: second }, joinedAt: entered })
  const again = await callOf(second)
  expect(again).toMatchObject({ status: 'waiting', outcome: null, enteredAt: entered })
  // and taken in turn it is answered with the wait of both stays
  await become(lan, lansDesk, 'ready')
  await gone(waiting[0])
  const atLan = await lansPhone.waitForCall()
  atLan.answer()
  await eventually(async () => expect((await callOf(second)).answeredAt).not.toBeNull())
  await become(lan, lansDesk, 'offline')
  await Promise.all([...waiting.slice(1), late].map(gone))
  await lineIs([])
})

test('a caller who hangs up while the agent’s phone rings gave up waiting', async () => {
  const number = '0900001031'
  const [call] = await wait(number)
  const ordered = send(number, minh)
  const atMinh = await minhsPhone.waitForCall()
  await ordered
  await gone(call)
  await atMinh.ended
  await eventually(async () => expect((await callOf(number)).outcome).toBe('abandoned'))
})

test('nobody is sent to an agent who is busy, nor to somebody who takes no calls', async () => {
  const number = '0900001041'
  const [call] = await wait(number)
  const busy = minhsPhone.call('103')
  const atChi = await chisPhone.waitForCall()
  atChi.answer()
  await busy.up
  await expect(send(number, minh)).rejects.toThrow('target_busy')
  await expect(send(number, chi)).rejects.toThrow('target_no_agent')
  await busy.hangup()
  await gone(call)
})

const tickets = pageOf(ticketRow)

test('a supervisor takes a call over: one ticket, both parts; the agent is told by whom and why', async () => {
  await become(lan, lansDesk, 'ready')
  const number = '0900001061'
  const call = await lab.placeCall({ from: number })
  const atLan = await lansPhone.waitForCall()
  atLan.answer()
  const own = await lansDesk.waitFor('desk_call', (news) => news?.number.raw === number)
  const callId = own?.id ?? 'none'
  // a channel that nothing is heard of lets go of who listens with its next sound only
  const voice = playTone(lansPhone.agent, atLan, 'agent')
  onTestFinished(() => voice.stop())
  const listening = order(`/calls/${callId}/monitor`, { mode: 'listen' })
  const atChi = await chisPhone.waitForCall()
  atChi.answer()
  await listening
  const taking = order(`/calls/${callId}/take-over`)
  const again = await chisPhone.waitForCall()
  await taking
  expect(await atChi.ended).toMatchObject({ by: 'them', wasUp: true })
  again.answer()
  expect(await atLan.ended).toMatchObject({ by: 'them', wasUp: true })
  await chisDesk.waitFor('desk_call', (news) => news?.id === callId)
  const told = await lansDesk.waitFor(
    'notification',
    ({ kind, fields }) => kind === 'member_steered' && fields['state'] === 'taken_over',
  )
  expect(told.fields).toEqual({ state: 'taken_over', by: 'chi', reason })
  const detail = await chi.get(`/calls/${callId}`, callDetail)
  expect(detail.segments).toMatchObject([
    { extension: '101', how: 'queue' },
    { extension: '103', how: 'transfer' },
  ])
  const { items } = await chi.get('/tickets?limit=200', tickets)
  expect(items.filter((one) => one.number?.raw === number)).toHaveLength(1)

  await order(`/calls/${callId}/hangup`, {})
  expect(await call.outcome).toMatchObject({ by: 'them' })
  await become(lan, lansDesk, 'offline')
})

test('a supervisor ends the call of others with a reason, and not without', async () => {
  await become(lan, lansDesk, 'ready')
  const number = '0900001071'
  const call = await lab.placeCall({ from: number })
  const atLan = await lansPhone.waitForCall()
  atLan.answer()
  const own = await lansDesk.waitFor('desk_call', (news) => news?.number.raw === number)
  const path = `/calls/${own?.id}/hangup`
  await expect(order(path, {})).rejects.toThrow('reason_missing')
  await order(path, { reason: 'quấy rối' })
  expect(await call.outcome).toMatchObject({ by: 'them', wasUp: true })
  await become(lan, lansDesk, 'offline')
})

test('the queue is closed: everybody who waits hears it and is promised a callback, but whom a phone that rings answers', async () => {
  const [first, second] = ['0900001051', '0900001052']
  const numbers = [first, second]
  const [answered, ...waiting] = await wait('0900001053', ...numbers)
  await become(lan, lansDesk, 'ready')
  const atLan = await lansPhone.waitForCall()
  const mark = lab.ami.mark()
  const closing = chi.send('POST', '/queues/hotline/close', { reason: 'hết ca' }, closeResult)
  await lab.ami.waitFor({ Event: 'QueueCallerLeave', CallerIDNum: second }, mark)
  atLan.answer()
  expect(await closing).toEqual({ promised: 2, stayed: 1, unheard: 0 })
  await become(lan, lansDesk, 'offline')
  await gone(answered)
  for (const number of numbers) {
    await lansDesk.waitFor(
      'callback_updated',
      (one) => one.reason === 'asked' && one.number.raw === number,
    )
  }
  await Promise.all(waiting.map(gone))
  for (const number of numbers) {
    await eventually(async () => expect((await callOf(number)).outcome).toBe('asked'))
  }
})
