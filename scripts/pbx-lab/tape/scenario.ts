import type { QueueTuning } from '../tuning.ts'
import type { Stage } from './stage.ts'

/** How a scenario tells the recorder that the PBX goes away and comes back. */
export type Absence = { whileAway(act: () => Promise<void>): Promise<void> }
/** What happens on the tape, after the phones and members were set up. */
export type Act = (recorder: Absence) => Promise<void>

/** One call, or one callback, worth keeping as a tape. */
export type Scenario = {
  readonly name: string
  readonly queues?: QueueTuning
  readonly globals?: Readonly<Record<string, string>>
  /** Sets the stage; what it returns is recorded. */
  readonly prepare: (stage: Stage) => Promise<Act>
}
