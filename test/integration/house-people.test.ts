import { jobs as english } from '../../agent-ui/i18n/en-jobs.ts'
import { jobs as vietnamese } from '../../agent-ui/i18n/vi-jobs.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { auditEntry } from '../../server/contract/audit.ts'
import { customerCreate } from '../../server/contract/customers.ts'
import { jobsView } from '../../server/contract/jobs.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { eventually } from '../support/eventually.ts'

const BUSY = Object.assign(new Error('database is locked'), { code: 'SQLITE_BUSY' })

const LOOPS = [
  'alarms of clocks',
  'alarms of the shift',
  'calls that were ordered',
  'clocks of older tickets',
  'counts of calls',
  'ended sessions',
  'imports that a restart ended',
  'messages of alarms',
  'owed tickets',
  'people at tickets',
  'people without a page',
  'promises',
  'promises of people who left',
  'promises whose owner is not there',
  'requests for help',
  'rests after calls',
  'screens on the wall',
  'search index',
  'search index of customers',
  'search index of tickets',
  'search texts of customers',
  'search texts of tickets',
  'tickets of outages that are over',
  'what customers are owed',
]
const RECURRING = [
  '* * * * * pops of calls that are over',
  '* * * * * signs of area outages',
  '*/15 * * * * files that are attached to nothing',
  '0 8 * * * holidays of the next year',
  '30 3 * * * old entries of what was set aside',
  '35 3 * * * old words of shifts',
  '40 3 * * * old alarms',
  '40 3 * * * old notifications that were read',
  '50 3 * * * old drafts',
]

