import { afterAll, beforeAll, expect, test } from 'vitest'
import { promiseFigures } from '../../server/contract/callbacks.ts'
import { absentOwners } from './promise-faults/absent-owners.ts'
import { dueTogether } from './promise-faults/due-together.ts'
import { floor, made, MINUTE_MS, openFloor } from './promise-faults/floor.ts'
import { killedPbx } from './promise-faults/killed-pbx.ts'
import { killedService } from './promise-faults/killed-service.ts'

beforeAll(openFloor)
afterAll(() => floor.stop())

absentOwners()
dueTogether()
killedService()
killedPbx()

const dayAhead = (days: number): string =>
  new Date(floor.hotline.nowMs() + days * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10)

test('the figures count each promise of the ledger once, for who keeps it', async () => {
  const views = await Promise.all(made.map(floor.ledger))
  const query = `from=${dayAhead(-1)}&to=${dayAhead(2)}&by=agent`
  const { items, total } = await floor.hotline.admin.get(
    `/callbacks/figures?${query}`,
    promiseFigures,
  )
  const kept = views.filter(({ verdict }) => verdict === 'kept')
  expect(total).toMatchObject({
    kept: kept.length,
    late: 0,
    broken: 0,
    superseded: 1,
    cancelled: 0,
  })
  expect(kept).toHaveLength(made.length - 1)
  for (const { agent, kept: count } of items) {
    expect(count).toBe(kept.filter(({ assignee }) => assignee?.id === agent?.id).length)
  }
})
