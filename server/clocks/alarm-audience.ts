import type { AlarmStep } from '#contract/casework/clocks.ts'

/** Who can be told of a ticket's clock. */
export interface Audience {
  /** Who has the promise or the ticket; null when nobody has. */
  assigneeId: string | null
  /** The leads of the team that owns the ticket's state, of whom somebody is signed in. */
  leads: readonly string[]
  supervisors: readonly string[]
  administrators: readonly string[]
}

/** Who is told of an alarm (`process.md` §5); where a rung of the ladder is empty, the next one. */
export function audienceOf(step: AlarmStep, audience: Audience): readonly string[] {
  const { assigneeId, leads, supervisors, administrators } = audience
  const ladder = [assigneeId === null ? [] : [assigneeId], leads, supervisors, administrators]
  return ladder.slice(RUNG[step]).find((people) => people.length > 0) ?? []
}

/** Of several alarms at once: everybody once. */
export function audienceOfAll(steps: readonly AlarmStep[], audience: Audience): string[] {
  return [...new Set(steps.flatMap((step) => audienceOf(step, audience)))]
}

const RUNG: Readonly<Record<AlarmStep, number>> = {
  minutes_10: 0,
  half: 0,
  minutes_5: 1,
  most: 1,
  due: 2,
  management: 3,
}
