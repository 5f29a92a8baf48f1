import { onlineManager } from '@tanstack/react-query'
import { expect, onTestFinished, test } from 'vitest'
import { RequestFailed } from './request.ts'
import { queryClient, retryDelayMs, shouldRetry } from './query-client.ts'
import type { FailureKind } from './state/problem-text.ts'

function failed(kind: FailureKind, retryAfter: number | null = null): RequestFailed {
  return new RequestFailed(kind, null, retryAfter)
}

test.each([
  ['unreachable', true],
  ['busy', true],
  ['server_fault', true],
  ['unavailable', false],
  ['throttled', false],
  ['forbidden', false],
  ['missing', false],
] as const)('a read that failed as %s is tried again: %s', (kind, again) => {
  expect(shouldRetry(0, failed(kind))).toBe(again)
})

test('a read is tried three times in all', () => {
  expect([0, 1, 2].map((failures) => shouldRetry(failures, failed('unreachable')))).toEqual([
    true,
    true,
    false,
  ])
})

test('the wait is what the server asks, else it doubles, and never more than half a minute', () => {
  expect([0, 1, 2].map((failures) => retryDelayMs(failures, failed('unreachable')))).toEqual([
    1_000, 2_000, 4_000,
  ])
  expect(retryDelayMs(0, failed('busy', 5))).toBe(5_000)
  expect(retryDelayMs(0, failed('busy', 3_600))).toBe(30_000)
})

test('what is ordered without a network fails at once, and is not done when the network is back', async () => {
  onTestFinished(() => onlineManager.setOnline(true))
  onlineManager.setOnline(false)
  let orders = 0
  const order = queryClient.getMutationCache().build(queryClient, {
    ...queryClient.getDefaultOptions().mutations,
    mutationFn: () => {
      orders += 1
      throw failed('unreachable')
    },
  })
  await expect(order.execute(undefined)).rejects.toMatchObject({ kind: 'unreachable' })
  onlineManager.setOnline(true)
  await queryClient.resumePausedMutations()
  expect(orders).toBe(1)
})
