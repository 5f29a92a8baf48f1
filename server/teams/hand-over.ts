import type { Team, TicketKind } from '#contract/tickets.ts'

/** What is known of a ticket, as far as whoever gets it next needs it (`process.md` #3, #5, #12). */
export interface HandOverView {
  kind: TicketKind
  category: string | null
  /** Where the fault is: of the ticket, else of the contract, else of the customer. */
  address: string | null
  contactName: string | null
  /** The confirmed contact number, else the number that called. */
  contactNumber: string | null
  causeCode: string | null
  /** How the guidance went; null: it was not saved. */
  checklistResult: 'ok' | 'unknown' | 'nok' | null
  /** Steps with an answer. */
  answeredSteps: number
  /** #3 with one of its reasons: there was nothing to guide. */
  guidanceSkipped: boolean
}

/** One thing that is missing; `code` is a word that the pages say in the reader's language. */
export interface MissingPart {
  path: string
  code: string
  message: string
}

/**
 * What has to be entered before the ticket goes to this team; empty: it may go. NOC needs to know
 * whom to ask and what was tried (#5: checklist saved, unless it was skipped by #3), field where to go,
 * to whom and why (#12). CSKH can ask the customer itself.
 */
export function missingForHandOver(ticket: HandOverView, toTeam: Team): MissingPart[] {
  switch (toTeam) {
    case 'cskh':
      return []
    case 'noc':
      return [...missingContact(ticket), ...missingChecklist(ticket)]
    case 'field':
      return [
        ...missingText(ticket.address, 'address', 'where the technician has to go'),
        ...missingContact(ticket),
        ...missingText(ticket.contactName, 'contactName', 'whom the technician asks for'),
        ...missingText(ticket.causeCode, 'causeCode', 'what NOC found'),
      ]
  }
}

function missingContact({ contactNumber }: HandOverView): MissingPart[] {
  return missingText(contactNumber, 'contactNumber', 'by which number the customer is reached')
}

/** Only faults have a checklist: there is nothing to tick for a request or a complaint about people. */
function missingChecklist(ticket: HandOverView): MissingPart[] {
  if (ticket.kind !== 'incident' || ticket.guidanceSkipped) return []
  const category = missingText(ticket.category, 'category', 'what kind of fault it is')
  if (ticket.checklistResult !== null && ticket.answeredSteps > 0) return category
  const message = 'save the guidance first: at least one step and how it went'
  return [...category, { path: 'checklist', code: 'checklist_missing', message }]
}

function missingText(value: string | null, path: string, what: string): MissingPart[] {
  if (value !== null && value.trim() !== '') return []
  const code = `${path.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}_missing`
  return [{ path, code, message: `enter ${what}` }]
}
