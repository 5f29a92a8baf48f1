/** A screen on the wall was made or withdrawn by a person, or opened with its code (`actorId` null). */
export interface WallFact {
  type: 'wall_device_changed'
  change: 'made' | 'opened' | 'withdrawn'
  actorId: string | null
  name: string
}

/** What the audit keeps of it. */
export function wallAudit({ change, actorId, name }: WallFact) {
  return { actorId, action: `wall.device_${change}`, subject: name }
}
