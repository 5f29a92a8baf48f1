import { expect, test } from 'vitest'
import { heirOf } from './promise-heir.ts'

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
