import type { CallbackView } from '#contract/callbacks.ts'
import type { TicketRow } from '#contract/tickets.ts'
import { promiseUrgency, sortPromises } from './countdown.ts'

/** What waits for a person who has nothing in hand. */
export type NextWork =
  | { kind: 'promise'; ticketId: string }
  | { kind: 'missed' }
  | { kind: 'ticket'; ticketId: string }

export interface Waiting {
  promises: readonly CallbackView[]
  /** How many callers whom nobody answered wait to be called. */
  missed: number
  tickets: readonly Pick<TicketRow, 'id' | 'code' | 'dueAt'>[]
  /** Tickets in hand already. */
  open: ReadonlySet<string>
}

const OWED = new Set(['due', 'overdue', 'failed'])

/** First what was promised for now, then who called in vain, then the own ticket that is due first. */
export function nextWork(waiting: Waiting, nowMs: number): NextWork | null {
  const promise = nextPromise(waiting, nowMs)
  if (promise) return promise
  return waiting.missed > 0 ? { kind: 'missed' } : nextTicket(waiting)
}

function nextPromise({ promises, open }: Waiting, nowMs: number): NextWork | null {
  const owed = promises.filter((promise) => OWED.has(promiseUrgency(promise, nowMs)))
  const [first] = sortPromises(owed).flatMap(({ ticket }) =>
    ticket === null || open.has(ticket.id) ? [] : [ticket],
  )
  return first === undefined ? null : { kind: 'promise', ticketId: first.id }
}

/** Without a deadline comes after all that have one. */
const NEVER = '9999'

function nextTicket({ tickets, open }: Waiting): NextWork | null {
  const [first] = tickets
    .filter(({ id }) => !open.has(id))
    .toSorted(
      (a, b) => (a.dueAt ?? NEVER).localeCompare(b.dueAt ?? NEVER) || a.code.localeCompare(b.code),
    )
  return first === undefined ? null : { kind: 'ticket', ticketId: first.id }
}
