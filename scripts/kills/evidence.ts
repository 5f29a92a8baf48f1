import type { CallOutcome } from '#contract/calls.ts'
import type { Intent } from './plan.ts'

/** All instants here are epoch milliseconds. */
export type Span = { readonly from: number; readonly to: number }

/** One phone heard one customer speak; a pause (hold) begins a new one. */
export type Hearing = { readonly extension: string; readonly from: number; to: number }

/** One phone put a customer on hold; null: it still does. */
export type Hold = { readonly extension: string; readonly from: number; to: number | null }

/** What the phones of a customer and of the agents wrote about one call that a customer placed. */
export type CustomerRecord = {
  readonly index: number
  readonly number: string
  readonly intent: Intent
  readonly dialled: string
  readonly placedAt: number
  /** When the PBX took the call, which it does before the queue. */
  upAt: number | null
  endedAt: number | null
  /** `kill`: the PBX was killed under it. */
  endedBy: 'customer' | 'pbx' | 'kill'
  readonly holds: Hold[]
  /** When the customer pressed 1, to be called back instead of waiting. */
  askedAt: number | null
  /** The extension to which a supervisor sent the waiting customer, the last one. */
  sentTo: string | null
  /** Who was sent was refused there. */
  isSentBack: boolean
  readonly heard: Hearing[]
}

/** A customer's phone that the hotline rang. */
export type RingRecord = {
  readonly number: string
  readonly rangAt: number
  answeredAt: number | null
  endedAt: number | null
  readonly heard: Hearing[]
}

/** A phone took a call that rang elsewhere (`*8`). */
export type Pickup = { readonly extension: string; readonly upAt: number }

/** A call between agents, or from an agent to somebody outside: it must leave nothing in the books. */
export type StaffRecord = {
  readonly kind: 'outgoing' | 'internal'
  readonly number: string
  wasUp: boolean
}

/** What the phones, the killer and the PBX's queue_log say. */
export type Witness = {
  readonly customers: readonly CustomerRecord[]
  readonly rings: readonly RingRecord[]
  readonly staff: readonly StaffRecord[]
  /** Numbers whose customers were promised a callback. */
  readonly promised: readonly string[]
  readonly queueLog: string
  /** When the service listened: from ready to its kill. */
  readonly listening: readonly Span[]
  /** When the PBX was down: from its kill to its boot. */
  readonly pbxDown: readonly Span[]
}

/** One call as the service tells it. */
export type BookCall = {
  readonly id: string
  readonly uniqueid: string
  readonly direction: 'inbound' | 'callback'
  readonly outcome: CallOutcome | null
  readonly queue: string | null
  readonly number: string
  readonly waitSeconds: number | null
  readonly talkSeconds: number | null
  readonly recovered: boolean
  readonly ticketId: string | null
  readonly agents: readonly string[]
}

/** One ticket: `assignee` is an extension. */
export type BookTicket = {
  readonly id: string
  readonly code: string
  readonly number: string
  readonly assignee: string | null
}

/** One promise with its attempts' outcomes. */
export type BookPromise = {
  readonly number: string
  readonly status: string
  readonly attempts: readonly (string | null)[]
}

/** Counters of one queue. */
export type BookCounts = {
  readonly offered: number
  readonly answered: number
  readonly abandoned: number
}

/** What the service says at the end. */
export type Books = {
  readonly calls: readonly BookCall[]
  readonly tickets: readonly BookTicket[]
  readonly promises: readonly BookPromise[]
  readonly today: Readonly<Record<string, BookCounts>>
}

/** A whole run, as it is kept in a file. */
export type Evidence = {
  readonly witness: Witness
  readonly books: Books
  /** Lines of the service's log from level error on. */
  readonly errors: readonly string[]
}
