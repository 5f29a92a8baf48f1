import type { Instant } from '#contract/primitives.ts'
import type { CallConfirmation, CallConsent } from './call.ts'

/**
 * What the PBX tells the call book, in our words. `ami/to-call-event.ts` makes them from AMI events,
 * `ami/journal/journal.ts` and `ami/resync.ts` from the PBX's own memory; nothing here knows AMI.
 */
export type CallEvent = CallEventBase & CallEventBody

export interface CallEventBase {
  pbxId: string
  /** When it happened by the PBX's clock. */
  at: Instant
}

/** One channel as an event shows it. `hotline` and `withheld` come from the dialplan's channel tags. */
export interface ChannelView {
  uniqueid: string
  linkedid: string
  /** `PJSIP/101-0000002a`. */
  channel: string
  /** The endpoint in the channel's name (`101`, `trunk`); null for Local and odd channels. */
  endpoint: string | null
  /** As delivered, control characters removed; null when absent, `<unknown>` or withheld. */
  callerIdNum: string | null
  callerIdName: string | null
  /** The hotline number dialled, when the dialplan tagged this channel as a hotline call. */
  hotline: string | null
  /** True when the PBX sends no tags at all: `channelvars` lacks HOTLINE. */
  hasNoTags?: boolean
  withheld: boolean
}

export type CallEventBody =
  | { type: 'channel_created'; channel: ChannelView; context: string; exten: string }
  | { type: 'channel_renamed'; uniqueid: string; newName: string }
  | {
      type: 'presentation_changed'
      uniqueid: string
      withheld: boolean
      callerIdNum: string | null
    }
  | { type: 'queue_joined'; caller: ChannelView; queue: string; position: number }
  | { type: 'queue_left'; uniqueid: string; queue: string }
  | { type: 'queue_abandoned'; uniqueid: string; queue: string; holdSeconds: number }
  | {
      type: 'agent_called'
      caller: ChannelView
      agent: ChannelView
      queue: string
      memberName: string
    }
  | { type: 'agent_ring_no_answer'; uniqueid: string; agentUniqueid: string; ringMs: number }
  | {
      type: 'agent_connected'
      caller: ChannelView
      agent: ChannelView
      queue: string
      memberName: string
      holdSeconds: number
      ringSeconds: number
    }
  | {
      type: 'agent_completed'
      /** null when Asterisk left the channel block out. */
      uniqueid: string | null
      agentUniqueid: string | null
      queue: string
      memberName: string
      holdSeconds: number
      talkSeconds: number
      reason: string
    }
  | { type: 'agent_dumped'; uniqueid: string; agentUniqueid: string; queue: string }
  | { type: 'dial_begun'; caller: ChannelView | null; agent: ChannelView; dialString: string }
  | {
      type: 'dial_ended'
      caller: ChannelView | null
      agent: ChannelView
      dialStatus: string
      /** The phone sent it on to another number (302). */
      isForwarded: boolean
    }
  | { type: 'bridge_entered'; bridgeId: string; channel: ChannelView; swapUniqueid: string | null }
  | { type: 'bridge_left'; bridgeId: string; uniqueid: string }
  | {
      type: 'blind_transferred'
      transfererUniqueid: string
      transfereeUniqueid: string | null
      exten: string
      succeeded: boolean
    }
  | {
      type: 'attended_transferred'
      /** The transferer's two legs, oldest first; they can name the same channel. */
      transfererUniqueids: string[]
      transfereeUniqueid: string | null
      targetUniqueid: string | null
      /** The channel that takes over, when the event shows it; the call book fills it in if not. */
      target?: ChannelView | null
      succeeded: boolean
    }
  | { type: 'picked_up'; picker: ChannelView; targetUniqueid: string }
  | { type: 'held'; uniqueid: string }
  | { type: 'resumed'; uniqueid: string }
  | { type: 'local_bridged'; oneUniqueid: string; twoUniqueid: string }
  | {
      type: 'hung_up'
      channel: ChannelView
      cause: number
      causeText: string
      /** Of the dialplan, in which the channel was when it went. */
      context: string
    }
  | {
      type: 'originate_responded'
      channelId: string | null
      succeeded: boolean
      reason: number
    }
  | { type: 'callback_confirmation'; channelId: string; state: CallConfirmation }
  | { type: 'callback_consent'; channelId: string; state: CallConsent }
  /** The caller would rather be called back: leaves the queue and keeps the place. Told again when corrected. */
  | { type: 'callback_asked'; uniqueid: string; queue: string; number: string }
  | {
      type: 'journal_answered'
      uniqueid: string
      linkedid: string
      receivedAt: Instant
      queue: string
      /** Extension of the member that answered. */
      extension: string
      holdSeconds: number
      callerIdNum: string | null
      withheld: boolean
      /** Not the first answer: the call was passed on to this agent. */
      isLater?: true
    }
  | {
      type: 'journal_ended'
      uniqueid: string
      receivedAt: Instant
      outcome: JournalOutcome
      cause: number
      queue: string
      callerIdNum: string | null
      withheld: boolean
      /** The queue that did not let the caller in. */
      refusedBy?: string
    }
  | {
      type: 'journal_asked'
      uniqueid: string
      receivedAt: Instant
      queue: string
      number: string
      callerIdNum: string | null
      withheld: boolean
    }
  | {
      type: 'journal_callback_ended'
      channelId: string
      agentAnswered: boolean
      dialStatus: string | null
      cause: number | null
      talkSeconds: number
      customerFirst?: JournalConsent
    }
  | { type: 'snapshot_taken'; snapshot: PbxSnapshot }

/** What the journal says of a customer who was rung first. */
export interface JournalConsent {
  /** `none`: never answered. */
  consent: CallConsent | 'none'
  /** Of the agent who talked to them. */
  extension: string | null
}

/** How the dialplan saw a caller's end. */
export type JournalOutcome =
  | 'answered'
  | 'abandoned'
  | 'timeout'
  | 'no_agents'
  | 'asked'
  | 'left_in_notice'
  | 'other'

/** What QueueStatus and CoreShowChannels said at one moment. */
export interface PbxSnapshot {
  /** When the first question was asked, PBX clock; older buffered events change nothing. */
  takenAt: Instant
  /** When this Asterisk process started; calls heard before that are over. Null when unknown. */
  bootedAt: Instant | null
  /**
   * The last word of the PBX, by its clock, before it was lost and signed in to anew: what a crash
   * cut was last heard of then. Null or left out when no earlier connection is known.
   */
  lastHeardAt?: Instant | null
  /** True when the PBX's dialplan is known to tag customers. */
  dialplanTags?: boolean
  channels: LiveChannel[]
  waiting: WaitingEntry[]
}

export interface LiveChannel extends ChannelView {
  /** `Queue`, `AppQueue`, `AppDial`, `AppDial2`, … */
  application: string
  applicationData: string
  bridgeId: string | null
  durationSeconds: number
}

export interface WaitingEntry {
  uniqueid: string
  channel: string
  queue: string
  position: number
  waitSeconds: number
  callerIdNum: string | null
  callerIdName: string | null
}
