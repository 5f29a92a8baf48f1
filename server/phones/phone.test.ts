import { expect, it } from 'vitest'
import { type BrowserPhone, deviceOf, isUsable } from './phone.ts'

const phone: BrowserPhone = {
  staffId: 'lan',
  extension: '101',
  sealedSecret: 'v1.x',
  device: 'web',
}

it.each([
  ['their extension', phone, '101', 'web'],
  ['the desk, as they chose', { ...phone, device: 'desk' }, '101', 'desk'],
  ['another extension by now', phone, '102', 'desk'],
  ['no extension any more', phone, null, 'desk'],
  ['no browser phone', undefined, '101', 'desk'],
] as const)('who has %s is at the right phone', (_case, stored, extension, device) => {
  expect(deviceOf(stored, extension)).toBe(device)
})

it('a secret opens only the endpoint that it was given for', () => {
  expect(isUsable(phone, '101')).toBe(true)
  expect(isUsable(phone, '102')).toBe(false)
  expect(isUsable(undefined, null)).toBe(false)
})
