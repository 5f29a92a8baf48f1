/**
 * The dearest suites, of about the same work, in four turns: `scripts/check` runs one turn beside all
 * other suites to stay within its minutes, and which one its commit decides. `WHOLE=1 scripts/check`
 * and every other run of vitest run all of them. Of the other suites those of services run on PostgreSQL
 * in the first turn and on SQLite in the others (`support/database.ts`).
 */
export const TURNS: readonly (readonly string[])[] = [
  [
    'test/asterisk/closed-queue.test.ts',
    'test/asterisk/customer-first.test.ts',
    'test/browser/call-control.test.ts',
    'test/browser/keyboard.test.ts',
    'test/browser/shift.test.ts',
    'test/integration/bad-input.test.ts',
    'test/integration/postgres-restart.test.ts',
    'test/integration/promise-changes.test.ts',
    'test/integration/virtual-hold.test.ts',
  ],
  [
    'test/asterisk/hand-over.test.ts',
    'test/asterisk/nobody-listened.test.ts',
    'test/asterisk/promise-faults.test.ts',
    'test/browser/board.test.ts',
    'test/browser/browser-phone.test.ts',
    'test/integration/database-weather.test.ts',
    'test/integration/first-slice.test.ts',
  ],
  [
    'test/asterisk/counted-board.test.ts',
    'test/asterisk/hold-hours.test.ts',
    'test/browser/session-over.test.ts',
    'test/browser/steering.test.ts',
    'test/integration/house-promises.test.ts',
    'test/integration/nasty-input.test.ts',
    'test/integration/postgres-weather.test.ts',
    'test/integration/process-paths.test.ts',
    'test/integration/promise-words.test.ts',
    'test/integration/sqlite-weather.test.ts',
    'test/integration/start.test.ts',
    'test/promise-simulation.test.ts',
  ],
  [
    'server/customers/import/import-service.test.ts',
    'test/asterisk/lab.test.ts',
    'test/asterisk/steering.test.ts',
    'test/asterisk/tapes.test.ts',
    'test/browser/field.test.ts',
    'test/browser/files.test.ts',
    'test/browser/wall.test.ts',
    'test/integration/customer-import.test.ts',
    'test/integration/nobody-listened.test.ts',
    'test/integration/pages-per-ticket.test.ts',
    'test/integration/promise-tries.test.ts',
    'test/integration/recounted-day.test.ts',
    'test/integration/reset-password.test.ts',
  ],
]

/** Which turn this run is, from 1; null runs all. Throws on what names none. */
export function readTurn(value = process.env['CHECK_TURN']): number | null {
  if (value === undefined || value === '') return null
  const turn = Number(value)
  if (TURNS[turn - 1] === undefined) {
    throw new Error(`CHECK_TURN is "${value}": expected a whole number from 1 to ${TURNS.length}`)
  }
  return turn
}

/** The suites that a run of this turn leaves to the other turns. */
export function filesOfOtherTurns(turn: number | null): string[] {
  if (turn === null) return []
  return TURNS.filter((_, index) => index !== turn - 1).flat()
}

/** Of one suite that every turn runs, the cases of this turn: each is in one turn; without a turn all of them. */
export function casesOfTurn<T>(cases: readonly T[], turn = readTurn()): T[] {
  return cases.filter((_, index) => turn === null || index % TURNS.length === turn - 1)
}
