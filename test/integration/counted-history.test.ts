import { expect, test } from 'vitest'
import { countedHistory } from '../../server/contract/supervision/counted-history.ts'
import { openTestDatabase } from '../support/database.ts'
import { aCallRow } from '../support/domain/a-call-row.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, openLiveHouse } from '../support/live-house.ts'

test('figures say from which day on they are whole, until earlier calls are counted too', async () => {
  const database = await openTestDatabase('sqlite')
  const uncounted = { local_day: '2026-11-20', entered: null, offered: null }
  await database.db.insertInto('call').values(aCallRow('old', uncounted)).execute()
  const house = await openLiveHouse(database)
  const http = createTestApp([...house.calls.routes])
  const answer = async () =>
    countedHistory.parse((await http.as(CHIEF).get('/figures/counted').expect(200)).body)
  try {
    expect(await answer()).toEqual({ from: '2026-11-23' })
    await http.as(house.person('mai')).get('/figures/counted').expect(403)
    await house.schedule.rewriteAll()
    expect(await answer()).toEqual({ from: null })
    const { entered } = await database.db
      .selectFrom('call')
      .select('entered')
      .where('id', '=', 'old')
      .executeTakeFirstOrThrow()
    expect(entered).toBe(0)
  } finally {
    await house.stop()
    await database.close()
  }
})
