import { expect, test } from 'vitest'
import { anAlarm } from '../../test/support/domain/an-alarm.ts'
import { messageBody, secretKey, secretText, signedContent } from './alarm-message.ts'

const NOW = '2026-11-23T02:00:00.000Z'

test('a message says what, since when and how bad', () => {
  const alarm = anAlarm({ worst: 9, acknowledgedBy: { id: 'ha', displayName: 'Hà' } })
  expect(JSON.parse(messageBody('alarm.opened', alarm, NOW))).toEqual({
    type: 'alarm.opened',
    timestamp: NOW,
    data: {
      id: 'alarm-1',
      measure: 'waiting',
      queue: null,
      severity: 'warning',
      threshold: 5,
      value: 6,
      worst: 9,
      since: alarm.openedAt,
      endedAt: null,
      acknowledgedAt: null,
      acknowledgedBy: 'Hà',
    },
  })
  expect(JSON.parse(messageBody('alarm.test', null, NOW)).data).toEqual({})
})

test('id, moment and body are signed together, by the key behind the prefix', () => {
  expect(signedContent('m1', 1795, '{}')).toBe('m1.1795.{}')
  expect([secretText('AAAA'), secretKey('whsec_AAAA')]).toEqual(['whsec_AAAA', 'AAAA'])
})
