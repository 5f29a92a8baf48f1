import type { PhoneNumber } from '#contract/customers.ts'
import type { Role } from '#contract/staff.ts'
import { foldText, ticketCodeIn } from '../customers/fold-text.ts'

/**
 * NOC and field see only what their work needs: no customer's number. Every answer and every message
 * to them goes through `shownTo`, so that no route can forget it; it finds numbers by their shape,
 * also within what people wrote.
 */
const BLIND_ROLES: readonly Role[] = ['noc', 'field']

export function seesNumbers(role: Role): boolean {
  return !BLIND_ROLES.includes(role)
}

/** The value as this role may see it; the value itself is left alone. */
export function shownTo<T>(role: Role, value: T): T {
  if (seesNumbers(role)) return value
  if (typeof value !== 'object' || value === null) return value
  const copy = structuredClone(value)
  maskWithin(copy)
  return copy
}

/** Of shorter numbers, such as extensions, nobody is recognised. */
const FEWEST_DIGITS = 7
const SHOWN_DIGITS = 3

/** `•••• ••• 678`, of which kind it is, and nothing it could be matched by. */
export function maskNumber(number: PhoneNumber): PhoneNumber {
  const digits = digitsOf(number.raw === '' ? number.display : number.raw)
  if (digits.length < FEWEST_DIGITS) return number
  return { raw: '', kind: number.kind, key: null, display: masked(digits) }
}

/** One gap within a number as people write it: spaces of every kind, dots, dashes, brackets. */
const GAP = String.raw`[\s.\-\u2010-\u2015()]{0,3}`
/** Vietnamese numbers, wherever they stand: in `PJSIP/0912345678@trunk`, too. */
const VIETNAMESE = String.raw`(?<!\d)\(?(?:\+?84|0084|0)${GAP}[235789](?:${GAP}\d){7,9}(?!\d)`
/**
 * In groups with commas, slashes or underscores between them, which dates, amounts and codes have too:
 * so the first group begins as a number does, and a code in front (`LL_…`) makes it a part of that.
 */
const MARK = String.raw`[,/_.\-\s]`
const HEAD = String.raw`(?:(?:\+84|0084)${MARK}?[235789]\d{1,3}|84[/_][235789]\d{1,3}|0[235789]\d{1,3})`
const PAIRS = String.raw`0[35789](?:${MARK}\d\d){4}`
const GROUPED = String.raw`(?<!\d|\p{L}[\p{L}\d]{0,20}[_-])(?:${HEAD}(?:${MARK}\d{2,4}){2,3}|${PAIRS})(?!\d)`
const [FEWEST_GROUPED, MOST_GROUPED] = [9, 13]
/** Any other run of eight digits and more, but in a word with letters: serials, contracts, circuits. */
const OTHER = String.raw`(?<!\p{L}[\p{L}\d\-_./]{0,60})(?<!\d)\+?\d(?:${GAP}\d){7,}`
const OCTET = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const TICKET_CODE = String.raw`KN-\d{4}-\d{6}(?!\d)`
const DAY = String.raw`(?:(?:19|20)\d\d-[01]\d-[0-3]\d|[0-3]?\d([./-])[01]?\d\2(?:19|20)\d\d)(?![./-]?\d)`
const TIME = String.raw`[T ]\d\d?:\d\d(?::\d\d(?:\.\d+)?)?Z?(?!\d)`
const ADDRESS = String.raw`(?<![\d.])${OCTET}(?:\.${OCTET}){3}(?![\d.])`
const UUID = String.raw`[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}`
/** Thousands: with the money's name any, without it those that no number is written as. */
const MONEY = String.raw`(?<![\d.,])[1-9](?:\d{0,2}(?:[.,]\d{3})+\s?(?:đồng|dong|vnđ|vnd|usd|đ|₫|\$)(?!\p{L})|(?:[.,]\d{3}){3}(?![.,]?\d)|\d(?:[.,]\d{3}){2}(?![.,]?\d))`
/** What has as many digits and is no number: codes of tickets, moments, amounts, addresses of machines, ids. */
const NO_NUMBER = String.raw`${TICKET_CODE}|${MONEY}|(?<!\d)(?:\d{4}-\d\d-\d\dT[\d:.]+Z|${DAY}(?:${TIME})?)|${ADDRESS}|${UUID}`
const NUMBERS = new RegExp(`(${NO_NUMBER})|(${GROUPED})|${VIETNAMESE}|${OTHER}`, 'giu')

/** What people and the PBX wrote, with every telephone number in it masked. */
export function maskText(text: string): string {
  return text.replaceAll(NUMBERS, (found, kept?: string, grouped?: string) => {
    const digits = digitsOf(found)
    const isNone = digits.length < FEWEST_GROUPED || digits.length > MOST_GROUPED
    if (kept !== undefined || (grouped !== undefined && isNone)) return found
    return masked(digits)
  })
}

/**
 * Why this role may not look for this; null: it may. Whoever may look for digits learns a hidden
 * number one digit after the other, so such a query is words and whole codes alone.
 */
export function refusalOfSearch(role: Role, query: string): string | null {
  if (seesNumbers(role)) return null
  const words = foldText(query).split(' ')
  if (!words.some(mayBeDigitsOfNumber)) return null
  return 'your role does not look for numbers: give the code of the ticket, or words'
}

function mayBeDigitsOfNumber(word: string): boolean {
  return /\d/.test(word) && !/\p{L}/u.test(word) && ticketCodeIn(word) === null
}

/** Fields that name rows, channels and moments. */
const NAMES_SOMETHING = /(?:^id|Id|Ids|At|^at|uniqueid|Uniqueid|linkedid|[cC]ursor)$/

function maskWithin(value: object): void {
  for (const [name, part] of Object.entries(value)) {
    if (typeof part === 'string') {
      if (!NAMES_SOMETHING.test(name)) Reflect.set(value, name, maskText(part))
    } else if (isNumber(part)) {
      Reflect.set(value, name, maskNumber(part))
    } else if (typeof part === 'object' && part !== null) {
      maskWithin(part)
    }
  }
}

function isNumber(value: unknown): value is PhoneNumber {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['raw', 'kind', 'key', 'display'].every((name) => name in value)
  )
}

function digitsOf(text: string): string {
  return text.replaceAll(/\D/g, '')
}

function masked(digits: string): string {
  return `•••• ••• ${digits.slice(-SHOWN_DIGITS)}`
}
