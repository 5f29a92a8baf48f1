import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Tape } from '../../server/ami/tape.ts'
import { SERVICE_DIALECTS, IS_WHOLE, type TestDialect } from '../support/database.ts'
import { type EndState, readEndState } from './end-state.ts'
import { EXPECTED, summary } from './expected.ts'
import { callbackChannel, storePromise } from './promise.ts'
import { openReplayHouse, readTapes, type ReplayHouse, type Variation } from './replay-house.ts'

const TAPES = readTapes()
const EARLIEST = TAPES.map((tape) => tape.header.recordedAt).toSorted()[0] ?? ''

/**
 * What no gap may change. Which further agents talked inside a gap, or that a queue gave up in it,
 * cannot be known before the journal is read again.
 */
function essence({ calls, tickets, pops }: EndState) {
  const ends = calls.map(({ status, outcome }) => ({ status, isAnswered: outcome === 'answered' }))
  return { calls: ends, tickets, pops }
}

/**
 * Which lines of a tape are tried: every third on SQLite, all in the whole check. What follows from
 * a break is decided before any database, so PostgreSQL has to store what follows from every eighth.
 * Each tape begins at another line, so that no kind of event is left out by its place.
 */
const EVERY: Record<TestDialect, number> = IS_WHOLE
  ? { sqlite: 1, postgres: 1 }
  : { sqlite: 3, postgres: 8 }

function triedLines(tape: Tape, dialect: TestDialect): number[] {
  const from = TAPES.indexOf(tape)
  const last = tape.lines.length - 1
  return [...tape.lines.keys()].filter((at) => (at + from) % EVERY[dialect] === 0 || at === last)
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`on ${dialect}`, () => {
    let house: ReplayHouse
    const plain = new Map<string, EndState>()
    beforeAll(async () => {
      house = await openReplayHouse(dialect, EARLIEST)
    })
    afterAll(() => house.stop())

    async function endStateOf(
      tape: Tape,
      pbxId: string,
      variation: Variation = {},
    ): Promise<EndState> {
      const channel = callbackChannel(tape)
      house.clock.set(tape.header.recordedAt)
      if (channel !== null) {
        await storePromise(house.database, pbxId, channel, tape.header.recordedAt)
      }
      await house.play(tape, pbxId, variation)
      return readEndState(house.database, pbxId)
    }

    /** The tape played as it is, once. */
    async function plainState(tape: Tape): Promise<EndState> {
      const { scenario } = tape.header
      const known = plain.get(scenario)
      if (known !== undefined) return known
      const state = await endStateOf(tape, `plain-${scenario}`)
      plain.set(scenario, state)
      return state
    }

    for (const tape of TAPES) {
      const { scenario } = tape.header

      test(`${scenario}: ends as it happened`, async () => {
        expect(summary(await plainState(tape))).toBe(EXPECTED[scenario])
      })

      test(`${scenario}: every event doubled ends the same`, async () => {
        const state = await endStateOf(tape, `doubled-${scenario}`, { doubled: true })
        expect(state).toEqual(await plainState(tape))
      })

      test(`${scenario}: a break and a resync after any event end the same`, async () => {
        const expected = await plainState(tape)
        for (const index of triedLines(tape, dialect)) {
          // Runs share one service, one after the other.
          // oxlint-disable-next-line no-await-in-loop
          const state = await endStateOf(tape, `break-${index}-${scenario}`, { breakAfter: index })
          expect(state, `after line ${index + 2}`).toEqual(expected)
        }
      })

      // Lost callback legs are looked up by the dialler at its own pace; its tests show how. What is
      // lost is lost before any database: one is enough.
      if (callbackChannel(tape) !== null || dialect === 'postgres') continue
      test(`${scenario}: three lost events anywhere cost no ticket and leave nothing open`, async () => {
        const expected = await plainState(tape)
        for (const index of triedLines(tape, dialect)) {
          const pbxId = `gap-${index}-${scenario}`
          // oxlint-disable-next-line no-await-in-loop
          const state = await endStateOf(tape, pbxId, { breakAfter: index, lost: 3 })
          expect(essence(state), `after line ${index + 2}`).toEqual(essence(expected))
        }
      })
    }
  })
}
