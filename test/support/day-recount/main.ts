import { parseArgs } from 'node:util'
import { openTestDatabase } from '../database.ts'
import { replayDay } from './replay-day.ts'

/** `main.ts [--calls N] [--seed N]`, for `scripts/recount-day`: exits with 1 when something differs. */
const { values } = parseArgs({
  options: { calls: { type: 'string', default: '30000' }, seed: { type: 'string', default: '1' } },
})
const [calls, seed] = [Number(values.calls), Number(values.seed)]
if (!Number.isInteger(calls) || calls < 1 || calls > 100_000 || !Number.isInteger(seed)) {
  throw new Error('--calls is a number from 1 to 100000, --seed a number')
}
const SHOWN_AT_MOST = 100

const startedAt = performance.now()
const database = await openTestDatabase('sqlite')
const { events, compared, differences } = await replayDay(database, { calls, seed })
await database.close()
for (const difference of differences.slice(0, SHOWN_AT_MOST)) console.log(difference)
if (differences.length > SHOWN_AT_MOST) {
  console.log(`… and ${differences.length - SHOWN_AT_MOST} more`)
}
const seconds = ((performance.now() - startedAt) / 1000).toFixed(0)
console.log(
  `seed ${seed}: ${calls} calls, ${events} events in ${seconds} s; ${compared} figures compared, ${differences.length} differ`,
)
process.exitCode = differences.length === 0 ? 0 : 1
