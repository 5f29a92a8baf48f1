import { expect, test } from 'vitest'
import type { StaffMember } from '#contract/staff.ts'
import { candidatesOf, teamEntryOf, teamInput } from './team-entry.ts'

test('areas are words with commas, and who is in no part is not sent', () => {
  const entry = {
    ...teamEntryOf(null),
    name: ' KT Cầu Giấy ',
    areas: 'Cầu Giấy, , Nam Từ Liêm',
    members: { a: 'lead', b: 'none', c: 'member' } as const,
  }
  expect(teamInput(entry)).toEqual({
    kind: 'field',
    name: 'KT Cầu Giấy',
    areas: ['Cầu Giấy', 'Nam Từ Liêm'],
    members: [
      { staffId: 'a', isLead: true },
      { staffId: 'c', isLead: false },
    ],
  })
})

function person(id: string, role: StaffMember['role'], active = true): StaffMember {
  return {
    id,
    username: id,
    displayName: id,
    role,
    extension: null,
    mobile: null,
    active,
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
  }
}

test('people of the role can be in a team, and who is in it stays to be taken out', () => {
  const people = [person('kt', 'field'), person('noc', 'noc'), person('left', 'field', false)]
  const entry = { ...teamEntryOf(null), members: { left: 'member' } as const }
  expect(candidatesOf(people, entry).map(({ id }) => id)).toEqual(['kt', 'left'])
})
