import { callDirection, callOutcome, type CallRow } from '#contract/calls.ts'
import type { Instant, LocalDate } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'

/** Calls of one day that count alike. */
export interface CallGroup {
  pbxId: string
  queue: string
  direction: CallRow['direction']
  outcome: CallRow['outcome']
  /** When the newest of them was answered for a ticket, or null when none was. */
  ticketMomentAt: Instant | null
  calls: number
}

/** The calls of one day by all that decides what a call counts as. */
export async function groupDay(
  db: Db,
  day: LocalDate,
  queues: readonly string[],
): Promise<CallGroup[]> {
  if (queues.length === 0) return []
  const rows = await db
    .selectFrom('call')
    .select((eb) => [
      'pbx_id',
      'queue',
      'direction',
      'outcome',
      eb.fn.max('ticket_moment_at').as('ticket_moment_at'),
      eb.fn.countAll<number>().as('calls'),
    ])
    .where('local_day', '=', day)
    .where('queue', 'in', [...queues])
    .groupBy((eb) => [
      'pbx_id',
      'queue',
      'direction',
      'outcome',
      eb('ticket_moment_at', 'is', null),
    ])
    .execute()
  return rows.flatMap(({ queue, ...row }) =>
    queue === null
      ? []
      : [
          {
            pbxId: row.pbx_id,
            queue,
            direction: callDirection.parse(row.direction),
            outcome: callOutcome.nullable().parse(row.outcome),
            ticketMomentAt: row.ticket_moment_at,
            calls: row.calls,
          },
        ],
  )
}
