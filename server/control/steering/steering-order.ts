import type { SpyMode } from '#contract/supervision/steering.ts'
import type { Instant } from '#contract/primitives.ts'

/** What supervisors have the PBXs do, beside what `Telephony` does for everybody. */
export interface SteeringTelephony {
  /**
   * Rings the supervisor's phone, whose answer hears the agent. Resolves when Asterisk has accepted the
   * order; `spy_started` says that it is so. Throws `PbxNotReady`, `ActionRefused` or `OutcomeUnknown`.
   */
  spy(order: SpyOrder): Promise<void>
  /** The phone that `spy` rang hears in another way from now on; false when its channel is gone. Throws as `spy`. */
  changeSpy(order: Pick<SpyOrder, 'pbxId' | 'channelId' | 'mode'>): Promise<boolean>
  /** What this person's phone does now, whoever it talks to. Throws `PbxNotReady`. */
  phoneUse(pbxId: string, extension: string): Promise<PhoneUse>
  /**
   * Puts who waits in a queue before all others there: true once the queue's own status shows it, false
   * when they wait there no more. Throws as `spy`, `OutcomeUnknown` also when the status does not show it.
   */
  moveUp(caller: WaitingInQueue): Promise<boolean>
  /**
   * Takes who waits out of the queue, to a phone of ours or to be promised a callback: true when the PBX
   * has accepted it. It does so once no phone rings for them (15 s at most), which `caller_left` says.
   * False when they wait there no more. Throws as `spy`.
   */
  withdraw(order: WaitingInQueue & { to: { extension: string } | 'promise' }): Promise<boolean>
  /** Who has less is offered calls first. `member_status` says that it is so. Throws as `spy`. */
  setPenalty(order: PenaltyOrder): Promise<void>
}

/** `away`: not registered, or there is no such phone. */
export type PhoneUse = 'free' | 'busy' | 'away'

export interface SpyOrder {
  pbxId: string
  /** Uniqueid that the supervisor's channel will have; begins with `spy-`. */
  channelId: string
  /** The supervisor's. */
  extension: string
  /** Uniqueid of the channel of the agent who is heard. */
  agentUniqueid: string
  mode: SpyMode
  /** How long the supervisor's phone rings. */
  ringSeconds: number
}

export interface WaitingInQueue {
  pbxId: string
  queue: string
  /** Of the caller's channel. */
  uniqueid: string
}

export interface PenaltyOrder {
  pbxId: string
  queue: string
  extension: string
  /** 0 to 99. */
  penalty: number
}

/** A supervisor's phone hears an agent, or does so no more. */
export interface SpyEvent {
  pbxId: string
  at: Instant
  type: 'spy_started' | 'spy_stopped'
  /** Of the supervisor's channel. */
  spyUniqueid: string
  /** Of the channel that is heard; null where the PBX does not say. */
  heardUniqueid: string | null
}
