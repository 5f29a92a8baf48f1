import { expect, it } from 'vitest'
import { isOwnOrigin } from './origin.ts'

it.each([
  ['https://hotline.vn', 'https://hotline.vn', true],
  ['https://hotline.vn', 'http://hotline.vn', false],
  ['https://hotline.vn', 'ftp://hotline.vn', false],
  ['http://hotline.vn', 'http://hotline.vn', true],
  ['http://localhost:8080', 'http://hotline.vn', true],
  ['http://localhost:8080', 'ftp://hotline.vn', false],
])('of a service at %s the origin %s is its own: %s', (publicUrl, origin, isOwn) => {
  const request = { origin, host: 'hotline.vn', secFetchSite: undefined }
  expect(isOwnOrigin(request, publicUrl)).toBe(isOwn)
})
