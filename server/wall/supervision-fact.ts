import type { WallFact } from './wall-fact.ts'

/** What those who look after the shift have done. */
export type SupervisionFact = WallFact
