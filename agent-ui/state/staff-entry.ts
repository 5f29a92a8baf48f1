import type { Role, StaffMember, StaffPatch } from '#contract/staff.ts'

/** A person as typed into the staff form; an empty extension or password means none given. */
export interface StaffEntry {
  username: string
  displayName: string
  role: Role
  extension: string
  password: string
}

export type StaffFault = 'nameWrong' | 'usernameWrong' | 'extensionWrong' | 'passwordWrong'

/** A person's row as the form shows it. */
export function staffEntryOf(person: StaffMember | null): StaffEntry {
  return {
    username: person?.username ?? '',
    displayName: person?.displayName ?? '',
    role: person?.role ?? 'agent',
    extension: person?.extension ?? '',
    password: '',
  }
}

/** Only what was changed, so that a newer row keeps what somebody else changed in it. */
export function staffChange(from: StaffEntry, to: StaffEntry): Omit<StaffPatch, 'version'> {
  const displayName = to.displayName.trim()
  const extension = to.extension.trim()
  return {
    ...(displayName === from.displayName ? {} : { displayName }),
    ...(to.role === from.role ? {} : { role: to.role }),
    ...(extension === from.extension ? {} : { extension: extension === '' ? null : extension }),
    ...(to.password === '' ? {} : { password: to.password }),
  }
}

const USERNAME = /^[a-z0-9][a-z0-9._-]{1,31}$/
const EXTENSION = /^\d{2,6}$/
const MIN_PASSWORD = 10

/** What the server would refuse, told before sending; the rules are those of `#contract/staff.ts`. */
export function staffFaults(entry: StaffEntry, isNew: boolean): StaffFault[] {
  const extension = entry.extension.trim()
  const needsPassword = isNew || entry.password !== ''
  const found: [StaffFault, boolean][] = [
    ['nameWrong', entry.displayName.trim() === ''],
    ['usernameWrong', isNew && !USERNAME.test(entry.username.trim())],
    ['extensionWrong', extension !== '' && !EXTENSION.test(extension)],
    ['passwordWrong', needsPassword && entry.password.length < MIN_PASSWORD],
  ]
  return found.filter(([, isFault]) => isFault).map(([fault]) => fault)
}
