import type { LocalDate } from '#contract/primitives.ts'
import type { QueueToday } from '#contract/queues.ts'
import type { Db } from '../db/schema.ts'

/** The calls of one day per PBX and queue of first entry, from the calls themselves. */
export async function countDay(
  db: Db,
  day: LocalDate,
  queues: readonly string[],
): Promise<({ pbxId: string; queue: string } & QueueToday)[]> {
  if (queues.length === 0) return []
  const rows = await db
    .selectFrom('call')
    .select((eb) => [
      'pbx_id',
      'queue',
      'outcome',
      eb.fn.countAll<number>().as('offered'),
      eb.fn.count<number>('answered_at').as('answered'),
    ])
    .where('local_day', '=', day)
    .where('queue', 'in', [...queues])
    .where('direction', '=', 'inbound')
    .groupBy(['pbx_id', 'queue', 'outcome'])
    .execute()
  const totals = new Map<string, { pbxId: string; queue: string } & QueueToday>()
  for (const row of rows) {
    if (row.queue === null) continue
    const key = `${row.pbx_id} ${row.queue}`
    const of = { pbxId: row.pbx_id, queue: row.queue }
    const total = totals.get(key) ?? { ...of, offered: 0, answered: 0, abandoned: 0 }
    total.offered += row.offered
    total.answered += row.answered
    if (row.outcome === 'abandoned') total.abandoned += row.offered
    totals.set(key, total)
  }
  return [...totals.values()]
}
