import { expect, test } from 'vitest'
import { formatSize, isPicture, isUnnamed, neighbour } from './file-text.ts'

test.each([
  [0, '0 B'],
  [1023, '1023 B'],
  [1024, '1 KB'],
  [12_800, '12,5 KB'],
  [3 * 1024 * 1024, '3 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(formatSize(bytes)).toBe(text)
})

test('shows what every browser shows as a picture, and nothing else', () => {
  const types = ['image/png', 'image/heic', 'application/pdf', 'video/mp4'] as const
  expect(types.map((type) => isPicture({ type }))).toEqual([true, false, false, false])
})

test('names what came without a name of its own', () => {
  const names = ['', 'image.png', 'Blob.jpg', 'images.png', 'đèn LOS.png']
  expect(names.map(isUnnamed)).toEqual([true, true, true, false, false])
})

test('goes from picture to picture, round and round', () => {
  const ids = ['a', 'b', 'c']
  expect(neighbour(ids, 'c', 1)).toBe('a')
  expect(neighbour(ids, 'a', -1)).toBe('c')
  expect(neighbour(ids, 'b', 1)).toBe('c')
  expect(neighbour(ids, 'x', 1)).toBeNull()
})
