import { openDatabase } from '../../server/db/database.ts'
import { type Ticket, ticket } from '../../server/contract/tickets.ts'
import { day } from './day.ts'

/** What the service says of a ticket, read by an administrator. */
export const read = (id: string): Promise<Ticket> => day.hotline.admin.get(`/tickets/${id}`, ticket)

/** Every ticket that this number's calls opened, merged ones too, as the rows are. */
export async function ticketsOf(number: string) {
  const database = await openDatabase(day.hotline.databaseUrl)
  try {
    return await database.db
      .selectFrom('ticket')
      .select(['id', 'code', 'status', 'merged_into'])
      .where('number_key', '=', `+84${number.slice(1)}`)
      .orderBy('created_at')
      .execute()
  } finally {
    await database.close()
  }
}

/** Of a code that is on a page. */
export async function idOf(code: string, number: string): Promise<string> {
  const found = (await ticketsOf(number)).find((row) => row.code === code)
  if (found === undefined) throw new Error(`no ticket ${code}`)
  return found.id
}

/** Calls that are in the books and not over. */
export async function openCalls(): Promise<number> {
  const database = await openDatabase(day.hotline.databaseUrl)
  try {
    const rows = await database.db
      .selectFrom('call')
      .select('id')
      .where('ended_at', 'is', null)
      .execute()
    return rows.length
  } finally {
    await database.close()
  }
}
