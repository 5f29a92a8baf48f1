import { expect, it } from 'vitest'
import { steeredNotice } from './steered-notice.ts'

const fact = { actorId: 'chief', detail: { queue: 'hotline', state: 'paused', reason: 'meeting' } }
const to = { staffId: 'mai', by: 'Trưởng ca', noticeId: 'n1' }

it('an agent is told who did what with them, and why', () => {
  expect(steeredNotice(fact, to)).toEqual({
    staffIds: ['mai'],
    kind: 'member_steered',
    ticketId: null,
    fields: { queue: 'hotline', state: 'paused', reason: 'meeting', by: 'Trưởng ca' },
    onceKey: 'n1',
  })
})

it('nobody is told of what they did themselves', () => {
  expect(steeredNotice(fact, { ...to, staffId: 'chief' }).staffIds).toEqual([])
})
