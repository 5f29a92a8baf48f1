import type { WaitingFor } from '#contract/callbacks.ts'

/** What the dialler saw at a look, as far as it keeps promises waiting. */
export interface Obstacles {
  /** PBXs that are connected. */
  connected: number
  /** Those of them that may dial. */
  mayDial: number
  busyNumbers: readonly string[]
  /** CALLBACK_HOURS let the clock dial now. */
  mayCall: boolean
}

/** Why due promises wait: those to `numbers`, or all others. */
export interface Hold {
  by: WaitingFor
  numbers: readonly string[]
  which: 'to_these' | 'to_others'
}

/** What is said on the promises that are due and were not dialled, a reason for each of them. */
export function holdsOf({ connected, mayDial, busyNumbers, mayCall }: Obstacles): Hold[] {
  if (connected === 0) return [forAll('pbx')]
  if (mayDial === 0) return [forAll('dialplan')]
  const others = { ...forAll(mayCall ? 'agent' : 'hours'), numbers: busyNumbers }
  if (busyNumbers.length === 0) return [others]
  return [{ by: 'customer', numbers: busyNumbers, which: 'to_these' }, others]
}

function forAll(by: WaitingFor): Hold {
  return { by, numbers: [], which: 'to_others' }
}
