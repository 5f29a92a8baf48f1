import type { TicketCategory } from '#contract/casework/guidance.ts'
import type { Company, CompanyView, Receipt } from '#contract/casework/receipts.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Ticket } from '#contract/tickets.ts'
import type { Database } from '../db/transaction.ts'
import { settingsStale } from '../errors.ts'
import type { StateFact } from '../ports.ts'
import { readCompany, writeCompany } from './company-store.ts'
import { changedParts, receiptOf } from './receipt.ts'

export interface ReceiptDeps {
  database: Database
  /** Takes `company_changed`, in the transaction of the change. */
  state: StateFact
  /** Throws NotFound. */
  ticketById: (id: string, user: SessionUser) => Promise<Ticket>
  /** The category as customers know it. */
  categoryName: (category: TicketCategory) => string
  hotlineNumber: string
}

export type ReceiptService = ReturnType<typeof createReceiptService>

/** Papers for customers, and who we are on them. */
export function createReceiptService(deps: ReceiptDeps) {
  const { database, state } = deps
  const { hotlineNumber: hotline } = deps
  const unsaid: CompanyView = {
    name: 'DCNET',
    address: '',
    hotline,
    email: 'cskh@dcnet.vn',
    taxCode: '',
    version: 0,
  }

  async function company(): Promise<CompanyView> {
    return (await readCompany(database.db)) ?? unsaid
  }

  /** Throws Conflict when somebody was faster. */
  async function changeCompany(order: CompanyView, actorId: string): Promise<CompanyView> {
    const { version, ...wanted } = order
    await database.transaction(async (trx) => {
      const stored = await readCompany(trx.db)
      const before = stored ?? unsaid
      if (before.version !== version) throw stale(before.version)
      const detail = changedParts(before, wanted)
      if (Object.keys(detail).length === 0) return
      const isWritten = await writeCompany(trx.db, stored, wanted)
      if (!isWritten) throw stale(before.version + 1)
      await state(trx, { type: 'company_changed', actorId, detail })
    })
    return company()
  }

  /** The complaint receipt slip of a ticket. Throws NotFound. */
  async function receipt(ticketId: string, user: SessionUser): Promise<Receipt> {
    const ticket = await deps.ticketById(ticketId, user)
    const { version: _version, ...who } = await company()
    const name = ticket.category === null ? null : deps.categoryName(ticket.category)
    return receiptOf(ticket, name, who satisfies Company)
  }

  return { company, changeCompany, receipt }
}

const stale = (version: number) => settingsStale('the company', version)
