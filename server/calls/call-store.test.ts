import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { aCallRow } from '../../test/support/domain/a-call-row.ts'
import type { Database } from '../db/transaction.ts'
import type { CallRecord } from './call-record.ts'
import { findCall, loadCalls, upsertCalls } from './call-store.ts'

const RINGING = aCallRow('c1', {
  uniqueid: '1.1',
  caller_raw: '0912345678',
  caller_key: '+84912345678',
  entered_at: '2026-11-22T17:00:01.000Z',
  updated_at: '2026-11-22T17:00:01.000Z',
})
const ENDED: CallRecord = {
  ...RINGING,
  status: 'ended',
  outcome: 'answered',
  queue: 'tech',
  caller_raw: '0912345679',
  caller_key: '+84912345679',
  entered_at: '2026-11-22T16:59:59.000Z',
  answered_at: '2026-11-22T17:00:09.000Z',
  ticket_moment_at: '2026-11-22T17:00:09.000Z',
  ended_at: '2026-11-22T17:01:00.000Z',
  wait_seconds: 10,
  talk_seconds: 51,
  recovered: 1,
  local_day: '2026-11-22',
  state: '{"a":1}',
  updated_at: '2026-11-22T17:01:00.000Z',
}

for (const dialect of DIALECTS) {
  describe(`calls on ${dialect}`, () => {
    let database: Database
    beforeEach(async () => {
      database = await openTestDatabase(dialect)
    })
    afterEach(() => database.close())

    it('stored again take every column of their newest state and keep their id', async () => {
      await upsertCalls(database.db, [RINGING])
      const ids = await upsertCalls(database.db, [{ ...ENDED, id: 'another' }])
      expect(ids).toEqual(new Map([['1.1', 'c1']]))
      expect(await findCall(database.db, 'c1')).toEqual({ row: ENDED, ticket: null })
    })

    it('are loaded when they are not over or ended lately, oldest first', async () => {
      const old = { ended_at: '2026-11-22T16:00:00.000Z', status: 'ended' }
      await upsertCalls(database.db, [
        { ...RINGING, id: 'open', uniqueid: '1.2' },
        { ...ENDED, id: 'lately', uniqueid: '1.3' },
        { ...ENDED, ...old, id: 'long ago', uniqueid: '1.4' },
      ])
      const { unreadable } = await loadCalls(database.db, '2026-11-22T17:00:00.000Z')
      expect(unreadable).toEqual(['lately', 'open'])
    })
  })
}
