import type { DeskState } from './desk.ts'
import { talkOf } from './talk.ts'

/** When the rest after the own call ends; null when there is none, as while one talks. */
export function restEnd(desk: DeskState, nowMs: number): string | null {
  const endsAt = desk.state.wrapUp?.endsAt
  if (endsAt === undefined || talkOf(desk) !== null) return null
  return Date.parse(endsAt) > nowMs ? endsAt : null
}
