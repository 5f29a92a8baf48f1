import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Event, recordCalls } from '../../scripts/benchmarks/call-stream.ts'
import { jobsView } from '../../server/contract/jobs.ts'
import type { ScreenPop } from '../../server/contract/screen-pop.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { countTurns } from '../support/busy-database.ts'
import { DIALECTS } from '../support/database.ts'
import { OUTAGES } from '../support/outage.ts'
import { Refused } from '../support/person.ts'
import { openWeatherHouse, type WeatherHouse } from '../support/weather-house.ts'

/** From its frames to its rows, on a busy machine. */
const SAVED_MS = 10_000
type Moment = 'ringing' | 'answer' | 'hangup'
const MOMENTS: readonly Moment[] = ['ringing', 'answer', 'hangup']
/** What the agent's screen shows of the call after each. */
const STAGES = { ringing: 'ringing', answer: 'answered', hangup: 'ended' } as const
/** Outages side by side, the moments of one after each other. */
const ONE_BY_ONE = { concurrent: false, timeout: 60_000 }
const TICKET = { channel: 'counter', kind: 'incident', description: '' } as const

interface TestCall {
  uniqueid: string
  /** What the PBX says of it at each moment. */
  said: Record<Moment, Event[]>
}

let played = 0
/** A call that no other test plays: a second apart, each by another caller. */
function aCall(): TestCall {
  played += 1
  const [call] = recordCalls(1, ['101'], Date.now() + played * 1000)
  if (call === undefined) throw new Error('no call was recorded')
  const said = { ringing: call.before, answer: [call.answer], hangup: call.after }
  return { uniqueid: call.uniqueid, said }
}

/** The call as every table has it. */
async function rowsOf({ outside: { db } }: WeatherHouse, { uniqueid }: TestCall) {
  const call = await db
    .selectFrom('call')
    .selectAll()
    .where('uniqueid', '=', uniqueid)
    .executeTakeFirstOrThrow()
  const tickets = await db
    .selectFrom('ticket')
    .selectAll()
    .where('opened_by_call_id', '=', call.id)
    .execute()
  const timeline = await db
    .selectFrom('ticket_timeline')
    .selectAll()
    .where('ticket_id', '=', tickets[0]?.id ?? '')
    .execute()
  const pops = await db
    .selectFrom('screen_pop')
    .selectAll()
    .where('call_id', '=', call.id)
    .execute()
  return { call, tickets, timeline, pops }
}

async function popOf(house: WeatherHouse, told: TestCall, stage: ScreenPop['stage']) {
  const { call } = await vi.waitFor(() => rowsOf(house, told), { timeout: SAVED_MS })
  return house.screen.waitFor('screen_pop', (pop) => pop.call.id === call.id && pop.stage === stage)
}

async function expectWhole(house: WeatherHouse, told: TestCall): Promise<void> {
  const { call, tickets, timeline, pops } = await rowsOf(house, told)
  expect(call).toMatchObject({ status: 'ended', outcome: 'answered', due_tries: 0 })
  expect(tickets).toMatchObject([
    { id: call.ticket_id, assignee_id: house.lan.user.id, recovered: 0 },
  ])
  expect(timeline.map(({ kind }) => kind)).toEqual(['opened'])
  expect(pops).toMatchObject([{ staff_id: house.lan.user.id, stage: 'ended' }])
}

/** Nothing was given up, and no number of a ticket was lost to a try that failed. */
async function expectNothingLost({ hotline, outside }: WeatherHouse): Promise<void> {
  expect((await hotline.admin.get('/jobs', jobsView)).setAside.items).toEqual([])
  const rows = await outside.db.selectFrom('ticket').select('code').orderBy('code').execute()
  expect(rows.map(({ code }) => Number(code.split('-').at(-1)))).toEqual(
    rows.map((_row, index) => index + 1),
  )
}

/** Asks for a ticket by hand; answers how it was refused, null when it was not. */
async function refusalOf({ lan }: WeatherHouse, subject: string) {
  try {
    await lan.send('POST', '/tickets', { ...TICKET, subject }, ticket)
    return null
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return { status: error.status, retryAfter: error.retryAfter }
  }
}

const isOurs = ({ hotline }: WeatherHouse) =>
  Promise.race([hotline.service.lost, Promise.resolve('still ours')])

for (const outage of OUTAGES.filter(({ dialect }) => DIALECTS.includes(dialect))) {
  describe.concurrent(`a database that is ${outage.name}, on ${outage.dialect}`, () => {
    let house: WeatherHouse
    beforeAll(async () => {
      house = await openWeatherHouse(outage.dialect)
    })
    afterAll(() => house.stop())

    it.each(MOMENTS)('during %s costs nothing', ONE_BY_ONE, async (moment) => {
      const { hotline, screen } = house
      const call = aCall()
      const at = MOMENTS.indexOf(moment)
      for (const before of MOMENTS.slice(0, at)) {
        house.hear(call.said[before])
        // oxlint-disable-next-line no-await-in-loop
        await popOf(house, call, STAGES[before])
      }
      await hotline.service.idle()
      const statusesBefore = screen.all('service_status').length
      const news = () => screen.all('service_status').slice(statusesBefore)

      const loop = countTurns()
      const end = await outage.begin(house)
      try {
        house.hear(call.said[moment])
        const refusal = refusalOf(house, moment)
        await house.untilNotReady(outage.says)
        if (outage.stopsWrites) {
          await screen.waitFor('service_status', () => news().at(-1)?.database === 'waiting')
        }
        expect(await refusal).toEqual(outage.stopsWrites ? { status: 503, retryAfter: '5' } : null)
        expect(loop.stop().turns).toBeGreaterThan(outage.turnsAtLeast)
        expect((await fetch(`${hotline.url}/healthz`)).status).toBe(200)
      } finally {
        await end()
      }

      await hotline.ready()
      expect(news().map(({ database }) => database)).toEqual(
        outage.stopsWrites ? ['waiting', 'ok'] : [],
      )
      await popOf(house, call, STAGES[moment])
      for (const later of MOMENTS.slice(at + 1)) {
        house.hear(call.said[later])
        // oxlint-disable-next-line no-await-in-loop
        await popOf(house, call, STAGES[later])
      }
      await hotline.service.idle()
      expect((await popOf(house, call, 'answered')).ticket?.code).toMatch(/^KN-/)
      await expectWhole(house, call)
      await expectNothingLost(house)
      expect(screen.all('desk_snapshot')).toHaveLength(1)
      expect(await isOurs(house)).toBe('still ours')
      // What was refused was not half done, and can be asked for again.
      expect(await refusalOf(house, moment)).toBeNull()
    })
  })
}
