import type { PbxStatus, QueueMember } from '#contract/queues.ts'

/** What a supervisor can do to a call, a caller, a queue or a member. */
export type SteeringAct =
  | 'listen'
  | 'whisper'
  | 'barge'
  | 'take_over'
  | 'end'
  | 'move_up'
  | 'send'
  | 'close'
  | 'penalty'

export type ActLack = 'dialplan' | 'user' | 'link' | 'old'

/** Of these the supervisor's own phone rings, which they have to pick up. */
export const RINGS_OWN_PHONE: ReadonlySet<SteeringAct> = new Set([
  'listen',
  'whisper',
  'barge',
  'take_over',
])

/** Why this PBX cannot do it now, whatever else is right; null when it can. */
export function lackOf(act: SteeringAct, pbx: PbxStatus | undefined): ActLack | null {
  switch (act) {
    case 'listen':
    case 'whisper':
    case 'barge':
    case 'send':
    case 'close':
      return pbx?.maySteer === false ? 'dialplan' : null
    case 'end':
      return controlLack(pbx, false)
    case 'take_over':
      return controlLack(pbx, true)
    case 'move_up':
    case 'penalty':
      return null
  }
}

function controlLack(pbx: PbxStatus | undefined, isTransfer: boolean): ActLack | null {
  switch (pbx?.controlLacks) {
    case 'user':
    case 'link':
      return pbx.controlLacks
    case 'dialplan':
      return isTransfer ? 'old' : null
    case undefined:
      return null
  }
}

/** To whom a waiting caller can be sent: those who would be rung for the next one, then who rests or is on a pause. */
export function sendable(members: readonly QueueMember[]): QueueMember[] {
  const order: QueueMember['state'][] = ['ready', 'wrap_up', 'paused']
  return members
    .filter(({ state }) => order.includes(state))
    .toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
}
