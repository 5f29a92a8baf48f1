import { expect, test } from 'vitest'
import { countedHistory } from '../../server/contract/supervision/counted-history.ts'
import { savePlace } from '../../server/schedule/rewrite-store.ts'
import { openTestDatabase } from '../support/database.ts'
import { aCallRow } from '../support/domain/a-call-row.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, openLiveHouse } from '../support/live-house.ts'

test('figures say from which day on they are whole, until earlier calls are counted too', async () => {
  const database = await openTestDatabase('sqlite')
  const uncounted = { local_day: '2026-11-20', entered: null, offered: null }
  const rows = [
    aCallRow('before-it', uncounted),
    aCallRow('of-a-day', { local_day: '2026-11-21' }),
    aCallRow('of-today'),
  ]
  await database.db.insertInto('call').values(rows).execute()
  const house = await openLiveHouse(database)
  const http = createTestApp([...house.calls.routes])
  const answer = async () =>
    countedHistory.parse((await http.as(CHIEF).get('/figures/counted').expect(200)).body)
  try {
    expect(await answer()).toEqual({ from: '2026-11-23' })
    await http.as(house.person('mai')).get('/figures/counted').expect(403)
    await savePlace(database.db, 'counts of calls', { rules: '2', after: 'of-a-day' })
    expect(await answer()).toEqual({ from: '2026-11-22' })
    await savePlace(database.db, 'counts of calls', { rules: '2', after: 'of-today' })
    expect(await answer()).toEqual({ from: '2026-11-23' })
    await house.schedule.rewriteAll()
    expect(await answer()).toEqual({ from: null })
    const { entered } = await database.db
      .selectFrom('call')
      .select('entered')
      .where('id', '=', 'before-it')
      .executeTakeFirstOrThrow()
    expect(entered).toBe(0)
  } finally {
    await house.stop()
    await database.close()
  }
})
