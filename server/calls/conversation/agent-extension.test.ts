import { expect, test } from 'vitest'
import { channel, RULES } from '../../../test/support/call-table.ts'
import { agentExtension, memberExtension } from './agent-extension.ts'

test.each([
  ['the phone that answered', '101#2', '101'],
  ['the phone that answered, not the member whose call it picked up', '102#2', '102'],
  ['the extension in a Local member', 'Local/103@agents#2', '103'],
  ['the member name where the channel says nothing', 'Local/x@agents#2', '101'],
])('an agent is %s', (_, given, extension) => {
  expect(agentExtension(channel(given), 'PJSIP/101', RULES)).toBe(extension)
})

test('a channel of the carrier is no agent unless a queue calls it a member', () => {
  expect(agentExtension(channel('trunk#2'), null, RULES)).toBeNull()
  expect(agentExtension(channel('trunk#2'), 'Lan', RULES)).toBe('trunk')
})

test('a Local channel to a queue is nobody’s phone', () => {
  expect(agentExtension(channel('Local/8001@agents#2'), null, RULES)).toBeNull()
  const members = ['101', 'Local/101@agents/n', 'Local/8001@agents']
  expect(members.map((member) => memberExtension(member, RULES))).toEqual([
    '101',
    '101',
    'Local/8001@agents',
  ])
})
