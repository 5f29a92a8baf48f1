import { expect, it } from 'vitest'
import { noticeOf } from './clock-notice.ts'

const alarmed: Parameters<typeof noticeOf>[0] = {
  type: 'clock_alarmed',
  ticketId: 't1',
  staffIds: ['lan'],
  onceKey: 't1/noc/1',
  clock: 'noc',
  step: 'half',
  at: '2026-11-23T02:00:00.000Z',
  dueAt: null,
}

it('people are told which clock it is, and its deadline when there is one', () => {
  const notice = noticeOf(alarmed)
  expect(notice).toMatchObject({ kind: 'clock_alarm', ticketId: 't1', staffIds: ['lan'] })
  expect(notice.fields).toEqual({ clock: 'noc', step: 'half', at: alarmed.at })
  const dueAt = '2026-11-24T02:00:00.000Z'
  expect(noticeOf({ ...alarmed, dueAt }).fields).toMatchObject({ dueAt })
})
