import type { PhoneNumber } from '#contract/customers.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { RevealedNumbers } from '#contract/casework/teams.ts'
import type { Database } from '../../db/transaction.ts'
import { NotFound } from '../../errors.ts'
import type { StateFact } from '../../ports.ts'
import { selectTicket } from '../ticket-store.ts'

export interface RevealDeps {
  database: Database
  /** Takes `numbers_revealed`, in the transaction that reads them: no number without its line. */
  state: StateFact
  describeNumber: (raw: string | null) => PhoneNumber
}

export type RevealService = ReturnType<typeof createRevealService>

/** The numbers of a ticket for who sees them masked otherwise; each time on record. */
export function createRevealService({ database, state, describeNumber }: RevealDeps) {
  /** Throws NotFound. */
  async function reveal(id: string, reason: string, user: SessionUser): Promise<RevealedNumbers> {
    return database.transaction(async (trx) => {
      const row = await selectTicket(trx.db, id)
      if (!row) throw new NotFound('ticket', id)
      const { code } = row
      await state(trx, { type: 'numbers_revealed', actorId: user.id, ticketId: id, code, reason })
      return { number: numberOf(row.number_raw), contact: numberOf(row.contact_raw) }
    })
  }

  function numberOf(raw: string | null): PhoneNumber | null {
    return raw === null ? null : describeNumber(raw)
  }

  return { reveal }
}
