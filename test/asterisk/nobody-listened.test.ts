import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callDetail, type CallDetail, callRow } from '../../server/contract/calls.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import type { CallCounts } from '../../server/contract/supervision/figures.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import { textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import type { Clock } from '../../server/ports.ts'
import { systemClock } from '../../server/system-clock.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import type { Hotline } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Person } from '../support/person.ts'
import { eventually } from '../support/eventually.ts'

const calls = pageOf(callRow)
/** What the service does each minute it does every five seconds here. */
const LONGEST_PAUSE_MS = 5_000
const hurriedClock: Clock = {
  ...systemClock,
  after: (ms, task) => systemClock.after(Math.min(ms, LONGEST_PAUSE_MS), task),
}

let labHotline: LabHotline
let lab: Lab
let hotline: Hotline
let lan: Person
let phone101: Phone
let phone102: Phone

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101', minh: '102' }, { clock: hurriedClock })
  ;({ lab, hotline } = labHotline)
  ;({ person: lan, phone: phone101 } = labHotline.deskOf('lan'))
  ;({ phone: phone102 } = labHotline.deskOf('minh'))
  const desk = await lan.listen()
  await become(lan, desk, 'ready')
  desk.close()
})
afterAll(() => labHotline.stop())

const keyOf = (from: string): string => `+84${from.slice(1)}`

async function callFrom(from: string): Promise<CallDetail> {
  const { items } = await hotline.admin.get('/calls?limit=100', calls)
  const found = items.find(({ number }) => number.key === keyOf(from))
  if (found === undefined) throw new Error(`no call from ${from} is known yet`)
  return hotline.admin.get(`/calls/${found.id}`, callDetail)
}

async function today(): Promise<CallCounts | undefined> {
  const { queues } = await hotline.admin.get('/queues', queuesSnapshot)
  return queues.find(({ name }) => name === 'hotline')?.today
}

/** A customer in the queue of whom the service knows, before it stops. */
async function waitsInQueue(from: string) {
  const call = await lab.placeCall({ from })
  const known = async () => expect(['waiting', 'ringing']).toContain((await callFrom(from)).status)
  await eventually(known)
  return call
}

/** A customer in the queue, and the call that rings for them at the phone of lan. */
async function ringsAtLan(from: string) {
  const before = phone101.calls.length
  const call = await waitsInQueue(from)
  await eventually(() => expect(phone101.calls.length).toBeGreaterThan(before))
  const atLan = phone101.calls.at(-1)
  if (atLan === undefined) throw new Error('the phone of lan has no call')
  return { call, atLan }
}

async function comeBack(): Promise<void> {
  await hotline.restart()
  await hotline.ready()
}

async function ticketsOf(from: string) {
  const { items } = await hotline.admin.get('/tickets?limit=200', pageOf(ticketRow))
  return items.filter(({ number }) => number?.key === keyOf(from))
}

/** Milliseconds that the PBX's journal gives for the first answer of this call. */
async function journalAnswer(uniqueid: string): Promise<number> {
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  const entry = (await lab.journal(day)).get(`answered/${uniqueid}`)
  return Number(entry?.split('|')[1])
}

test('queue timeouts while the service was stopped are timeouts within a minute, and nobody abandoned', async () => {
  await lab.ami.send({ Action: 'Setvar', Variable: 'HOTLINE_WAIT_SECONDS', Value: '3' })
  const before = await today()
  const mark = lab.ami.mark()
  const gone = await waitsInQueue('0900000301')
  const inClosing = await waitsInQueue('0900000302')
  await hotline.service.stop()
  for (const from of ['0900000301', '0900000302']) {
    const isLeaving = (event: Parameters<typeof textOf>[0]) =>
      textOf(event, 'Event') === 'QueueCallerLeave' && textOf(event, 'CallerIDNum') === from
    await lab.ami.waitFor(isLeaving, mark)
  }
  // one is over before the service is back, the other hears the closing words meanwhile
  await gone.hangup()
  await comeBack()
  await inClosing.outcome
  await eventually(async () => {
    const told = [await callFrom('0900000301'), await callFrom('0900000302')]
    expect(told.map(({ status, outcome }) => [status, outcome])).toEqual([
      ['ended', 'timeout'],
      ['ended', 'timeout'],
    ])
  })
  const after = await today()
  expect(after?.abandoned).toBe(before?.abandoned)
  expect(after?.offered).toBe((before?.offered ?? 0) + 2)
  await lab.ami.send({ Action: 'Setvar', Variable: 'HOTLINE_WAIT_SECONDS', Value: '600' })
})

test('answered and transferred while the service was stopped: two segments, the first one’s ticket, the journal’s times', async () => {
  const from = '0900000303'
  const { call, atLan } = await ringsAtLan(from)
  await hotline.service.stop()
  atLan.answer()
  await delay(2_000)
  await atLan.transfer('102')
  const atMinh = await phone102.waitForCall()
  const taken = lab.ami.mark()
  atMinh.answer()
  await lab.ami.waitFor({ Event: 'BridgeEnter' }, taken)
  await comeBack()
  const talking = await callFrom(from)
  expect(talking).toMatchObject({ status: 'talking', recovered: true })
  expect(talking.segments.map(({ extension, how }) => [extension, how])).toEqual([
    ['101', 'recovered'],
    ['102', 'transfer'],
  ])
  const answeredAt = await journalAnswer(talking.uniqueid)
  expect(Date.parse(talking.answeredAt ?? '')).toBe(answeredAt)
  expect(Date.parse(talking.segments[0]?.startedAt ?? '')).toBe(answeredAt)
  const tickets = await ticketsOf(from)
  expect(tickets.map(({ assignee }) => assignee?.displayName)).toEqual(['lan'])
  await call.hangup()
  await eventually(async () => expect((await callFrom(from)).status).toBe('ended'))
  const over = await callFrom(from)
  expect(over.segments.map(({ extension }) => extension)).toEqual(['101', '102'])
  expect(Date.parse(over.answeredAt ?? '')).toBe(answeredAt)
})

test('a call that a crash of the PBX cut ends when the PBX was last heard of, not when it is up again', async () => {
  const from = '0900000304'
  const { atLan } = await ringsAtLan(from)
  atLan.answer()
  await eventually(async () => expect((await callFrom(from)).status).toBe('talking'))
  await delay(2_000)
  await lab.killPbx()
  const killedAt = Date.now()
  await delay(8_000)
  await lab.boot()
  await hotline.ready()
  await eventually(async () => expect((await callFrom(from)).status).toBe('ended'))
  const { endedAt, talkSeconds } = await callFrom(from)
  expect(Math.abs(Date.parse(endedAt ?? '') - killedAt)).toBeLessThan(1_500)
  expect(talkSeconds).toBeLessThanOrEqual(4)
})
