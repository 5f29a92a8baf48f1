import type { TargetFigure } from '#contract/supervision/targets.ts'

/** A figure of the board should reach something else from a day on; `value` null: nothing any more. */
export interface TargetFact {
  type: 'target_set'
  actorId: string
  figure: TargetFigure
  from: string
  value: number | null
}

/** What the audit keeps of it. */
export function targetAudit({ actorId, figure, from, value }: TargetFact) {
  const detail = { from, ...(value === null ? {} : { value: String(value) }) }
  return { actorId, action: 'targets.changed', subject: figure, detail }
}
