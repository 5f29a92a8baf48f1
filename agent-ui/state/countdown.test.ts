import { describe, expect, test } from 'vitest'
import { formatLeft, formatElapsed, formatSpan, promiseUrgency, sortPromises } from './countdown.ts'

const due = '2026-11-22T03:00:00.000Z'
const at = (offsetSeconds: number) => Date.parse(due) + offsetSeconds * 1_000

test.each([
  [0, '0:00'],
  [65_999, '1:05'],
  [-65_000, '1:05'],
  [3_599_000, '59:59'],
  [3_729_000, '1:02:09'],
])('%d ms reads %s', (spanMs, text) => {
  expect(formatSpan(spanMs)).toBe(text)
})

test('a start slightly in the future reads as zero, not as a negative time', () => {
  expect(formatElapsed(due, at(-3))).toBe('0:00')
})

describe('a scheduled promise', () => {
  test.each([
    [-601, 'later'],
    [-600, 'soon'],
    [-1, 'soon'],
    [0, 'due'],
    [59, 'due'],
    [60, 'overdue'],
  ])('%d seconds from due is %s', (seconds, urgency) => {
    expect(promiseUrgency({ status: 'scheduled', dueAt: due }, at(seconds))).toBe(urgency)
  })
})

test('a dialling or failed promise says so whatever the time', () => {
  expect(promiseUrgency({ status: 'dialing', dueAt: due }, at(-900))).toBe('dialing')
  const talking = { status: 'dialing', dueAt: due, attempts: [{ stage: 'talking' }] } as const
  expect(promiseUrgency(talking, at(-900))).toBe('talking')
  expect(promiseUrgency({ status: 'failed', dueAt: due }, at(-900))).toBe('failed')
  const placed = { status: 'dialing', dueAt: due, attempts: [{ stage: 'in_queue' }] } as const
  expect(promiseUrgency(placed, at(-900))).toBe('placed')
})

function promise(id: string, status: 'scheduled' | 'dialing' | 'failed', dueAt: string) {
  return { id, status, dueAt }
}

test('dialling promises come first, then failed ones, then by due time', () => {
  const sorted = sortPromises([
    promise('later', 'scheduled', '2026-11-22T05:00:00.000Z'),
    promise('next', 'scheduled', '2026-11-22T04:00:00.000Z'),
    promise('failed', 'failed', '2026-11-22T06:00:00.000Z'),
    promise('dialing', 'dialing', '2026-11-22T07:00:00.000Z'),
  ])
  expect(sorted.map((p) => p.id)).toEqual(['dialing', 'failed', 'next', 'later'])
})

test('time left ends at nothing, and its last second is shown', () => {
  const until = '2026-11-22T03:00:20.000Z'
  const left = (ms: number) => formatLeft(until, Date.parse(until) - ms)
  expect([left(20_000), left(19_001), left(1), left(0), left(-5_000)]).toEqual([
    '0:20',
    '0:20',
    '0:01',
    '0:00',
    '0:00',
  ])
})
