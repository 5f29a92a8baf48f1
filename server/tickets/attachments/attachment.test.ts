import { expect, it } from 'vitest'
import { mayOpen, mayRemove, toAttachment } from './attachment.ts'

const AT = '2026-11-23T02:00:00.000Z'
const LATER = (minutes: number) => new Date(Date.parse(AT) + minutes * 60_000).toISOString()
const ROW = { uploaded_by: 'mai', uploaded_at: AT }

it('opens files to everybody but field staff whose ticket it is not', () => {
  const roles = ['agent', 'noc', 'supervisor', 'admin', 'field'] as const
  expect(roles.filter((role) => !mayOpen({ role }, false))).toEqual(['field'])
  expect(mayOpen({ role: 'field' }, true)).toBe(true)
})

it('lets authors remove within the hour, leads at any time, others never', () => {
  const mai = { id: 'mai', role: 'agent' } as const
  expect(mayRemove(mai, ROW, LATER(60))).toBe(true)
  expect(mayRemove(mai, ROW, LATER(61))).toBe(false)
  expect(mayRemove({ id: 'lan', role: 'agent' }, ROW, LATER(1))).toBe(false)
  expect(mayRemove({ id: 'boss', role: 'supervisor' }, ROW, LATER(9000))).toBe(true)
})

it('shows a row without where its file lies', () => {
  const row = { ...ROW, id: 'a', ticket_id: 't', name: 'a.png', type: 'image/png', size: 3 }
  const shown = toAttachment({ ...row, path: '2026-11/a', client_id: 'c' }, null, {
    isRemovable: true,
    hasThumbnail: false,
  })
  expect(shown).toEqual({
    id: 'a',
    ticketId: 't',
    name: 'a.png',
    type: 'image/png',
    size: 3,
    at: AT,
    by: null,
    hasThumbnail: false,
    mayRemove: true,
  })
})
