import { describe, expect, it } from 'vitest'
import type { StaffMember } from '#contract/staff.ts'
import {
  applyPatch,
  changedFields,
  leavesNoAdmin,
  lostExtension,
  mayWatchQueues,
  sessionEffect,
  toSessionUser,
} from './staff.ts'

function aMember(fields: Partial<StaffMember> = {}): StaffMember {
  return {
    id: 's1',
    username: 'lan',
    displayName: 'Lan',
    role: 'agent',
    extension: '101',
    active: true,
    version: 3,
    createdAt: '2026-11-22T00:00:00.000Z',
    ...fields,
  }
}

it('lets supervisors and administrators watch the queues, nobody else', () => {
  expect(
    (['agent', 'noc', 'field', 'supervisor', 'admin'] as const).filter(mayWatchQueues),
  ).toEqual(['supervisor', 'admin'])
})

it('shows a session only who the person is', () => {
  expect(toSessionUser(aMember())).toEqual({
    id: 's1',
    username: 'lan',
    displayName: 'Lan',
    role: 'agent',
    extension: '101',
  })
})

it('changes what is given and keeps the rest; an extension can be taken away', () => {
  expect(applyPatch(aMember(), { version: 3, displayName: 'Lan Anh' })).toEqual(
    aMember({ displayName: 'Lan Anh', version: 4 }),
  )
  expect(applyPatch(aMember(), { version: 3, extension: null }).extension).toBeNull()
})

describe('the last administrator', () => {
  const admin = aMember({ id: 'a', role: 'admin' })
  const second = aMember({ id: 'b', role: 'admin' })
  it.each<[string, StaffMember[], StaffMember, boolean]>([
    ['is not made inactive', [admin, aMember()], { ...admin, active: false }, true],
    ['is not made an agent', [admin, aMember()], { ...admin, role: 'agent' }, true],
    ['may go when another is there', [admin, second], { ...admin, active: false }, false],
    [
      'does not count an inactive one',
      [admin, { ...second, active: false }],
      { ...admin, active: false },
      true,
    ],
    ['may change anything else', [admin], { ...admin, displayName: 'X' }, false],
  ])('%s', (_what, everybody, after, expected) => {
    expect(leavesNoAdmin(everybody, after)).toBe(expected)
  })
})

it.each<[Partial<StaffMember>, boolean, string]>([
  [{ active: false }, false, 'sign_out'],
  [{}, true, 'sign_out'],
  [{ role: 'supervisor' }, false, 'reconnect'],
  [{ extension: null }, false, 'reconnect'],
  [{ version: 4 }, false, 'none'],
])('after %j (new password: %s) sessions: %s', (change, isNewPassword, effect) => {
  expect(sessionEffect(aMember(), aMember(change), isNewPassword)).toBe(effect)
})

it.each<[Partial<StaffMember>, boolean]>([
  [{ active: false }, true],
  [{ extension: '102' }, true],
  [{ extension: null }, true],
  [{ displayName: 'X', role: 'supervisor' }, false],
])('after %j the phone 101 leaves the queues: %s', (change, leaves) => {
  const before = aMember({ extension: '101' })
  expect(lostExtension(before, { ...before, ...change })).toBe(leaves ? '101' : null)
  expect(lostExtension({ ...before, extension: null }, { ...before, ...change })).toBeNull()
})

it('names what changed, never the password', () => {
  expect(changedFields(aMember(), aMember({ role: 'noc', extension: null }), true)).toEqual({
    password: 'changed',
    role: 'agent → noc',
    extension: '101 → null',
  })
})
