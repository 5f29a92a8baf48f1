import { expect, test } from 'vitest'
import { aFreshCallback } from '../../../test/support/a-book-call.ts'
import { liveChannel } from '../../../test/support/call-snapshot.ts'
import { RULES } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import type { LiveChannel } from '../conversation/call-event.ts'
import { indexSnapshot } from '../conversation/snapshot-index.ts'
import { reconcileCallback } from './reconcile-callback.ts'

const dialled = aFreshCallback({ customerUniqueid: 'trunk#2' })
function seen(...channels: LiveChannel[]) {
  return indexSnapshot({ takenAt: time('01:00.000'), bootedAt: null, channels, waiting: [] })
}

test('a callback whose agent left still lives with its customer', () => {
  const here = seen(liveChannel('trunk#2'))
  const after = reconcileCallback(dialled, here, RULES)
  expect(after).toMatchObject({ endedAt: null, agentLegEndedAt: time('01:00.000') })
  if (after.direction !== 'callback') throw new Error('it is a callback')
  expect(reconcileCallback(after, here, RULES)).toBe(after)
})

test('a callback of which no leg is left has ended, unheard', () => {
  expect(reconcileCallback(dialled, seen(), RULES)).toMatchObject({
    endedAt: time('01:00.000'),
    endHeard: false,
  })
})

test('whoever shares the agent’s bridge is the customer, who has answered', () => {
  const agent = liveChannel('101=cb-7', { bridgeId: 'b1' })
  const customer = liveChannel('trunk#2', { bridgeId: 'b1' })
  expect(reconcileCallback(aFreshCallback(), seen(agent, customer), RULES)).toMatchObject({
    callback: { customerUniqueid: 'trunk#2', customerAnsweredAt: time('01:00.000') },
    segments: [{ extension: '101', how: 'callback' }],
  })
})

test('a customer’s leg that is gone while the agent waits is noted once', () => {
  const here = seen(liveChannel('101=cb-7'))
  const after = reconcileCallback(dialled, here, RULES)
  expect(after).toMatchObject({ customerLegEndedAt: time('01:00.000'), endedAt: null })
})
