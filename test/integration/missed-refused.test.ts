import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { MissedRule } from '../../server/contract/casework/missed.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const NUMBER = '0912345678'

describe.each(HOUSE_DIALECTS)('a caller whom a full queue refused, on %s,', (dialect) => {
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

  const as = (user: typeof CHIEF) => createTestApp(house.routes).as(user)
  const missed = async () => (await as(house.person('mai')).get('/missed')).body.items
  const setRules = (hotline: MissedRule, direct: MissedRule) => {
    const rules = [
      { queue: 'hotline', rule: hotline },
      { queue: 'direct', rule: direct },
    ]
    return as(CHIEF).put('/settings/missed', { rules, version: 0 })
  }
  const refuse = (number: string) =>
    house.hear(`
      10:04.000  journal_ended  trunk#1  outcome=no_agents received=10:00.000 queue=direct refused=hotline ${number}`)

  test('is called back by the rule of the queue that was tried, and by no other', async () => {
    await setRules('one_a_day', 'off')
    await refuse(`num=${NUMBER}`)
    expect(await missed()).toMatchObject([{ queue: 'hotline', number: { raw: NUMBER } }])
    const [queue] = house.queues.snapshot().queues
    expect(queue?.today).toMatchObject({ offered: 0 })
  })

  test('is not called back when that queue has none, whatever counts for direct calls', async () => {
    await setRules('off', 'one_a_day')
    await refuse(`num=${NUMBER}`)
    expect(await missed()).toEqual([])
  })

  test('and hides the number is listed under that queue', async () => {
    await setRules('one_a_day', 'off')
    await refuse('withheld=1')
    expect(await missed()).toMatchObject([{ queue: 'hotline', promise: null }])
  })
})
