import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { act } from 'react'
import {
  dropDraft,
  dropDraftsOf,
  followDraft,
  keepDraft,
  readDraft,
  useHasWords,
} from './drafts.ts'
import { mountHook } from './test-support/mount.tsx'
import { draftOf, keptTicketDraft } from './state/ticket-draft.ts'
import { forbidStorage } from './test-support/forbidden-storage.ts'
import { aTicket } from './test-support/samples.ts'

const base = draftOf(aTicket())
const mine = { base, draft: { ...base, subject: 'Đứt cáp' } }

beforeEach(() => {
  localStorage.clear()
  dispatchEvent(new StorageEvent('storage', { key: null }))
})
afterEach(() => vi.unstubAllGlobals())

test('a draft is found again by its person and ticket only, until it is dropped', () => {
  keepDraft('staff-1', 'ticket-1', mine)
  expect(readDraft('staff-1', 'ticket-1')).toEqual(mine)
  expect(readDraft('staff-2', 'ticket-1')).toBeNull()
  expect(readDraft('staff-1', 'ticket-2')).toBeNull()
  dropDraft('staff-1', 'ticket-1')
  expect(readDraft('staff-1', 'ticket-1')).toBeNull()
})

test.each(['{', 'null', '"text"', '{"base":1}', '{"base":{},"draft":{}}'])(
  'what an earlier page or another program left there (%s) is no draft of a ticket',
  (text) => {
    localStorage.setItem('hotline.draft.staff-1.ticket-1', text)
    expect(keptTicketDraft(readDraft('staff-1', 'ticket-1'))).toBeNull()
  },
)

test('a browser that forbids storage keeps nothing and disturbs nobody', () => {
  forbidStorage()
  keepDraft('staff-1', 'ticket-1', mine)
  dropDraft('staff-1', 'ticket-1')
  expect(readDraft('staff-1', 'ticket-1')).toBeNull()
})

test('leave the browser with their person, and nobody else’s with them', () => {
  localStorage.setItem('hotline.draft.lan.t1', '{}')
  localStorage.setItem('hotline.draft.lan.t2', '{}')
  localStorage.setItem('hotline.draft.mai.t1', '{}')
  dropDraftsOf('lan')
  expect(Object.keys(localStorage).filter((key) => key.startsWith('hotline.draft.'))).toEqual([
    'hotline.draft.mai.t1',
  ])
})

test('a ticket is marked while words of its person are kept about it, whatever they are', () => {
  const mark = mountHook(() => useHasWords('lan', 't1'), undefined)
  const other = mountHook(() => useHasWords('mai', 't1'), undefined)
  expect(mark.now).toBe(false)
  act(() => keepDraft('lan', 'action.t1.hand_over', {}))
  act(() => keepDraft('lan', 'note.t1', {}))
  expect([mark.now, other.now]).toEqual([true, false])
  act(() => dropDraft('lan', 'action.t1.hand_over'))
  expect(mark.now).toBe(true)
  act(() => dropDraftsOf('lan'))
  expect(mark.now).toBe(false)
})

const hear = () => act(() => void dispatchEvent(new StorageEvent('storage', { key: null })))

test('a ticket is marked when another tab of the browser keeps or drops words', () => {
  const mark = mountHook(() => useHasWords('lan', 't1'), undefined)
  localStorage.setItem('hotline.draft.lan.note.t1', '{}')
  hear()
  expect(mark.now).toBe(true)
  localStorage.clear()
  hear()
  expect(mark.now).toBe(false)
})

/** A form that shows its words whenever they came from elsewhere, and was just typed into. */
function followed() {
  const shown: unknown[] = []
  const stop = followDraft('lan', 'note.t1', () => shown.push(readDraft('lan', 'note.t1')))
  keepDraft('lan', 'note.t1', { note: 'khách bận' })
  return { shown, stop }
}

describe('words that another tab saved', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  test('leave the hands that typed them alone for ten seconds, and are gone then', () => {
    const { shown, stop } = followed()
    vi.advanceTimersByTime(3_000)
    localStorage.clear()
    hear()
    vi.advanceTimersByTime(6_900)
    expect(shown).toEqual([])
    vi.advanceTimersByTime(200)
    expect(shown).toEqual([null])
    stop()
  })

  test('do not take what is typed on here meanwhile', () => {
    const { shown, stop } = followed()
    localStorage.clear()
    hear()
    vi.advanceTimersByTime(5_000)
    keepDraft('lan', 'note.t1', { note: 'khách bận, gọi lại' })
    vi.advanceTimersByTime(9_000)
    expect(shown).toEqual([])
    vi.advanceTimersByTime(2_000)
    expect(shown).toEqual([{ note: 'khách bận, gọi lại' }])
    stop()
  })

  test('are asked for no more once nobody shows them', () => {
    const { shown, stop } = followed()
    localStorage.clear()
    hear()
    stop()
    vi.advanceTimersByTime(60_000)
    expect(shown).toEqual([])
  })
})
