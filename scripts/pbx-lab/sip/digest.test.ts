import { expect, test } from 'vitest'
import { answerChallenge } from './digest.ts'

test('the example of RFC 2617 section 3.5 gives its response', () => {
  const answer = answerChallenge({
    challenge:
      'Digest realm="testrealm@host.com", qop="auth", nonce="dcd98b7102dd2f0e8b11d0f600bfb0c093", ' +
      'opaque="5ccc069c403ebaf9f0171e9517f40e41"',
    user: 'Mufasa',
    secret: 'Circle Of Life',
    method: 'GET',
    uri: '/dir/index.html',
    cnonce: '0a4f113b',
  })
  expect(answer).toContain('response="6629fae49393a05397450978507c4ef1"')
  expect(answer).toContain('opaque="5ccc069c403ebaf9f0171e9517f40e41"')
})
