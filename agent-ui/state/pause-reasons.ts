import type { PauseReason } from '#contract/desk.ts'

/** Why somebody is offered no calls, in the order in which it is asked. */
export const PAUSE_REASONS: readonly PauseReason[] = [
  'break',
  'lunch',
  'back_office',
  'meeting',
  'training',
  'technical',
  'personal',
]
