import type { Company, Receipt } from '#contract/casework/receipts.ts'
import type { Ticket } from '#contract/tickets.ts'

type ReceiptTicket = Omit<Ticket, 'actions' | 'calls' | 'callbacks' | 'candidates' | 'guidance'>

/** The receipt slip as the ticket stands now; `categoryName` is null without a category. */
export function receiptOf(
  ticket: ReceiptTicket,
  categoryName: string | null,
  company: Company,
): Receipt {
  const { category, contract, contact, customer } = ticket
  return {
    ticketId: ticket.id,
    code: ticket.code,
    kind: ticket.kind,
    channel: ticket.channel,
    receivedAt: ticket.receivedAt,
    dueAt: ticket.dueAt,
    dueProvisional: ticket.dueProvisional,
    category:
      category === null || categoryName === null ? null : { id: category, name: categoryName },
    subject: ticket.subject,
    content: ticket.description,
    request: ticket.customerRequest,
    customer,
    contractNo: contract?.contractNo ?? onlyOne(customer?.contractNos ?? []),
    circuitId: contract?.circuitId ?? null,
    address: ticket.address ?? contract?.installationAddress ?? (customer?.address || null),
    complainant: ticket.complainant,
    contact: { name: contact.name, number: contact.number?.display ?? null },
    receivedBy: ticket.timeline.find(({ kind }) => kind === 'opened')?.actor?.displayName ?? null,
    company,
  }
}

/** Of several contracts none is named by guessing. */
function onlyOne(contractNos: readonly string[]): string | null {
  return contractNos.length === 1 ? (contractNos[0] ?? null) : null
}

/** What of the company is said otherwise, for the audit. */
export function changedParts(before: Company, after: Company): Record<string, string> {
  const parts = { name: after.name, address: after.address, hotline: after.hotline }
  const all: Record<keyof Company, string> = {
    ...parts,
    email: after.email,
    taxCode: after.taxCode,
  }
  const was = new Map<string, unknown>(Object.entries(before))
  return Object.fromEntries(Object.entries(all).filter(([name, text]) => was.get(name) !== text))
}
