import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS, type TestDialect } from '../../test/support/database.ts'
import { openPromised } from '../../test/support/promised-ledger.ts'
import { type Callback, findCallback, savePromise } from './callback-store.ts'

const NOW = '2026-11-23T02:00:00.000Z'

async function setUp(dialect: TestDialect) {
  const ledger = await openPromised(dialect)
  const { db } = ledger.database
  const read = async (): Promise<Callback> => {
    const found = await findCallback(db, ledger.id)
    if (found === null) throw new Error('the promise is not there')
    return found
  }
  return { ...ledger, db, read }
}

for (const dialect of DIALECTS) {
  describe(`saving a promise on ${dialect}`, () => {
    let ledger: Awaited<ReturnType<typeof setUp>>
    beforeEach(async () => {
      ledger = await setUp(dialect)
    })
    afterEach(() => ledger.close())

    test('writes all that decides what may become of it', async () => {
      const before = await ledger.read()
      const after: Callback = {
        ...before,
        status: 'cancelled',
        dueAt: '2026-11-23T03:00:00.000Z',
        waitingFor: 'pbx',
        attempts: 3,
        asked: { at: NOW, by: 'mai', version: 9 },
        cancelReason: 'khách tự gọi',
        version: 9,
      }
      expect(await savePromise(ledger.db, before, after, NOW)).toBe(true)
      expect(await ledger.read()).toEqual(after)
    })

    test('writes nothing when somebody changed it since it was read', async () => {
      const read = await ledger.read()
      const moved = { ...read, dueAt: '2026-11-23T03:00:00.000Z', version: 2 }
      await savePromise(ledger.db, read, moved, NOW)
      const cancelled = { ...read, status: 'cancelled', version: 2 } as const
      expect(await savePromise(ledger.db, read, cancelled, NOW)).toBe(false)
      expect(await ledger.read()).toEqual(moved)
    })
  })
}
