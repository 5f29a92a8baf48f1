import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { listedCall } from '../../server/contract/calls.ts'
import { customer } from '../../server/contract/customers.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const NUMBER = '0912345678'

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
  async function listed(role: 'supervisor' | 'field', query = '') {
    const { body } = await createTestApp(house.routes)
      .as({ ...CHIEF, role })
      .get(`/calls${query}`)
    return pageOf(listedCall).parse(body).items
  }

  test('names the customer and, in their order, who talked', async () => {
    const order = { name: 'Nguyễn Thị Mẫu', phones: [{ number: NUMBER }] }
    const made = await createTestApp(house.routes).as(CHIEF).post('/customers', order)
    const { id } = customer.parse(made.body)
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
      01:00.000  queue_joined       trunk#4         num=0912345679
      01:10.000  queue_abandoned    trunk#4
      01:10.010  hung_up            trunk#4`)
    expect(await listed('supervisor')).toMatchObject([
      { outcome: 'abandoned', customer: null, agents: [] },
      { customer: { id, name: 'Nguyễn Thị Mẫu' }, agents: ['mai', 'lan'] },
    ])
    expect((await listed('field')).map((call) => call.customer)).toEqual([null, null])
    expect((await listed('supervisor', '?missed=1')).map(({ outcome }) => outcome)).toEqual([
      'abandoned',
    ])
  })
})
