import type { Screen } from './access.ts'

/** What the page needs to know of one key press. */
export interface KeyPress {
  key: string
  /** The physical key: Alt changes `key` on some keyboards. */
  code: string
  alt: boolean
  ctrl: boolean
  meta: boolean
  shift: boolean
  /** An input method is in the middle of a character (Telex, VNI). */
  composing: boolean
  /** The press went into a field that takes text. */
  inField: boolean
}

export type ShortcutAction =
  | 'promise'
  | 'state'
  | 'search'
  | 'help'
  | 'next_ringing'
  | { screenIndex: number }

const BY_CODE: Record<string, ShortcutAction> = {
  KeyH: 'promise',
  KeyS: 'state',
  KeyC: 'next_ringing',
}

/**
 * The action of a key press, null for every press that belongs to the browser, to a field or to a
 * Vietnamese keyboard (UniKey and EVKey own Ctrl+Shift and Alt+Z).
 */
export function shortcutOf(press: KeyPress): ShortcutAction | null {
  if (press.composing || press.inField || press.ctrl || press.meta) return null
  if (press.alt) return press.shift ? null : altShortcut(press.code)
  if (press.key === '?') return 'help'
  return press.key === '/' ? 'search' : null
}

function altShortcut(code: string): ShortcutAction | null {
  const digit = /^Digit([1-9])$/.exec(code)
  return digit ? { screenIndex: Number(digit[1]) - 1 } : (BY_CODE[code] ?? null)
}

/** The screen behind Alt+1 … in the order of the navigation. */
export function screenAt(screens: readonly Screen[], index: number): Screen | null {
  return screens[index] ?? null
}
