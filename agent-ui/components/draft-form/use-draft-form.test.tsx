import { act } from 'react'
import type { FormEvent } from 'react'
import { beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { RequestFailed } from '../../request.ts'
import { copiesOf, isDraftInHands, readDraft, takeCopy } from '../../drafts.ts'
import { mount, mountHook } from '../../test-support/mount.tsx'
import { inPage } from '../../test-support/page.tsx'
import { aUser } from '../../test-support/samples.ts'
import { OtherDraft } from './other-draft.tsx'
import { useDraftForm } from './use-draft-form.ts'

const schema = z.object({ note: z.string().trim().min(1).max(10), number: z.string() })
const initial = { note: '', number: '0912 345 678' }

beforeEach(() => localStorage.clear())

function form({
  key = 'note.t1',
  staffId = 'staff-1',
}: { key?: string | null; staffId?: string } = {}) {
  const sent: (typeof initial)[] = []
  const page = mountHook(
    () => useDraftForm({ key, schema, initial, onSubmit: (values) => void sent.push(values) }),
    undefined,
    (node) => inPage(node, { user: aUser({ id: staffId }) }),
  )
  const type = (field: 'note' | 'number', value: string) =>
    act(() => page.now.form.setFieldValue(field, value))
  const submit = () =>
    act(() => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no form stands around the hook
      page.now.props.onSubmit(new Event('submit') as unknown as FormEvent<HTMLFormElement>)
    })
  return { page, sent, type, submit }
}

describe('words in a form', () => {
  test('are kept as they are typed and come back after the page was left', () => {
    const first = form()
    first.type('note', 'khách bận')
    first.page.unmount()
    const again = form()
    expect(again.page.now.form.values.note).toBe('khách bận')
    expect(again.page.now.wasKept).toBe(true)
  })

  test('are those of their person and their form alone', () => {
    form().type('note', 'khách bận')
    expect(form({ staffId: 'staff-2' }).page.now.form.values.note).toBe('')
    expect(form({ key: 'note.t2' }).page.now.form.values.note).toBe('')
  })

  test('are kept no longer once they are saved, or taken back by hand', () => {
    const saved = form()
    saved.type('note', 'xong')
    act(() => saved.page.now.clear())
    expect(readDraft('staff-1', 'note.t1')).toBeNull()
    expect(saved.page.now.form.values).toEqual(initial)
    saved.type('note', 'x')
    saved.type('note', '')
    expect(readDraft('staff-1', 'note.t1')).toBeNull()
  })

  test('of a form with a password are never kept', () => {
    form({ key: null }).type('note', 'bí mật')
    expect(Object.keys(localStorage)).toEqual([])
  })
})

describe('what is wrong', () => {
  test('is said at its field before anything is sent', () => {
    const { page, sent, type, submit } = form()
    submit()
    expect(page.now.form.errors['note']).toBe('Không được để trống.')
    type('note', 'dài quá mười chữ')
    submit()
    expect(page.now.form.errors['note']).toBe('Nhiều nhất 10 ký tự.')
    expect(sent).toEqual([])
    type('note', 'ngắn')
    submit()
    expect(sent).toEqual([{ ...initial, note: 'ngắn' }])
  })

  test('to the server is said at its field, by its code', () => {
    const { page } = form()
    const faults = [{ path: 'number', message: 'too short', code: 'number_digits' }]
    act(() => page.now.refuse(new RequestFailed('invalid', null, null, { faults })))
    expect(page.now.form.errors['number']).toContain('thiếu hoặc thừa chữ số')
    expect(page.now.form.errors['note']).toBeUndefined()
  })
})

const AT = '2026-11-28T01:00:00.000Z'
const typed = (text: string) => ({ base: initial, values: { ...initial, note: text } })

/** What the server says of this form, and the words that these took the place of. */
function arrive(key: string, note: string | null, other: string | null = null): void {
  const copy = { words: typed(note ?? ''), at: AT, sentAt: AT, triedAt: null }
  const beside = other === null ? null : { words: typed(other), at: AT }
  act(() => takeCopy('staff-1', key, note === null ? null : { ...copy, other: beside }))
}

describe('words from another device', () => {
  test('come into a form in which nobody types, and leave it when they are saved there', () => {
    const { page } = form({ key: 'note.from1' })
    arrive('note.from1', 'từ máy kia')
    expect(page.now.form.values.note).toBe('từ máy kia')
    expect(page.now.wasKept).toBe(true)
    arrive('note.from1', null)
    expect(page.now.form.values).toEqual(initial)
  })

  test('are no newer for being shown over a form that was saved since', () => {
    const key = 'note.from4'
    const values = { note: 'từ máy kia', number: '0900 000 000' }
    const words = { base: { ...values, note: '' }, values }
    takeCopy('staff-1', key, { words, at: AT, sentAt: AT, triedAt: null, other: null })
    const { page, type } = form({ key })
    expect(page.now.form.values).toEqual({ ...initial, note: 'từ máy kia' })
    expect(copiesOf('staff-1').get(key)?.at).toBe(AT)
    expect(isDraftInHands('staff-1', key)).toBe(false)
    type('note', 'gõ tiếp')
    expect(readDraft('staff-1', key)).toEqual(typed('gõ tiếp'))
  })

  test('do not change what is being typed', () => {
    const { page, type } = form({ key: 'note.from2' })
    type('note', 'đang gõ')
    arrive('note.from2', 'từ máy kia')
    expect(page.now.form.values.note).toBe('đang gõ')
  })

  test('that others took the place of come back by a button, and go again', () => {
    const { page } = form({ key: 'note.from3' })
    arrive('note.from3', 'mới hơn', 'cũ hơn')
    const line = mount(
      inPage(<OtherDraft draftKey="note.from3" />, { user: aUser({ id: 'staff-1' }) }),
    )
    const swap = () => act(() => line.element.querySelector('button')?.click())
    expect(line.element.textContent).toContain('Có bản nháp khác')
    swap()
    expect(page.now.form.values.note).toBe('cũ hơn')
    swap()
    expect(page.now.form.values.note).toBe('mới hơn')
  })
})
