import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type CallCounts, NO_CALLS, oneWait } from '#contract/supervision/figures.ts'
import { aCallRow } from '../../../test/support/domain/a-call-row.ts'
import { aFreshCall } from '../../../test/support/a-book-call.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../../test/support/database.ts'
import type { Database } from '../../db/transaction.ts'
import { COUNT_COLUMNS, countsToColumns } from '../call-record.ts'
import type { Call } from '../conversation/call.ts'
import { countBefore, countDay } from './count-service.ts'

const DAY = '2026-11-23'
const ENTERED = '2026-11-23T01:00:00.000Z'
/** As releases before the counts stored a call. */
const UNCOUNTED = Object.fromEntries(COUNT_COLUMNS.map((name) => [name, null]))
const answered: Partial<Call> = { ticketMomentAt: '2026-11-23T01:00:07.000Z', outcome: 'answered' }
const abandoned: Partial<Call> = { endedAt: '2026-11-23T01:00:03.000Z', outcome: 'abandoned' }

const nobody = () => null
const mai = () => ({ id: 'mai', displayName: 'Mai' })
const columns = (counts: Partial<CallCounts>, queue: string | null = 'hotline') =>
  countsToColumns({ ...NO_CALLS, entered: 1, ...counts }, queue)

describe.each(SERVICE_DIALECTS)('calls of earlier releases on %s', (dialect) => {
  let database: Database
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
  })
  afterEach(() => database.close())

  async function store(ids: readonly string[], call: Partial<Call> | string, day = DAY) {
    const state =
      typeof call === 'string'
        ? call
        : JSON.stringify({ ...aFreshCall({ queue: 'hotline', enteredAt: ENTERED }), ...call })
    const rows = ids.map((id) =>
      aCallRow(id, { state, local_day: day, wait_seconds: 7, ...UNCOUNTED }),
    )
    for (let at = 0; at < rows.length; at += 100) {
      // oxlint-disable-next-line no-await-in-loop
      await database.db
        .insertInto('call')
        .values(rows.slice(at, at + 100))
        .execute()
    }
  }

  async function countsOf(id: string) {
    return database.db
      .selectFrom('call')
      .select([...COUNT_COLUMNS])
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  }

  test('are counted for a day at once, and those of other days are left', async () => {
    await store(['a'], answered)
    await store(['b'], abandoned)
    await store(['c'], { queue: null })
    await store(['unreadable'], '{}')
    await store(['yesterday'], answered, '2026-11-22')
    await countDay(database, DAY, nobody)
    expect(await countsOf('a')).toEqual(
      columns({
        offered: 1,
        answered: 1,
        withinLevel: 1,
        withinService: 1,
        waitSeconds: 7,
        waits: oneWait(1),
      }),
    )
    expect(await countsOf('b')).toEqual(columns({ offered: 1, abandoned: 1, short: 1 }))
    expect(await countsOf('c')).toEqual(columns({ entered: 0 }, null))
    expect(await countsOf('unreadable')).toEqual(columns({ entered: 0 }, null))
    expect(await countsOf('yesterday')).toEqual(UNCOUNTED)
  })

  test('have the parts of their agents as rows, and one that is counted is not touched', async () => {
    const part = {
      agentUniqueid: 'agent',
      earlierUniqueids: [],
      extension: '101',
      how: 'queue' as const,
      startedAt: '2026-11-23T01:00:07.000Z',
      endedAt: '2026-11-23T01:01:07.000Z',
      heldAt: null,
      resumedAt: null,
      holdSeconds: 20,
    }
    await store(['a'], { ...answered, endedAt: part.endedAt, segments: [part] })
    await countDay(database, DAY, mai)
    await countDay(database, DAY, nobody)
    const parts = await database.db.selectFrom('call_segment').selectAll().execute()
    expect(parts).toMatchObject([
      {
        call_id: 'a',
        part: 0,
        staff_id: 'mai',
        local_day: DAY,
        talk_seconds: 40,
        hold_seconds: 20,
      },
    ])
    expect(await countsOf('a')).toMatchObject({ handled: 1, agent_talk_seconds: 40 })
  })

  test('a day with more of them than a step takes is counted whole', async () => {
    const ids = Array.from({ length: 401 }, (_, index) => `call ${String(index).padStart(3, '0')}`)
    await store(ids, abandoned)
    await countDay(database, DAY, nobody)
    const { left } = await database.db
      .selectFrom('call')
      .select(({ fn }) => fn.countAll<number>().as('left'))
      .where('entered', 'is', null)
      .executeTakeFirstOrThrow()
    expect(left).toBe(0)
  })

  test('are counted step by step, newest first, and what is counted stays', async () => {
    const ids = Array.from({ length: 201 }, (_, index) => `call ${String(index).padStart(3, '0')}`)
    await store(ids, abandoned)
    const corrected = columns({ offered: 1, timedOut: 1 })
    await database.db.updateTable('call').set(corrected).where('id', '=', 'call 200').execute()
    const step = (after: string) => database.transaction((trx) => countBefore(trx, after, nobody))
    expect(await step('')).toBe('call 001')
    expect(await countsOf('call 200')).toEqual(corrected)
    expect(await countsOf('call 001')).toEqual(columns({ offered: 1, abandoned: 1, short: 1 }))
    expect(await countsOf('call 000')).toEqual(UNCOUNTED)
    expect(await step('call 001')).toBeNull()
    expect(await countsOf('call 000')).toEqual(columns({ offered: 1, abandoned: 1, short: 1 }))
  })
})
