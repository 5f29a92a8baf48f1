import { inParts, preparedForRows } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'
import type { SegmentRecord } from './segment-record.ts'

const upsertRows = preparedForRows((db, rows: SegmentRecord[]) =>
  db
    .insertInto('call_segment')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['call_id', 'part']).doUpdateSet((eb) => ({
        extension: eb.ref('excluded.extension'),
        staff_id: eb.ref('excluded.staff_id'),
        how: eb.ref('excluded.how'),
        local_day: eb.ref('excluded.local_day'),
        started_at: eb.ref('excluded.started_at'),
        ended_at: eb.ref('excluded.ended_at'),
        talk_seconds: eb.ref('excluded.talk_seconds'),
        hold_seconds: eb.ref('excluded.hold_seconds'),
      })),
    ),
)

/** Writes parts as they are now; a part that is there is corrected. */
export async function saveSegments(db: Db, rows: readonly SegmentRecord[]): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one part but for a burst
  for (const part of inParts(rows)) await upsertRows(db, part)
}

/** Which of these calls of ours somebody ordered at once, with no promise: their channels. */
export async function outgoingAmong(
  db: Db,
  calls: readonly { pbxId: string; uniqueid: string }[],
): Promise<ReadonlySet<string>> {
  if (calls.length === 0) return new Set()
  const pbxIds = [...new Set(calls.map(({ pbxId }) => pbxId))]
  const channelIds = calls.map(({ uniqueid }) => uniqueid)
  const rows = await db
    .selectFrom('outgoing_call')
    .select('channel_id')
    .where('pbx_id', 'in', pbxIds)
    .where('channel_id', 'in', channelIds)
    .execute()
  return new Set(rows.map((row) => row.channel_id))
}
