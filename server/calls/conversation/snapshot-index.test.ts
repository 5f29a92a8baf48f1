import { expect, test } from 'vitest'
import { liveChannel } from '../../../test/support/call-snapshot.ts'
import { time } from '../../../test/support/table-time.ts'
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

const half = (name: string, end: '1' | '2', bridgeId: string | null) =>
  liveChannel(`Local/${name}#${name}${end}`, { channel: `Local/${name}-0006;${end}`, bridgeId })

test('Local channels are looked through, however many and in circles', () => {
  const caller = liveChannel('trunk#1', { bridgeId: 'b1' })
  const channels = [
    caller,
    half('_attended@transfer', '1', 'b1'),
    half('_attended@transfer', '2', 'b2'),
    half('second@transfer', '1', 'b2'),
    half('second@transfer', '2', 'b3'),
    half('circle@transfer', '1', 'b3'),
    half('circle@transfer', '2', 'b1'),
    half('queue@agents', '1', 'b3'),
    half('queue@agents', '2', null),
    liveChannel('101#2', { bridgeId: 'b3' }),
    liveChannel('102#3', { bridgeId: 'elsewhere' }),
  ]
  const index = indexSnapshot({ takenAt: time('01:00.000'), bootedAt: null, channels, waiting: [] })
  const phones = peersOf(caller, index).filter(({ endpoint }) => endpoint !== null)
  expect(phones.map(({ endpoint }) => endpoint)).toEqual(['101'])
})
