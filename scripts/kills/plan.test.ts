import { expect, test } from 'vitest'
import { planRun } from './plan.ts'

const SIZE = { calls: 500, serviceKills: 10, pbxKills: 3, seed: 7 }

test('the same seed gives the same run, another seed another one', () => {
  expect(planRun(SIZE)).toEqual(planRun(SIZE))
  expect(planRun({ ...SIZE, seed: 8 })).not.toEqual(planRun(SIZE))
})

test('a full run has every kind of call, numbers of their own, and lasts a quarter of an hour at most', () => {
  const { calls } = planRun(SIZE)
  expect(new Set(calls.map(({ intent }) => intent)).size).toBe(13)
  expect(new Set(calls.map(({ number }) => number)).size).toBe(500)
  expect(calls.every(({ number }) => /^09\d{8}$/.test(number))).toBe(true)
  expect(calls.at(-1)?.atMs).toBeLessThan(14 * 60_000)
})

test('now and then twenty customers call within two seconds', () => {
  const times = planRun(SIZE).calls.map(({ atMs }) => atMs)
  expect(
    times.filter((at, place) => (times[place + 19] ?? Infinity) - at < 2_000).length,
  ).toBeGreaterThan(3)
})

test('there are as many kills as wanted, and one of the PBX while the service is down', () => {
  const { serviceKills, pbxKills } = planRun(SIZE)
  expect([serviceKills.length, pbxKills.length]).toEqual([10, 3])
  const isBoth = pbxKills.some(({ atMs }) =>
    serviceKills.some((kill) => atMs > kill.atMs && atMs < kill.atMs + kill.downMs),
  )
  expect(isBoth).toBe(true)
  expect(planRun({ ...SIZE, serviceKills: 0 }).pbxKills).toHaveLength(3)
})
