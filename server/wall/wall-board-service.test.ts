import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { QueuesSnapshot } from '#contract/queues.ts'
import type { Alarm } from '#contract/supervision/alarms.ts'
import { createTestClock, type TestClock } from '../../test/support/clock.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { anAlarm } from '../../test/support/domain/an-alarm.ts'
import { insertPerson } from '../../test/support/house.ts'
import { aUser } from '../../test/support/http.ts'
import { silentLogger } from '../../test/support/logger.ts'
import { createFakeNotifier, type FakeNotifier } from '../../test/support/notifier.ts'
import type { Database } from '../db/transaction.ts'
import {
  createWallBoardService,
  WALL_BEAT_MS,
  type WallBoardService,
} from './wall-board-service.ts'
import { insertDevice } from './wall-store.ts'

const BOSS = aUser({ id: 'boss', role: 'admin' })

describe.each(SERVICE_DIALECTS)('what screens are told on %s', (dialect) => {
  let database: Database
  let clock: TestClock
  let notifier: FakeNotifier
  let wall: WallBoardService
  let board: QueuesSnapshot
  let counts: number
  let alarms: Alarm[]
  let isGone: boolean

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    clock = createTestClock()
    notifier = createFakeNotifier()
    board = { rev: 1, asOf: clock.now(), pbx: [], queues: [] }
    counts = 0
    alarms = []
    isGone = false
    wall = createWallBoardService({
      database,
      clock,
      logger: silentLogger,
      notifier,
      appVersion: 'v1',
      board: () => board,
      openAlarms: () => alarms,
      serviceStatus: () => ({ database: 'ok', since: null }),
      async countPromises() {
        if (isGone) throw new Error('gone')
        counts += 1
        return { late: 2, atRisk: 1 }
      },
    })
    await insertPerson(database, BOSS)
    await insertDevice(database.db, aDevice('sanh'))
  })
  afterEach(() => database.close())

  const aDevice = (id: string) => ({
    id,
    name: id,
    code_hash: null,
    code_until: clock.now(),
    cookie_hash: `hash of ${id}`,
    made_by: BOSS.id,
    made_at: clock.now(),
    opened_at: clock.now(),
    last_seen_at: null,
    withdrawn_at: null,
  })
  const look = () => wall.look(clock.now())
  const seen = () =>
    database.db.selectFrom('wall_device').select('last_seen_at').executeTakeFirstOrThrow()
  const sent = () => notifier.of('wallBoard').length

  test('nothing is read or sent while no screen is there', async () => {
    await look()
    wall.opened('sanh')
    wall.closed('sanh')
    await look()
    expect([sent(), counts, wall.isConnected('sanh')]).toEqual([0, 0, false])
  })

  test('a change is sent at once, nothing new once per beat, and rows are read once per beat', async () => {
    wall.opened('sanh')
    await look()
    expect([sent(), counts]).toEqual([1, 1])
    await look()
    expect(sent()).toBe(1)
    board = { ...board, rev: 2 }
    await look()
    expect([sent(), counts]).toEqual([2, 1])
    await clock.advance(WALL_BEAT_MS)
    await look()
    expect([sent(), counts]).toEqual([3, 2])
    expect(wall.show().promises).toEqual({ late: 2, atRisk: 1, asOf: clock.now() })
  })

  test('an alarm is sent at once, and that somebody takes care of it', async () => {
    wall.opened('sanh')
    await look()
    alarms = [anAlarm()]
    await look()
    await look()
    expect(sent()).toBe(2)
    alarms = [anAlarm({ acknowledgedAt: clock.now() })]
    await look()
    expect(notifier.of('wallBoard').at(-1)?.[0]).toMatchObject({
      alarms: [{ isAcknowledged: true }],
    })
  })

  test('a screen that is withdrawn elsewhere is cut by the next beat, within five seconds', async () => {
    expect(WALL_BEAT_MS).toBeLessThan(5_000)
    await insertDevice(database.db, aDevice('kho'))
    wall.opened('sanh')
    wall.opened('kho')
    await look()
    expect(notifier.of('closeWalls')).toEqual([])
    await database.db
      .updateTable('wall_device')
      .set({ withdrawn_at: clock.now(), cookie_hash: null })
      .where('id', '=', 'kho')
      .execute()
    await clock.advance(WALL_BEAT_MS)
    await look()
    expect(notifier.of('closeWalls')).toEqual([[['kho']]])
  })

  test('a screen is seen to the minute', async () => {
    wall.opened('sanh')
    await look()
    const first = { last_seen_at: clock.now() }
    expect(await seen()).toEqual(first)
    await clock.advance(WALL_BEAT_MS)
    await look()
    expect(await seen()).toEqual(first)
    await clock.advance(60_000)
    await look()
    expect(await seen()).toEqual({ last_seen_at: clock.now() })
  })

  test('without the database the board goes on and says how old the promises are', async () => {
    wall.opened('sanh')
    await look()
    const asOf = clock.now()
    isGone = true
    board = { ...board, rev: 2 }
    await clock.advance(WALL_BEAT_MS)
    await look()
    expect(notifier.of('wallBoard').at(-1)?.[0]).toMatchObject({
      sentAt: clock.now(),
      promises: { late: 2, asOf },
    })
  })
})
