import { expect, test } from 'vitest'
import {
  addressIn,
  audioPortOf,
  challengeIn,
  dialledOf,
  formatSip,
  headerOf,
  headersOf,
  methodOf,
  parseSip,
  statusOf,
  tagIn,
} from './message.ts'

const INVITE =
  'INVITE sip:19000382@127.0.0.1:5060 SIP/2.0\r\nVia: SIP/2.0/UDP a\r\nv: SIP/2.0/UDP b\r\n' +
  'f: "Nguyen" <sip:0912345678@carrier>;tag=77\r\ni: call-1\r\n\r\nv=0\r\n'

test('a request is read with its short header names', () => {
  const message = parseSip(INVITE)
  expect(message).not.toBeNull()
  if (message === null) return
  expect([methodOf(message), statusOf(message), dialledOf(message)]).toEqual([
    'INVITE',
    0,
    '19000382',
  ])
  expect(headersOf(message, 'Via')).toEqual(['SIP/2.0/UDP a', 'SIP/2.0/UDP b'])
  expect(addressIn(headerOf(message, 'From'))).toBe('sip:0912345678@carrier')
  expect(tagIn(headerOf(message, 'from'))).toBe('77')
  expect(headerOf(message, 'Contact')).toBe('')
  expect(message.body).toBe('v=0\r\n')
})

test('a status line is no request', () => {
  const message = parseSip('SIP/2.0 486 Busy Here\r\nCall-ID: x\r\n\r\n')
  expect(message && [statusOf(message), methodOf(message)]).toEqual([486, ''])
})

test('a keep-alive is no message', () => {
  expect(parseSip('\r\n\r\n')).toBeNull()
})

test('the content length counts bytes', () => {
  const text = formatSip({ start: 'SIP/2.0 200 OK', headers: [['Via', 'x']], body: '\xe1\xba\xa3' })
  expect(text).toContain('Content-Length: 3\r\n')
})

test('a challenge gives its realm and nonce', () => {
  const fields = challengeIn('Digest realm="asterisk",nonce="1/2=",algorithm=MD5,qop="auth"')
  expect(fields).toEqual({ realm: 'asterisk', nonce: '1/2=', algorithm: 'MD5', qop: 'auth' })
})

test('the audio port is read from the description of the session', () => {
  const described = {
    start: 'SIP/2.0 200 OK',
    headers: [],
    body: 'v=0\r\nm=audio 20004 RTP/AVP 8\r\n',
  }
  expect([audioPortOf(described), audioPortOf({ ...described, body: '' })]).toEqual([20004, null])
})
