import type { Kysely } from 'kysely'
import { addColumns } from '../add-columns.ts'

const COUNTS = [
  'offered',
  'answered',
  'abandoned',
  'abandoned_short',
  'timed_out',
  'asked',
  'within_level',
  'answer_wait_seconds',
]

/** What each call adds to the counters of its queue; null until a call of earlier releases is counted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await addColumns(
    db,
    'call',
    COUNTS.map((name) => ({ name, type: 'integer' })),
  )
}
