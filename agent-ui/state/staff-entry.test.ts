import { expect, test } from 'vitest'
import { staffCreate } from '#contract/staff.ts'
import { staffFaults } from './staff-entry.ts'
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
