import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestClock } from '../../test/support/clock.ts'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { createTestIds } from '../../test/support/ids.ts'
import { createRecordingLogger, type RecordingLogger } from '../../test/support/logger.ts'
import type { Database } from '../db/transaction.ts'
import { createSetAsideService, type SetAsideService } from './set-aside-service.ts'

const entry = { kind: 'event', subject: 'call-1', reason: 'NOT NULL failed', detail: 'ticket.code' }

describe.each(DIALECTS)('what was set aside on %s', (dialect) => {
  let database: Database
  let log: RecordingLogger
  let setAside: SetAsideService

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    log = createRecordingLogger()
    const clock = createTestClock()
    setAside = createSetAsideService({
      database,
      clock,
      newId: createTestIds(),
      logger: log.logger,
    })
  })
  afterEach(() => database.close())

  test('is listed page by page, the newest first, and said in the log', async () => {
    for (const subject of ['a', 'b', 'c']) await setAside.record({ ...entry, subject })
    const first = await setAside.list({ limit: 2 })
    expect(first.items.map(({ subject }) => subject)).toEqual(['c', 'b'])
    const cursor = first.nextCursor ?? ''
    expect(await setAside.list({ limit: 2, cursor })).toEqual({
      items: [{ ...entry, subject: 'a', id: 'id-000001', at: '2026-11-23T02:00:00.000Z' }],
      nextCursor: null,
    })
    expect(log.lines.map(({ level }) => level)).toEqual([50, 50, 50])
  })

  test('is forgotten by the job of every night after 180 days', async () => {
    await setAside.record(entry)
    expect(await setAside.forgetOld('2027-05-22T02:00:00.000Z')).toBe(0)
    await setAside.record({ ...entry, subject: 'call-2' })
    expect(await setAside.forgetOld('2027-05-22T02:00:00.001Z')).toBe(2)
    expect((await setAside.list({ limit: 9 })).items).toEqual([])
  })

  test('is cut to a length that a page can show', async () => {
    await setAside.record({ ...entry, reason: 'r'.repeat(9000), detail: 'd'.repeat(9000) })
    const [item] = (await setAside.list({ limit: 1 })).items
    expect([item?.reason.length, item?.detail.length]).toEqual([500, 4000])
  })

  test('in a transaction that fails is not there', async () => {
    const failing = database.transaction(async (trx) => {
      await setAside.recordIn(trx, entry)
      throw new Error('rolled back')
    })
    await expect(failing).rejects.toThrow('rolled back')
    expect((await setAside.list({ limit: 9 })).items).toEqual([])
    expect(log.lines).toEqual([])
  })

  test('and could not be stored is in the log, and nobody else is troubled', async () => {
    await database.transaction(({ db }) => db.schema.dropTable('set_aside').execute())
    await setAside.record(entry)
    expect(log.lines).toMatchObject([{ level: 50, ...entry }])
  })

  test('is the caller’s to ask again while the database cannot be used', async () => {
    const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
    const later = createSetAsideService({
      database: { ...database, transaction: () => Promise.reject(away) },
      clock: createTestClock(),
      newId: createTestIds(),
      logger: log.logger,
    })
    await expect(later.record(entry)).rejects.toBe(away)
  })
})
