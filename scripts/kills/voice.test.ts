import { expect, test } from 'vitest'
import { heardIndex, spokenIndex } from './voice.ts'

test('who is heard is who spoke, in every packet', () => {
  const packets = [1, 2, 70_000].map((sequence) => heardIndex(spokenIndex(1_000_042, sequence)))
  expect(packets).toEqual([1_000_042, 1_000_042, 1_000_042])
})

test('silence, music and cut packets are nobody', () => {
  const spoken = spokenIndex(7, 1)
  expect(
    [Buffer.alloc(172, 0xd5), spoken.subarray(0, 20), Buffer.alloc(0)].map(heardIndex),
  ).toEqual([null, null, null])
})
