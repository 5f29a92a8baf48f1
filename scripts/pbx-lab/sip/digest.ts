import { createHash } from 'node:crypto'
import { challengeIn } from './message.ts'

/** The Authorization value that answers a Digest challenge (MD5, qop auth, first use of the nonce). */
export function answerChallenge(input: {
  readonly challenge: string
  readonly user: string
  readonly secret: string
  readonly method: string
  readonly uri: string
  readonly cnonce: string
}): string {
  const { realm = '', nonce = '', opaque } = challengeIn(input.challenge)
  const secret = md5(`${input.user}:${realm}:${input.secret}`)
  const request = md5(`${input.method}:${input.uri}`)
  const response = md5(`${secret}:${nonce}:00000001:${input.cnonce}:auth:${request}`)
  const fields = [
    `username="${input.user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${input.uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
    'qop=auth',
    'nc=00000001',
    `cnonce="${input.cnonce}"`,
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
  ]
  return `Digest ${fields.join(', ')}`
}

function md5(text: string): string {
  return createHash('md5').update(text, 'latin1').digest('hex')
}
