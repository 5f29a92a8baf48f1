import { expect, test } from 'vitest'
import { countsOf, isAlive, NOTHING_YET, qualityOf } from './call-quality.ts'
import type { RtpCounts } from './call-quality.ts'

const before: RtpCounts = { received: 1000, lost: 10, jitter: 0.005, roundTrip: 0.04 }
const later = (change: Partial<RtpCounts> = {}): RtpCounts => ({
  ...before,
  received: 1100,
  ...change,
})

test.each([
  ['all is well', later(), 'good'],
  ['1 % is lost', later({ lost: 11 }), 'good'],
  ['3 % is lost', later({ lost: 13 }), 'middling'],
  ['a tenth is lost', later({ lost: 22 }), 'bad'],
  ['it trembles by 40 ms', later({ jitter: 0.04 }), 'middling'],
  ['it trembles by 100 ms', later({ jitter: 0.1 }), 'bad'],
  ['there and back takes 400 ms', later({ roundTrip: 0.4 }), 'middling'],
  ['there and back takes a second', later({ roundTrip: 1 }), 'bad'],
  ['the other side has not told', later({ roundTrip: null }), 'good'],
  ['nothing comes', before, 'bad'],
  ['the browser has corrected what it counted as lost', later({ lost: 8 }), 'good'],
] as const)('the voice when %s', (_what, now, quality) => {
  expect(qualityOf(before, now, false)).toBe(quality)
})

test('nothing comes on hold, and that is well', () => {
  expect(qualityOf(before, before, true)).toBe('good')
})

test.each([
  ['voice comes', later(), { ice: 'connected', isHeld: false }, true],
  ['voice comes', later(), { ice: 'completed', isHeld: false }, true],
  ['nothing comes', before, { ice: 'connected', isHeld: false }, false],
  ['nothing comes on hold', before, { ice: 'connected', isHeld: true }, true],
  ['its way is cut', later(), { ice: 'disconnected', isHeld: true }, false],
] as const)('when %s (%j, %j) a call is alive: %s', (_what, now, look, alive) => {
  expect(isAlive(before, now, look)).toBe(alive)
})

test('a browser’s report is read for the voice alone', () => {
  const rows = [
    { type: 'inbound-rtp', kind: 'video', packetsReceived: 1 },
    { type: 'inbound-rtp', kind: 'audio', packetsReceived: 50, packetsLost: 2, jitter: 0.01 },
    { type: 'remote-inbound-rtp', kind: 'audio', roundTripTime: 0.05 },
  ]
  expect(countsOf(rows)).toEqual({ received: 50, lost: 2, jitter: 0.01, roundTrip: 0.05 })
  expect(countsOf(rows.slice(0, 1))).toEqual(NOTHING_YET)
  expect(countsOf([{ type: 'inbound-rtp', kind: 'audio' }])).toEqual(NOTHING_YET)
})
