import { describe, expect, test } from 'vitest'
import { channelIdOf, checkDue, dueOf } from './callback.ts'

const NOW = '2026-11-23T02:00:00.000Z'

describe('when a promise falls due', () => {
  test.each([
    ['nothing asked: the standard delay', {}, '2026-11-23T02:30:00.000Z'],
    ['in 5 minutes', { inMinutes: 5 }, '2026-11-23T02:05:00.000Z'],
    ['at once', { inMinutes: 0 }, NOW],
    ['at a time', { dueAt: '2026-11-24T01:00:00.000Z' }, '2026-11-24T01:00:00.000Z'],
    ['a page whose clock is behind', { dueAt: '2026-11-23T01:59:00.000Z' }, NOW],
    ['just now', { dueAt: NOW }, NOW],
    ['30 days ahead', { dueAt: '2026-12-23T02:00:00.000Z' }, '2026-12-23T02:00:00.000Z'],
  ])('%s', (_name, asked, dueAt) => {
    expect(dueOf(asked, NOW, 30)).toEqual({ dueAt })
  })

  test.each([
    ['over a minute ago', '2026-11-23T01:58:59.999Z', /in the past/],
    ['more than 30 days ahead', '2026-12-23T02:00:00.001Z', /30 days/],
  ])('%s is refused with the reason', (_name, dueAt, reason) => {
    expect(checkDue(dueAt, NOW)).toEqual({ problem: expect.stringMatching(reason) })
  })
})

test('a channel id fits into queue_log and differs per attempt', () => {
  const id = channelIdOf('019a9f2e-1111-7222-8333-444455556666', 12)
  expect(id).toBe('cb-019a9f2e-1111-7222-8333-444455556666-12')
  expect(id.length).toBeLessThanOrEqual(80)
})
