import type { AgentState } from '#contract/desk.ts'
import type { CallRow, OwnCall } from '#contract/calls.ts'
import type { CallbackView } from '#contract/callbacks.ts'
import type { OutgoingCall } from '#contract/outgoing-calls.ts'
import type { ServiceStatus } from '#contract/health.ts'
import type { TicketPresence } from '#contract/casework/presence.ts'
import type { NotificationView } from '#contract/casework/notifications.ts'
import type { PhoneDevice } from '#contract/staff.ts'
import type { PbxStatus, QueuesPatch } from '#contract/queues.ts'
import type { HelpView } from '#contract/supervision/help.ts'
import type { WallBoard } from '#contract/supervision/wall.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'
import type { TicketRow } from '#contract/tickets.ts'
import type { Instant } from '#contract/primitives.ts'
import type { CallEvent } from './calls/conversation/call-event.ts'
import type { CallInDoubt } from './calls/book/doubt.ts'
import type { PbxSnapshot } from './calls/conversation/call-event.ts'
import type { Trx } from './db/transaction.ts'
import type { DomainFact } from './domain-fact.ts'
import type { QueueEvent } from './queues/queue-event.ts'
import type { SpyEvent, SteeringTelephony } from './control/steering/steering-order.ts'

/** Time, so that tests can drive it. Services never touch Date or setTimeout themselves. */
export interface Clock {
  /** Wall clock as UTC text with milliseconds. */
  now(): Instant
  /** Wall clock in epoch milliseconds. */
  nowMs(): number
  /** Milliseconds since some moment, never set back or forth: for every interval. */
  monotonicMs(): number
  /** Runs `task` once, `ms` from now, unless cancelled. Errors of `task` are the task's own matter. */
  after(ms: number, task: () => void): Cancel
}
export type Cancel = () => void

/**
 * States a fact in the transaction that made it true; what follows from it, `workflow.ts` does in the
 * same transaction.
 */
export type StateFact = (trx: Trx, fact: DomainFact) => Promise<void>

/** A new UUIDv7: text that sorts by creation time. */
export type NewId = () => string

/** What the service asks of the PBXs. Rejects at once when not connected; nothing is ever held. */
export interface Telephony extends SteeringTelephony {
  status(): PbxStatus[]
  /**
   * Rings the agent's phone, then dials the customer from `callback-out`. Resolves when Asterisk has
   * accepted the action. Throws `PbxNotReady` (nothing was written) or `OutcomeUnknown` (written, but
   * no answer came: look the channel up before anything else).
   */
  originateCallback(order: OriginateOrder): Promise<void>
  /**
   * Waits in a queue in the place of a caller who hung up: an agent's answer dials the caller. Resolves
   * and throws as `originateCallback` does.
   */
  keepPlace(order: PlaceOrder): Promise<void>
  /**
   * Rings the customer first: who answers and presses 1 waits in the queue for an agent. Resolves and throws
   * as `originateCallback` does.
   */
  ringCustomer(order: CustomerFirstOrder): Promise<void>
  /**
   * Hangs up the first leg of a call that `originateCallback` placed, and with it the call; nothing
   * when it is gone. Throws as `originateCallback` does.
   */
  hangUp(pbxId: string, channelId: string): Promise<void>
  /**
   * The agent whose phone `originateCallback` rang has said in the page that the customer may be
   * dialled; nothing when that is not what the channel waits for. Throws as `originateCallback` does.
   */
  confirmCallback(pbxId: string, channelId: string): Promise<void>
  /**
   * Ends one channel of a call that somebody talks on; false when it is gone. Throws as
   * `originateCallback` does, also where no AMI user may do so.
   */
  endChannel(pbxId: string, uniqueid: string): Promise<boolean>
  /**
   * Sends a caller to a phone of ours or into a queue, in the place of whoever talks to them; false when
   * they are gone. Throws as `endChannel` does.
   */
  transferCaller(order: TransferOrder): Promise<boolean>
  /**
   * A colleague is asked by the agent while the caller waits; then the caller goes to them or comes back. What is
   * no longer so when it arrives does nothing. False when the agent's channel is gone. Throws as `endChannel` does.
   */
  consult(order: ConsultOrder): Promise<boolean>
  /** Whether a channel with this Uniqueid lives on the PBX now. Throws `PbxNotReady`. */
  isChannelLive(pbxId: string, uniqueid: string): Promise<boolean>
  /**
   * The journal's word on a callback channel whose Originate was written about `submittedAt`, or null
   * when it has none; the PBX keeps 7 days. Throws `PbxNotReady`.
   */
  readCallbackJournal(
    pbxId: string,
    channelId: string,
    submittedAt: Instant,
  ): Promise<CallbackJournalEntry | null>
  /** When this PBX was started, by our clock, at the latest; null while that is not known. */
  bootedAt(pbxId: string): Instant | null
  /**
   * Asks the journal at once how a caller's call went of whom nothing else is known: its word comes as
   * an event. Without an answer it comes with the next check.
   */
  askJournal(pbxId: string, caller: CallInDoubt): void
  /** Signs in anew: what lives there and what its journal knows come as events. */
  resync(pbxId: string): void
  /** Makes the PBX's queue membership match; safe to repeat. Throws `PbxNotReady`. */
  setMembership(order: MembershipOrder): Promise<void>
}

