import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { dropDraft, keepDraft, readDraft, dropDraftsOf } from './drafts.ts'
import { draftOf, keptTicketDraft } from './state/ticket-draft.ts'
import { forbidStorage } from './test-support/forbidden-storage.ts'
import { aTicket } from './test-support/samples.ts'

const base = draftOf(aTicket())
const mine = { base, draft: { ...base, subject: 'Đứt cáp' } }

beforeEach(() => localStorage.clear())
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
