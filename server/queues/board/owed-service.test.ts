import { expect, test } from 'vitest'
import { createTestClock } from '../../../test/support/clock.ts'
import { silentLogger } from '../../../test/support/logger.ts'
import { createOwed } from './owed-service.ts'

const NOTHING = {
  promises: { due: 0, atRisk: 0, late: 0, keptToday: 0, lateToday: 0, brokenToday: 0 },
  calledBack: [],
  missed: [],
  overdue: { tickets: 0, byStage: [] },
}

function setUp() {
  const clock = createTestClock()
  const floor = { isWatched: true, reads: 0, takesMs: 0, isAway: false, missed: 0 }
  const owed = createOwed({
    clock,
    logger: silentLogger,
    isWatched: () => floor.isWatched,
    onRead: () => undefined,
    async readOwed() {
      floor.reads += 1
      if (floor.isAway) throw new Error('the database is away')
      await clock.advance(floor.takesMs)
      return { ...NOTHING, missed: [{ queue: 'hotline', count: floor.missed }] }
    },
  })
  const pass = async (ms: number) => {
    await clock.advance(ms)
    await owed.look()
  }
  return { owed, floor, clock, pass }
}

test('nothing is read while nobody looks, and at most once a second then', async () => {
  const { floor, pass } = setUp()
  floor.isWatched = false
  await pass(1000)
  expect(floor.reads).toBe(0)
  floor.isWatched = true
  await pass(0)
  await pass(900)
  expect(floor.reads).toBe(1)
  await pass(100)
  expect(floor.reads).toBe(2)
})

test('a slow database is asked less often: a read rests twenty times as long as it took', async () => {
  const { floor, pass } = setUp()
  floor.takesMs = 100
  await pass(0)
  await pass(1800)
  expect(floor.reads).toBe(1)
  await pass(100)
  expect(floor.reads).toBe(2)
})

test('what is the same is told again after ten seconds alone, what changed at once', async () => {
  const { owed, floor, pass } = setUp()
  await pass(0)
  const first = owed.read()
  await pass(9000)
  expect(owed.read()).toBe(first)
  floor.missed = 2
  await pass(1000)
  expect(owed.read()).toMatchObject({ missed: [{ queue: 'hotline', count: 2 }] })
  const second = owed.read()
  await pass(10_000)
  expect(owed.read()).not.toBe(second)
})

test('while the database is away the last word keeps its time', async () => {
  const { owed, floor, pass } = setUp()
  await pass(0)
  const before = owed.read()
  floor.isAway = true
  await pass(30_000)
  expect(owed.read()).toBe(before)
})
