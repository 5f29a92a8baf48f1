import type { PhoneKind, PhoneNumber } from '#contract/customers.ts'
import { isMobile, nationalNumber } from './national-number.ts'

export interface NormalizeOptions {
  /** The network said that the number may not be shown: then nothing of it is kept, not even `raw`. */
  withheld?: boolean
  /** The key of our own number: who calls with it is nobody we know. */
  ownKey?: string | null
  /** How a foreign E.164 number is written for people; null when it is not known. */
  formatForeign?: (e164: string) => string | null
}

const HIDDEN = new Set([
  '',
  'anonymous',
  'blocked',
  'hidden',
  'none',
  'null',
  'notavailable',
  'private',
  'restricted',
  'unavailable',
  'unknown',
  'withheld',
])

const SERVICE_NUMBER = /^\+?0*(?:84)?0*(1[89]00\d{4,6})$/
const SHORT = /^\d{2,6}$/
const FOREIGN = /^\+(?!84)[1-9]\d{6,14}$/
/**
 * Foreign numbers that trunks send without a plus: China, Laos, Cambodia, Thailand, then Hong Kong,
 * Macau, Taiwan, Singapore, Malaysia, Japan, Korea. Each is longer than, or begins as, no Vietnamese
 * number.
 */
const FOREIGN_WITHOUT_PLUS =
  /^(?:86\d{10,11}|856\d{8,10}|855\d{8,9}|66\d{8,9}|85[23]\d{8}|886\d{8,9}|65[3689]\d{7}|60\d{8,10}|81\d{9,10}|82\d{9,10})$/
/** Zeros, a lone plus, one digit, a country or area code with nothing but zeros after it. */
const NOBODYS =
  /^(?:\+?0*|\d|(?:\+|00)840*|84(?:0{7,})|\+(?!84)[1-9]\d{0,2}0{6,}|(?:\+?84|0*)2\d{1,2}0{7,})$/
/** What people and machines type to fill a field: one digit over and over, or in a row. */
const FILLED = /^\+?0*(?:(\d)\1{5,}|123456789?0?)$/
const FEWEST_DIGITS = 3
/** Needs no cleaning: what nearly every trunk sends. */
const PLAIN = /^\+?\d{1,20}$/
const LONGEST_KEY = 64

/** Why a number of this kind is nobody to call back: one word for the pages, and a sentence. */
const NOT_DIALABLE: Readonly<
  Record<Exclude<PhoneKind, 'mobile' | 'fixed'>, { code: string; why: string }>
> = {
  service1800: {
    code: 'number_service',
    why: 'is a service number (1800/1900), not a telephone of a customer',
  },
  service1900: {
    code: 'number_service',
    why: 'is a service number (1800/1900), not a telephone of a customer',
  },
  short_or_ext: { code: 'number_short', why: 'is a short code or an extension' },
  intl: { code: 'number_abroad', why: 'is outside Vietnam; callbacks stay inside' },
  anonymous: { code: 'number_hidden', why: 'the number is hidden or empty' },
  nobody: { code: 'number_nobodys', why: 'is a number that nobody has, or our own' },
  unknown: {
    code: 'number_malformed',
    why: 'is no Vietnamese number: a mobile has 10 digits (0912 345 678), a fixed line 11 (024 3822 3344)',
  },
}

/**
 * Reads a number as a trunk or a person wrote it. Never throws and never rejects: a live caller is
 * kept as `unknown` with the cleaned text as key. What many strangers share has no key: 1800 and 1900
 * services, zeros, filled-in digits, words (`nobody`). Old fixed area codes are not converted, because
 * they are today's mobile ranges. The order of the steps is the rule (vietnam.md §2.6).
 */
export function normalizeVn(
  raw: string | null | undefined,
  options: NormalizeOptions = {},
): PhoneNumber {
  const given = raw ?? ''
  const cleaned = cleanNumber(given)
  if (options.withheld) return anonymous('')
  if (HIDDEN.has(cleaned)) return anonymous(given)
  if (NOBODYS.test(cleaned)) return nobodys(given, cleaned)
  const service = SERVICE_NUMBER.exec(cleaned)?.[1]
  if (service !== undefined) return serviceNumber(given, service)
  const number = SHORT.test(cleaned)
    ? phone(given, 'short_or_ext', cleaned, cleaned)
    : (vietnamese(given, cleaned) ?? foreign(given, cleaned, options) ?? other(given, cleaned))
  const isOwn = number.key !== null && number.key === options.ownKey
  return isOwn ? { ...number, kind: 'nobody', key: null } : number
}

