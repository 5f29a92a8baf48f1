import { expect, test } from 'vitest'
import type { SessionUser } from '#contract/staff.ts'
import { refusalDuring, refusalOfEnd, refusalOfQueue, refusalOfTarget } from './transfer-target.ts'

function person(id: string, extension: string | null = '102'): SessionUser {
  return { id, username: id, displayName: id, role: 'agent', extension }
}
const mai = person('mai', '101')
const codeOf = (...given: Parameters<typeof refusalOfTarget>) => refusalOfTarget(...given)?.code

test('a colleague takes a call unless their phone cannot ring now', () => {
  const states = ['ready', 'wrap_up', 'paused', null, 'in_call', 'ringing', 'unavailable'] as const
  expect(states.map((state) => codeOf(mai, { person: person('lan'), state }))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    'target_busy',
    'target_busy',
    'target_unreachable',
  ])
})

test('nobody transfers to nobody, to themselves or to who has no phone', () => {
  expect(codeOf(mai, { person: null, state: null })).toBe('no_such_person')
  expect(codeOf(mai, { person: mai, state: 'ready' })).toBe('target_self')
  expect(codeOf(mai, { person: person('lan', null), state: null })).toBe('target_no_phone')
})

test('of the queues only those of the hotline take a call', () => {
  expect(refusalOfQueue('hotline', ['hotline'])).toBeNull()
  expect(refusalOfQueue('sales', ['hotline'])).toMatchObject({ status: 422, code: 'no_such_queue' })
})

test('while a colleague is asked the caller goes to them or comes back, and nowhere else', () => {
  const since = '2026-11-23T02:00:00.000Z'
  const ringing = { extension: '102', stage: 'ringing', since } as const
  const talking = { ...ringing, stage: 'talking' } as const
  expect([null, ringing].map((consult) => refusalDuring(consult)?.code)).toEqual([
    undefined,
    'consult_open',
  ])
  const ends = [null, ringing, talking].flatMap((consult) =>
    (['hand_over', 'take_back'] as const).map((end) => refusalOfEnd(consult, end)?.code ?? 'fine'),
  )
  expect(ends).toEqual([
    'consult_over',
    'consult_over',
    'consult_unanswered',
    'fine',
    'fine',
    'fine',
  ])
})
