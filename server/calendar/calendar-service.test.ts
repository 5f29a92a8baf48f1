import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestClock } from '../../test/support/clock.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import type { Database } from '../db/transaction.ts'
import type { DomainFact } from '../domain-fact.ts'
import { createCalendarService } from './calendar-service.ts'

const receivedAt = '2026-11-22T03:00:00.000Z'

describe.each(SERVICE_DIALECTS)('the calendar on %s', (dialect) => {
  let database: Database
  const facts: DomainFact[] = []
  let refusal: Error | null = null
  const clock = createTestClock('2026-11-22T03:00:00.000Z')

  async function start() {
    const service = createCalendarService({
      database,
      clock,
      async state(_trx, fact) {
        if (refusal !== null) throw refusal
        facts.push(fact)
      },
    })
    await service.load()
    return service
  }

  beforeEach(async () => {
    facts.splice(0)
    refusal = null
    database = await openTestDatabase(dialect)
  })
  afterEach(() => database.close())

  it('knows the days of 2024 to 2027 at the first start', async () => {
    const calendar = await start()
    expect(calendar.view()).toMatchObject({ cultureDayHoliday: true, profile: 'S' })
    expect(calendar.view().days).toHaveLength(60)
    expect(calendar.dueAt(receivedAt, 20)).toBe('2026-12-21T16:59:59.999Z')
  })

  it('answers under another profile without changing its own', async () => {
    const calendar = await start()
    const ask = { receivedAt: '2025-12-10T03:00:00.000Z', workingDays: 20 }
    expect(calendar.deadline({ ...ask, profile: 'G' }).dueOn).toBe('2026-01-09')
    expect(calendar.deadline(ask)).toEqual({
      dueAt: '2026-01-08T16:59:59.999Z',
      dueOn: '2026-01-08',
      skipped: ['2026-01-01'],
      provisional: false,
    })
  })

  it('turns the culture day off and states how deadlines count from now on', async () => {
    const calendar = await start()
    expect(calendar.dueAt(receivedAt, 20)).toBe('2026-12-21T16:59:59.999Z')
    await calendar.change({ cultureDayHoliday: false, version: 0 }, 'admin-1')
    expect(calendar.dueAt(receivedAt, 20)).toBe('2026-12-18T16:59:59.999Z')
    const [fact] = facts
    if (fact?.type !== 'calendar_changed') throw new Error('no fact of the calendar')
    expect(fact).toMatchObject({ actorId: 'admin-1', detail: { cultureDayHoliday: 'false' } })
    expect(fact.dueAt(receivedAt, 20)).toBe('2026-12-18T16:59:59.999Z')
  })

  it('keeps days and settings over a restart, and seeds no day again that was removed', async () => {
    const before = await start()
    const days = [
      { date: '2026-12-01', kind: 'holiday', name: 'Ngày thử', confidence: 'A' },
    ] as const
    await before.change({ days: [...days], profile: 'G', version: 0 }, 'admin-1')
    const after = await start()
    expect(after.view()).toMatchObject({ days, cultureDayHoliday: true, profile: 'G' })
  })

  it('changes nothing when the tickets cannot be moved', async () => {
    refusal = new Error('no')
    const calendar = await start()
    await expect(calendar.change({ days: [], version: 0 }, 'admin-1')).rejects.toThrow('no')
    expect(calendar.view().days).toHaveLength(60)
    expect((await start()).view().days).toHaveLength(60)
  })

  it('marks a deadline into a year without holidays as provisional, until they are entered', async () => {
    const calendar = await start()
    const ask = { receivedAt: '2028-01-20T03:00:00.000Z', workingDays: 20 }
    expect(calendar.deadline(ask)).toMatchObject({ dueOn: '2028-02-17', provisional: true })
    const tet = { date: '2028-01-26', kind: 'holiday', name: 'Tết', confidence: 'A' } as const
    await calendar.change({ days: [...calendar.view().days, tet], version: 0 }, 'admin-1')
    expect(calendar.deadline(ask)).toMatchObject({ dueOn: '2028-02-18', provisional: false })
  })

  it('warns months before of a year whose holidays nobody has entered', async () => {
    const calendar = await start()
    expect(calendar.view().warnings).toEqual([{ year: 2027, coverage: 'projected' }])
    clock.set('2027-08-01T00:00:00.000Z')
    expect(calendar.view().warnings).toContainEqual({ year: 2028, coverage: 'missing' })
  })

  it('refuses a date that stands twice and names it', async () => {
    const calendar = await start()
    const day = { date: '2026-12-01', kind: 'holiday', name: 'A', confidence: 'A' } as const
    await expect(
      calendar.change({ days: [day, day], version: 0 }, 'admin-1'),
    ).rejects.toMatchObject({
      errors: [{ path: 'days.1.date', message: '2026-12-01 stands twice' }],
    })
  })
})
