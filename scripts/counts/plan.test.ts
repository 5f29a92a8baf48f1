import { expect, test } from 'vitest'
import { type CountSize, planCounted } from './plan.ts'

const SIZE: CountSize = {
  calls: 200,
  seed: 7,
  gapMs: 1_000,
  noticeMs: 1_400,
  ringMs: [200, 2_000],
  talkMs: [2_000, 6_000],
  longWaitsMs: [5_000, 23_000, 61_000],
  patienceMs: [6_000, 9_000],
  waitSeconds: 30,
}

const INTENTS = [
  'abandon',
  'attended to agent',
  'attended to queue',
  'blind to agent',
  'blind to queue',
  'callback',
  'direct',
  'hold',
  'internal',
  'left in notice',
  'outgoing',
  'pickup',
  'plain',
  'sent',
  'sent back',
  'timeout',
  'virtual hold',
]

test('the same seed gives the same run, another seed another one', () => {
  expect(planCounted(SIZE)).toEqual(planCounted(SIZE))
  expect(planCounted({ ...SIZE, seed: 8 })).not.toEqual(planCounted(SIZE))
})

test('a run has as many calls as asked for, each of its own number, and every fate, also a small one', () => {
  for (const calls of [200, 24]) {
    const plan = planCounted({ ...SIZE, calls })
    expect(plan).toHaveLength(calls)
    expect(new Set(plan.map(({ number }) => number)).size).toBe(calls)
    expect([...new Set(plan.map(({ intent }) => intent))].toSorted()).toEqual(INTENTS)
  }
})

test('the first call is one to be picked up, and rings alone', () => {
  for (const seed of [1, 2, 3]) {
    const [first, second] = planCounted({ ...SIZE, seed, gapMs: 100 })
    expect(first?.intent).toBe('pickup')
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThan(800)
  }
})

test('long waits are as long as asked for, in turn', () => {
  const waits = planCounted(SIZE).map(({ unansweredMs }) => unansweredMs)
  expect(waits.filter((ms) => ms > 0).slice(0, 4)).toEqual([5_000, 23_000, 61_000, 5_000])
})

test('who leaves in the notice does so before its end, who gives up early within four seconds after it', () => {
  const plan = planCounted(SIZE)
  const patience = (intent: string) =>
    plan.filter((one) => one.intent === intent).map(({ patienceMs }) => patienceMs)
  expect(Math.max(...patience('left in notice'))).toBeLessThan(700)
  expect(patience('abandon').filter((ms) => ms < 5_500)).toHaveLength(10)
  expect(patience('abandon').filter((ms) => ms > 7_300 && ms < 10_500)).toHaveLength(10)
  expect(patience('abandon').filter((ms) => ms > 32_000)).toHaveLength(2)
})
