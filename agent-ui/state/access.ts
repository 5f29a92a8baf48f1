import type { Role } from '#contract/staff.ts'

export const SCREENS = ['desk', 'tickets', 'queues', 'calls', 'staff', 'jobs'] as const
export type Screen = (typeof SCREENS)[number]

/** Which screens a role is offered; the server enforces the same on every route. */
const ALLOWED: Record<Role, readonly Screen[]> = {
  agent: ['desk', 'tickets', 'calls'],
  noc: ['tickets', 'calls'],
  field: ['tickets'],
  supervisor: ['desk', 'tickets', 'queues', 'calls'],
  admin: ['desk', 'tickets', 'queues', 'calls', 'staff', 'jobs'],
}

const HOME: Record<Role, Screen> = {
  agent: 'desk',
  noc: 'tickets',
  field: 'tickets',
  supervisor: 'queues',
  admin: 'queues',
}

export function screensOf(role: Role): readonly Screen[] {
  return ALLOWED[role]
}

export function maySee(role: Role, screen: Screen): boolean {
  return ALLOWED[role].includes(screen)
}

/** Where a person lands after signing in. */
export function homeOf(role: Role): Screen {
  return HOME[role]
}

/** A path inside this page to return to after signing in again; anything else is dropped. */
export function safeNext(next: string | undefined): string | null {
  return next !== undefined && /^\/(?![/\\])/.test(next) && !next.startsWith('/sign-in')
    ? next
    : null
}
