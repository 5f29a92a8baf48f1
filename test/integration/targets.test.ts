import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { targetOrder, targetOn } from '../../server/contract/supervision/targets.ts'
import { createTargetService } from '../../server/queues/targets/target-service.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { openTestHouse } from '../support/house.ts'
import { CHIEF } from '../support/live-house.ts'

/** 9:00 on a Monday in Vietnam. */
const START = '2026-11-23T02:00:00.000Z'

describe.each(HOUSE_DIALECTS)('targets of figures on %s', (dialect) => {
  let database: Database
  let service: ReturnType<typeof createTargetService>
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    const house = await openTestHouse(database, { start: START })
    await house.hire(CHIEF)
    service = createTargetService({ ...house, state: house.workflow.onFact })
  })
  afterEach(() => database.close())

  const set = (given: object) =>
    service.set(
      CHIEF,
      targetOrder.parse({
        version: 0,
        figure: 'serviceLevel',
        value: 90,
        from: '2026-12-01',
        ...given,
      }),
    )
  const audited = async () => {
    const rows = await database.db.selectFrom('audit').select(['action', 'subject']).execute()
    return rows.map(({ action, subject }) => `${action} ${subject}`)
  }

  test('count from their day on, and the days before keep theirs', async () => {
    const { version, items } = await set({})
    expect(version).toBe(1)
    const on = (day: string) => targetOn(items, 'serviceLevel', day)
    expect(on('2026-11-30')).toMatchObject({ value: 80, from: null, setBy: null })
    expect(on('2026-12-01')).toMatchObject({ value: 90, setBy: { displayName: 'Chief' } })
    expect(await audited()).toEqual(['targets.changed serviceLevel'])
  })

  test('of the same day are replaced, and none can be set', async () => {
    await set({})
    const { items } = await set({ version: 1, value: null })
    expect(targetOn(items, 'serviceLevel', '2026-12-01')).toBeNull()
    expect(items.filter(({ setBy }) => setBy !== null)).toHaveLength(1)
  })

  test('of a day that is over are refused, and so is what somebody was faster with', async () => {
    await expect(set({ from: '2026-11-22' })).rejects.toThrow(/today or a later day/)
    await set({ from: '2026-11-23' })
    await expect(set({})).rejects.toThrow(/targets/)
    expect(await audited()).toHaveLength(1)
  })
})
