import { expect, it } from 'vitest'
import { parseAmiUrl } from './ami-url.ts'

it('reads user, secret, host, port and name', () => {
  const parts = { host: '2001:db8::1', port: 5039, username: 'u', secret: 's,' }
  expect(parseAmiUrl('ami://u:s%2C@[2001:db8::1]:5039/pbx1')).toEqual({ id: 'pbx1', ...parts })
  expect(parseAmiUrl('ami://u:s@pbx/north')).toMatchObject({ port: 5038, id: 'north' })
})

it.each([
  ['http://u:s@pbx/a', 'must be ami://'],
  ['ami://u@pbx/a', 'lacks the user or the secret'],
  ['ami://u:100%@pbx/a', 'write it as %25'],
  ['ami://u:topsecret@pbx', 'must end in a name'],
])('says what is wrong with %s, and no secret', (url, fault) => {
  expect(parseAmiUrl(url)).toContain(fault)
  expect(parseAmiUrl(url)).not.toContain('topsecret')
})
