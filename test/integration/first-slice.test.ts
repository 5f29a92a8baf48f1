import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { callbackView } from '../../server/contract/callbacks.ts'
import { calendarView } from '../../server/contract/calendar.ts'
import { callDetail, callRow } from '../../server/contract/calls.ts'
import { customerLookup, ticket, ticketRow } from '../../server/contract/tickets.ts'
import { agentState, deskSnapshot } from '../../server/contract/desk.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { queuesSnapshot } from '../../server/contract/queues.ts'
import { localDay } from '../../server/calendar/working-days.ts'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import { loadFirstSlice, pbxAfterTheFall, type PbxAfterTheFall } from '../fixtures/first-slice.ts'
import { createTemplate, type Template } from '../support/copied-database.ts'
import {
  createScratchDatabase,
  DIALECTS,
  openTestDatabase,
  type Scratch,
  type TestDialect,
} from '../support/database.ts'
import { type FakeAmi, startFakeAmi } from '../support/fake-ami-server.ts'
import { type Hotline, PASSWORD, startHotline } from '../support/hotline.ts'
import { type Person, Refused, signIn } from '../support/person.ts'
import { describeSchema } from '../support/schema-view.ts'
import { createShiftedClock, type ShiftedClock } from '../support/shifted-clock.ts'
import { eventually } from '../support/eventually.ts'

const MINUTE_MS = 60_000
const callPage = pageOf(callRow)
const ticketPage = pageOf(ticketRow)
const callbackPage = pageOf(callbackView)
const storedState = z.object({
  holdSeconds: z.number().optional(),
  segments: z.array(z.object({ holdSeconds: z.number().optional() })),
})

/** The service of today on what the first slice left, with the PBX as it is eight seconds later. */
interface House {
  hotline: Hotline
  database: Database
  ami: FakeAmi
  clock: ShiftedClock
  pbx: PbxAfterTheFall
  stop(): Promise<void>
}

async function goOn(dialect: TestDialect, scratch: Scratch): Promise<House> {
  const pbx = pbxAfterTheFall(dialect)
  const clock = createShiftedClock()
  clock.shift(Date.parse(pbx.seenAt) - Date.now())
  const ami = await startFakeAmi({ nowMs: () => clock.nowMs(), uptime: pbx.uptimeSeconds })
  ami.pbx.queueStatus = pbx.queueStatus
  ami.pbx.channels = pbx.channels
  ami.pbx.database = new Map(Object.entries(pbx.journal))
  ami.pbx.members = membersOf(pbx)
  const hotline = await startHotline({
    amiUrl: ami.url,
    dialect,
    clock,
    databaseUrl: scratch.url,
  })
  await hotline.ready()
  const database = await openDatabase(hotline.databaseUrl)
  async function stop(): Promise<void> {
    await database.close()
    await hotline.stop()
    await ami.stop()
    await scratch.remove()
  }
  return { hotline, database, ami, clock, pbx, stop }
}

/** What the first slice left, after the migrations that the service makes when it starts. */
async function loadMigrated(dialect: TestDialect, databaseUrl: string): Promise<void> {
  await loadFirstSlice(dialect, databaseUrl)
  const database = await openDatabase(databaseUrl)
  await migrateToLatestOrThrow(database)
  await database.close()
}

function membersOf({ queueStatus }: PbxAfterTheFall): FakeAmi['pbx']['members'] {
  const members = queueStatus.filter((item) => item['Event'] === 'QueueMember')
  return new Map(
    members.map((item) => [
      `${String(item['Queue'])}|${String(item['Location'])}`,
      { paused: item['Paused'] === '1', reason: '', memberName: String(item['Name']) },
    ]),
  )
}

