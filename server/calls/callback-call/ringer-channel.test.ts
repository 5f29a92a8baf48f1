import { expect, test } from 'vitest'
import { ringerOf } from './ringer-channel.ts'

test('the half that dials the customer is named after the order', () => {
  expect(ringerOf('cb-0198c0de-cb-1')).toBe('cu-0198c0de-cb-1')
})
