import { inParts, preparedForRows } from '../db/prepared.ts'
import type { Db } from '../db/schema.ts'
import type { NewTicket } from './new-ticket.ts'
import type { StoredTicket } from './ticket-record.ts'

const insertOnce = preparedForRows((db, rows: NewTicket[]) =>
  db
    .insertInto('ticket')
    .values(rows)
    .onConflict((conflict) => conflict.column('opened_by_call_id').doNothing())
    .returning('id'),
)

/** Stores the tickets but those whose call has opened one already; answers how many were stored. */
export async function insertTickets(db: Db, rows: readonly NewTicket[]): Promise<number> {
  let stored = 0
  for (const part of inParts(rows)) stored += (await insertOnce(db, part)).rows.length
  return stored
}

export async function selectTicket(db: Db, id: string): Promise<StoredTicket | undefined> {
  return db.selectFrom('ticket').selectAll().where('id', '=', id).executeTakeFirst()
}

/** The ticket that this call opened or, for a callback, the one whose promise it keeps. */
export async function selectTicketOfCall(
  db: Db,
  callId: string,
): Promise<StoredTicket | undefined> {
  const tickets = () => db.selectFrom('ticket').selectAll()
  // One read per index: a plain `or` makes both databases scan.
  return tickets()
    .where('opened_by_call_id', '=', callId)
    .unionAll(
      tickets().where('id', '=', (eb) =>
        eb.selectFrom('call').select('ticket_id').where('call.id', '=', callId),
      ),
    )
    .limit(1)
    .executeTakeFirst()
}

/** Gives the ticket to this person unless somebody has it. */
export async function assignIfFree(db: Db, id: string, staffId: string): Promise<void> {
  await db
    .updateTable('ticket')
    .set((eb) => ({ assignee_id: staffId, version: eb('version', '+', 1) }))
    .where('id', '=', id)
    .where('assignee_id', 'is', null)
    .execute()
}

/** Stores a ticket that a person opens, with all that they wrote. */
export async function insertWholeTicket(db: Db, row: StoredTicket): Promise<void> {
  await db.insertInto('ticket').values(row).execute()
}

/** Writes a subject that the service made, unless a person has written one. */
export async function writeMadeSubject(db: Db, id: string, subject: string): Promise<void> {
  await db
    .updateTable('ticket')
    .set({ subject })
    .where('id', '=', id)
    .where('subject_by_person', '=', 0)
    .execute()
}

/** Writes the columns when the stored version is `version`; answers the row after, or undefined. */
export async function updateTicket(
  db: Db,
  id: string,
  version: number,
  columns: Partial<Omit<StoredTicket, 'id' | 'code' | 'version'>>,
): Promise<StoredTicket | undefined> {
  return db
    .updateTable('ticket')
    .set({ ...columns, version: version + 1 })
    .where('id', '=', id)
    .where('version', '=', version)
    .returningAll()
    .executeTakeFirst()
}
