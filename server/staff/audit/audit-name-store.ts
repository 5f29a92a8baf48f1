import { normalizeVn } from '../../customers/phone-number.ts'
import type { Db } from '../../db/schema.ts'
import type { NamedIds } from './named-ids.ts'

/** What people call the rows with these ids: by their name, their ticket's code, else the number. */
export async function selectNames(db: Db, ids: NamedIds): Promise<Map<string, string>> {
  const found = await Promise.all([
    staffNames(db, ids.staff),
    ticketCodes(db, ids.tickets),
    promiseNames(db, ids.promises),
    callNames(db, ids.calls),
  ])
  return new Map(found.flat().flatMap(({ id, name }) => (name === '' ? [] : [[id, name]])))
}

interface Named {
  id: string
  name: string
}

async function staffNames(db: Db, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return []
  return db
    .selectFrom('staff')
    .select(['id', 'display_name as name'])
    .where('id', 'in', ids)
    .execute()
}

async function ticketCodes(db: Db, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return []
  return db.selectFrom('ticket').select(['id', 'code as name']).where('id', 'in', ids).execute()
}

async function promiseNames(db: Db, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('callback')
    .leftJoin('ticket', 'ticket.id', 'callback.ticket_id')
    .select(['callback.id', 'callback.number_raw as number', 'ticket.code'])
    .where('callback.id', 'in', ids)
    .execute()
  return rows.map(nameOf)
}

async function callNames(db: Db, ids: readonly string[]): Promise<Named[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('call')
    .leftJoin('ticket', 'ticket.id', 'call.ticket_id')
    .select(['call.id', 'call.caller_raw as number', 'ticket.code'])
    .where('call.id', 'in', ids)
    .execute()
  return rows.map(nameOf)
}

function nameOf({ id, number, code }: { id: string; number: string; code: string | null }): Named {
  return { id, name: code ?? normalizeVn(number).display }
}
