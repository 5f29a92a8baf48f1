import type { Complainant, ProcessAction } from '#contract/casework/process.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import type { Team, TicketKind, TicketRow, TicketStatus } from '#contract/tickets.ts'

/** What the process knows of a ticket and may change; `walk` alone says what becomes of it. */
export interface Case {
  id: string
  status: TicketStatus
  statusSince: Instant
  kind: TicketKind
  channel: TicketRow['channel']
  /** Another channel that the customer agreed to be answered on (`process.md` §6 reading 15). */
  agreedChannel: TicketRow['channel'] | null
  loopNo: number
  receivedAt: Instant
  createdAt: Instant
  /** A conversation opened it; only such a ticket can be discarded. */
  openedByCall: boolean
  customerId: string | null
  complainant: Complainant | null
  category: string | null
  address: string | null
  /** The confirmed contact number, else the number that called. */
  contactNumber: string | null
  assigneeId: string | null
  returnStatus: TicketStatus | null
  returnAssigneeId: string | null
  /** Who of CSKH had it when it was handed on: it comes back to them. */
  receptionId: string | null
  /** Who of NOC had it when it went to field. */
  nocAssigneeId: string | null
  openQuestion: string | null
  causeCode: string | null
  resolutionCode: string | null
  resolution: string | null
  /** When there was something to tell the customer. */
  resultKnownAt: Instant | null
  withoutConfirmation: boolean
  visitAt: Instant | null
  restoredAt: Instant | null
  closedAt: Instant | null
  parentOutageId: string | null
  isOutage: boolean
  mergedInto: string | null
  version: number
}

/** Who acts. `leads`: the teams that they lead; a supervisor leads all. Null: the service itself. */
export interface Actor {
  id: string
  role: Role
  leads: readonly Team[]
}

/** An answer to the customer, or a try, of which there is evidence. */
export interface Evidence {
  at: Instant
  channel: TicketRow['channel']
  /** `attempt`: nobody was reached. */
  kind: 'call' | 'mail' | 'letter' | 'visit' | 'attempt'
}

/** What is known around the ticket at this moment; all of it looked up before, nothing here asks. */
export interface CaseFacts {
  now: Instant
  /** Null when the service itself acts. */
  actor: Actor | null
  /** How many steps of the checklist have an answer, and whether the last of them is nok. */
  steps: { ticked: number; lastIsNok: boolean }
  /** A call with the contact was answered since the promise was made, or a callback reached them. */
  spokeSincePromise: boolean
  /** Answers and tries on any channel, since the ticket came in. */
  evidence: readonly Evidence[]
  /** Whether a stage clock of NOC is running: after a fix on the core it goes on, after field work it does not. */
  nocClockRuns: boolean
  /** Who of NOC had it when it went to field, if they are still of NOC; else null. */
  nocPerson: string | null
  /** Categories that reception answers without NOC (billing, attitude). */
  answeredByReception: boolean
  /** The setting: a fault that the customer confirmed in the same call needs no callback. */
  mayResolveOnCall: boolean
  /** The ticket that the input names: outage, merge target or duplicate; null when there is none. */
  target: TargetFacts | null
  /** What stands in the way of taking a merge back; null: nothing. */
  unmergeBlocked: string | null
  isWorkingDay: (at: Instant) => boolean
  localDay: (at: Instant) => string
  endOfDayAfter: (at: Instant, days: number) => Instant
}

export interface TargetFacts {
  id: string
  status: TicketStatus
  isOpen: boolean
  isOpenOutage: boolean
  mergedInto: string | null
}

/** Why a step is not possible: 403 for the person, 409 for the state, 422 for what is missing. */
export interface Refusal {
  refused: 'person' | 'state' | 'input'
  action: ProcessAction
  state: TicketStatus
  /** One word, translated by the pages, and an English sentence. */
  code: string
  reason: string
  /** The fields that are missing or wrong; only for `input`. */
  fields: { path: string; message: string; code: string }[]
}

export type CaseChange = Partial<Omit<Case, 'id' | 'receivedAt' | 'createdAt' | 'version'>>
