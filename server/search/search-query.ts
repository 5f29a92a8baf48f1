import type { PhoneNumber } from '#contract/customers.ts'
import { phoneQueryDigits, ticketCodeIn } from '../customers/fold-text.ts'
import { nationalDigits } from '../customers/phone-number.ts'
import { codeMark, compactWord, endMark, numberMark, wordsOf } from './words.ts'

/** A word that a document must have, whole or as the beginning of one of its words. */
export interface Term {
  word: string
  isBeginning: boolean
}

/** Every term of any of these. */
export type Level = Term[][]

/** More words than this make nothing more exact. */
const MOST_WORDS = 8
/** Fewer digits of a number's end would be in too many numbers. */
const FEWEST_END_DIGITS = 4
/** A code, or its beginning. */
const CODE = /^\s*kn[-\s]*\d[\d\s-]*$/i

/**
 * What a text asks for, the most exact first: what matches a level comes before everything that only
 * matches a later one. The exact code, the exact number, then all words (or the number's last digits).
 * Without any word or digit nothing is asked for. Who `hidesNumbers` gets no hit by digits that may be
 * those of a number: each hit would tell one of them.
 */
export function readQuery(
  text: string,
  readNumber: (raw: string) => PhoneNumber,
  hidesNumbers = false,
): Level[] {
  const digits = phoneQueryDigits(text)
  const levels = [
    exactCode(text),
    exactNumber(text, digits, readNumber),
    inWords(text, digits, readNumber),
  ]
  const asked = hidesNumbers ? levels.map(withoutNumbers) : levels
  return asked.filter((level) => level.length > 0)
}

/** Digits alone, from the first or, marked, as a whole or from the last. */
const OF_NUMBER = /^(?:_[kr])?\d+$/

function withoutNumbers(level: Level): Level {
  return level.filter((terms) => !terms.some(({ word }) => OF_NUMBER.test(word)))
}

/** `KN-2026-000123`, `2026-123`, `KN-123` or `123`. */
function exactCode(text: string): Level {
  const [, year, number] = /^kn-(\d+)-(\d+)$/.exec(ticketCodeIn(text) ?? '') ?? []
  if (year !== undefined && number !== undefined) return [[whole(codeMark(number, year))]]
  const [, running] = /^(?:kn[-\s]*)?0*(\d{1,6})$/i.exec(text.trim()) ?? []
  return running === undefined ? [] : [[whole(codeMark(running))]]
}

function exactNumber(
  text: string,
  digits: string | null,
  readNumber: (raw: string) => PhoneNumber,
): Level {
  const key = digits === null ? null : readNumber(text).key
  return key === null ? [] : [[whole(numberMark(key))]]
}

function inWords(
  text: string,
  digits: string | null,
  readNumber: (raw: string) => PhoneNumber,
): Level {
  // every ticket has a word that begins with kn
  if (CODE.test(text)) return [[asBeginning(compactWord(text))]]
  const written = wordsOf(text).slice(0, MOST_WORDS).map(asBeginning)
  const others: Term[][] = []
  // a code of which only the beginning is known, a contract number written without its dashes
  if (written.length > 1) others.push([asBeginning(compactWord(text))])
  if (digits !== null && digits.length >= FEWEST_END_DIGITS) {
    const { kind } = readNumber(text)
    const isWhole = kind === 'mobile' || kind === 'fixed'
    const end = isWhole ? nationalDigits(readNumber(text)) : digits
    others.push([beginning(endMark(end))])
  }
  return written.length === 0 ? [] : [written, ...others]
}

/** One letter begins nearly everything: it is looked for as it stands (`tổ 5`). */
function asBeginning(word: string): Term {
  return word.length === 1 ? whole(word) : beginning(word)
}

function whole(word: string): Term {
  return { word, isBeginning: false }
}

function beginning(word: string): Term {
  return { word, isBeginning: true }
}
