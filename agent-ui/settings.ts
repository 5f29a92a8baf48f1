/** This browser's own choices; storage may be forbidden, then they last until reload. */
type Setting =
  | 'language'
  | 'sound'
  | 'phone.mic'
  | 'phone.speaker'
  | 'phone.ring'
  | 'username'
  | `columns.${string}`

const memory = new Map<string, string>()
const PREFIX = 'hotline.'

export function readSetting(setting: Setting): string | null {
  try {
    return localStorage.getItem(PREFIX + setting)
  } catch {
    return memory.get(setting) ?? null
  }
}

export function writeSetting(setting: Setting, value: string): void {
  memory.set(setting, value)
  try {
    localStorage.setItem(PREFIX + setting, value)
  } catch {
    // kept in memory only
  }
}
