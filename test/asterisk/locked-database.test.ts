import { afterAll, beforeAll, expect, test } from 'vitest'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticketRow } from '../../server/contract/tickets.ts'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { become } from '../support/agent-state.ts'
import { holdWriteLock } from '../support/busy-database.ts'
import type { Hotline } from '../support/hotline.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener, Person } from '../support/person.ts'

/** Shorter than what a transaction waits for by itself, and longer. */
const [SHORT_MS, LONG_MS] = [3000, 6500]
/** What the lock's own timer and the news of it may differ by. */
const TOLERANCE_MS = 200

const ticketPage = pageOf(ticketRow)

let labHotline: LabHotline
let lab: Lab
let hotline: Hotline
let lan: Person
let phone: Phone
let desk: Listener

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101' })
  ;({ lab, hotline } = labHotline)
  ;({ person: lan, phone } = labHotline.deskOf('lan'))
  desk = await lan.listen()
  await become(lan, desk, 'ready')
})
afterAll(async () => {
  desk.close()
  await labHotline.stop()
})

/** Another program writes for some seconds; returns when it will be done, on the monotonic clock. */
async function lockDatabase(heldMs: number): Promise<number> {
  await holdWriteLock(hotline.databaseUrl.replace(/^sqlite:/, ''), heldMs)
  return performance.now() + heldMs
}

function popOf(number: string, wanted: string) {
  return desk.waitFor(
    'screen_pop',
    ({ stage, call }) => stage === wanted && call.number.key === number,
  )
}

async function ticketsOf(number: string) {
  const { items } = await lan.get('/tickets?limit=200', ticketPage)
  return items.filter((ticket) => ticket.number?.key === number)
}

test('a call answered while the database is locked pops after the lock and has one ticket', async () => {
  const call = await lab.placeCall({ from: '0900000301' })
  const atAgent = await phone.waitForCall()
  const ringing = await popOf('+84900000301', 'ringing')
  const unlockedAt = await lockDatabase(SHORT_MS)
  atAgent.answer()
  const answered = await popOf('+84900000301', 'answered')
  expect(performance.now()).toBeGreaterThan(unlockedAt - TOLERANCE_MS)
  expect(answered.id).toBe(ringing.id)
  await call.hangup()
  await popOf('+84900000301', 'ended')
  expect(await ticketsOf('+84900000301')).toMatchObject([
    { id: answered.ticket?.id, recovered: false, assignee: { id: lan.user.id } },
  ])
})

test('a call that comes, is answered and ends while the database is locked has one ticket, and the page says what it waits for', async () => {
  const mark = lab.ami.mark()
  const unlockedAt = await lockDatabase(LONG_MS)
  const call = await lab.placeCall({ from: '0900000302' })
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  await lab.ami.waitFor({ Event: 'AgentConnect' }, mark)
  await call.hangup()
  await atAgent.ended
  expect(performance.now()).toBeLessThan(unlockedAt)
  await desk.waitFor('ticket_updated', (ticket) => ticket.number?.key === '+84900000302')
  expect(performance.now()).toBeGreaterThan(unlockedAt - TOLERANCE_MS)
  await hotline.ready()
  const weather = desk.all('service_status')
  expect(weather.map(({ database }) => database)).toEqual(['waiting', 'ok'])
  expect(await ticketsOf('+84900000302')).toMatchObject([
    { recovered: false, assignee: { id: lan.user.id } },
  ])
})
