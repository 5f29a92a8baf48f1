import { expect, test } from 'vitest'
import { wallAudit } from './wall-fact.ts'

test('each change of a screen is an action of its own in the trail', () => {
  const fact = { type: 'wall_device_changed', actorId: null, name: 'Sảnh' } as const
  const changes = ['made', 'opened', 'withdrawn'] as const
  expect(changes.map((change) => wallAudit({ ...fact, change }).action)).toEqual([
    'wall.device_made',
    'wall.device_opened',
    'wall.device_withdrawn',
  ])
})
