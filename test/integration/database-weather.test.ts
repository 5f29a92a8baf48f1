import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Event, recordCalls } from '../../scripts/benchmarks/call-stream.ts'
import { jobsView } from '../../server/contract/jobs.ts'
import type { ScreenPop } from '../../server/contract/screen-pop.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { countTurns } from '../support/busy-database.ts'
import { DIALECTS } from '../support/database.ts'
import { OUTAGES, refuseTickets } from '../support/outage.ts'
import { Refused } from '../support/person.ts'
import { openWeatherHouse, type WeatherHouse } from '../support/weather-house.ts'
import { eventually } from '../support/eventually.ts'

/** An owed ticket is looked for every minute. */
const OWED_WITHIN_MS = 61_000
type Moment = 'ringing' | 'answer' | 'hangup'
const MOMENTS: readonly Moment[] = ['ringing', 'answer', 'hangup']
/** What the agent's screen shows of the call after each. */
const STAGES = { ringing: 'ringing', answer: 'answered', hangup: 'ended' } as const
/** Who waits for a lock synchronously stops everything for the lock's five seconds and more. */
const STANDS_STILL_MS = 3_000
/** Outages side by side, the moments of one after each other. */
const ONE_BY_ONE = { concurrent: false, timeout: 40_000 }
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
  const { call } = await eventually(() => rowsOf(house, told))
  return house.screen.waitFor('screen_pop', (pop) => pop.call.id === call.id && pop.stage === stage)
}

async function expectWhole(house: WeatherHouse, told: TestCall): Promise<void> {
  const { call, tickets, timeline, pops } = await rowsOf(house, told)
  // The service reads what another connection does: what it told is stored.
  const ours = house.inside.db.selectFrom('call').select('status').where('id', '=', call.id)
  expect(call.status).toBe((await ours.executeTakeFirstOrThrow()).status)
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
        await screen.waitFor('service_status', () => news().at(-1)?.database === 'waiting')
        expect(await refusal).toEqual({ status: 503, retryAfter: '5' })
        const { turns, longestGapMs } = loop.stop()
        expect(turns).toBeGreaterThan(outage.turnsAtLeast)
        expect(longestGapMs).toBeLessThan(STANDS_STILL_MS)
        expect((await fetch(`${hotline.url}/healthz`)).status).toBe(200)
      } finally {
        await end()
      }

      await hotline.ready()
      expect(news().map(({ database }) => database)).toEqual(['waiting', 'ok'])
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

describe.runIf(DIALECTS.includes('postgres'))('a commit whose answer is lost, on postgres', () => {
  let house: WeatherHouse
  beforeAll(async () => {
    house = await openWeatherHouse('postgres')
  })
  afterAll(() => house.stop())

  it('at the answer of a call is repeated: one ticket, one line, one pop', async () => {
    const { hotline, proxy, screen } = house
    const call = aCall()
    house.hear(call.said.ringing)
    await popOf(house, call, 'ringing')
    await hotline.service.idle()
    proxy?.cutAfter('commit', 'insert into "ticket"')
    house.hear(call.said.answer)
    const { id, ticket: opened } = await popOf(house, call, 'answered')
    expect(proxy?.cuts()).toBe(1)
    house.hear(call.said.hangup)
    await popOf(house, call, 'ended')
    await hotline.service.idle()
    await expectWhole(house, call)
    await expectNothingLost(house)
    const { tickets } = await rowsOf(house, call)
    expect(opened?.code).toBe(tickets[0]?.code)
    const shown = screen.all('screen_pop').filter((pop) => pop.id === id)
    expect(shown.map(({ stage }) => stage)).toEqual(['ringing', 'answered', 'ended'])
  })
})

describe.each(DIALECTS)('a ticket that the database refuses, on %s', (dialect) => {
  let house: WeatherHouse
  beforeAll(async () => {
    house = await openWeatherHouse(dialect)
  })
  afterAll(() => house.stop())

  it('is set aside with its reason, and opened when it is refused no more', async () => {
    const { hotline, clock } = house
    const call = aCall()
    house.hear(call.said.ringing)
    await popOf(house, call, 'ringing')
    const allow = await refuseTickets(house)
    house.hear(call.said.answer)
    house.hear(call.said.hangup)
    // Nobody has a pop of a conversation without a ticket.
    await popOf(house, call, 'withdrawn')
    await hotline.service.idle()
    const before = await rowsOf(house, call)
    expect(before.call).toMatchObject({ status: 'ended', outcome: 'answered', ticket_id: null })
    expect(before.tickets).toEqual([])
    const { setAside } = await hotline.admin.get('/jobs', jobsView)
    expect(setAside.items).toMatchObject([
      {
        kind: 'call_event',
        subject: `pbx1 ${call.uniqueid}`,
        reason: expect.stringContaining('no ticket today'),
        detail: expect.stringContaining('call_answered'),
      },
    ])
    await expect(house.lan.get('/jobs', jobsView)).rejects.toMatchObject({ status: 403 })
    expect((await house.readyz()).status).toBe(200)

    await allow()
    clock.shift(OWED_WITHIN_MS)
    await eventually(async () => expect((await rowsOf(house, call)).tickets).toHaveLength(1))
    const after = await rowsOf(house, call)
    expect(after.tickets).toMatchObject([
      { id: after.call.ticket_id, recovered: 1, assignee_id: house.lan.user.id },
    ])
    expect(after.timeline.map(({ kind }) => kind)).toEqual(['opened'])
    // The next call is as if nothing had been.
    const next = aCall()
    house.hear([...next.said.ringing])
    await popOf(house, next, 'ringing')
    house.hear(next.said.answer)
    await popOf(house, next, 'answered')
    house.hear(next.said.hangup)
    await popOf(house, next, 'ended')
    await expectWhole(house, next)
  })
})
