import { expect, it } from 'vitest'
import { amiUrls } from './pbx-address.ts'

it('an AMI URL names the user, its secret, the host and our name of the PBX', () => {
  expect(amiUrls.parse('ami://tracker:s%2Cecret@192.0.2.10:5038/pbx1')).toEqual([
    { id: 'pbx1', host: '192.0.2.10', port: 5038, username: 'tracker', secret: 's,ecret' },
  ])
  expect(amiUrls.parse('ami://t:x@[::1]/a, ami://t:x@b/b').map(({ host }) => host)).toEqual([
    '::1',
    'b',
  ])
})

it.each(['http://x', 'ami://user@h/pbx1', 'ami://u:secret@h:5038', 'ami://u:%@h/x'])(
  'says what is wrong with %j, and not the secret',
  (text) => {
    const said = amiUrls.safeParse(text).error?.issues.map(({ message }) => message)
    expect(said).toEqual([expect.stringMatching(/^(must|lacks|has)/)])
    expect(said).not.toEqual([expect.stringContaining('u:secret')])
  },
)
