import { expect, it } from 'vitest'
import type { StaffMember } from '#contract/staff.ts'
import {
  applyPatch,
  changedFields,
  losesAdmin,
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
    mobile: null,
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

it.each<[string, Partial<StaffMember>, Partial<StaffMember>, boolean]>([
  ['made inactive', { role: 'admin' }, { role: 'admin', active: false }, true],
  ['given another role', { role: 'admin' }, { role: 'agent' }, true],
  ['renamed', { role: 'admin' }, { role: 'admin', displayName: 'X' }, false],
  ['who was inactive before', { role: 'admin', active: false }, { role: 'agent' }, false],
  ['who never was one', {}, { active: false }, false],
])('an administrator %s leaves: %j → %j is %s', (_what, before, after, leaves) => {
  expect(losesAdmin(aMember(before), aMember(after))).toBe(leaves)
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
