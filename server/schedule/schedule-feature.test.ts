import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestClock, settle, type TestClock } from '../../test/support/clock.ts'
import { openTestDatabase } from '../../test/support/database.ts'
import { aUser, createTestApp } from '../../test/support/http.ts'
import { createTestIds } from '../../test/support/ids.ts'
import { silentLogger } from '../../test/support/logger.ts'
import type { Database } from '../db/transaction.ts'
import { createSchedule, type Schedule } from './schedule-feature.ts'

describe('the schedule', () => {
  let database: Database
  let clock: TestClock
  let schedule: Schedule
  let looks: number

  beforeEach(async () => {
    database = await openTestDatabase('sqlite')
    clock = createTestClock()
    looks = 0
    schedule = createSchedule({
      database,
      clock,
      newId: createTestIds(),
      logger: silentLogger,
      makeTrigger: () => ({ start: () => {}, stop: () => {}, nextRunAt: () => null }),
    })
    schedule.loop({
      name: 'promises',
      work: async () => {
        looks += 1
        if (looks > 1) throw new Error('no such table')
      },
      nextDueAt: async () => '2026-11-23T02:00:00.400Z',
    })
    schedule.recur({ name: 'backup', cron: '0 2 * * *', work: async () => undefined })
  })
  afterEach(async () => {
    await schedule.stop()
    await database.close()
  })

  const http = () => createTestApp(schedule.routes)

  test('shows administrators its loops, its jobs and what was set aside', async () => {
    schedule.start()
    await clock.advance(400)
    for (const subject of ['a', 'b', 'c']) {
      await schedule.setAside.record({ kind: 'event', subject, reason: 'broken', detail: '' })
    }
    const admin = http().as(aUser({ role: 'admin' }))
    const { status, body } = await admin.get('/jobs?limit=2')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      loops: [
        {
          name: 'promises',
          runs: 2,
          failuresInRow: 1,
          lastRunAt: '2026-11-23T02:00:00.400Z',
          nextRunAt: '2026-11-23T02:00:00.650Z',
          lastErrorAt: '2026-11-23T02:00:00.400Z',
          lastError: 'no such table',
        },
      ],
      recurring: [
        { name: 'old entries of what was set aside', cron: '30 3 * * *' },
        { name: 'backup', cron: '0 2 * * *', runs: 0, lastRunAt: null },
      ],
      setAside: { items: [{ subject: 'c' }, { subject: 'b' }] },
    })
    const next = await admin.get(`/jobs?limit=2&cursor=${body.setAside.nextCursor}`)
    expect(next.body.setAside).toMatchObject({ items: [{ subject: 'a' }], nextCursor: null })
  })

  test('is for nobody else', async () => {
    for (const role of ['agent', 'supervisor'] as const) {
      expect((await http().as(aUser({ role })).get('/jobs')).status).toBe(403)
    }
    expect(
      (
        await http()
          .as(aUser({ role: 'admin' }))
          .get('/jobs?limit=0')
      ).status,
    ).toBe(400)
  })

  test('starts what is registered late at once, and arms nothing after its stop', async () => {
    schedule.start()
    await settle()
    const late = schedule.loop({ name: 'late', work: async () => {}, nextDueAt: async () => null })
    await settle()
    expect(late.status().runs).toBe(1)
    await schedule.stop()
    expect(clock.pending).toBe(0)
    late.wake()
    await clock.advance(60_000)
    expect([looks, late.status().runs]).toEqual([1, 1])
  })
})
