import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '#contract/staff.ts'
import {
  SERVICE_DIALECTS,
  openTestDatabase,
  type TestDialect,
} from '../../test/support/database.ts'
import { openQueueFloor } from '../../test/support/queue-floor.ts'
import { aMember } from '../../test/support/queue-events.ts'

const MINUTE = 60_000
const IN_USE = 2

async function setUp(dialect: TestDialect, offlineWithoutPageMinutes: number) {
  const database = await openTestDatabase(dialect)
  const floor = await openQueueFloor(database, { offlineWithoutPageMinutes })
  const mai = await floor.addPerson('mai', '101')
  await floor.open()
  floor.schedule.start(['people without a page'])
  return { ...floor, database, mai }
}

describe.each(SERVICE_DIALECTS)('a phone without a page on %s', (dialect) => {
  let floor: Awaited<ReturnType<typeof setUp>>
  let mai: SessionUser
  const begin = async (minutes: number) => {
    floor = await setUp(dialect, minutes)
    mai = floor.mai
    await floor.queues.setState(mai, { state: 'ready' })
  }
  const pass = async (ms: number) => {
    await floor.clock.advance(ms)
    await floor.schedule.settled()
    await floor.queues.settled()
  }
  const state = () => floor.queues.stateOf('mai').state
  const row = () => floor.queues.snapshot().queues[0]?.members[0]
  const talk = (status: number) =>
    floor.happen({ type: 'member_status', member: aMember('101', { deviceStatus: status }) })
  beforeEach(() => begin(10))
  afterEach(async () => {
    await floor.schedule.stop()
    await floor.queues.stop()
    await floor.database.close()
  })

  test('leaves the queues ten minutes after the last page of its person was closed', async () => {
    floor.queues.pageOpened('mai')
    floor.queues.pageOpened('mai')
    floor.queues.pageClosed('mai')
    await pass(15 * MINUTE)
    expect(state()).toBe('ready')
    floor.queues.pageClosed('mai')
    await pass(9 * MINUTE)
    expect(state()).toBe('ready')
    await pass(MINUTE + 5000)
    expect(state()).toBe('offline')
    expect(floor.queues.membershipsOf('101')).toEqual([])
  })

  test('stays when the page comes back in time, and the time begins anew', async () => {
    floor.queues.pageOpened('mai')
    floor.queues.pageClosed('mai')
    await pass(9 * MINUTE)
    floor.queues.pageOpened('mai')
    floor.queues.pageClosed('mai')
    await pass(9 * MINUTE)
    expect(state()).toBe('ready')
  })

  test('is given its ten minutes after a restart: pages come back', async () => {
    await pass(9 * MINUTE)
    expect(state()).toBe('ready')
    await pass(MINUTE + 5000)
    expect(state()).toBe('offline')
  })

  test('runs its time by no wall clock', async () => {
    floor.clock.set('2026-12-24T00:00:00.000Z')
    await pass(5 * MINUTE)
    expect(state()).toBe('ready')
  })

  test('leaves never while a call is on, and right after it', async () => {
    talk(IN_USE)
    await pass(30 * MINUTE)
    expect(state()).toBe('ready')
    talk(1)
    await pass(5000)
    expect(state()).toBe('offline')
  })

  test('stays for ever where people have only a desk phone', async () => {
    await floor.schedule.stop()
    await floor.queues.stop()
    await floor.database.close()
    await begin(0)
    await pass(20 * MINUTE)
    expect(state()).toBe('ready')
  })

  test('is shown on the board as ready without a page', async () => {
    await pass(1000)
    expect(row()).toMatchObject({ extension: '101', hasPage: false })
    floor.queues.pageOpened('mai')
    await pass(1000)
    expect(row()).toMatchObject({ hasPage: true })
    floor.queues.pageClosed('mai')
    await pass(1000)
    const [patch] = floor.notifier.of('queuesPatch').at(-1) ?? []
    expect(patch?.queues[0]?.members).toMatchObject([{ extension: '101', hasPage: false }])
  })
})

describe.each(SERVICE_DIALECTS)('a phone whose person signed out on %s', (dialect) => {
  test('stays a member while the call is on, and leaves when it is over', async () => {
    const floor = await setUp(dialect, 0)
    await floor.queues.setState(floor.mai, { state: 'ready' })
    floor.happen({ type: 'member_status', member: aMember('101', { deviceStatus: IN_USE }) })
    await floor.database.transaction((trx) =>
      floor.workflow.onFact(trx, { type: 'staff_signed_out', staffId: 'mai' }),
    )
    await floor.queues.settled()
    floor.happen({ type: 'member_status', member: aMember('101', { deviceStatus: IN_USE }) })
    await floor.queues.settled()
    expect(floor.queues.stateOf('mai').state).toBe('offline')
    expect(floor.queues.membershipsOf('101')).toHaveLength(1)
    floor.happen({ type: 'member_status', member: aMember('101') })
    await floor.queues.settled()
    expect(floor.queues.membershipsOf('101')).toEqual([])
    await floor.schedule.stop()
    await floor.queues.stop()
    await floor.database.close()
  })
})
