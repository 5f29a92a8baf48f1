import { expect, it } from 'vitest'
import * as bytes from '../../../test/support/file-bytes.ts'
import { createTextCheck, fileType, HEAD_BYTES } from './file-type.ts'

function typeOf(content: Uint8Array, namesText = false): string | null {
  const words = createTextCheck()
  words.add(content)
  const head = content.subarray(0, HEAD_BYTES)
  const sample = { head, tail: content, size: content.length, isText: words.end(), namesText }
  return fileType(sample)
}

it.each([
  ['image/png', bytes.PNG],
  ['image/jpeg', bytes.JPEG],
  ['image/gif', bytes.GIF],
  ['image/webp', bytes.WEBP],
  ['image/heic', bytes.HEIC],
  ['video/mp4', bytes.MP4],
  ['application/pdf', bytes.PDF],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', bytes.DOCX],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml.sheet', bytes.XLSX],
])('knows %s by its content', (type, content) => {
  expect(typeOf(content)).toBe(type)
})

it.each([
  ['markup', bytes.HTML],
  ['a drawing with a script', bytes.SVG],
  ['a drawing behind a byte order mark', Buffer.concat([Buffer.from('\uFEFF'), bytes.SVG])],
  ['words under the name of a picture', Buffer.from('Khách báo mất mạng')],
  ['a program', Buffer.from('MZ\u0090\0\u0003')],
  ['a package of anything', bytes.aPackage(['evil.exe'])],
  ['a document with programs', bytes.DOCM],
  ['a beginning that goes on otherwise', bytes.PNG.subarray(0, 6)],
  ['a RIFF file that is no picture', Buffer.from('RIFF\u0001\u0001\u0001\u0001WAVEfmt ')],
])('takes no %s', (_what, content) => {
  expect(typeOf(content)).toBeNull()
})

it('takes words whose name says so, in UTF-8 and without control characters', () => {
  expect(typeOf(Buffer.from('Suy hao -27 dBm\r\n\tĐèn LOS đỏ'), true)).toBe('text/plain')
  expect(typeOf(Buffer.from([0x4c, 0xd3, 0x53]), true)).toBeNull()
  expect(typeOf(Buffer.from('a\0b'), true)).toBeNull()
})

it('puts letters together that come in two pieces, and misses one that is cut off', () => {
  const [first, second] = [Buffer.from('đ').subarray(0, 1), Buffer.from('đ').subarray(1)]
  const whole = createTextCheck()
  whole.add(first)
  whole.add(second)
  expect(whole.end()).toBe(true)
  const cut = createTextCheck()
  cut.add(first)
  expect(cut.end()).toBe(false)
})
