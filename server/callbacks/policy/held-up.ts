import type { WaitingFor } from '#contract/callbacks.ts'

/** What the dialler saw at a look, as far as it keeps promises waiting. */
export interface Obstacles {
  /** PBXs that are connected. */
  connected: number
  /** Those of them that may dial. */
  mayDial: number
  /** People who cannot be rung because of the PBX that their phone is registered with. */
  barred: readonly { staffId: string; by: PbxObstacle }[]
  busyNumbers: readonly string[]
  /** Customers are called at this hour. */
  mayCall: boolean
}

export type PbxObstacle = Extract<WaitingFor, 'pbx' | 'dialplan'>

/** Why due promises wait: those that every list given here says. Null is no condition. */
export interface Hold {
  by: WaitingFor
  ofPeople: readonly string[] | null
  notOfPeople: readonly string[]
  toNumbers: readonly string[] | null
  notToNumbers: readonly string[]
}

/** What is said on the promises that are due and were not dialled, a reason for each of them. */
export function holdsOf({ connected, mayDial, barred, busyNumbers, mayCall }: Obstacles): Hold[] {
  if (connected === 0) return [hold('pbx')]
  if (mayDial === 0) return [hold('dialplan')]
  const barredBy = (by: PbxObstacle) =>
    barred.filter((one) => one.by === by).map(({ staffId }) => staffId)
  const ofBarred = (['pbx', 'dialplan'] as const).map((by) => hold(by, { ofPeople: barredBy(by) }))
  const notOfPeople = barred.map(({ staffId }) => staffId)
  return [
    ...ofBarred,
    hold('customer', { notOfPeople, toNumbers: busyNumbers }),
    hold(mayCall ? 'agent' : 'hours', { notOfPeople, notToNumbers: busyNumbers }),
  ].filter(({ ofPeople, toNumbers }) => ofPeople?.length !== 0 && toNumbers?.length !== 0)
}

function hold(by: WaitingFor, given: Partial<Hold> = {}): Hold {
  return { by, ofPeople: null, notOfPeople: [], toNumbers: null, notToNumbers: [], ...given }
}
