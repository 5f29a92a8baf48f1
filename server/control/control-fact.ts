/** What the room of call control states; supervisors' acts are `steering-fact.ts`. */
export type ControlFact = {
  /** Somebody ended the call that they talked on, handed it on, or asked a colleague about it. */
  type: 'call_commanded'
  actorId: string
  callId: string
  action: 'hung_up' | 'transferred' | 'consulted' | 'handed_over' | 'taken_back'
  detail: Record<string, string>
}
