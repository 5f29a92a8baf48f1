import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import type { LocalDate } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'

/** What the calls of one day in one queue add up to. */
export interface SummedQueue {
  pbxId: string
  queue: string
  counts: CallCounts
}

/** The sums over the calls that entered on this day; a queue without a call is missing. */
export async function sumDay(
  db: Db,
  day: LocalDate,
  queues: readonly string[],
): Promise<SummedQueue[]> {
  if (queues.length === 0) return []
  const rows = await db
    .selectFrom('call')
    .select(({ fn }) => [
      'pbx_id',
      'queue',
      fn.sum<number | null>('offered').as('offered'),
      fn.sum<number | null>('answered').as('answered'),
      fn.sum<number | null>('abandoned').as('abandoned'),
      fn.sum<number | null>('abandoned_short').as('short'),
      fn.sum<number | null>('timed_out').as('timedOut'),
      fn.sum<number | null>('asked').as('asked'),
      fn.sum<number | null>('within_level').as('withinLevel'),
      fn.sum<number | null>('answer_wait_seconds').as('waitSeconds'),
    ])
    .where('local_day', '=', day)
    .where('queue', 'in', [...queues])
    .groupBy(['pbx_id', 'queue'])
    .execute()
  return rows.flatMap(({ pbx_id: pbxId, queue, ...sums }) =>
    queue === null ? [] : [{ pbxId, queue, counts: withoutNulls(sums) }],
  )
}

function withoutNulls(sums: Record<keyof CallCounts, number | null>): CallCounts {
  const known = Object.entries(sums).filter(([, sum]) => sum !== null)
  return { ...NO_CALLS, ...Object.fromEntries(known) }
}
