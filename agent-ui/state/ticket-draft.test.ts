import { describe, expect, test } from 'vitest'
import {
  changedFields,
  conflicts,
  draftOf,
  isTicketDraft,
  movedOnto,
  patchOf,
  rebaseDraft,
} from './ticket-draft.ts'
import { aTicket } from '../test-support/samples.ts'
import type { TicketDraft } from './ticket-draft.ts'

const saved = aTicket({ version: 3, subject: 'Mất mạng' })
const base: TicketDraft = draftOf(saved)

test('an untouched draft changes nothing', () => {
  expect(changedFields(draftOf(saved), base)).toEqual([])
})

test('only touched fields are saved', () => {
  expect(changedFields({ ...base, priority: 'high' }, base)).toEqual(['priority'])
})

test('a field that both changed differently is a conflict', () => {
  const draft = { ...base, subject: 'Mất mạng từ sáng', description: 'đèn LOS đỏ' }
  const theirs = { ...base, version: 4, subject: 'Đứt cáp' }
  expect(conflicts(base, draft, theirs)).toEqual([
    { field: 'subject', mine: 'Mất mạng từ sáng', theirs: 'Đứt cáp' },
  ])
})

test('a field that only the other changed is no conflict', () => {
  const theirs = { ...base, version: 4, subject: 'Đứt cáp' }
  expect(conflicts(base, { ...base }, theirs)).toEqual([])
  expect(conflicts(base, { ...base, description: 'đèn LOS đỏ' }, theirs)).toEqual([])
})

test('the same change by both is no conflict', () => {
  const both = { ...base, subject: 'Đứt cáp' }
  expect(conflicts(base, both, { ...both, version: 4 })).toEqual([])
})

test('keeping my text takes over the newer version and the fields I left alone', () => {
  const draft = { ...base, description: 'đèn LOS đỏ' }
  const theirs: TicketDraft = { ...base, version: 4, subject: 'Đứt cáp', priority: 'critical' }
  expect(rebaseDraft(base, draft, theirs)).toEqual({
    ...base,
    version: 4,
    subject: 'Đứt cáp',
    description: 'đèn LOS đỏ',
    priority: 'critical',
  })
})

test('a kept draft of another shape is not taken for one', () => {
  expect(isTicketDraft(base)).toBe(true)
  expect([null, 'text', {}, { ...base, kind: undefined }].filter(isTicketDraft)).toEqual([])
})

describe('a draft is moved onto a newer ticket', () => {
  const draft = { ...base, description: 'đèn LOS đỏ' }
  const newer = { ...saved, version: 4, priority: 'high' } as const

  test('with what the agent changed on top', () => {
    expect(movedOnto(newer, { base, draft })).toEqual({
      base: draftOf(newer),
      draft: { ...draftOf(newer), description: 'đèn LOS đỏ' },
    })
  })

  test('but not onto the same or an older one', () => {
    expect(movedOnto({ ...newer, version: 3 }, { base, draft })).toBeNull()
    expect(movedOnto({ ...newer, version: 2 }, { base, draft })).toBeNull()
  })

  test('but not while a field was changed by both', () => {
    const theirs = { ...newer, description: 'đứt cáp' }
    expect(movedOnto(theirs, { base, draft })).toBeNull()
  })
})

describe('what is sent of a draft', () => {
  test('is what was changed; a detail that was emptied is not known', () => {
    const draft = { ...base, address: '', area: 'Cầu Giấy', subject: '' }
    expect(patchOf(draft, ['address', 'area', 'subject'])).toEqual({
      version: 3,
      address: null,
      area: 'Cầu Giấy',
      subject: '',
    })
  })

  test('names the complainant whole, whichever part was changed', () => {
    const draft = { ...base, complainantRelation: 'representative', complainantName: 'Lê Hà' }
    expect(patchOf(draft, ['complainantName'])).toEqual({
      version: 3,
      complainant: { relation: 'representative', name: 'Lê Hà', paper: '' },
    })
    expect(patchOf(base, ['complainantRelation'])).toEqual({ version: 3, complainant: null })
  })
})

test('a subject that was made of the category is no words of anybody', () => {
  expect(draftOf(aTicket({ subject: 'Mất kết nối', subjectIsMade: true })).subject).toBe('')
})
