import { expect, test } from 'vitest'
import { NO_PARTS } from '#contract/supervision/agent-day.ts'
import { time } from '../../../test/support/table-time.ts'
import { partsByPhone, sameOverParts, talked, type TalkedPart, talkOf } from './parts.ts'

const part: TalkedPart & { endedAt: string } = {
  extension: '101',
  how: 'queue',
  startedAt: time('00:10.000'),
  endedAt: time('01:10.000'),
  holdSeconds: 20,
}
const open = { ...part, endedAt: null }

test('talk is the part without its holds, and nothing while it lasts', () => {
  expect(talkOf(part)).toBe(40)
  expect(talked([part, { ...part, holdSeconds: 0 }, open])).toEqual({
    talkSeconds: 100,
    holdSeconds: 20,
  })
})

test('a phone that had the caller twice took one call, and talked in both parts', () => {
  const again = {
    ...part,
    how: 'transfer' as const,
    startedAt: time('02:00.000'),
    endedAt: time('02:30.000'),
    holdSeconds: 0,
  }
  const other = { ...part, extension: '102' }
  expect(partsByPhone([part, other, again])).toEqual([
    {
      extension: '101',
      at: part.startedAt,
      counts: {
        ...NO_PARTS,
        taken: 1,
        handled: 1,
        talkSeconds: 70,
        holdSeconds: 20,
        lastCallAt: time('02:30.000'),
      },
    },
    {
      extension: '102',
      at: part.startedAt,
      counts: {
        ...NO_PARTS,
        taken: 1,
        handled: 1,
        talkSeconds: 40,
        holdSeconds: 20,
        lastCallAt: part.endedAt,
      },
    },
  ])
  expect(partsByPhone([part, { ...again, endedAt: null }])[0]?.counts).toMatchObject({
    taken: 1,
    handled: 1,
    talkSeconds: 40,
  })
})

test('a part that has only begun changes nothing yet', () => {
  expect(sameOverParts([], [open])).toBe(true)
  expect(sameOverParts([open], [part])).toBe(false)
  expect(sameOverParts([part, open], [part])).toBe(true)
  expect(sameOverParts([part], [{ ...part, holdSeconds: 0 }])).toBe(false)
  expect(partsByPhone([open])).toEqual([])
})

test('a callback is handled and not taken', () => {
  expect(partsByPhone([{ ...part, how: 'callback' }])[0]?.counts).toMatchObject({
    taken: 0,
    handled: 1,
  })
})
