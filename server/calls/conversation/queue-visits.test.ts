import { describe, expect, test } from 'vitest'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { play } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { inferVisit, isInQueue, joinQueue, leaveQueue, noteAbandon } from './queue-visits.ts'

const joined = joinQueue(aFreshCall(), 'hotline', time('00:00.500'))

describe('visits', () => {
  test('the first visit is the entry of the call', () => {
    expect(joined).toMatchObject({ queue: 'hotline', enteredAt: time('00:00.500') })
    expect(isInQueue(joined)).toBe(true)
  })

  test('a further visit is kept and is not the entry', () => {
    const left = leaveQueue(joined, 'hotline', time('00:10.000'))
    const again = joinQueue(left, 'hotline-tech', time('00:20.000'))
    expect(again.visits).toHaveLength(2)
    expect(again).toMatchObject({ queue: 'hotline', enteredAt: time('00:00.500') })
  })

  test('a direct call that is transferred to a queue stays a direct call', () => {
    const direct = aFreshCall({ answeredAt: time('00:05.000') })
    expect(joinQueue(direct, 'hotline', time('00:30.000'))).toMatchObject({
      queue: null,
      enteredAt: time('00:00.000'),
    })
  })

  test('doubled joins and leaves change nothing, also after a second visit', () => {
    const left = leaveQueue(joined, 'hotline', time('00:10.000'))
    const again = joinQueue(left, 'hotline', time('00:20.000'))
    expect(joinQueue(again, 'hotline', time('00:00.500'))).toBe(again)
    expect(leaveQueue(again, 'hotline', time('00:10.000'))).toBe(again)
  })

  test('who was first seen while a phone rang has waited as long as the answer says', () => {
    const { call } = play(`
      00:04.000  agent_called     trunk#1  101#2
      00:05.000  agent_connected  trunk#1  101#2  hold=3`)
    expect(call()).toMatchObject({ enteredAt: time('00:02.000'), answeredAt: time('00:05.000') })
    expect(call().visits).toMatchObject([{ joinedAt: time('00:02.000'), heard: false }])
  })

  test('whole seconds alone move no entry, and nothing one that was heard', () => {
    const { call } = play(`
      00:04.000  agent_called     trunk#1  101#2
      00:05.000  agent_connected  trunk#1  101#2  hold=2`)
    expect(call().enteredAt).toBe(time('00:04.000'))
    expect(inferVisit(joined, 'hotline', time('00:09.000'), 9)).toBe(joined)
  })

  test('who is handed back to the same queue soon after a guessed entry keeps the first wait', () => {
    const { call } = play(`
      00:02.000  agent_called     trunk#1  101#2
      00:03.000  agent_connected  trunk#1  101#2  hold=1
      00:04.500  queue_joined     trunk#1`)
    expect(call()).toMatchObject({ enteredAt: time('00:02.000'), answeredAt: time('00:03.000') })
    expect(call().visits).toMatchObject([
      { joinedAt: time('00:02.000'), leftAt: time('00:03.000'), heard: false },
      { joinedAt: time('00:04.500'), leftAt: null, heard: true },
    ])
  })

  test('an entry worked out from a wait is replaced by the one that is heard', () => {
    const guessed = inferVisit(aFreshCall(), 'hotline', time('00:30.000'), 30)
    const heard = joinQueue(guessed, 'hotline', time('00:00.800'))
    expect(heard.visits).toMatchObject([{ joinedAt: time('00:00.800'), heard: true }])
  })

  test('whole seconds and a slow PBX may put the two five seconds apart, and no more', () => {
    const guessed = inferVisit(aFreshCall(), 'hotline', time('00:30.000'), 30)
    expect(joinQueue(guessed, 'hotline', time('00:05.000')).visits).toHaveLength(1)
    expect(joinQueue(guessed, 'hotline', time('00:05.001')).visits).toHaveLength(2)
  })

  test('being in the queue again is the same visit', () => {
    expect(inferVisit(joined, 'hotline', time('00:30.000'), 30)).toBe(joined)
    const left = leaveQueue(joined, null, time('00:29.999'))
    expect(inferVisit(left, 'hotline', time('00:30.000'), 29)).toBe(left)
  })
})

describe('QueueCallerAbandon', () => {
  test('is noted once, for the visit that it speaks of', () => {
    const noted = noteAbandon(joined, 'hotline', time('00:20.000'))
    expect(noted.visits[0]?.abandonSaid).toBe(true)
    expect(noteAbandon(noted, 'hotline', time('00:20.000'))).toBe(noted)
    expect(noteAbandon(joined, 'sales', time('00:20.000'))).toBe(joined)
  })
})
