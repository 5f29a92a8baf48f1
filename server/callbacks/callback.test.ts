import { describe, expect, test } from 'vitest'
import { channelIdOf, checkDue, dueOf, mayAct, whyNot } from './callback.ts'

const NOW = '2026-11-23T02:00:00.000Z'

describe('when a promise falls due', () => {
  test.each([
    ['nothing asked: the standard delay', {}, '2026-11-23T02:30:00.000Z'],
    ['in 5 minutes', { inMinutes: 5 }, '2026-11-23T02:05:00.000Z'],
    ['at once', { inMinutes: 0 }, NOW],
    ['at a time', { dueAt: '2026-11-24T01:00:00.000Z' }, '2026-11-24T01:00:00.000Z'],
    ['a page whose clock is behind', { dueAt: '2026-11-23T01:59:30.000Z' }, NOW],
  ])('%s', (_name, asked, dueAt) => {
    expect(dueOf(asked, NOW, 30)).toEqual({ dueAt })
  })

  test.each([
    ['an hour ago', '2026-11-23T01:00:00.000Z', /in the past/],
    ['next year', '2027-11-23T01:00:00.000Z', /30 days/],
  ])('%s is refused with the reason', (_name, dueAt, reason) => {
    expect(checkDue(dueAt, NOW)).toEqual({ problem: expect.stringMatching(reason) })
  })
})

describe('what a person may ask', () => {
  test.each([
    ['scheduled', true],
    ['failed', true],
    ['dialing', false],
    ['done', false],
    ['cancelled', false],
  ] as const)('of a %s promise: %s', (status, allowed) => {
    for (const action of ['reschedule', 'dial', 'cancel'] as const) {
      expect(mayAct(status, action)).toBe(allowed)
    }
  })

  test('a refusal names the state and the action', () => {
    expect(whyNot('dialing', 'cancel')).toMatch(/being dialled.*cancelled/)
    expect(whyNot('done', 'dial')).toMatch(/done.*dialled/)
    expect(whyNot('cancelled', 'reschedule')).toMatch(/cancelled.*rescheduled/)
    expect(whyNot('failed', 'dial')).toMatch(/dialled/)
  })
})

test('a channel id fits into queue_log and differs per attempt', () => {
  const id = channelIdOf('019a9f2e-1111-7222-8333-444455556666', 12)
  expect(id).toBe('cb-019a9f2e-1111-7222-8333-444455556666-12')
  expect(id.length).toBeLessThanOrEqual(80)
})
