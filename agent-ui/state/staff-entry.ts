import { z } from 'zod'
import { extension, newPassword, role, username } from '#contract/staff.ts'
import type { Role, StaffMember, StaffPatch } from '#contract/staff.ts'
import { words } from '#contract/primitives.ts'

/** A person as typed into the staff form; an empty extension, mobile or password means none given. */
export interface StaffEntry {
  username: string
  displayName: string
  role: Role
  extension: string
  /** A technician's own telephone; an empty one means none. */
  mobile: string
  password: string
}

/** A person's row as the form shows it. */
export function staffEntryOf(person: StaffMember | null): StaffEntry {
  return {
    username: person?.username ?? '',
    displayName: person?.displayName ?? '',
    role: person?.role ?? 'agent',
    extension: person?.extension ?? '',
    mobile: person?.mobile ?? '',
    password: '',
  }
}

/** Only what was changed, so that a newer row keeps what somebody else changed in it. */
export function staffChange(from: StaffEntry, to: StaffEntry): Omit<StaffPatch, 'version'> {
  const displayName = to.displayName.trim()
  const number = to.extension.trim()
  const mobile = to.mobile.trim()
  return {
    ...(displayName === from.displayName ? {} : { displayName }),
    ...(to.role === from.role ? {} : { role: to.role }),
    ...(number === from.extension ? {} : { extension: number === '' ? null : number }),
    ...(mobile === from.mobile ? {} : { mobile: mobile === '' ? null : mobile }),
    ...(to.password === '' ? {} : { password: to.password }),
  }
}

const nothing = z.literal('')
const entry = z.object({
  username,
  displayName: words().min(1).max(80),
  role,
  extension: z.string().trim().pipe(nothing.or(extension)),
  mobile: z.string().trim().max(30),
  password: newPassword,
})

/** What the server accepts, for the form: a person who is there already may keep name and password. */
export const newStaffEntry = entry
export const knownStaffEntry = entry.extend({
  username: z.string(),
  password: nothing.or(newPassword),
})

/** What the service is told of a new person. */
export type NewStaff = Pick<
  StaffMember,
  'username' | 'displayName' | 'role' | 'extension' | 'mobile'
> & {
  password: string
}
