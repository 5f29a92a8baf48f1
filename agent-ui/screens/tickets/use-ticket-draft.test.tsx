import { StrictMode, act } from 'react'
import { renderToString } from 'react-dom/server'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Ticket } from '#contract/tickets.ts'
import { keepDraft, readDraft, takeCopy } from '../../drafts.ts'
import { draftOf, keptTicketDraft } from '../../state/ticket-draft.ts'
import { mountHook } from '../../test-support/mount.tsx'
import { ticketAhead } from '../../state/ticket-ahead.ts'
import { aPop, aTicket, aTicketRef, aUser } from '../../test-support/samples.ts'
import { useTicketDraft } from './use-ticket-draft.ts'

const ME = 'staff-1'
const saved = aTicket()

beforeEach(() => localStorage.clear())

function edits(ticket: Ticket = saved) {
  return mountHook((shown: Ticket) => useTicketDraft(ME, shown), ticket)
}

function kept() {
  return keptTicketDraft(readDraft(ME, saved.id))
}

describe('a form that was made ready while the call rang', () => {
  const pop = aPop()
  const ahead = (id = '') =>
    ticketAhead({ ...pop, ticket: id === '' ? null : aTicketRef(id) }, aUser())
  const words = { subject: 'Mất mạng từ sáng' }

  test('becomes that of the ticket: what is typed before it is read moves onto it', () => {
    const form = edits(ahead())
    form.update(ahead(saved.id))
    act(() => form.now.edit(words))
    form.update(aTicket({ subject: '', area: 'Cầu Giấy' }))
    expect(form.now.draft).toMatchObject({ ...words, version: 1, area: 'Cầu Giấy' })
    expect(form.now.changed).toEqual(['subject'])
    expect(kept()?.base.version).toBe(1)
  })

  test('has the words that were kept of its ticket', () => {
    keepDraft(ME, saved.id, { base: draftOf(saved), draft: { ...draftOf(saved), ...words } })
    const form = edits(ahead())
    form.update(ahead(saved.id))
    expect(form.now.draft.subject).toBe(words.subject)
  })
})

describe('typing', () => {
  test('changes the draft, not the ticket, and is kept at once', () => {
    const form = edits()
    act(() => form.now.edit({ subject: 'Mất mạng từ sáng' }))
    expect(form.now.draft.subject).toBe('Mất mạng từ sáng')
    expect(form.now.changed).toEqual(['subject'])
    expect(kept()).toEqual({
      base: draftOf(saved),
      draft: { ...draftOf(saved), subject: 'Mất mạng từ sáng' },
    })
  })

  test('back to what is saved leaves no draft behind', () => {
    const form = edits()
    act(() => form.now.edit({ subject: 'x' }))
    act(() => form.now.edit({ subject: saved.subject }))
    expect(form.now.changed).toEqual([])
    expect(kept()).toBeNull()
  })

  test('can be taken back whole', () => {
    const form = edits()
    act(() => form.now.edit({ subject: 'x', priority: 'high' }))
    act(() => form.now.discard())
    expect(form.now.draft).toEqual(draftOf(saved))
    expect(kept()).toBeNull()
  })

  test('on another device comes in, and goes when it is saved there', () => {
    const form = edits(aTicket({ id: 't-elsewhere' }))
    const base = draftOf(saved)
    const words = { base, draft: { ...base, subject: 'từ máy kia' } }
    const at = '2026-11-28T01:00:00.000Z'
    const copy = { words, at, sentAt: at, triedAt: null, other: null }
    act(() => takeCopy(ME, 't-elsewhere', copy))
    expect(form.now.draft.subject).toBe('từ máy kia')
    act(() => takeCopy(ME, 't-elsewhere', null))
    expect(form.now.changed).toEqual([])
  })

  test('comes back after a reload and says so until the next key', () => {
    const before = edits()
    act(() => before.now.edit({ description: 'đèn LOS đỏ' }))
    before.unmount()
    const form = edits()
    expect(form.now.draft.description).toBe('đèn LOS đỏ')
    expect(form.now.wasRestored).toBe(true)
    act(() => form.now.edit({ description: 'đèn LOS đỏ, đã khởi động lại' }))
    expect(form.now.wasRestored).toBe(false)
  })

  test('of one person is not shown to another at the same PC', () => {
    keepDraft('staff-2', saved.id, { base: draftOf(saved), draft: { ...saved, subject: 'x' } })
    expect(edits().now.changed).toEqual([])
  })
})

