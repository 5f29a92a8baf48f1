import type { PhoneNumber } from '#contract/customers.ts'
import { foldText } from '../customers/fold-text.ts'
import { nationalDigits } from '../customers/phone-number.ts'

/** Longer than any word that somebody would type in full. */
const LONGEST_WORD = 40
/** More words than this of one text are no text about a fault. */
const MOST_WORDS = 200

/**
 * The words of a text as both databases keep them: folded, cut at everything that is no letter and no
 * digit, letters of other scripts spelt out by their numbers. So nothing is left for a tokenizer.
 */
export function wordsOf(text: string): string[] {
  return foldText(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS)
    .map((word) => spellOut(word).slice(0, LONGEST_WORD))
}

/** A code or a contract number as one word: `KN-2026-000123` is `kn2026000123`. */
export function compactWord(text: string): string {
  return wordsOf(text).join('').slice(0, LONGEST_WORD)
}

function spellOut(word: string): string {
  return word.replaceAll(/[^a-z0-9]/gu, (letter) => `u${letter.codePointAt(0)?.toString(16) ?? ''}`)
}

/*
 * Words that nobody can type, because of the `_`: they say what a number in a text is.
 */

/** The running number of a code and, where it is known, its year: `KN-2026-000123`. */
export function codeMark(number: string, year?: string): string {
  const digits = number.replace(/^0+(?=\d)/, '')
  return year === undefined ? `_c${digits}` : `_y${year}n${digits}`
}

/** A telephone number, however it was written. */
export function numberMark(key: string): string {
  return `_k${compactWord(key)}`
}

/** The digits of a number from its last to its first: what begins alike ends alike. */
export function endMark(digits: string): string {
  return `_r${Array.from(digits).toReversed().join('')}`
}

/** On tickets that are worked on. */
export const OPEN_MARK = '_open'

/** What a number is found by; what is nobody's number by its digits alone. */
export function numberWords(number: PhoneNumber): string[] {
  const digits = nationalDigits(number).replaceAll(/\D/g, '')
  if (digits === '') return []
  const found = [digits, endMark(digits)]
  return number.key === null ? found : [...found, numberMark(number.key)]
}
