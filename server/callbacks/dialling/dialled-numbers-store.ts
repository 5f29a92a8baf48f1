import type { Db } from '../../db/schema.ts'

/**
 * The numbers that are being called back now. Who merely waits in a queue is left out where the PBX can be
 * told to end the place: it gives way to any other call.
 */
export async function numbersDialled(db: Db, readyPbxIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('callback')
    .select('number_dial')
    .where('status', '=', 'dialing')
    .$if(readyPbxIds.length > 0, (query) =>
      query.where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('callback_attempt as place')
              .select('place.id')
              .whereRef('place.callback_id', '=', 'callback.id')
              .where('place.ended_at', 'is', null)
              .where('place.stage', '=', 'in_queue')
              .where('place.pbx_id', 'in', [...readyPbxIds]),
          ),
        ),
      ),
    )
    .execute()
  return rows.map((row) => row.number_dial)
}
