import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callPage } from '../../server/contract/calls.ts'
import { customer } from '../../server/contract/customers.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const NUMBER = '0912345678'
const STRANGER = '0912345679'

describe.each(HOUSE_DIALECTS)('the list of calls, on %s,', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  /** The newest first, as a person of this role reads it. */
  async function listed(role: 'supervisor' | 'noc' | 'field', query = '') {
    const { body } = await createTestApp(house.routes)
      .as({ ...CHIEF, role })
      .get(`/calls${query}`)
    return callPage.parse(body).items
  }

  /** Nguyễn Thị Mẫu talks to mai, who hands over to lan; a stranger gives up. */
  async function hearTwo(): Promise<string> {
    const order = { name: 'Nguyễn Thị Mẫu', phones: [{ number: NUMBER }] }
    const made = await createTestApp(house.routes).as(CHIEF).post('/customers', order)
    await house.hear(`
      00:00.000  queue_joined       trunk#1         num=${NUMBER}
      00:05.000  agent_connected    trunk#1  101#2  hold=5
      00:05.010  bridge_entered     trunk#1
      00:05.020  bridge_entered     101#2
      00:30.000  blind_transferred  trunk#1  101#2  exten=102
      00:30.010  hung_up            101#2
      00:30.100  dial_begun         trunk#1  102#3
      00:33.000  dial_ended         trunk#1  102#3
      00:33.010  bridge_entered     trunk#1
      00:33.020  bridge_entered     102#3
      00:59.000  hung_up            102#3
      00:59.010  hung_up            trunk#1
      01:00.000  queue_joined       trunk#4         num=${STRANGER}
      01:02.000  agent_called       trunk#4  102#5
      01:10.000  queue_abandoned    trunk#4
      01:10.010  hung_up            trunk#4`)
    await house.search.catchUp()
    return customer.parse(made.body).id
  }

  /** Whose calls these are, newest first. */
  async function numbers(query: string, role: 'supervisor' | 'noc' = 'supervisor') {
    return (await listed(role, query)).map(({ number }) => number.display)
  }

  test('names the customer and, in their order, who talked', async () => {
    const id = await hearTwo()
    expect(await listed('supervisor')).toMatchObject([
      { outcome: 'abandoned', customer: null, agents: [] },
      { customer: { id, name: 'Nguyễn Thị Mẫu' }, agents: ['mai', 'lan'] },
    ])
    expect((await listed('field')).map((call) => call.customer)).toEqual([null, null])
    expect((await listed('supervisor', '?missed=1')).map(({ outcome }) => outcome)).toEqual([
      'abandoned',
    ])
  })

  test('is searched by the name, the code of the ticket, and numbers with and without one', async () => {
    await hearTwo()
    const [, answered] = await listed('supervisor')
    const [mau, stranger] = ['0912 345 678', '0912 345 679']
    expect(await numbers('?q=mau+nguyen')).toEqual([mau])
    expect(await numbers(`?q=${answered?.ticket?.code}`)).toEqual([mau])
    expect(await numbers('?q=%2B84912345678')).toEqual([mau])
    expect(await numbers(`?q=${STRANGER}`)).toEqual([stranger])
    expect(await numbers('?q=mau+nguyen&missed=1')).toEqual([])
    expect(await numbers('?q=nobody')).toEqual([])
    expect(await numbers('?q=mau+nguyen', 'noc')).toEqual(['•••• ••• 678'])
  })

  test('a missed call is found by the name of the customer whose number it is', async () => {
    await hearTwo()
    await house.hear(`
      02:00.000  queue_joined       trunk#6         num=${NUMBER}
      02:10.000  queue_abandoned    trunk#6
      02:10.010  hung_up            trunk#6`)
    expect(await numbers('?q=mau+nguyen&missed=1')).toEqual(['0912 345 678'])
  })

  test('technicians search tickets, not calls', async () => {
    const app = createTestApp(house.routes).as({ ...CHIEF, role: 'field' })
    expect((await app.get('/calls?q=mau+nguyen')).status).toBe(403)
  })

  test('is of days in Vietnam', async () => {
    await hearTwo()
    expect(await numbers('?from=2026-11-23&to=2026-11-23')).toHaveLength(2)
    expect(await numbers('?to=2026-11-22')).toEqual([])
    expect(await numbers('?from=2026-11-24')).toEqual([])
  })

  test('is of who talked, not of whose phone only rang', async () => {
    await hearTwo()
    const days = 'from=2026-11-01&to=2026-11-30'
    expect(await numbers(`?agent=lan&${days}`)).toEqual(['0912 345 678'])
    expect(await numbers(`?agent=mai&${days}`)).toEqual(['0912 345 678'])
    expect(await numbers(`?agent=chief&${days}`)).toEqual([])
    const unasked = await createTestApp(house.routes).as(CHIEF).get('/calls?agent=lan')
    expect(unasked.status).toBe(400)
  })

  test('of who talked stays with the person when the extension changes hands', async () => {
    await hearTwo()
    house.clock.set('2026-11-23T02:05:00.000Z')
    const staff = createTestApp(house.routes).as(CHIEF)
    expect((await staff.patch('/staff/mai', { version: 1, extension: null })).status).toBe(200)
    expect((await staff.patch('/staff/chief', { version: 1, extension: '101' })).status).toBe(200)
    const days = 'from=2026-11-01&to=2026-11-30'
    expect(await numbers(`?agent=mai&${days}`)).toEqual(['0912 345 678'])
    expect(await numbers(`?agent=chief&${days}`)).toEqual([])
  })

  test('goes on behind its cursor when it is searched', async () => {
    await hearTwo()
    await house.hear(`
      02:00.000  queue_joined       trunk#6         num=${NUMBER}
      02:10.000  queue_abandoned    trunk#6
      02:10.010  hung_up            trunk#6`)
    const app = createTestApp(house.routes).as(CHIEF)
    const first = callPage.parse((await app.get('/calls?q=mau+nguyen&limit=1')).body)
    const next = `/calls?q=mau+nguyen&limit=1&cursor=${first.nextCursor}`
    const second = callPage.parse((await app.get(next)).body)
    expect([first, second].map(({ items }) => items[0]?.outcome)).toEqual(['abandoned', 'answered'])
    expect(second.nextCursor).toBeNull()
    expect(first.complete).toBe(true)
  })
})
