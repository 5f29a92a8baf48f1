import { expect, it } from 'vitest'
import { auditLine } from './audit-line.ts'

it('names who did it, to what, and why', () => {
  const revealed = { ticketId: 't', code: 'KN-2026-000001', actorId: 'noc-1', reason: 'Hỏi ONT' }
  expect(auditLine({ type: 'numbers_revealed', ...revealed })).toEqual({
    actorId: 'noc-1',
    action: 'ticket.numbers_revealed',
    subject: 'KN-2026-000001',
    detail: { reason: 'Hỏi ONT' },
  })
  expect(auditLine({ type: 'numbers_revealed', ...revealed, reason: '' }).detail).toEqual({})
  const file = { actorId: 'boss', code: 'KN-2026-000001', name: 'a.png', authorId: 'mai' }
  expect(auditLine({ type: 'file_removed', ...file })).toMatchObject({
    subject: 'KN-2026-000001',
    detail: { name: 'a.png', authorId: 'mai' },
  })
  const team = { actorId: 'admin', teamId: 'team-noc', detail: { name: 'NOC' } }
  expect(auditLine({ type: 'team_changed', ...team })).toMatchObject({ subject: 'team-noc' })
  const text = { actorId: 'boss', name: 'xinchao', detail: { title: 'Chào' } }
  expect(auditLine({ type: 'text_module_changed', ...text })).toMatchObject({ subject: 'xinchao' })
  const member = { actorId: 'boss', extension: '101', detail: { state: 'ready' } }
  expect(auditLine({ type: 'member_commanded', ...member }).action).toBe('queue.member_commanded')
  const phone = { type: 'browser_phone_given', actorId: 'admin', username: 'lan' } as const
  expect(auditLine({ ...phone, isTaken: false }).action).toBe('staff.browser_phone_given')
  expect(auditLine({ ...phone, isTaken: true }).action).toBe('staff.browser_phone_taken')
  const handed = { actorId: 'mai', callId: 'call-1', detail: { extension: '102' } }
  expect(auditLine({ type: 'call_commanded', action: 'transferred', ...handed })).toEqual({
    actorId: 'mai',
    action: 'call.transferred',
    subject: 'call-1',
    detail: { extension: '102' },
  })
})

it('says of a shared view which one and what became of it', () => {
  const detail = { what: 'shared', name: 'NOC quá hạn', list: 'tickets', team: 'noc' }
  expect(auditLine({ type: 'view_shared', actorId: 'boss', viewId: 'v1', detail })).toEqual({
    actorId: 'boss',
    action: 'view.shared',
    subject: 'v1',
    detail,
  })
})
