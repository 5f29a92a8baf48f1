import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import type { LocalDate } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'

/** What the calls of one day in one queue add up to. */
export interface SummedQueue {
  pbxId: string
  queue: string
  counts: CallCounts
}

/** The sums over the calls that entered on this day, in one line per queue and bar of the histogram. */
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
      'counted_queue',
      'wait_bucket',
      fn.countAll<number>().as('calls'),
      fn.sum<number | null>('entered').as('entered'),
      fn.sum<number | null>('offered').as('offered'),
      fn.sum<number | null>('answered').as('answered'),
      fn.sum<number | null>('abandoned').as('abandoned'),
      fn.sum<number | null>('abandoned_short').as('short'),
      fn.sum<number | null>('timed_out').as('timedOut'),
      fn.sum<number | null>('asked').as('asked'),
      fn.sum<number | null>('within_level').as('withinLevel'),
      fn.sum<number | null>('within_service').as('withinService'),
      fn.sum<number | null>('answer_wait_seconds').as('waitSeconds'),
      fn.sum<number | null>('handled').as('handled'),
      fn.sum<number | null>('agent_talk_seconds').as('talkSeconds'),
      fn.sum<number | null>('agent_hold_seconds').as('holdSeconds'),
      fn.sum<number | null>('wrap_up_seconds').as('wrapUpSeconds'),
    ])
    .where('local_day', '=', day)
    .where('counted_queue', 'in', [...queues])
    .groupBy(['pbx_id', 'counted_queue', 'wait_bucket'])
    .execute()
  return rows.flatMap(({ pbx_id: pbxId, counted_queue: queue, wait_bucket, calls, ...sums }) => {
    const waits = NO_CALLS.waits.map((_, bar) => (bar === wait_bucket ? calls : 0))
    return queue === null ? [] : [{ pbxId, queue, counts: { ...withoutNulls(sums), waits } }]
  })
}

type Sums = Omit<CallCounts, 'waits'>

function withoutNulls(sums: Record<keyof Sums, number | null>): Sums {
  const known = Object.entries(sums).filter(([, sum]) => sum !== null)
  return { ...NO_CALLS, ...Object.fromEntries(known) }
}
