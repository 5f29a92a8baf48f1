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
  /** The press went into a dialog or a menu, which have keys of their own. */
  inDialog: boolean
}

/**
 * The chord of a key press as actions name it (`Alt+H`, `Alt+1`, `Ctrl+K`, `/`, `?`, `j`, `1`), null for
 * every press that belongs to the browser (its menus have Alt+D, E and F), to a field, to a dialog or to
 * a Vietnamese keyboard (UniKey and EVKey own Ctrl+Shift and Alt+Z). Alt is no key of Telex or VNI, so it
 * works inside fields too, and so do Ctrl+K and the function keys that are nobody's (F2, F4, F8, F9).
 */
export function chordOf(press: KeyPress): string | null {
  if (press.composing || press.inDialog || press.meta) return null
  if (press.ctrl) return press.code === 'KeyK' && !press.alt && !press.shift ? 'Ctrl+K' : null
  if (press.alt) return press.shift ? null : altChord(press.code)
  if (/^F[2489]$/.test(press.key)) return press.shift ? null : press.key
  return press.inField ? null : plainChord(press)
}

function altChord(code: string): string | null {
  const match = /^(?:Key([A-CG-Y])|Digit([1-9]))$/.exec(code)
  return match ? `Alt+${match[1] ?? match[2]}` : null
}

/** Caps Lock changes no meaning; Shift does, but for signs that need it. */
function plainChord({ key, shift }: KeyPress): string | null {
  if (key.length !== 1 || key === ' ') return null
  const isLetter = /\p{L}/u.test(key)
  if (isLetter && shift) return null
  return key.toLowerCase()
}

/** The first key of two that was pressed, and when. */
export interface Started {
  chord: string
  atMs: number
}

const SECOND_KEY_MS = 1_500

/** One key after another within a second and a half is one chord of both: `g t`. */
export function joined(started: Started | null, chord: string, atMs: number): string {
  const isSecond = started !== null && atMs - started.atMs <= SECOND_KEY_MS
  return isSecond ? `${started.chord} ${chord}` : chord
}