export interface OriginateOrder {
  pbxId: string
  /** Uniqueid that the agent's channel will have; one per attempt, at most 80 characters. */
  channelId: string
  extension: string
  /** `extension` is the national number of a mobile, which is rung through the trunk. */
  isMobile?: boolean
  /** National or E.164 digits, already validated: `[0-9+]`, 3 to 16 characters. */
  number: string
  /** How long the agent's phone rings, in seconds. */
  ringSeconds: number
  /** Whoever answers must confirm before the customer is dialled. */
  mustConfirm?: boolean
  /** From now on the PBX may dial the customer for so many seconds; then the order is void. */
  expiresInSeconds: number
}

export interface TransferOrder {
  pbxId: string
  /** Uniqueid of the caller's own channel. */
  uniqueid: string
  to: { extension: string } | { queue: string }
}

export interface ConsultOrder {
  pbxId: string
  /** Uniqueid of the channel of the agent who asks. */
  agentUniqueid: string
  step: { ask: string } | 'hand_over' | 'take_back'
}

export interface CustomerFirstOrder {
  pbxId: string
  /** Uniqueid of the channel that the customer answers; its other half, which dials them, is `cu-…`. */
  channelId: string
  /** Where who presses 1 waits, before everybody else. */
  queue: string
  /** National digits. */
  number: string
  /** From now on the PBX may dial the customer for so many seconds; then the order is void. */
  expiresInSeconds: number
}

export interface PlaceOrder {
  pbxId: string
  /** Uniqueid of the channel that dials the caller; its other half, which waits, is its `placeOf`. */
  channelId: string
  queue: string
  /** National digits; what the caller typed last by then counts more. */
  number: string
  /** 1 is next. */
  position: number
  /** How long the place is kept, in seconds. */
  waitSeconds: number
  /**
   * From now on the PBX may dial the caller for so many seconds; then the order is void. By as much as it
   * is longer than the wait the order may be late.
   */
  expiresInSeconds: number
  /** Uniqueid of the caller's own channel: while it lives nobody dials. */
  callerUniqueid: string
}

/** In which customers are called: times of day in Asia/Ho_Chi_Minh as `HH:MM`; `to` may be `24:00`. */
export interface CallingHours {
  from: string
  to: string
}

export interface MembershipOrder {
  /** One PBX, or every configured PBX when left out. */
  pbxId?: string
  queue: string
  extension: string
  displayName: string
  state: 'ready' | 'paused' | 'offline'
  /** Shown in the queue as the pause reason; letters, digits and `_`. */
  reason: string | null
}

