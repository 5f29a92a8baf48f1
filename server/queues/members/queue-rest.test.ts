import { expect, test } from 'vitest'
import { aCaller, aMember, QUEUE_START } from '../../../test/support/queue-events.ts'
import type { QueueEventBody } from '../queue-event.ts'
import { withQueueRest } from './queue-rest.ts'

const ofQueue = aMember('101', { wrapUpSeconds: 0 })
const ofOwn = aMember('102', { wrapUpSeconds: 5 })
const seen = (body: QueueEventBody) =>
  withQueueRest({ pbxId: 'pbx1', at: QUEUE_START, ...body }, 10)
const seconds = (body: QueueEventBody) => {
  const event = seen(body)
  const members = 'members' in event ? event.members : 'member' in event ? [event.member] : []
  return members.map(({ wrapUpSeconds }) => wrapUpSeconds)
}

test('who has no time of their own rests as long as the queue says, in every word of the PBX', () => {
  const members = [ofQueue, ofOwn]
  expect(seconds({ type: 'members_seen', queues: [], members })).toEqual([10, 5])
  expect(seconds({ type: 'queue_snapshot', queues: [], members, callers: [] })).toEqual([10, 5])
  expect(seconds({ type: 'member_status', member: ofQueue })).toEqual([10])
  expect(seconds({ type: 'member_added', member: ofOwn })).toEqual([5])
})

test('what is told of callers stays', () => {
  const joined = { type: 'caller_joined', caller: aCaller('1') } as const
  expect(seen(joined)).toEqual({ pbxId: 'pbx1', at: QUEUE_START, ...joined })
})
