import { expect, test } from 'vitest'
import { liveChannel } from '../../../test/support/call-snapshot.ts'
import { time } from '../../../test/support/call-table.ts'
import { indexSnapshot, peersOf } from './snapshot-index.ts'

test('bridges are listed with their channels, and who is in a bridge with whom', () => {
  const caller = liveChannel('trunk#1', { bridgeId: 'b1' })
  const agent = liveChannel('101#2', { bridgeId: 'b1' })
  const waiting = liveChannel('trunk#3')
  const channels = [caller, agent, waiting]
  const index = indexSnapshot({ takenAt: time('01:00.000'), bootedAt: null, channels, waiting: [] })
  expect([...index.bridges].map(([id, members]) => [id, members.length])).toEqual([['b1', 2]])
  expect(peersOf(caller, index)).toEqual([agent])
  expect(peersOf(waiting, index)).toEqual([])
})
