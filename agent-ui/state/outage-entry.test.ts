import { describe, expect, test } from 'vitest'
import { anOutage } from '../test-support/samples.ts'
import {
  callbackMinutes,
  outageChange,
  outageEntryOf,
  outageEntrySchema,
  outageOrder,
  outageSearch,
} from './outage-entry.ts'

const typed = {
  area: ' Cầu Giấy ',
  service: '',
  message: 'Đứt cáp',
  expectedUntil: '28/11/2026 14h30',
  callbacksPerMinute: '4',
}

const faults = (entry: object) =>
  outageEntrySchema.safeParse({ ...typed, ...entry }).error?.issues.map(({ path }) => path[0])

describe('an outage as it is typed', () => {
  test('is sent with its time in UTC, and without what was left empty', () => {
    expect(outageOrder(typed, null)).toEqual({
      area: 'Cầu Giấy',
      message: 'Đứt cáp',
      expectedUntil: '2026-11-28T07:30:00.000Z',
      callbacksPerMinute: 4,
    })
    expect(outageOrder({ ...typed, expectedUntil: ' ' }, null).expectedUntil).toBeNull()
  })

  test('of an offer is where the offer says', () => {
    const offer = anOutage({ id: 'offer-1', status: 'offered' })
    const order = outageOrder(typed, offer)
    expect([order.fromOffer, order.area]).toEqual(['offer-1', undefined])
  })

  test('that is changed begins with what is known, and is sent with its version', () => {
    const known = anOutage({ version: 3, expectedUntil: '2026-11-28T07:30:00.000Z' })
    expect(outageEntryOf(known).expectedUntil).toBe('28/11/2026 14:30')
    expect(outageChange(typed, known)).toMatchObject({ version: 3, message: 'Đứt cáp' })
  })

  test('needs a place or a service, words for the customer, a real time and a possible pace', () => {
    expect(faults({})).toBeUndefined()
    expect(faults({ area: '' })).toEqual(['area'])
    expect(faults({ area: '', service: 'Internet' })).toBeUndefined()
    expect(faults({ message: ' ' })).toEqual(['message'])
    expect(faults({ expectedUntil: 'chiều nay' })).toEqual(['expectedUntil'])
    expect(faults({ callbacksPerMinute: '0' })).toEqual(['callbacksPerMinute'])
  })
})

test('seventeen callbacks at five a minute are done in the fourth', () => {
  expect(callbackMinutes({ children: 17, callbacksPerMinute: 5 })).toBe(4)
})

test('an address with other words shows the open outages', () => {
  expect(outageSearch({ scope: 'all', offer: 7 })).toEqual({})
  expect(outageSearch({ scope: 'ended', offer: 'o1' })).toEqual({ scope: 'ended', offer: 'o1' })
})
