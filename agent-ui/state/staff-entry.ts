import type { Role } from '#contract/staff.ts'

/** A person as typed into the staff form; an empty extension or password means none given. */
export interface StaffEntry {
  username: string
  displayName: string
  role: Role
  extension: string
  password: string
}

export type StaffFault = 'nameWrong' | 'usernameWrong' | 'extensionWrong' | 'passwordWrong'

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