export interface CallbackJournalEntry {
  endedAt: Instant
  agentAnswered: boolean
  dialStatus: string | null
  hangupCause: number | null
  talkSeconds: number
  /** Of a customer who was rung first: whether they pressed 1. */
  consent?: 'none' | 'asked' | 'given'
}

/** The PBX is not connected and synced: the action was not written. */
export class PbxNotReady extends Error {
  override readonly name = 'PbxNotReady'
}
/** The action was written and its answer never came. */
export class OutcomeUnknown extends Error {
  override readonly name = 'OutcomeUnknown'
}
/** Asterisk refused the action; `message` is its own. */
export class ActionRefused extends Error {
  override readonly name = 'ActionRefused'
}

/** News to browsers. Called after commit only; losing one is harmless because rows are the truth. */
export interface Notifier {
  screenPop(staffId: string, pop: ScreenPop): void
  agentState(staffId: string, state: AgentState): void
  /** What this person talks on now; null when they talk no more. */
  deskCall(staffId: string, call: OwnCall | null): void
  callUpdated(staffIds: string[], call: CallRow): void
  ticketUpdated(ticket: TicketRow): void
  /** Who is at a ticket now; to those people. */
  ticketPresence(staffIds: string[], presence: TicketPresence): void
  /** A call that this person ordered moved on. */
  outgoingCallUpdated(staffId: string, call: OutgoingCall): void
  /** To these people, and to everybody who watches the queues. */
  callbackUpdated(staffIds: string[], callback: CallbackView): void
  /** What this person is told, unread. */
  notification(staffId: string, notification: NotificationView): void
  /** Help was asked for, taken or is over: to its agent, and to everybody who watches the queues. */
  helpChanged(help: HelpView): void
  /** What is known of area outages changed, or one is offered; to everybody. */
  outagesChanged(): void
  queuesPatch(patch: QueuesPatch): void
  pbxStatus(status: PbxStatus[]): void
  /** Whether what happens can be written now, or waits. */
  serviceStatus(status: ServiceStatus): void
  /** An alarm was opened, ended or acknowledged; to everybody who watches the queues. */
  alarmsChanged(): void
  /** To every screen on the wall. */
  wallBoard(board: WallBoard): void
  /** Closes the live sockets of these screens. */
  closeWalls(deviceIds: readonly string[]): void
  /** Closes the live sockets of a session (sign-out) or of a person (deactivated). */
  disconnect(who: { sessionId: string } | { staffId: string }): void
}

/** Figures for Prometheus. Labels have few values: never a number, a name or an id. */
export interface Metrics {
  /** The returned function adds one, or `by`. */
  counter<L extends string = never>(
    name: string,
    help: string,
    labels?: readonly L[],
  ): (labels?: Record<L, string>, by?: number) => void
  /** `read` is asked at each scrape. */
  gauge(name: string, help: string, read: () => number): void
  /** The same for several of one kind, told apart by the value of a label. */
  gauges(name: string, help: string, label: string, read: () => [string, number][]): void
  /** The returned function notes one value; `buckets` are upper bounds, ascending. */
  histogram<L extends string = never>(
    name: string,
    help: string,
    buckets: readonly number[],
    labels?: readonly L[],
  ): (value: number, labels?: Record<L, string>) => void
}

/** What the features hear of the PBXs. */
export interface TelephonyEars {
  onCallEvent(event: CallEvent): void
  onQueueEvent(event: QueueEvent): void
  onSpyEvent(event: SpyEvent): void
  callsInDoubt(pbxId: string, snapshot: PbxSnapshot): CallInDoubt[]
  /** As administrators have set them, now. */
  callingHours(): CallingHours
  /** At which of their phones the person of this extension is; nobody's extension is a desk phone. */
  deviceOf(extension: string): PhoneDevice
  /** Whether their other phone may be in the queues too: they have or had one, or a PBX shows it. */
  hasOtherPhone(extension: string): boolean
  onStatus(status: ReturnType<Telephony['status']>): void
}
