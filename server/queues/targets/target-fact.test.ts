import { expect, test } from 'vitest'
import { targetAudit } from './target-fact.ts'

test('the audit keeps which figure should reach what from when, and that there is none any more', () => {
  const fact = { type: 'target_set', actorId: 'a', figure: 'kept', from: '2026-12-01' } as const
  const line = { actorId: 'a', action: 'targets.changed', subject: 'kept' }
  expect(targetAudit({ ...fact, value: 90 })).toEqual({
    ...line,
    detail: { from: '2026-12-01', value: '90' },
  })
  expect(targetAudit({ ...fact, value: null })).toEqual({ ...line, detail: { from: '2026-12-01' } })
})