describe.each(HOUSE_DIALECTS)('what people change, through the house on %s', (dialect) => {
  /** What every write meets; null when the database is well. */
  let trouble: Error | null
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    trouble = null
    const real = await openTestDatabase(dialect)
    database = {
      ...real,
      transaction: (work) => (trouble === null ? real.transaction(work) : Promise.reject(trouble)),
    }
    house = await openLiveHouse(database)
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const orders = () => house.telephony.memberships.map((one) => `${one.extension} ${one.state}`)
  const chief = () => createTestApp(Object.values(routes()).flat()).as(CHIEF)
  const routes = () => ({
    people: house.people.routes,
    calendar: house.calendar.routes,
    queues: house.queues.routes,
    schedule: house.schedule.routes,
  })
  async function audited(action: string) {
    const { items } = pageOf(auditEntry).parse((await chief().get('/audit?limit=50')).body)
    return items.filter((entry) => entry.action === action)
  }

  test('an extension taken away leaves the queues under its old number', async () => {
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    const change = { version: 1, extension: '109' }
    expect((await chief().patch('/staff/mai', change)).status).toBe(200)
    await house.settled()
    expect(orders()).toEqual(['101 ready', '101 offline'])
    expect(house.queues.stateOf('mai').state).toBe('offline')
  })

  test('a change that is refused at the save takes no phone away', async () => {
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await database.db.updateTable('staff').set({ version: 5 }).where('id', '=', 'mai').execute()
    const change = { version: 1, extension: '109' }
    expect((await chief().patch('/staff/mai', change)).status).toBe(409)
    await house.settled()
    expect(orders()).toEqual(['101 ready'])
    expect(house.queues.stateOf('mai').state).toBe('ready')
    expect(house.person('mai').extension).toBe('101')
  })

  test('a calendar that changes moves open deadlines and is audited with how many', async () => {
    const { id, dueAt } = await house.openTicket(house.person('mai'))
    const closed = await house.openTicket(house.person('mai'))
    await database.db
      .updateTable('ticket')
      .set({ status: 'closed' })
      .where('id', '=', closed.id)
      .execute()
    const change = { cultureDayHoliday: false, version: 0 }
    expect((await chief().put('/calendar/days', change)).status).toBe(200)
    const moved = await house.tickets.service.get(id, house.person('mai'))
    expect(moved.dueAt).not.toBe(dueAt)
    expect((await house.tickets.service.get(closed.id, CHIEF)).dueAt).toBe(closed.dueAt)
    expect(await audited('calendar.changed')).toMatchObject([
      { actor: { id: 'chief' }, subject: 'calendar', detail: { ticketsMoved: '1' } },
    ])
    const stale = await chief().put('/calendar/days', { ...change, profile: 'G' })
    expect(stale).toMatchObject({ status: 409, body: { errors: [{ code: 'settings_stale' }] } })
    const { body: now } = await chief().get('/calendar/days')
    expect(now).toMatchObject({ version: 1, profile: 'S' })
    const { version } = now
    expect((await chief().put('/calendar/days', { ...change, version })).status).toBe(200)
    const counts = (await audited('calendar.changed')).map(({ detail }) => detail['ticketsMoved'])
    expect(new Set(counts)).toEqual(new Set(['0', '1']))
    const fresh = await house.openTicket(house.person('mai'))
    expect(fresh.dueAt).toBe(moved.dueAt)
  })

  test('a supervisor’s command to a queue is audited', async () => {
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    const command = { paused: true, reason: 'meeting' }
    expect((await chief().post('/queues/hotline/members/101', command)).status).toBe(204)
    await house.settled()
    expect(await audited('queue.member_commanded')).toMatchObject([
      { actor: { id: 'chief' }, subject: '101' },
    ])
  })

  test('a customer picked for a number is who calls from it next time', async () => {
    const phones = [{ number: '0912345678' }]
    const order = (name: string) => customerCreate.parse({ name, phones })
    await house.customers.service.create(order('Bình'))
    const picked = await house.customers.service.create(order('Ánh'))
    await house.hear(`
      00:00.000  queue_joined     trunk#1
      00:05.000  agent_connected  trunk#1  101#2  hold=5`)
    const first = house.notifier.of('screenPop').at(-1)?.[1]
    expect([first?.customer, first?.candidates.length]).toEqual([null, 2])
    const choice = { version: 1, customerId: picked.id }
    await house.tickets.service.patch(first?.ticket?.id ?? '', choice, house.person('mai'))
    await house.settled()
    expect(house.notifier.of('screenPop').at(-1)).toMatchObject([
      'mai',
      { customer: { name: 'Ánh' } },
    ])
    await house.hear(`
      00:50.000  queue_joined  trunk#8
      00:51.000  agent_called  trunk#8  102#9`)
    expect(house.notifier.of('screenPop').at(-1)).toMatchObject([
      'lan',
      { customer: { name: 'Ánh' } },
    ])
  })

  test('browsers are told when the database is waited for, and when it is back', async () => {
    trouble = BUSY
    house.ears.onCallEvent({
      pbxId: 'pbx1',
      at: house.clock.now(),
      type: 'journal_answered',
      uniqueid: 'trunk#1',
      linkedid: 'trunk#1',
      receivedAt: house.clock.now(),
      queue: 'hotline',
      extension: '101',
      holdSeconds: 0,
      callerIdNum: '0912345678',
      withheld: false,
    })
    const waiting = { database: 'waiting', since: '2026-11-23T02:00:00.000Z' }
    await eventually(() => expect(house.notifier.of('serviceStatus')).toEqual([[waiting]]))
    expect((await house.desk.snapshot(CHIEF)).service).toEqual(waiting)
    trouble = null
    await house.clock.advance(2_000)
    await house.settled()
    expect(house.notifier.of('serviceStatus').at(-1)).toEqual([{ database: 'ok', since: null }])
    expect(await database.db.selectFrom('ticket').select('code').execute()).toHaveLength(1)
  })

  test('each minute pops are closed whose call is over though nobody heard its end', async () => {
    await house.hear(`
      00:00.000  queue_joined  trunk#1
      00:01.000  agent_called  trunk#1  101#2`)
    await database.db.updateTable('call').set({ status: 'ended' }).execute()
    await house.schedule.runNow('pops of calls that are over')
    await house.settled()
    expect(house.notifier.of('screenPop').at(-1)).toMatchObject(['mai', { stage: 'withdrawn' }])
  })

  test('administrators see by name what runs by itself, and what was set aside', async () => {
    await house.startSchedule()
    await house.schedule.setAside.record({ kind: 'event', subject: 'x', reason: 'y', detail: '' })
    const jobs = jobsView.parse((await chief().get('/jobs')).body)
    expect(jobs.loops.map(({ name }) => name).toSorted()).toEqual(LOOPS)
    expect(jobs.loops.every(({ runs, nextRunAt }) => runs > 0 && nextRunAt !== null)).toBe(true)
    expect(jobs.recurring.map(({ name, cron }) => `${cron} ${name}`).toSorted()).toEqual(RECURRING)
    const names = [...jobs.loops, ...jobs.recurring].map(({ name }) => name)
    expect(
      names.filter((name) => !(name in vietnamese.jobName) || !(name in english.jobName)),
    ).toEqual([])
    expect(jobs.setAside.items).toMatchObject([{ kind: 'event', subject: 'x' }])
  })
})
