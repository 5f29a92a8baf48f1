import { expect, it } from 'vitest'
import { parseAmiUrl } from './ami-url.ts'

it('reads user, secret, host, port and the name of the PBX, escapes undone', () => {
  expect(parseAmiUrl('ami://tracker:s%2Cecret@[2001:db8::1]/north')).toEqual({
    id: 'north',
    host: '2001:db8::1',
    port: 5038,
    username: 'tracker',
    secret: 's,ecret',
  })
})

it.each([
  ['http://u:s@h/pbx1', 'must be ami://'],
  ['ami://u@h/pbx1', 'lacks the user or the secret'],
  ['ami://u:topsecret%@h/pbx1', 'has a % that is no escape'],
  ['ami://u:topsecret@h', 'must end in a name for the PBX'],
])('says what is wrong with %s, and never the secret', (text, fault) => {
  expect(parseAmiUrl(text)).toContain(fault)
  expect(parseAmiUrl(text)).not.toContain('topsecret')
})
