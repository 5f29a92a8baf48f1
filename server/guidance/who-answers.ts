import type { Role } from '#contract/staff.ts'

/** Reception fills in the checklist; NOC adds what it reads from its own systems (Rx dBm). */
export const ANSWERING_ROLES = [
  'agent',
  'supervisor',
  'admin',
  'noc',
] as const satisfies readonly Role[]

const WITH_NOC = ['noc_diagnosing', 'noc_core_fix', 'noc_verifying']

/** Why this role may not save answers on the ticket now; null when it may. */
export function refusalToAnswer(
  role: Role,
  ticket: { status: string; merged_into: string | null },
): string | null {
  if (ticket.merged_into !== null) return 'the ticket is part of another one now'
  const { status } = ticket
  if (role === 'noc') {
    if (WITH_NOC.includes(status)) return null
    return `the ticket is ${status}: NOC adds to the checklist in ${WITH_NOC.join(', ')}`
  }
  if (status === 'guiding') return null
  return `the ticket is ${status}: the checklist is filled in while it is guiding`
}
