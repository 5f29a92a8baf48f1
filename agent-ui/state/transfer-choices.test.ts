import { expect, test } from 'vitest'
import type { Directory } from '#contract/calls.ts'
import { transferChoices } from './transfer-choices.ts'

const person = (
  displayName: string,
  extension: string,
  state: Directory['people'][0]['state'],
) => ({
  id: displayName,
  displayName,
  role: 'agent' as const,
  extension,
  state,
})
const DIRECTORY: Directory = {
  people: [
    person('Đặng Thị Lan', '101', 'in_call'),
    person('Minh', '102', 'in_call'),
    person('Hoà', '103', 'ready'),
    person('Dũng', '104', null),
    person('Tú', '105', 'unavailable'),
  ],
  queues: [{ name: 'hotline-tech', waiting: 2, free: 1 }],
  pbxs: [],
}
const names = (query: string) =>
  transferChoices(DIRECTORY, { query, ownId: 'Đặng Thị Lan' }).map(({ name }) => name)

test('whoever is free comes first, oneself never, queues last', () => {
  expect(names('')).toEqual(['Hoà', 'Dũng', 'Minh', 'Tú', 'hotline-tech'])
})

test('a few letters without accents find them, and so does an extension', () => {
  expect([names('dung'), names('hoa'), names('102'), names('tech')]).toEqual([
    ['Dũng'],
    ['Hoà'],
    ['Minh'],
    ['hotline-tech'],
  ])
})

test('whose phone cannot ring is shown, and said to be out', () => {
  const all = transferChoices(DIRECTORY, { query: '', ownId: '' })
  expect(all.filter(({ isOut }) => isOut).map(({ name }) => name)).toEqual([
    'Đặng Thị Lan',
    'Minh',
    'Tú',
  ])
})
