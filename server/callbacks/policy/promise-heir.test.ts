import { expect, test } from 'vitest'
import { heirOf, takerOf } from './promise-heir.ts'

const lan = { id: 'lan', displayName: 'Lan', role: 'agent' }
const minh = { id: 'minh', displayName: 'Minh', role: 'agent' }
const chief = { id: 'chief', displayName: 'Chief', role: 'supervisor' }
const load = new Map([
  ['lan', 12],
  ['minh', 9],
])

test.each([
  ['who holds the ticket', [lan, minh], 'lan', 'lan'],
  ['the agent with the fewest promises', [lan, minh, chief], 'gone', 'minh'],
  ['a supervisor when no agent is left', [chief], null, 'chief'],
  ['nobody when nobody has a phone', [], 'lan', null],
])('%s takes a promise over', (_who, heirs, holder, heir) => {
  expect(heirOf(heirs, holder, load)?.id ?? null).toBe(heir)
})

test('what somebody leaves goes to the team, to a lead where nobody of it is there', () => {
  const mai = { id: 'mai', displayName: 'Mai', role: 'agent' }
  const lead = { id: 'lead', displayName: 'Lead', role: 'supervisor' }
  const open = new Map([['mai', 2]])
  expect(takerOf({ team: [mai, lan], leads: [lead] }, null, open)).toBe(lan)
  expect(takerOf({ team: [mai, lan], leads: [lead] }, 'mai', open)).toBe(mai)
  expect(takerOf({ team: [], leads: [lead] }, 'mai', open)).toBe(lead)
  expect(takerOf({ team: [], leads: [] }, 'mai', open)).toBe(null)
})
