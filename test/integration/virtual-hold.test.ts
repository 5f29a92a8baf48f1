import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../support/http.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { aCaller } from '../support/queue-events.ts'
import type { Database } from '../../server/db/transaction.ts'

const NUMBER = '0912345678'
const OTHER = '0987654321'

describe.each(HOUSE_DIALECTS)('a caller who leaves the queue by key, on %s,', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    await house.startSchedule()
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const promises = () =>
    database.db.selectFrom('callback').selectAll().orderBy('created_at').execute()
  const attempts = () =>
    database.db.selectFrom('callback_attempt').selectAll().orderBy('number').execute()
  const calls = () => database.db.selectFrom('call').selectAll().orderBy('entered_at').execute()
  const { as } = { as: (user: typeof CHIEF) => createTestApp(house.routes).as(user) }

  /** Waits from minute 10 on, presses 1 after 20 seconds and hangs up after 30. */
  const ask = async (call = 'trunk#1', number = NUMBER) => {
    await house.hear(`
      10:00.000  queue_joined    ${call}  num=${number}
      10:20.000  queue_left      ${call}
      10:20.010  callback_asked  ${call}  to=${number}
      10:30.000  hung_up         ${call}`)
    await house.advance(500)
  }

  test('is promised a callback and keeps the place, and is neither abandoned nor missed', async () => {
    await ask()
    expect(await promises()).toMatchObject([
      { reason: 'asked', status: 'dialing', ticket_id: null, assignee_id: null, queue: 'hotline' },
    ])
    expect(house.telephony.places).toMatchObject([
      { queue: 'hotline', number: NUMBER, position: 1, callerUniqueid: 'trunk#1' },
    ])
    expect(await calls()).toMatchObject([{ outcome: 'asked' }])
  })
})
