import { expect, test } from 'vitest'
import { byUrgency, type Ranked } from './urgency.ts'

function due(id: string, time: string, given: Partial<Ranked> = {}): Ranked {
  return { id, dueAt: `2026-11-23T${time}:00.000Z`, isAsked: false, priority: 'normal', ...given }
}

test.each([
  ['the older one', [due('new', '02:10'), due('old', '02:00')], 'old'],
  ['the critical one', [due('old', '02:00'), due('new', '02:59', { priority: 'critical' })], 'new'],
  ['the urgent one', [due('old', '02:00'), due('new', '02:29', { priority: 'high' })], 'new'],
  [
    'one that waited too long',
    [due('old', '02:00'), due('new', '03:01', { priority: 'critical' })],
    'old',
  ],
  [
    'a missed caller like any other',
    [due('b', '02:00'), due('a', '02:00', { priority: null })],
    'a',
  ],
  [
    'what its agent asked for',
    [due('old', '02:00', { priority: 'critical' }), due('new', '02:10', { isAsked: true })],
    'new',
  ],
])('%s is dialled first', (_what, promises, first) => {
  expect(promises.toSorted(byUrgency)[0]?.id).toBe(first)
})
