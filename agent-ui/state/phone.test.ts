import { describe, expect, test } from 'vitest'
import { isUsableCandidate, micTroubleOf, PHONE_OFF, phoneAfter } from './phone.ts'
import type { Phone, PhoneNews } from './phone.ts'

const RINGS: PhoneNews[] = [
  { type: 'link', link: 'registered' },
  { type: 'ringing', number: '0912345678' },
]
const TALKS: PhoneNews[] = [...RINGS, { type: 'answering' }, { type: 'talking' }]

const after = (...news: PhoneNews[]): Phone => news.reduce(phoneAfter, PHONE_OFF)

describe('a call at the browser phone', () => {
  test('rings, is answered, is held and muted, and is over', () => {
    expect(after(...RINGS).call).toEqual({
      stage: 'ringing',
      number: '0912345678',
      isHeld: false,
      isMuted: false,
      quality: null,
    })
    const held = after(...TALKS, { type: 'held', isHeld: true }, { type: 'muted', isMuted: true })
    expect(held.call).toMatchObject({ stage: 'talking', isHeld: true, isMuted: true })
    expect(after(...TALKS, { type: 'ended' })).toEqual({
      link: 'registered',
      call: null,
      mic: null,
    })
  })

  test('goes on ringing when the microphone was refused', () => {
    const news: PhoneNews[] = [
      ...RINGS,
      { type: 'answering' },
      { type: 'mic', trouble: 'blocked' },
      { type: 'not_answered' },
    ]
    expect(after(...news)).toMatchObject({ call: { stage: 'ringing' }, mic: 'blocked' })
  })

  test('outlives a link that is away: the voice goes another way', () => {
    expect(after(...TALKS, { type: 'link', link: 'away' }).call?.stage).toBe('talking')
  })

  test('on the desk needs no microphone', () => {
    expect(after({ type: 'mic', trouble: 'blocked' })).toEqual(PHONE_OFF)
  })

  test.each(['off', 'elsewhere'] as const)('is none of this page when the phone is %s', (link) => {
    expect(after(...TALKS, { type: 'link', link })).toEqual({ link, call: null, mic: null })
  })

  test('that is over is brought back by no late word', () => {
    const late: PhoneNews[] = [
      { type: 'talking' },
      { type: 'held', isHeld: true },
      { type: 'quality', quality: 'bad' },
    ]
    expect(after(...TALKS, { type: 'ended' }, ...late).call).toBeNull()
  })
})

test.each([
  ['NotAllowedError', true, 'blocked'],
  ['SecurityError', true, 'blocked'],
  ['NotFoundError', true, 'absent'],
  ['OverconstrainedError', true, 'absent'],
  ['NotReadableError', true, 'busy'],
  ['TypeError', false, 'insecure'],
] as const)(
  'a browser that says %s (secure: %s) has a microphone that is %s',
  (name, is, trouble) => {
    expect(micTroubleOf({ name }, is)).toBe(trouble)
  },
)

test('what was thrown without a name is a microphone that is not given', () => {
  expect(micTroubleOf(undefined, true)).toBe('blocked')
})

test.each([
  ['candidate:1 1 udp 2113937151 192.168.1.20 51000 typ host', true],
  ['candidate:1 1 UDP 1677729535 203.0.113.5 51000 typ srflx raddr 0.0.0.0 rport 0', true],
  ['candidate:1 1 udp 2113937151 6a2f-1.local 51000 typ host', false],
  ['candidate:2 1 tcp 1518280447 192.168.1.20 9 typ host tcptype active', false],
  ['', false],
])('%s can be used: %s', (candidate, isUsable) => {
  expect(isUsableCandidate(candidate)).toBe(isUsable)
})
