/** Without I, L, O and U: read aloud and typed with a remote control, none is taken for another. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const GROUP = 4
export const CODE_LENGTH = 16

/** A code of these bytes, 5 bits of each: `K7QM-2XWD-9FHT-3RBN`. */
export function codeOf(bytes: Uint8Array): string {
  const letters = Array.from(bytes, (byte) => LETTERS[byte % LETTERS.length])
  const groups = Array.from({ length: CODE_LENGTH / GROUP }, (_, at) =>
    letters.slice(at * GROUP, (at + 1) * GROUP).join(''),
  )
  return groups.join('-')
}

/** What was typed as it was given out; null when it can be no code. */
export function readCode(typed: string): string | null {
  const letters = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1')
  if (letters.length !== CODE_LENGTH) return null
  return /^[0-9A-HJKMNP-TV-Z]+$/.test(letters) ? letters : null
}
