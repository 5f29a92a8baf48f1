import type { Db } from '../../db/schema.ts'
import { prepared } from '../../db/prepared.ts'

const selectDialled = prepared((db) =>
  db
    .selectFrom('callback')
    .leftJoin('callback_attempt as place', (join) =>
      join
        .onRef('place.callback_id', '=', 'callback.id')
        .on('place.ended_at', 'is', null)
        .on('place.stage', '=', 'in_queue'),
    )
    .select(['callback.number_dial', 'place.pbx_id'])
    .where('callback.status', '=', 'dialing'),
)

/**
 * The numbers that are being called back now. Who merely waits in a queue is left out where the PBX can be
 * told to end the place: it gives way to any other call.
 */
export async function numbersDialled(db: Db, readyPbxIds: readonly string[]): Promise<string[]> {
  const { rows } = await selectDialled(db, {})
  return rows.flatMap(({ number_dial: number, pbx_id: waitsOn }) =>
    waitsOn !== null && readyPbxIds.includes(waitsOn) ? [] : [number],
  )
}