for (const dialect of DIALECTS) {
  describe(`the first slice’s database on ${dialect}`, () => {
    let migrated: Template
    let house: House
    let people: Map<string, Promise<Person>>
    beforeAll(async () => {
      migrated = await createTemplate(dialect, (url) => loadMigrated(dialect, url))
    })
    afterAll(() => migrated.remove())

    async function enter(scratch: Scratch): Promise<void> {
      people = new Map()
      house = await goOn(dialect, scratch)
    }

    /** Signs in once per person and house. */
    async function as(username: string): Promise<Person> {
      const person = people.get(username) ?? house.hotline.signIn(username)
      people.set(username, person)
      return person
    }

    /** Whoever was there may have been given the promise while its agent was not. */
    async function giveBackTo(username: string, number: string): Promise<void> {
      const { id, version, assignee } = await promiseTo(number)
      const { user } = await as(username)
      if (assignee?.id === user.id) return
      const body = { version, staffId: user.id }
      await (await as('giamsat')).send('POST', `/callbacks/${id}/assign`, body, callbackView)
    }

    async function callFrom(number: string) {
      const boss = await as('giamsat')
      const { items } = await boss.get('/calls?limit=200', callPage)
      const row = items.find((call) => call.number.raw === number && call.direction === 'inbound')
      if (row === undefined) throw new Error(`no call from ${number}`)
      return boss.get(`/calls/${row.id}`, callDetail)
    }

    async function promiseTo(number: string) {
      const boss = await as('giamsat')
      const { items } = await boss.get('/callbacks?mine=0&limit=200', callbackPage)
      const found = items.find((promise) => promise.number.raw === number)
      if (found === undefined) throw new Error(`nothing was promised to ${number}`)
      return found
    }

    async function popsOf(username: string) {
      const desk = await (await as(username)).get('/desk', deskSnapshot)
      return desk.pops.map(({ stage, call }) => [stage, call.number.raw])
    }

    /** The channel of this call's caller, or of the agent in the same bridge, is gone. */
    function hangUp(uniqueid: string): void {
      const channel = house.pbx.channels.find((one) => one['Uniqueid'] === uniqueid)
      if (channel === undefined) throw new Error(`no channel ${uniqueid}`)
      house.pbx.channels.splice(house.pbx.channels.indexOf(channel), 1)
      const Timestamp = (house.clock.nowMs() / 1000).toFixed(6)
      const why = { Cause: '16', 'Cause-txt': 'Normal Clearing' }
      house.ami.send({ ...channel, ...why, Event: 'Hangup', Timestamp })
    }

    const originated = (number: string) =>
      house.ami.actions('Originate').filter(({ headers }) => headers['exten'] === number)

    describe('as it was left', () => {
      beforeAll(async () => {
        const scratch = await createScratchDatabase(dialect)
        await loadFirstSlice(dialect, scratch.url)
        await enter(scratch)
      })
      afterAll(() => house.stop())

      test('is migrated to the newest schema, and served', async () => {
        const fresh = await openTestDatabase(dialect)
        expect(await describeSchema(house.database)).toEqual(await describeSchema(fresh))
        await fresh.close()
        expect((await fetch(`${house.hotline.url}/readyz`)).status).toBe(200)
      })

      test('gives every open ticket the clock of its case, by the deadline it has', async () => {
        const { db } = house.database
        const open = await db
          .selectFrom('ticket')
          .select(['id', 'received_at', 'due_at'])
          .where('status', 'not in', ['closed', 'cancelled'])
          .where('due_at', 'is not', null)
          .orderBy('id')
          .execute()
        expect(open.length).toBeGreaterThan(0)
        await eventually(async () => {
          const clocks = await db
            .selectFrom('ticket_clock')
            .select(['ticket_id as id', 'started_at as received_at', 'due_at'])
            .where('kind', '=', 'overall')
            .orderBy('ticket_id')
            .execute()
          expect(clocks).toEqual(open)
        })
      })

      test('ends a call that ended meanwhile, with the words of the journal', async () => {
        expect(await callFrom('0912000404')).toMatchObject({
          status: 'ended',
          outcome: 'answered',
          endedAt: '2026-11-23T01:34:41.000Z',
        })
        expect(await popsOf('nam')).toEqual([])
      })

      test('shows live pops to their agents and closes the one whose call is over', async () => {
        expect(await popsOf('hoa')).toEqual([['ringing', '0912000405']])
        expect(await popsOf('tuan')).toEqual([['answered', '0912000401']])
        expect(await popsOf('thu')).toEqual([['answered', '0912000403']])
        const desk = await (await as('hoa')).listen()
        const [snapshot] = desk.all('desk_snapshot')
        expect(snapshot?.pops).toMatchObject([
          { stage: 'ringing', call: { display: '0912 000 405' } },
        ])
        desk.close()
      })

      test('looks a promise that was being dialled up: the journal says reached', async () => {
        await eventually(async () =>
          expect(await promiseTo('0912000661')).toMatchObject({
            status: 'done',
            attempts: [{ stage: 'ended', outcome: 'reached' }],
          }),
        )
        expect(originated('0912000661')).toEqual([])
        expect(await popsOf('lan')).toEqual([])
      })

      test('has counted the calls of its day from the start, as they were', async () => {
        const { queues } = await house.hotline.admin.get('/queues', queuesSnapshot)
        const today = queues.find(({ name }) => name === 'hotline')?.today
        const calls = await house.database.db
          .selectFrom('call')
          .select(['local_day', 'outcome', 'ticket_moment_at'])
          .where('direction', '=', 'inbound')
          .where('queue', '=', 'hotline')
          .execute()
        const ofToday = calls.filter(({ local_day }) => local_day === localDay(house.clock.now()))
        expect(ofToday.length).toBeGreaterThan(5)
        expect(today).toMatchObject({
          offered: ofToday.length,
          answered: ofToday.filter(({ ticket_moment_at }) => ticket_moment_at !== null).length,
          abandoned: ofToday.filter(({ outcome }) => outcome === 'abandoned').length,
        })
      })

      test('knows who is signed in, who may sign in and who may not any more', async () => {
        const { cookie } = house.pbx
        const session = await fetch(`${house.hotline.url}/api/session`, { headers: { cookie } })
        expect(await session.json()).toMatchObject({ user: { username: 'lan', extension: '101' } })
        expect((await as('minh')).user.displayName).toBe('Lê Quang Minh')
        const gone = signIn(house.hotline.url, 'cuong', PASSWORD)
        await expect(gone).rejects.toBeInstanceOf(Refused)
      })
    })

    describe('in which work goes on', () => {
      beforeAll(async () => enter(await migrated.copy()))
      afterAll(() => house.stop())

      test('lets calls that are open go on and end', async () => {
        expect(await callFrom('0912000401')).toMatchObject({ status: 'talking', outcome: null })
        expect(await callFrom('0912000405')).toMatchObject({ status: 'ringing' })
        expect(await callFrom('0912000406')).toMatchObject({ status: 'waiting' })
        hangUp(String(house.pbx.calls['held']))
        await eventually(async () =>
          expect(await callFrom('0912000401')).toMatchObject({
            status: 'ended',
            outcome: 'answered',
          }),
        )
        expect(await popsOf('tuan')).toEqual([])
        expect(await callFrom('0912000401')).toMatchObject({
          talkSeconds: expect.any(Number),
          segments: [{ extension: '103', staff: { displayName: 'Phạm Anh Tuấn' } }],
        })
      })

      test('keeps the seconds on hold', async () => {
        const uniqueid = String(house.pbx.calls['resumed'])
        hangUp(uniqueid)
        await eventually(async () =>
          expect(await callFrom('0912000403')).toMatchObject({ status: 'ended' }),
        )
        const row = await house.database.db
          .selectFrom('call')
          .select('state')
          .where('uniqueid', '=', uniqueid)
          .executeTakeFirstOrThrow()
        const { holdSeconds, segments } = storedState.parse(JSON.parse(row.state))
        const ofSegments = segments.reduce((sum, segment) => sum + (segment.holdSeconds ?? 0), 0)
        expect(holdSeconds ?? ofSegments).toBe(12)
      })

      test('keeps the other promises as they were, and dials one when its agent is back', async () => {
        expect(await promiseTo('0912000101')).toMatchObject({ status: 'done' })
        expect(await promiseTo('0356000109')).toMatchObject({
          status: 'failed',
          attempts: [{ outcome: 'no_answer' }],
        })
        expect(await promiseTo('02373000104')).toMatchObject({ status: 'cancelled', attempts: [] })
        expect(await promiseTo('0983000102')).toMatchObject({
          status: 'scheduled',
          dueAt: '2026-11-23T09:00:00.000Z',
        })
        expect(await promiseTo('0707000107')).toMatchObject({ waitingFor: 'agent' })
        await (await as('yen')).send('POST', '/desk/state', { state: 'ready' }, agentState)
        await giveBackTo('yen', '0707000107')
        await eventually(() => expect(originated('0707000107')).toHaveLength(1))
      })

      test('reads and edits tickets over HTTP', async () => {
        const lan = await as('lan')
        const items = await eventually(async () => {
          const page = await lan.get('/tickets?q=chap%20chon', ticketPage)
          expect(page.items).toHaveLength(1)
          return page.items
        })
        expect(items).toMatchObject([{ code: 'KN-2026-000001', priority: 'high', version: 2 }])
        const first = await lan.get(`/tickets/${items[0]?.id}`, ticket)
        expect(first).toMatchObject({
          subject: 'Mạng chập chờn buổi tối',
          customer: { name: 'Hoàng Thị Thu Trang' },
          assignee: { displayName: 'Nguyễn Thị Lan' },
          calls: [{ direction: 'callback' }, { direction: 'inbound', agents: ['Nguyễn Thị Lan'] }],
          callbacks: [{ status: 'done', attempts: [{ outcome: 'reached' }] }],
        })
        expect(first.timeline.map(({ kind }) => kind).toSorted()).toEqual([
          'call',
          'callback_ended',
          'callback_promised',
          'customer_chosen',
          'edited',
          'note',
          'opened',
        ])
        const path = `/tickets/${first.id}`
        const edited = await lan.send('PATCH', path, { version: 2, subject: 'Đã ổn định' }, ticket)
        expect(edited).toMatchObject({ subject: 'Đã ổn định', version: 3 })
        const noted = await lan.send('POST', `${path}/notes`, { note: 'Khách xác nhận' }, ticket)
        expect(noted.timeline).toContainEqual(expect.objectContaining({ note: 'Khách xác nhận' }))
        const open = await lan.get('/tickets?status=open&limit=200', ticketPage)
        expect(open.items.length).toBeGreaterThanOrEqual(14)
      })

      test('knows its customers and which of two was picked for a number', async () => {
        const lan = await as('lan')
        const found = await lan.get('/customers/lookup?phone=0912000101', customerLookup)
        expect(found.customers.map(({ name }) => name).toSorted()).toEqual([
          'Hoàng Thị Thu Trang',
          'Hoàng Văn Phúc',
        ])
        const next = { channel: 'hotline', number: '0912000101' }
        const opened = await lan.send('POST', '/tickets', next, ticket)
        expect(opened).toMatchObject({ customer: { name: 'Hoàng Thị Thu Trang' } })
        const { days } = await lan.get('/calendar/days', calendarView)
        expect(days).toContainEqual(
          expect.objectContaining({ date: '2027-01-01', kind: 'holiday' }),
        )
      })
    })

    describe('a minute later', () => {
      beforeEach(async () => enter(await migrated.copy()))
      afterEach(() => house.stop())

      test('dials a promise anew that left no trace, after a minute and not before', async () => {
        expect(await promiseTo('0912000662')).toMatchObject({ status: 'dialing' })
        expect(originated('0912000662')).toEqual([])
        house.clock.shift(MINUTE_MS)
        await eventually(() => expect(originated('0912000662')).toHaveLength(1))
        const { attempts } = await promiseTo('0912000662')
        expect(attempts).toMatchObject([
          { outcome: 'not_placed', extension: '102' },
          { outcome: null, extension: '102' },
        ])
      })

      test('opens the tickets that were lost, as recovered and without a stale pop', async () => {
        house.clock.shift(MINUTE_MS)
        const lan = await as('lan')
        for (const number of ['0912000777', '0912000402']) {
          // One after the other: each is read through HTTP until the sweep has been.
          // oxlint-disable-next-line no-await-in-loop
          const opened = await eventually(async () => {
            const { ticket: of } = await callFrom(number)
            expect(of).not.toBeNull()
            return lan.get(`/tickets/${of?.id}`, ticket)
          })
          expect(opened).toMatchObject({
            recovered: true,
            channel: 'hotline',
            number: { raw: number },
            timeline: [{ kind: 'opened' }],
          })
        }
        expect(await popsOf('tuan')).toEqual([['answered', '0912000401']])
        expect(await popsOf('mai')).not.toContainEqual(['ringing', '0912000402'])
      })
    })
  })
}
