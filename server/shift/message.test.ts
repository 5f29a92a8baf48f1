import { expect, it } from 'vitest'
import { ROLES } from '#contract/staff.ts'
import { isOnShift, messageView, receiptsOf, type Told } from './message.ts'

const NOW = '2026-11-23T02:00:00.000Z'
const names = new Map([
  ['mai', 'Mai'],
  ['an', 'An'],
  ['lan', 'Lan'],
])
const nameOf = (id: string) => {
  const displayName = names.get(id)
  return displayName === undefined ? null : { id, displayName }
}
const told = (staffId: string, readAt: string | null): Told => {
  return { staffId, readAt }
}
const TOLD = [told('lan', NOW), told('mai', null), told('an', null), told('gone', NOW)]

it('a shift is agents and supervisors', () => {
  expect(ROLES.filter((role) => isOnShift({ role }))).toEqual(['agent', 'supervisor'])
})

it('the sender sees how many have read it', () => {
  const message = { id: 'm1', staff_id: null, text: 'Họp', sent_at: NOW, valid_until: NOW }
  expect(messageView(message, { told: 4, read: 2 }, nameOf)).toMatchObject({
    to: null,
    told: 4,
    read: 2,
  })
  const toMai = { ...message, staff_id: 'mai' }
  expect(messageView(toMai, undefined, nameOf)).toMatchObject({
    to: { displayName: 'Mai' },
    told: 0,
  })
})

it('and who: those who have not read it first, then by name', () => {
  expect(receiptsOf(TOLD, nameOf)).toEqual([
    { id: 'an', displayName: 'An', readAt: null },
    { id: 'mai', displayName: 'Mai', readAt: null },
    { id: 'gone', displayName: '', readAt: NOW },
    { id: 'lan', displayName: 'Lan', readAt: NOW },
  ])
})
