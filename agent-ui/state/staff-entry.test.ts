import { describe, expect, test } from 'vitest'
import { formFaults } from './form-faults.ts'
import { knownStaffEntry, newStaffEntry, staffChange, staffEntryOf } from './staff-entry.ts'
import type { StaffEntry } from './staff-entry.ts'

const person: StaffEntry = {
  username: 'lan',
  displayName: 'Nguyễn Thị Lan',
  role: 'agent',
  extension: '101',
  mobile: '',
  password: '',
}

function faultsOf(entry: StaffEntry, isNew: boolean): string[] {
  const schema = isNew ? newStaffEntry : knownStaffEntry
  const { error } = schema.safeParse(entry, { reportInput: true })
  return Object.keys(formFaults(error?.issues ?? []))
}

describe('what is wrong with a person is said before it is sent', () => {
  test.each([
    ['a new person needs a password', person, true, ['password']],
    ['a known one keeps theirs', person, false, []],
    ['a short password', { ...person, password: '123456789' }, false, ['password']],
    ['a name of blanks', { ...person, displayName: '  ' }, false, ['displayName']],
    ['an extension with letters', { ...person, extension: '10a' }, false, ['extension']],
    ['no extension at all', { ...person, extension: ' ' }, false, []],
    [
      'a user name with a space',
      { ...person, username: 'lan n', password: '0123456789' },
      true,
      ['username'],
    ],
  ] as const)('%s', (_, entry, isNew, faults) => {
    expect(faultsOf(entry, isNew)).toEqual([...faults])
  })
})

test('only what was changed is sent', () => {
  expect(staffChange(person, { ...person, role: 'noc', extension: '' })).toEqual({
    role: 'noc',
    extension: null,
  })
  expect(staffChange(person, { ...person, mobile: ' 0912 345 678 ' })).toEqual({
    mobile: '0912 345 678',
  })
  expect(staffChange({ ...person, mobile: '0912345678' }, person)).toEqual({ mobile: null })
  expect(staffChange(person, person)).toEqual({})
})

test('an empty form is that of a new agent', () => {
  expect(staffEntryOf(null)).toMatchObject({ role: 'agent', extension: '', password: '' })
})
