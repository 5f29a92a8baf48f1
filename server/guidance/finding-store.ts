import type { TicketStatus } from '#contract/tickets.ts'
import type { Db, Row } from '../db/schema.ts'
import { type Answers, toAnswers } from './answer-store.ts'

/** Tickets of one state, of which a board shows some fifty. */
const MOST_OF_STATE = 300

/** A ticket with what was answered on it, if anything, and the circuit of its contract. */
export interface AnsweredTicket {
  ticketId: string
  answers: Answers | null
  circuitId: string | null
}

/** Tickets in these states, the oldest first in each. */
export async function selectAnswered(
  db: Db,
  statuses: readonly TicketStatus[],
): Promise<AnsweredTicket[]> {
  // one read per state: asked for several at once, SQLite would rather read the whole table
  const parts = await Promise.all(
    statuses.map((status) =>
      db
        .selectFrom('ticket')
        .leftJoin('contract', 'contract.id', 'ticket.contract_id')
        .select(['ticket.id', 'contract.circuit_id'])
        .where('ticket.status', '=', status)
        .where('ticket.merged_into', 'is', null)
        .orderBy('ticket.received_at')
        .limit(MOST_OF_STATE)
        .execute(),
    ),
  )
  const tickets = parts.flat()
  const answers = await selectAnswersOf(
    db,
    tickets.map(({ id }) => id),
  )
  return tickets.map(({ id, circuit_id: circuitId }) => {
    const row = answers.get(id)
    return { ticketId: id, circuitId, answers: row === undefined ? null : toAnswers(row) }
  })
}

async function selectAnswersOf(
  db: Db,
  ids: readonly string[],
): Promise<Map<string, Row<'checklist_answer'>>> {
  if (ids.length === 0) return new Map()
  const rows = await db
    .selectFrom('checklist_answer')
    .selectAll()
    .where('ticket_id', 'in', [...ids])
    .execute()
  return new Map(rows.map((row) => [row.ticket_id, row]))
}
