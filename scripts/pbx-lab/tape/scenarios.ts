import { CALLBACK_SCENARIOS } from './callback-scenarios.ts'
import { LOCAL_SCENARIOS } from './local-scenarios.ts'
import { QUEUE_SCENARIOS } from './queue-scenarios.ts'
import type { Scenario } from './scenario.ts'
import { TRANSFER_SCENARIOS } from './transfer-scenarios.ts'

/** Every scenario that is kept as a tape in test/tapes. */
export const SCENARIOS: readonly Scenario[] = [
  ...QUEUE_SCENARIOS,
  ...TRANSFER_SCENARIOS,
  ...LOCAL_SCENARIOS,
  ...CALLBACK_SCENARIOS,
]
