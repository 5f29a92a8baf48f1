import { cleanText } from '#contract/text.ts'
import type { PhoneNumber } from '#contract/customers.ts'
import type { Db } from '../db/schema.ts'
import type { StoredTicket } from './ticket-record.ts'
import { rewriteRow, selectRowsAfter } from '../schedule/rewrite-store.ts'

const TICKETS_PER_STEP = 300

/**
 * Writes tickets of earlier releases as they would be written today: the right letters, the key of
 * their number. Answers the last id, null when there were no more.
 */
export async function rewriteTickets(
  db: Db,
  afterId: string,
  readNumber: (raw: string) => PhoneNumber,
): Promise<string | null> {
  const tickets = await selectRowsAfter(db, 'ticket', afterId, TICKETS_PER_STEP)
  for (const ticket of tickets) {
    // oxlint-disable-next-line no-await-in-loop -- few rows differ
    await rewriteRow(db, 'ticket', ticket, rewritten(ticket, readNumber))
  }
  return tickets.length < TICKETS_PER_STEP ? null : (tickets.at(-1)?.id ?? null)
}

function rewritten(
  { subject, description, number_raw: raw }: StoredTicket,
  readNumber: (raw: string) => PhoneNumber,
): Partial<StoredTicket> {
  const number = raw === null ? null : readNumber(raw)
  return {
    subject: cleanText(subject),
    description: cleanText(description),
    number_key: number?.key ?? null,
  }
}