/**
 * What is dialled to call a number back: national digits, or in `problem` why it cannot be. Only
 * Vietnamese mobile and fixed numbers pass: the dialplan lets nothing else out (toll fraud).
 * `readNumber` may know more that cannot be dialled: our own number.
 */
export function dialableNumber(
  raw: string | null | undefined,
  readNumber: (raw: string | null | undefined) => PhoneNumber = normalizeVn,
): { digits: string } | { problem: string; code: string } {
  const number = readNumber(raw)
  if (number.kind === 'mobile' || number.kind === 'fixed') return { digits: nationalDigits(number) }
  const { code, why } = NOT_DIALABLE[number.kind]
  return { problem: `${number.display} ${why}`.trim(), code }
}

/** National digits of those of these numbers that can be called back. */
export function dialableDigits(numbers: readonly string[]): string[] {
  return numbers.flatMap((raw) => {
    const dialable = dialableNumber(raw)
    return 'digits' in dialable ? [dialable.digits] : []
  })
}

/** The digits a person in Vietnam would dial (`0912345678`); empty for a hidden number. */
export function nationalDigits(number: PhoneNumber): string {
  const { kind, key, display } = number
  if (kind === 'mobile' || kind === 'fixed') return `0${(key ?? '').slice(3)}`
  return key ?? display.replaceAll(' ', '')
}

/** The digits that reach the number with this key: `0912345678` for `+84912345678`. */
export function digitsOfKey(key: string): string {
  return key.replace(/^\+84/, '0')
}

function cleanNumber(raw: string): string {
  if (PLAIN.test(raw)) return raw
  const text = raw.normalize('NFKC').replaceAll(/\p{C}/gu, '').trim()
  const bracketed = /<([^<>]*)>[^<>]*$/.exec(text)?.[1] ?? text
  return bracketed
    .trim()
    .toLowerCase()
    .replace(/^(sips?|tel):/, '')
    .replace(/[@;].*$/, '')
    .replace(/^%2b/, '+')
    .replaceAll(/[\s.\-‐-―()/"]/g, '')
    .slice(0, LONGEST_KEY)
}

function vietnamese(raw: string, cleaned: string): PhoneNumber | null {
  const national = nationalNumber(cleaned)
  if (national === null) return null
  return isMobile(national)
    ? phone(raw, 'mobile', `+84${national}`, showMobile(national))
    : phone(raw, 'fixed', `+84${national}`, showFixed(national))
}

function foreign(raw: string, cleaned: string, options: NormalizeOptions): PhoneNumber | null {
  const withPlus = FOREIGN_WITHOUT_PLUS.test(cleaned)
    ? `+${cleaned}`
    : cleaned.replace(/^\+?00+(?=[1-9])/, '+')
  if (!FOREIGN.test(withPlus)) return null
  return phone(raw, 'intl', withPlus, options.formatForeign?.(withPlus) ?? withPlus)
}

function other(raw: string, cleaned: string): PhoneNumber {
  const isNobodys = FILLED.test(cleaned) || cleaned.replaceAll(/\D/g, '').length < FEWEST_DIGITS
  return isNobodys ? nobodys(raw, cleaned) : phone(raw, 'unknown', cleaned, cleaned)
}

function anonymous(raw: string): PhoneNumber {
  return { raw, kind: 'anonymous', key: null, display: '' }
}

/** Shown as it came, and a key to nothing. */
function nobodys(raw: string, cleaned: string): PhoneNumber {
  const shown = /[@<]/.test(raw) ? cleaned : raw.replaceAll(/\p{C}/gu, '').trim()
  return phone(raw, 'nobody', null, shown.slice(0, LONGEST_KEY))
}

function serviceNumber(raw: string, digits: string): PhoneNumber {
  const kind = digits.startsWith('1800') ? 'service1800' : 'service1900'
  return phone(raw, kind, null, `${digits.slice(0, 4)} ${digits.slice(4)}`)
}

function phone(raw: string, kind: PhoneKind, key: string | null, display: string): PhoneNumber {
  return { raw, kind, key, display }
}

function showMobile(national: string): string {
  return `0${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
}

function showFixed(national: string): string {
  const area = /^2[48]/.test(national) ? 2 : 3
  return `0${national.slice(0, area)} ${national.slice(area, area + 4)} ${national.slice(area + 4)}`
}
