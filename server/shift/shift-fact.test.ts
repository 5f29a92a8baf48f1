import { expect, it } from 'vitest'
import { shiftAudit, shiftNotice } from './shift-fact.ts'

const sent = {
  type: 'message_sent',
  messageId: 'm1',
  actorId: 'chief',
  by: 'Trưởng ca',
  text: 'Họp lúc 9 giờ',
  toId: null,
  staffIds: ['mai', 'lan'],
} as const

it('the audit keeps who wrote to whom, and no word of it', () => {
  expect(shiftAudit(sent)).toEqual({
    actorId: 'chief',
    action: 'shift.message_sent',
    subject: 'm1',
    detail: { to: 'shift', told: '2' },
  })
})

it('a message is the same notice for whoever comes later', () => {
  const { actorId: _, toId: _to, ...rest } = sent
  const late = { ...rest, type: 'message_due', staffIds: ['an'] } as const
  expect(shiftNotice(late)).toEqual({ ...shiftNotice(sent), staffIds: ['an'] })
  expect(shiftNotice(sent)).toMatchObject({
    kind: 'shift_message',
    fields: { by: 'Trưởng ca', text: 'Họp lúc 9 giờ' },
    onceKey: 'message/m1',
  })
})

it('the audit says on which call help was asked for, and why it is over', () => {
  const asked = { type: 'help_asked', helpId: 'h1', actorId: 'mai', name: 'Mai' } as const
  expect(shiftAudit({ ...asked, callId: 'c1', ticketId: null }).detail).toEqual({ callId: 'c1' })
  expect(shiftAudit({ type: 'help_ended', helpId: 'h1', actorId: null, end: 'expired' })).toEqual({
    actorId: null,
    action: 'help.ended',
    subject: 'h1',
    detail: { end: 'expired' },
  })
})
