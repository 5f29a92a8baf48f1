import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { occupancy } from '#contract/supervision/agent-day.ts'
import { averageHandling } from '#contract/supervision/figures.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../../test/support/database.ts'
import { type LiveHouse, openLiveHouse } from '../../../test/support/live-house.ts'
import { aMember, at } from '../../../test/support/queue-events.ts'
import type { Database } from '../../db/transaction.ts'

/** mai answers after 5 s, holds for 10 s and is hung up on after 45 s. */
const CALL = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2  hold=5
  00:20.000  held             101#2
  00:30.000  resumed          101#2`
const OVER = `
  00:45.000  hung_up          101#2
  00:45.000  hung_up          trunk#1`

describe.each(SERVICE_DIALECTS)('what agents did today on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await house.settled()
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const board = () => house.queues.snapshot().queues[0]
  const mai = () => board()?.members.find(({ extension }) => extension === '101')?.today
  async function phoneIs(deviceStatus: number, lastCallAt: string | null = null) {
    const member = aMember('101', { deviceStatus, lastCallAt, wrapUpSeconds: 15 })
    house.happen({ type: 'member_status', member })
    await house.advance(1_000)
  }
  async function aCall() {
    await house.advance(5_000)
    await phoneIs(2)
    await house.hear(CALL)
    await house.advance(39_000)
    await house.hear(OVER)
    await phoneIs(1, at(45))
  }
  const wrapUps = async () => {
    const parts = await database.db.selectFrom('call_segment').select('wrap_up_seconds').execute()
    const calls = await database.db.selectFrom('call').select('wrap_up_seconds').execute()
    return [...parts, ...calls].map((row) => row.wrap_up_seconds)
  }

  test('is counted from our own rows, whatever the PBX counts', async () => {
    await aCall()
    expect(mai()).toMatchObject({
      taken: 1,
      handled: 1,
      talkSeconds: 30,
      holdSeconds: 10,
      lastCallAt: at(45),
    })
  })

  test('the rest after a call is measured to its end, in the day of the agent and of the queue', async () => {
    await aCall()
    expect([await wrapUps(), mai()?.wrapUpSeconds]).toEqual([[null, null], 0])
    await house.advance(20_000)
    expect([await wrapUps(), mai()?.wrapUpSeconds]).toEqual([[15, 15], 15])
    expect(board() && averageHandling(board()?.today ?? never())).toBe(55)
  })

  test('a rest that its agent prolongs lasts until they are ready', async () => {
    await aCall()
    await house.queues.prolongWrapUp(house.person('mai'))
    await house.advance(40_000)
    expect(await wrapUps()).toEqual([null, null])
    await house.queues.endWrapUp(house.person('mai'))
    await house.advance(1_000)
    expect(await wrapUps()).toEqual([41, 41])
  })

  test('the next call ends the rest before it', async () => {
    await aCall()
    await house.advance(4_000)
    const again = (CALL + OVER).replaceAll('#1', '#7').replaceAll('#2', '#8')
    await house.hear(again.replaceAll('00:', '01:'))
    expect((await wrapUps()).filter((seconds) => seconds === 20)).toHaveLength(2)
  })

  test('after a restart the figures are the same', async () => {
    await aCall()
    await house.advance(20_000)
    const before = mai()
    await house.stop()
    house = await openLiveHouse(database, { clock: house.clock, hire: false })
    await phoneIs(1, at(45))
    expect(mai()).toEqual(before)
    expect(board()?.today.wrapUpSeconds).toBe(15)
  })

  test('time in the queues and on pauses gives the occupancy, live and after a restart', async () => {
    await aCall()
    await house.advance(20_000)
    await house.queues.setState(house.person('mai'), { state: 'paused', reason: 'lunch' })
    await house.advance(44_000)
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await house.advance(44_000)
    const busy = () => occupancy([mai() ?? never()], house.clock.nowMs())
    expect(busy()).toBeCloseTo(55 / 110, 1)
    expect(mai()?.times).toMatchObject({ pausedSeconds: 44, running: { isPaused: false } })
    const before = mai()?.times
    await house.stop()
    house = await openLiveHouse(database, { clock: house.clock, hire: false })
    await phoneIs(1, at(45))
    expect(mai()?.times).toEqual(before)
  })

  test('who talked before anybody saw them in the queues has no occupancy until it means something', async () => {
    await house.queues.setState(house.person('mai'), { state: 'offline' })
    await house.settled()
    await house.hear(CALL + OVER)
    await house.advance(44_000)
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await house.advance(2_000)
    const busy = () => occupancy([mai() ?? never()], house.clock.nowMs())
    expect(busy()).toBeNull()
    await house.advance(78_000)
    expect(busy()).toBeCloseTo(40 / 80, 1)
  })

  test('a phone that is in no queue has no rest to measure', async () => {
    await house.queues.setState(house.person('mai'), { state: 'offline' })
    await house.settled()
    await house.hear(CALL + OVER)
    await house.advance(20_000)
    expect(await wrapUps()).toEqual([null, null])
  })
})

function never(): never {
  throw new Error('the board has no such row')
}
