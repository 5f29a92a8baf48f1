import { expect, it } from 'vitest'
import { deviceOfInterface, extensionOfEndpoint, phoneInterface } from './phone-interface.ts'

it.each([
  ['desk', 'PJSIP/101', '101'],
  ['web', 'PJSIP/web-101', '101'],
] as const)('the %s phone of 101 is %s, and is 101 everywhere', (device, named, extension) => {
  expect(phoneInterface('101', device)).toBe(named)
  expect(extensionOfEndpoint(named.replace('PJSIP/', ''))).toBe(extension)
  expect(deviceOfInterface(named)).toBe(device)
})

it.each(['trunk', 'web-trunk', 'web-', 'web-1', 'my-web-101', 'web-1234567'])(
  '%s is no browser phone',
  (endpoint) => {
    expect(extensionOfEndpoint(endpoint)).toBe(endpoint)
    expect(deviceOfInterface(`PJSIP/${endpoint}`)).toBe('desk')
  },
)
