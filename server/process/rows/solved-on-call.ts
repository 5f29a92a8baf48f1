import type { TicketKind } from '#contract/tickets.ts'

/** Nothing is broken: what was asked is answered. */
const ASKED_ONLY: readonly TicketKind[] = ['request', 'info']

export function isAskedOnly(kind: TicketKind): boolean {
  return ASKED_ONLY.includes(kind)
}

/** Row 31 by the setting FAULTS_SOLVED_ON_CALL. */
export function maySolveOnCall(kind: TicketKind, mayResolveOnCall: boolean): boolean {
  return mayResolveOnCall || isAskedOnly(kind)
}
