import { expect, test } from 'vitest'
import { DIALECTS, openTestDatabase } from '../support/database.ts'
import { replayDay } from '../support/day-recount/replay-day.ts'

/** Half a dozen of each fate; `scripts/recount-day` replays as many as a busy day has. */
const CALLS = 150

test.each(DIALECTS)(
  'a day of calls on %s: board, restart, rows and recount say the same',
  async (dialect) => {
    const database = await openTestDatabase(dialect)
    try {
      const { differences, compared } = await replayDay(database, { calls: CALLS, seed: 1 })
      expect(differences).toEqual([])
      expect(compared).toBeGreaterThan(2 * CALLS)
    } finally {
      await database.close()
    }
  },
)
