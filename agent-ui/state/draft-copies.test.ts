import { describe, expect, test } from 'vitest'
import {
  acknowledged,
  dropped,
  isSent,
  isWaiting,
  merged,
  readCopy,
  swapped,
  typedOver,
} from './draft-copies.ts'
import type { DraftCopy } from './draft-copies.ts'

const T1 = '2026-11-28T01:00:00.000Z'
const T2 = '2026-11-28T02:00:00.000Z'
const T3 = '2026-11-28T03:00:00.000Z'
const mine = { note: 'của tôi' }
const theirs = { note: 'máy kia' }

const copy = (at: string, sentAt: string | null, words: object | null = mine): DraftCopy => {
  return { words, at, sentAt, triedAt: null, other: null }
}
const server = (writtenAt: string, words: Record<string, unknown> = theirs) => {
  return { key: 'note.t1', words, writtenAt }
}

describe('the copy in the browser after the server was asked', () => {
  test.each<[string, DraftCopy | null, ReturnType<typeof server> | null, boolean, unknown]>([
    ['nothing anywhere', null, null, false, null],
    ['another device has words', null, server(T1), false, copy(T1, T1, theirs)],
    ['saved on another device', copy(T1, T1), null, false, null],
    ['never sent', copy(T1, null), null, false, copy(T1, null)],
    ['saved elsewhere, typed on here', copy(T2, T1), null, false, copy(T2, T1)],
    ['continued elsewhere', copy(T1, T1), server(T2), false, copy(T2, T2, theirs)],
    ['typed on over theirs', copy(T2, T1), server(T1), false, copy(T2, T1)],
    ['the same on both', copy(T3, null), server(T2, mine), false, copy(T2, T2)],
    ['dropped here, not told yet', copy(T2, T1, null), server(T1), false, copy(T2, T1, null)],
    [
      'dropped here, typed on elsewhere',
      copy(T2, T1, null),
      server(T3),
      false,
      copy(T3, T3, theirs),
    ],
    ['dropped here, and there', copy(T2, T1, null), null, false, null],
  ])('%s', (_what, before, given, isTyped, after) => {
    expect(merged(before, given, isTyped)).toEqual(after)
  })

  test('typed on two devices: the newer is shown, the older is kept beside it', () => {
    const older = merged(copy(T1, null), server(T2), false)
    expect(older).toEqual({ ...copy(T2, T2, theirs), other: { words: mine, at: T1 } })
    const newer = merged(copy(T3, T1), server(T2), false)
    expect(newer).toEqual({ ...copy(T3, T2), other: { words: theirs, at: T2 } })
    expect(merged(newer, server(T2), false)).toEqual(newer)
  })

  test('nothing is changed under the hands, however new it is', () => {
    const after = merged(copy(T1, null), server(T3), true)
    expect(after).toEqual({ ...copy(T1, T3), other: { words: theirs, at: T3 } })
    expect(merged(copy(T1, T1), server(T3), true)?.words).toEqual(mine)
  })
})

test('typing makes a copy that is not sent, the same words again do not', () => {
  const sent = copy(T1, T1)
  expect(isSent(sent)).toBe(true)
  expect(typedOver(sent, { words: { ...mine }, at: T2 })).toBe(sent)
  const typed = typedOver(sent, { words: theirs, at: T2 })
  expect(typed).toEqual(copy(T2, T1, theirs))
  expect(isSent(typed)).toBe(false)
  expect(typedOver(null, { words: mine, at: T1 })).toEqual(copy(T1, null))
})

describe('the copy after it was sent', () => {
  const kept = (
    words: Record<string, unknown>,
    writtenAt: string,
    displaced = null as null | Old,
  ) => {
    return { ...server(writtenAt, words), displaced }
  }
  type Old = { words: Record<string, unknown>; writtenAt: string }
  const tried = { ...copy(T2, T1), triedAt: T2 }

  test('is the server’s, at the time that the server gave it', () => {
    expect(acknowledged(tried, tried, kept(mine, T1), false)).toEqual({ ...tried, at: T1 })
  })

  test('and was typed over meanwhile still waits', () => {
    const typed = typedOver(tried, { words: { note: 'tiếp' }, at: T3 })
    const after = acknowledged(typed, tried, kept(mine, T2), true)
    expect(after).toEqual({ ...typed, sentAt: T2 })
    expect(after && isWaiting(after)).toBe(true)
  })

  test('and took the place of words that nobody here had seen keeps them beside it', () => {
    const old = { words: theirs, writtenAt: T1 }
    const after = acknowledged(tried, tried, kept(mine, T2, old), true)
    expect(after?.other).toEqual({ words: theirs, at: T1 })
    const own = { ...tried, triedAt: T1 }
    expect(acknowledged(own, own, kept(mine, T2, old), true)?.other).toBeNull()
  })

  test('and found newer words there is as after any other question', () => {
    expect(acknowledged(tried, tried, kept(theirs, T3), false)).toMatchObject({
      words: theirs,
      other: { words: mine, at: T2 },
    })
  })

  test('and was dropped meanwhile is still to be dropped there', () => {
    const gone = dropped(tried, T3)
    expect(acknowledged(gone, tried, kept(mine, T2), false)).toEqual({ ...gone, sentAt: T2 })
    expect(acknowledged(null, tried, kept(mine, T2), false)).toBeNull()
  })
})

test('what the server has because its answer was lost is no other’s', () => {
  const lost = { ...copy(T3, T1), triedAt: T2 }
  expect(merged(lost, server(T2), false)).toEqual(lost)
  expect(dropped({ ...copy(T1, null), triedAt: T1 }, T2)).toMatchObject({ words: null, at: T2 })
})

test('what the server never had is dropped without a trace', () => {
  expect(dropped(copy(T1, null), T2)).toBeNull()
  expect(dropped(null, T2)).toBeNull()
  expect(dropped(copy(T1, T1), T2)).toEqual(copy(T2, T1, null))
  expect(isSent(copy(T1, T1, null))).toBe(false)
})

test('the other words take the place, and these stay as the other ones', () => {
  const both = { ...copy(T2, T2), other: { words: theirs, at: T1 } }
  expect(swapped(both, T3)).toEqual({
    ...copy(T3, T2, theirs),
    other: { words: mine, at: T2 },
  })
  expect(swapped(copy(T2, T2), T3)).toEqual(copy(T2, T2))
})

test('words of an earlier page are older than all others and were not sent', () => {
  expect(readCopy({ note: 'x' })).toMatchObject({ words: { note: 'x' }, sentAt: null })
  expect(isWaiting(readCopy({ note: 'x' }) ?? copy(T1, null))).toBe(false)
  expect(readCopy(copy(T1, T1))).toEqual(copy(T1, T1))
  expect([readCopy(null), readCopy('x')]).toEqual([null, null])
})
