import type { Role, SessionUser, StaffMember, StaffPatch } from '#contract/staff.ts'

/** Roles that see the live queues of everybody. */
export function mayWatchQueues(role: Role): boolean {
  return role === 'supervisor' || role === 'admin'
}

/** What a session shows of a person. */
export function toSessionUser(member: StaffMember): SessionUser {
  const { id, username, displayName, role, extension } = member
  return { id, username, displayName, role, extension }
}

/** The person after the change; the version grows by one. Who is inactive has no extension. */
export function applyPatch(member: StaffMember, patch: StaffPatch): StaffMember {
  const active = patch.active ?? member.active
  return {
    ...member,
    displayName: patch.displayName ?? member.displayName,
    role: patch.role ?? member.role,
    extension: active ? (patch.extension === undefined ? member.extension : patch.extension) : null,
    mobile: patch.mobile === undefined ? member.mobile : patch.mobile,
    active,
    version: member.version + 1,
  }
}

/** Whether this change takes an administrator away. */
export function losesAdmin(before: StaffMember, after: StaffMember): boolean {
  return isAdmin(before) && !isAdmin(after)
}

function isAdmin({ active, role }: StaffMember): boolean {
  return active && role === 'admin'
}

/** What a change does to the person's open sessions: end them, let the pages begin anew, nothing. */
export function sessionEffect(
  before: StaffMember,
  after: StaffMember,
  isNewPassword: boolean,
): 'sign_out' | 'reconnect' | 'none' {
  if (!after.active || isNewPassword) return 'sign_out'
  const same =
    before.role === after.role &&
    before.extension === after.extension &&
    before.displayName === after.displayName
  return same ? 'none' : 'reconnect'
}

/** The extension whose phone must stop ringing for the queues; null when they keep what they had. */
export function lostExtension(before: StaffMember, after: StaffMember): string | null {
  const isKept = after.active && before.extension === after.extension
  return isKept ? null : before.extension
}

/** The names of the changed fields, for the audit; the password only as a word. */
export function changedFields(
  before: StaffMember,
  after: StaffMember,
  isNewPassword: boolean,
): Record<string, string> {
  const changes: Record<string, string> = isNewPassword ? { password: 'changed' } : {}
  for (const field of ['displayName', 'role', 'extension', 'mobile', 'active'] as const) {
    if (before[field] !== after[field]) changes[field] = `${before[field]} → ${after[field]}`
  }
  return changes
}
