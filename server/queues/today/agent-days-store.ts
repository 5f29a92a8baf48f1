import type { AgentCounts } from '#contract/supervision/agent-day.ts'
import { shownPause } from '#contract/desk.ts'
import type { Instant, LocalDate } from '#contract/primitives.ts'
import type { Db } from '../../db/schema.ts'
import { isPause, type TimeStretch } from './agent-times.ts'

/** What the parts of one day add up to for whoever had this phone. */
export interface SummedPhone {
  extension: string
  staffId: string | null
  counts: AgentCounts
}

/** The sums over the parts of calls that entered on this day. */
export async function sumParts(db: Db, day: LocalDate): Promise<SummedPhone[]> {
  const rows = await db
    .selectFrom('call_segment')
    .select(({ fn, eb }) => [
      'extension',
      'staff_id',
      fn
        .count<number>(
          eb.case().when('how', 'not in', ['callback', 'outgoing']).then(eb.ref('call_id')).end(),
        )
        .distinct()
        .as('taken'),
      fn.count<number>('call_id').distinct().as('handled'),
      fn.sum<number>('talk_seconds').as('talkSeconds'),
      fn.sum<number>('hold_seconds').as('holdSeconds'),
      fn.sum<number | null>('wrap_up_seconds').as('wrapUp'),
      fn.max('ended_at').as('lastCallAt'),
    ])
    .where('local_day', '=', day)
    .groupBy(['extension', 'staff_id'])
    .execute()
  return rows.map(({ extension, staff_id: staffId, wrapUp, ...counts }) => ({
    extension,
    staffId,
    counts: { ...counts, wrapUpSeconds: wrapUp ?? 0 },
  }))
}

/** By person, oldest first: what has lasted into this day, and what still does. */
export async function listTimes(db: Db, midnight: Instant): Promise<Map<string, TimeStretch[]>> {
  const read = () =>
    db.selectFrom('agent_time').select(['staff_id', 'started_at', 'ended_at', 'state', 'reason'])
  const over = await read().where('ended_at', '>', midnight).execute()
  const open = await read().where('ended_at', 'is', null).execute()
  const rows = [...over, ...open].toSorted((a, b) => a.started_at.localeCompare(b.started_at))
  const byPerson = Map.groupBy(rows, (row) => row.staff_id)
  return new Map(
    [...byPerson].map(([staffId, own]) => [
      staffId,
      own.map((row) => ({
        startedAt: row.started_at,
        endedAt: row.ended_at,
        isPaused: isPause({
          state: row.state === 'paused' ? 'paused' : 'ready',
          reason: shownPause.nullable().parse(row.reason),
        }),
      })),
    ]),
  )
}

/** Notes how long its person was not free after a part, with the part and with its call. */
export async function saveWrapUp(
  db: Db,
  { callId, part }: { callId: string; part: number },
  seconds: number,
): Promise<void> {
  await db
    .updateTable('call_segment')
    .set({ wrap_up_seconds: seconds })
    .where('call_id', '=', callId)
    .where('part', '=', part)
    .execute()
  await db
    .updateTable('call')
    .set((eb) => ({
      wrap_up_seconds: eb(eb.fn.coalesce('wrap_up_seconds', eb.val(0)), '+', seconds),
    }))
    .where('id', '=', callId)
    .execute()
}
