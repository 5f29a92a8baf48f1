import type { Call } from '../../../server/calls/conversation/call.ts'
import type { Db } from '../../../server/db/schema.ts'

/** Stores the call as the call book would, or stores how it stands now. */
export async function storeCall(db: Db, id: string, call: Call): Promise<void> {
  const changing = {
    status: call.status,
    state: JSON.stringify(call),
    ended_at: call.endedAt,
    updated_at: call.enteredAt,
  }
  await db
    .insertInto('call')
    .values({
      ...changing,
      id,
      pbx_id: call.pbxId,
      uniqueid: `${call.uniqueid}-${id}`,
      direction: call.direction,
      outcome: call.outcome,
      queue: call.queue,
      caller_raw: call.callerIdNum ?? '',
      caller_key: null,
      entered_at: call.enteredAt,
      answered_at: call.answeredAt,
      wait_seconds: null,
      talk_seconds: null,
      recovered: call.recovered ? 1 : 0,
      local_day: call.enteredAt.slice(0, 10),
      ticket_id: null,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute()
}
