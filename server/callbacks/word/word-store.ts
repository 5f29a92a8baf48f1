import { prepared } from '../../db/prepared.ts'
import type { Db } from '../../db/schema.ts'
import { NOT_REACHED } from '../policy/after-attempt.ts'

/** An attempt of which its agent has not said yet how it went. */
export interface Unsaid {
  attemptId: string
  callbackId: string
  staffId: string
}

/** More than anybody leaves unsaid. */
const AT_MOST = 50

/** The promises whose last attempt waits for this person's word and takes it, the newest end first. */
export async function listAwaiting(db: Db, staffId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('callback_attempt as attempt')
    .innerJoin('callback', (join) =>
      join
        .onRef('callback.id', '=', 'attempt.callback_id')
        .onRef('callback.attempts', '=', 'attempt.number'),
    )
    .select('callback.id')
    .where('attempt.awaits_word_of', '=', staffId)
    .where((eb) =>
      eb.or([
        eb('callback.status', '<>', 'cancelled'),
        eb('callback.cancel_reason', '=', NOT_REACHED),
      ]),
    )
    .orderBy('attempt.ended_at', 'desc')
    .limit(AT_MOST)
    .execute()
  return rows.map(({ id }) => id)
}

/** Who has not said yet how attempts of these promises went, by promise. */
export async function listAsked(
  db: Db,
  promiseIds: readonly string[],
): Promise<Map<string, string[]>> {
  if (promiseIds.length === 0) return new Map()
  const rows = await db
    .selectFrom('callback_attempt')
    .select(['callback_id', 'awaits_word_of'])
    .where('callback_id', 'in', [...promiseIds])
    .where('awaits_word_of', 'is not', null)
    .execute()
  const asked = Map.groupBy(rows, ({ callback_id: id }) => id)
  return new Map(
    [...asked].map(([id, unsaid]) => [id, unsaid.flatMap((row) => row.awaits_word_of ?? [])]),
  )
}

/** What is unsaid of the promises of this ticket. */
export async function listUnsaidOf(db: Db, ticketId: string): Promise<Unsaid[]> {
  const rows = await db
    .selectFrom('callback')
    .innerJoin('callback_attempt as attempt', 'attempt.callback_id', 'callback.id')
    .select(['attempt.id', 'attempt.callback_id', 'attempt.awaits_word_of'])
    .where('callback.ticket_id', '=', ticketId)
    .where('attempt.awaits_word_of', 'is not', null)
    .execute()
  return rows.flatMap(({ id, callback_id: callbackId, awaits_word_of: staffId }) =>
    staffId === null ? [] : [{ attemptId: id, callbackId, staffId }],
  )
}

const selectFormer = prepared(
  (db, { callbackId, number }: { callbackId: string; number: number }) =>
    db
      .selectFrom('callback_attempt')
      .select(['id', 'awaits_word_of'])
      .where('callback_id', '=', callbackId)
      .where('number', '<', number)
      .where('awaits_word_of', 'is not', null),
)

/** A later attempt of the promise ended: nobody is asked how those before it went. Who was. */
export async function forgetFormer(
  db: Db,
  { callbackId, number }: { callbackId: string; number: number },
): Promise<string[]> {
  const { rows } = await selectFormer(db, { callbackId, number })
  if (rows.length === 0) return []
  await forgetWords(
    db,
    rows.map(({ id }) => id),
  )
  return rows.flatMap(({ awaits_word_of: staffId }) => staffId ?? [])
}

/** Nobody is asked for a word on these any more. */
export async function forgetWords(db: Db, attemptIds: readonly string[]): Promise<void> {
  await db
    .updateTable('callback_attempt')
    .set({ awaits_word_of: null })
    .where('id', 'in', [...attemptIds])
    .execute()
}
