import type { PhoneKind, PhoneNumber } from '#contract/customers.ts'
import { cleanText } from '#contract/text.ts'

/** Why a text cannot be the telephone of a customer; the pages have a text for each. */
export type NumberFault =
  | 'number_scientific'
  | 'number_decimal'
  | 'number_several'
  | 'number_letters'
  | 'number_too_long'
  | 'number_digits'
  | 'number_short'
  | 'number_nobody'

/** More digits than any telephone number in the world (E.164). */
const MOST_DIGITS = 15
/** A part with as many digits may be a number of its own. */
const DIGITS_OF_A_NUMBER = 7
/** What spreadsheets put around a number to keep it text. */
const TEXT_MARKS = /^[=\s'"’‘`´]+|[\s'"’‘`´]+$/g
const SCIENTIFIC = /^[+-]?\d+(?:[.,]\d+)?e[+-]?\d+$/i
const DECIMAL = /^\+?\d+[.,]\d{1,2}$/
const BETWEEN_NUMBERS = /[\s/\\,;|&\-‐-―]+/u
/** Forms of before 2017, military lines and local numbers: kept, though nobody calls from them now. */
const OLD_OR_LOCAL = /^(?:0[146]\d{7,9}|[1-9]\d{6,7})$/

const SAYS: Readonly<Record<NumberFault, string>> = {
  number_scientific:
    'was shortened by a spreadsheet and has lost its last digits: write it as text, for example 0912 345 678',
  number_decimal: 'has decimals: write all its digits as text, for example 0912 345 678',
  number_several: 'holds more than one number: give each its own line, for example 0912 345 678',
  number_letters:
    'has letters or signs: the number alone, for example 0912 345 678; a name belongs into the label',
  number_too_long: `has more than ${MOST_DIGITS} digits, for example 0912 345 678`,
  number_digits:
    'has too few or too many digits: a mobile has 10 (0912 345 678), a fixed line 11 (024 3822 3344), a foreign number begins with + (+1 415 555 2671)',
  number_short:
    'is a short code or an extension, not a telephone of a customer, for example 0912 345 678',
  number_nobody: 'is no number that anybody has, for example 0912 345 678',
}

/** The number without what a spreadsheet puts around it. */
export function cleanNumberText(text: string): string {
  return cleanText(text).replaceAll(TEXT_MARKS, '')
}

/** What is wrong with a written number, whosever it is; null when it can be one. */
export function writtenFault(text: string, { kind }: PhoneNumber): NumberFault | null {
  const compact = text.replaceAll(/\s/g, '')
  if (SCIENTIFIC.test(compact)) return 'number_scientific'
  if (DECIMAL.test(compact)) return 'number_decimal'
  if (numbersIn(text) > 1) return 'number_several'
  if (isReadable(kind)) return null
  if (/[^\d\s+.\-‐-―()/"]/u.test(text)) return 'number_letters'
  return text.replaceAll(/\D/g, '').length > MOST_DIGITS ? 'number_too_long' : null
}

/** Why this cannot be a customer's telephone; null when it can. A 1900 service may be a company's. */
export function customerNumberFault(text: string, number: PhoneNumber): NumberFault | null {
  if (number.kind === 'anonymous') return 'number_nobody'
  const written = writtenFault(text, number)
  if (written !== null || isReadable(number.kind)) return written
  if (number.kind === 'nobody') return 'number_nobody'
  if (number.kind === 'short_or_ext') return 'number_short'
  return OLD_OR_LOCAL.test(number.key ?? '') ? null : 'number_digits'
}

/** The fault in words: what was wrong and what would be right. */
export function faultMessage(text: string, fault: NumberFault): string {
  return `"${text}" ${SAYS[fault]}`
}

function isReadable(kind: PhoneKind): boolean {
  return ['mobile', 'fixed', 'intl', 'service1800', 'service1900'].includes(kind)
}

function numbersIn(text: string): number {
  return text
    .split(BETWEEN_NUMBERS)
    .filter((part) => part.replaceAll(/\D/g, '').length >= DIGITS_OF_A_NUMBER).length
}
