import type { Call } from '../conversation/call.ts'
import { isInQueue } from './callback-stage.ts'

/** The numbers of everybody who talks to us or waits for us, as the PBX shows them; no places. */
export function numbersOnLine(live: readonly Call[]): string[] {
  return live.filter((call) => !isInQueue(call)).flatMap((call) => call.callerIdNum ?? [])
}

/** The same but for those who only listen to the end that they will be called back. */
export function numbersStaying(live: readonly Call[]): string[] {
  return numbersOnLine(live.filter(({ askedNumber }) => askedNumber === null))
}
