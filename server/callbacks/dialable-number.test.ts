import { expect, test } from 'vitest'
import type { PhoneKind } from '#contract/customers.ts'
import { toDialable } from './dialable-number.ts'

function aNumber(kind: PhoneKind, key: string | null, raw = key ?? '') {
  return { raw, kind, key, display: raw }
}

test.each([
  ['mobile', '+84912345678', '0912345678'],
  ['fixed', '+842438223344', '02438223344'],
] as const)('a %s number is dialled in its national form', (kind, key, dial) => {
  expect(toDialable(aNumber(kind, key))).toEqual({ dial })
})

test.each([
  ['service1900', '19000382', /1800\/1900/],
  ['service1800', '18001166', /1800\/1900/],
  ['short_or_ext', '101', /extension/],
  ['intl', '+6591234567', /foreign/],
  ['anonymous', null, /hid the number/],
  ['unknown', '0438223344', /not a Vietnamese/],
  ['mobile', null, /cannot be dialled/],
  ['mobile', '+84912345678;rm', /cannot be dialled/],
] as const)('a %s number (%s) is refused with the reason', (kind, key, reason) => {
  expect(toDialable(aNumber(kind, key))).toEqual({ problem: expect.stringMatching(reason) })
})
