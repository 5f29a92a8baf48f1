import type { CallbackView } from './callbacks.ts'
import type { CallRow, OwnCall } from './calls.ts'
import type { AgentState, DeskSnapshot } from './desk.ts'
import type { ServiceStatus } from './health.ts'
import type { OutgoingCall } from './outgoing-calls.ts'
import type { NotificationView } from './casework/notifications.ts'
import type { TicketPresence } from './casework/presence.ts'
import type { PbxStatus, QueuesPatch, QueuesSnapshot } from './queues.ts'
import type { PopReceipt, ScreenPop } from './screen-pop.ts'
import type { HelpView } from './supervision/help.ts'
import type { WallBoard } from './supervision/wall.ts'
import type { TicketRow } from './tickets.ts'

/** Server → browser. Rows are the truth; every message is a hint that can be asked for again. */
export interface ServerEvents {
  /** After each (re)connect, before anything else. */
  desk_snapshot: (snapshot: DeskSnapshot) => void
  /** A pop appeared or changed; re-sent until the browser answers with its receipt. */
  screen_pop: (pop: ScreenPop, receipt: (seen: PopReceipt) => void) => void
  /** The call this person talks on now; null when they talk no more. */
  desk_call: (call: OwnCall | null) => void
  /** A call this person took part in changed: for lists and pages of calls, not for the desk. */
  call_updated: (call: CallRow) => void
  /** A call that this person ordered moved on or ended. */
  outgoing_call: (call: OutgoingCall) => void
  /** This person's own state changed, by them, a supervisor or the PBX. */
  agent_state: (state: AgentState) => void
  /** A ticket changed (any ticket; the page refetches what it shows). */
  ticket_updated: (ticket: TicketRow) => void
  /** Who has a ticket in front changed; to those who have. */
  ticket_presence: (presence: TicketPresence) => void
  /** A promise changed. */
  callback_updated: (callback: CallbackView) => void
  /** This person is told of something; it stays in the list until it is read. */
  notification: (notification: NotificationView) => void
  /** Help was asked for, taken or is over; to its agent, to supervisors and administrators. */
  help_changed: (help: HelpView) => void
  /** Area outages changed, and with them what tickets of their areas say. */
  outages_changed: () => void
  /** To supervisors and administrators after each (re)connect. */
  queues_snapshot: (snapshot: QueuesSnapshot) => void
  /** To supervisors and administrators; `rev` grows by one, a gap means: GET /api/queues. */
  queues_patch: (patch: QueuesPatch) => void
  /** The link to a PBX changed; after each (re)connect also when one is not ready. */
  pbx_status: (pbx: PbxStatus[]) => void
  /** The database stopped or began again to take writes; to everybody. */
  service_status: (service: ServiceStatus) => void
  /** To supervisors and administrators: an alarm was opened, ended or acknowledged. */
  alarms_changed: () => void
  /** To screens on the wall alone, in their namespace `/wall`, and nothing else to them. */
  wall_board: (board: WallBoard) => void
  /** The server runs a newer build than this page: reload when idle. */
  client_outdated: (server: { appVersion: string }) => void
}

/** Browser → server: nothing. Commands are HTTP; the only answer is the receipt of `screen_pop`. */
export type ClientEvents = Record<string, never>
