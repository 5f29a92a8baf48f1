import type { QueueTuning } from '../tuning.ts'
import type { Recorder } from './recorder.ts'
import type { Stage } from './stage.ts'

/** What happens on the tape, after the phones and members were set up. */
export type Act = (recorder: Recorder) => Promise<void>

/** One call, or one callback, worth keeping as a tape. */
export type Scenario = {
  readonly name: string
  readonly queues?: QueueTuning
  readonly globals?: Readonly<Record<string, string>>
  /** Sets the stage; what it returns is recorded. */
  readonly prepare: (stage: Stage) => Promise<Act>
}
