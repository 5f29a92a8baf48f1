import { expect, it } from 'vitest'
import {
  type Looker,
  MOST_PAGES,
  pageTooMany,
  peopleAt,
  SILENCE_MS,
  silentPages,
} from './lookers.ts'

function looker(staffId: string, change: Partial<Looker> = {}): Looker {
  const displayName = staffId.toUpperCase()
  return { staffId, displayName, ticketId: 't', isTyping: false, seenMs: 0, ...change }
}

it('names each person once, typing when one of their pages is', () => {
  const pages = [
    looker('mai', { isTyping: true }),
    looker('mai'),
    looker('lan'),
    looker('tuan', { ticketId: 'other' }),
  ]
  expect(peopleAt(pages, 't')).toEqual([
    { id: 'lan', displayName: 'LAN', isTyping: false },
    { id: 'mai', displayName: 'MAI', isTyping: true },
  ])
  expect(peopleAt(pages, 'nobody')).toEqual([])
})

it('finds who has been silent for too long', () => {
  const pages = new Map([
    ['a', looker('mai', { seenMs: 1 })],
    ['b', looker('lan', { seenMs: 0 })],
  ])
  expect(silentPages(pages, SILENCE_MS)).toEqual(['b'])
})

it('lets the longest silent page give way when a person has too many', () => {
  const pages = new Map(
    Array.from({ length: MOST_PAGES }, (_, n) => [`${n}`, looker('mai', { seenMs: 9 - (n % 7) })]),
  )
  expect(pageTooMany(pages, 'mai')).toBe('6')
  expect(pageTooMany(pages, 'lan')).toBeNull()
  pages.delete('3')
  expect(pageTooMany(pages, 'mai')).toBeNull()
})
