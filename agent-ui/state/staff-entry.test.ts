import { expect, test } from 'vitest'
import { staffCreate } from '#contract/staff.ts'
import { staffChange, staffEntryOf, staffFaults } from './staff-entry.ts'
import type { StaffEntry } from './staff-entry.ts'

const right: StaffEntry = {
  username: 'lan.pham',
  displayName: 'Phạm Lan',
  role: 'agent',
  extension: '104',
  password: 'mười-ký-tự',
}

test('a complete new person has no faults', () => {
  expect(staffFaults(right, true)).toEqual([])
})

test('editing needs neither a password nor an extension', () => {
  expect(staffFaults({ ...right, password: '', extension: '' }, false)).toEqual([])
})

test.each([
  [{ displayName: ' ' }, 'nameWrong'],
  [{ username: 'Lan Phạm' }, 'usernameWrong'],
  [{ extension: '1' }, 'extensionWrong'],
  [{ password: 'ngắn' }, 'passwordWrong'],
] as const)('%o is refused here as by the server', (change, fault) => {
  const entry = { ...right, ...change }
  expect(staffFaults(entry, true)).toEqual([fault])
  expect(staffCreate.safeParse(entry).success).toBe(false)
})

test('only changed fields are sent, an emptied extension as none', () => {
  const from = { ...right, password: '' }
  expect(staffChange(from, from)).toEqual({})
  expect(staffChange(from, { ...from, role: 'supervisor', extension: '' })).toEqual({
    role: 'supervisor',
    extension: null,
  })
})

test('a new person starts as an agent without an extension', () => {
  expect(staffEntryOf(null)).toMatchObject({ role: 'agent', extension: '', password: '' })
})
