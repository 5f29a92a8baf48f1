import type { AlarmFact } from '../alarms/alarm-fact.ts'
import type { TargetFact } from '../queues/targets/target-fact.ts'
import type { WallFact } from './wall-fact.ts'

/** What those who look after the shift have done. */
export type SupervisionFact = WallFact | AlarmFact | TargetFact
