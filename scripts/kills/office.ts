import type { SipCall } from '../pbx-lab/sip/call.ts'
import type { Lines } from './lines.ts'
import type { PlannedCall } from './plan.ts'
import type { Recorder } from './recorder.ts'

/** An agent as the others see them. */
export type Colleague = {
  readonly extension: string
  readonly isIdle: boolean
  /** Dials from this phone. */
  dial(to: string): SipCall
  /** Another one whose phone is free. */
  freeColleague(): Colleague | undefined
}

/** What a desk knows of the others. */
export type Office = {
  readonly recorder: Recorder
  readonly lines: Lines
  readonly desks: Colleague[]
  planOf(number: string): PlannedCall | undefined
  /** The customer of this call hangs up. */
  hangUpCustomer(index: number): Promise<void>
}
