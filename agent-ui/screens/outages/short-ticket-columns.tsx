import type { TFunction } from 'i18next'
import type { TicketRow } from '#contract/tickets.ts'
import type { ListColumn } from '../../components/data-list/list-types.ts'
import { ticketColumns } from '../tickets/ticket-columns.tsx'

/** The columns of tickets beside an outage, where half the screen is taken. */
export function shortTicketColumns(t: TFunction): readonly ListColumn<TicketRow>[] {
  const { status, code, who, subject } = ticketColumns(t)
  return [status, code, who, subject]
}

export function rowId({ id }: TicketRow): string {
  return id
}
