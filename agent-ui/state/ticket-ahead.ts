import type { ScreenPop } from '#contract/screen-pop.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Ticket } from '#contract/tickets.ts'

const EDITORS: readonly SessionUser['role'][] = ['agent', 'supervisor', 'admin']

/** Older than the version of every ticket, so that words typed meanwhile move onto it. */
const VERSION_AHEAD = 0

/** Whether this ticket was not read yet. */
export function isAhead({ version }: Pick<Ticket, 'version'>): boolean {
  return version === VERSION_AHEAD
}

/** Whether the answer of this call opens a ticket: nobody had it yet, and it is about none. */
export function opensTicket({ stage, ticket, call }: ScreenPop): boolean {
  const isNew = ticket === null && call.answeredAt === null && call.direction === 'inbound'
  return stage === 'ringing' && isNew
}

/** The ticket that the answer of this call opens, as far as it is known before it is read. */
export function ticketAhead(pop: ScreenPop, user: SessionUser): Ticket {
  const { call, customer, candidates, ticket } = pop
  return {
    ...NEW_TICKET,
    ...NOTHING_YET,
    ...(ticket ?? { id: '', code: '…', subject: '', receivedAt: call.enteredAt, dueAt: null }),
    customer,
    candidates,
    number: call.number,
    contact: { name: null, number: call.number },
    assignee: { id: user.id, displayName: user.displayName },
    statusSince: call.enteredAt,
    permissions: EDITORS.includes(user.role) ? ['edit', 'promise_callback'] : [],
  }
}

const NEW_TICKET = {
  status: 'new',
  kind: 'incident',
  priority: 'normal',
  team: 'cskh',
  channel: 'hotline',
  loopNo: 1,
  version: VERSION_AHEAD,
  description: '',
  recovered: false,
  isOutage: false,
  dueProvisional: false,
  subjectIsMade: false,
  withoutConfirmation: false,
} as const satisfies Partial<Ticket>

/** What is known only when it is read, or comes later. */
const NOTHING_YET = {
  category: null,
  area: null,
  visitAt: null,
  stageClock: null,
  outage: null,
  outageOffer: null,
  mergedInto: null,
  merged: [],
  service: null,
  areaClass: null,
  address: null,
  contract: null,
  complainant: null,
  customerRequest: null,
  openQuestion: null,
  causeCode: null,
  resolutionCode: null,
  resolution: null,
  resultKnownAt: null,
  restoredAt: null,
  closedAt: null,
  guidance: null,
  calls: [],
  callbacks: [],
  replyChannel: { channel: 'hotline', agreedBy: null },
  evidence: [],
  clocks: [],
  timeline: [],
  files: { items: [], mayAdd: false, maxMb: 0 },
  actions: [],
} satisfies Partial<Ticket>
