import { expect, test } from 'vitest'
import { alarmAudit } from './alarm-fact.ts'

test('each act is an action of its own in the trail', () => {
  const fact = {
    type: 'alarm_act',
    actorId: 'boss',
    subject: 'waiting',
    detail: { queue: 'a' },
  } as const
  expect(alarmAudit({ ...fact, act: 'acknowledged' })).toEqual({
    actorId: 'boss',
    action: 'alarm.acknowledged',
    subject: 'waiting',
    detail: { queue: 'a' },
  })
})
