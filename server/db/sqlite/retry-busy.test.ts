import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { BUSY_LIMIT_MS, busyDeadline, isBusy, retryBusy } from './retry-busy.ts'

const sqliteError = (code: string) => new BetterSqlite.SqliteError('no', code)
const busy = () => sqliteError('SQLITE_BUSY')

/** Fails with these in turn, then answers; `pauses` are what it waited between. */
async function run(errors: Error[], deadline = busyDeadline()) {
  const pauses: number[] = []
  let tries = 0
  const attempt = () => {
    const error = errors[tries++]
    if (error !== undefined) throw error
    return 'done'
  }
  const pause = async (ms: number) => void pauses.push(ms)
  const ended = await retryBusy(attempt, deadline, pause).catch((error: unknown) => error)
  return { ended, tries, pauses }
}

test('what works at once is tried once', async () => {
  expect(await run([])).toEqual({ ended: 'done', tries: 1, pauses: [] })
})

test('a lock of others is waited for with pauses that double up to a fortieth of a second', async () => {
  const { ended, pauses } = await run(Array.from({ length: 7 }, busy))
  expect(ended).toBe('done')
  expect(pauses).toEqual([2, 4, 8, 16, 25, 25, 25])
})

test('after the deadline there is still one try, and its error is what the caller hears', async () => {
  const error = busy()
  expect(await run([error, busy()], performance.now() - 1)).toEqual({
    ended: error,
    tries: 1,
    pauses: [],
  })
  expect(busyDeadline() - performance.now()).toBeGreaterThan(BUSY_LIMIT_MS - 100)
})

test('any other error is the caller’s at once', async () => {
  const full = sqliteError('SQLITE_FULL')
  expect(await run([busy(), full])).toEqual({ ended: full, tries: 2, pauses: [2] })
})

test.each([
  [sqliteError('SQLITE_BUSY'), true],
  [sqliteError('SQLITE_BUSY_SNAPSHOT'), true],
  [sqliteError('SQLITE_LOCKED'), true],
  [sqliteError('SQLITE_LOCKED_SHAREDCACHE'), true],
  [sqliteError('SQLITE_IOERR'), false],
  [Object.assign(new Error('no'), { code: 'SQLITE_BUSY' }), false],
])('%o is a lock of others: %s', (error, expected) => {
  expect(isBusy(error)).toBe(expected)
})