describe('a newer ticket', () => {
  const theirs = aTicket({ version: 2, priority: 'critical' })

  test('is taken over beside what I typed', () => {
    const form = edits()
    act(() => form.now.edit({ description: 'đèn LOS đỏ' }))
    form.update(theirs)
    expect(form.now.draft).toMatchObject({
      version: 2,
      priority: 'critical',
      description: 'đèn LOS đỏ',
    })
    expect(form.now.changed).toEqual(['description'])
    expect(kept()?.base).toEqual(draftOf(theirs))
  })

  test('that holds all I typed, because I saved it, ends the draft', () => {
    const form = edits()
    act(() => form.now.edit({ subject: 'Đứt cáp' }))
    form.update(aTicket({ version: 2, subject: 'Đứt cáp' }))
    expect(form.now.changed).toEqual([])
    expect(kept()).toBeNull()
  })

  test('never drops the draft that another tab keeps of this ticket', () => {
    const form = edits()
    const elsewhere = { base: draftOf(saved), draft: { ...draftOf(saved), subject: 'tab khác' } }
    keepDraft(ME, saved.id, elsewhere)
    form.update(theirs)
    expect(form.now.draft.priority).toBe('critical')
    expect(kept()).toEqual(elsewhere)
  })

  test('does not undo that the draft was restored', () => {
    keepDraft(ME, saved.id, { base: draftOf(saved), draft: { ...draftOf(saved), subject: 'x' } })
    const form = edits()
    form.update(theirs)
    expect(form.now.wasRestored).toBe(true)
  })
})

describe('a field that both changed', () => {
  const theirs = aTicket({ version: 2, subject: 'Đứt cáp' })

  function inConflict() {
    const form = edits()
    act(() => form.now.edit({ subject: 'Mất mạng từ sáng' }))
    form.update(theirs)
    return form
  }

  test('waits for a choice, and my text stays as it was', () => {
    const form = inConflict()
    expect(form.now.conflicts).toEqual([
      { field: 'subject', mine: 'Mất mạng từ sáng', theirs: 'Đứt cáp' },
    ])
    expect(form.now.draft).toMatchObject({ version: 1, subject: 'Mất mạng từ sáng' })
    expect(kept()?.base.version).toBe(1)
  })

  test('mine can be put on top, still unsaved', () => {
    const form = inConflict()
    act(() => form.now.keepMine())
    expect(form.now.conflicts).toEqual([])
    expect(form.now.draft).toMatchObject({ version: 2, subject: 'Mất mạng từ sáng' })
    expect(form.now.changed).toEqual(['subject'])
    expect(kept()?.draft.version).toBe(2)
  })

  test('theirs can be taken', () => {
    const form = inConflict()
    act(() => form.now.discard())
    expect(form.now.draft).toEqual(draftOf(theirs))
    expect(kept()).toBeNull()
  })
})

test('rendering alone writes nothing, so that an abandoned render cannot change a draft', () => {
  const mine = { base: draftOf(saved), draft: { ...draftOf(saved), subject: 'x' } }
  keepDraft(ME, saved.id, mine)
  function Form() {
    return useTicketDraft(ME, aTicket({ version: 2, priority: 'high' })).draft.subject
  }
  expect(renderToString(<Form />)).toBe('x')
  expect(kept()).toEqual(mine)
})

test('the draft is the same when React renders and runs its effects twice', () => {
  const form = mountHook(
    (shown: Ticket) => useTicketDraft(ME, shown),
    saved,
    (node) => <StrictMode>{node}</StrictMode>,
  )
  act(() => form.now.edit({ subject: 'x' }))
  form.update(aTicket({ version: 2, priority: 'high' }))
  expect(form.now.draft).toMatchObject({ version: 2, subject: 'x', priority: 'high' })
  expect(kept()?.draft).toEqual(form.now.draft)
})
