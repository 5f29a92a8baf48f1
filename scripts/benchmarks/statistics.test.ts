import { expect, test } from 'vitest'
import { median, medianOf, quantile, takeTurns } from './statistics.ts'

test('quantiles are samples, never values between them', () => {
  const samples = [5, 1, 4, 2, 3]
  expect([quantile(samples, 0.5), quantile(samples, 0.99), quantile(samples, 0)]).toEqual([3, 5, 1])
})

test('the median of an even count is the lower middle', () => {
  expect(median([4, 1, 2, 3])).toBe(2)
})

test('sides take turns in going first', async () => {
  const order: string[] = []
  const side = (name: string) => async () => order.push(name)
  await takeTurns(3, side('ours'), side('peer'))
  expect(order).toEqual(['ours', 'peer', 'peer', 'ours', 'ours', 'peer'])
})

test('a slow moment that hits both sides of a round leaves the ratio alone', () => {
  const rounds = [
    { ours: 3, peer: 2 },
    { ours: 30, peer: 20 },
    { ours: 6, peer: 4 },
  ]
  expect(medianOf(rounds, ({ ours, peer }) => ours / peer)).toBe(1.5)
})
