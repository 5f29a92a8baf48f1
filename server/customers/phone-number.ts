import type { PhoneKind, PhoneNumber } from '#contract/customers.ts'

export interface NormalizeOptions {
  /** The network said that the number may not be shown: then nothing of it is kept, not even `raw`. */
  withheld?: boolean
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

const SERVICE_NUMBER = /^(?:\+?84|0)?(1[89]00\d{4,6})$/
const SHORT = /^\d{1,6}$/
const FOREIGN = /^\+(?!84)[1-9]\d{6,14}$/
const MOBILE = /^[35789]\d{8}$/
const FIXED = /^2\d{9}$/
const LEGACY_MOBILE = /^(1\d{2})(\d{7})$/
const LONGEST_KEY = 64

/** The 11-digit mobile prefixes that ended in 2018; the last seven digits stayed. */
const LEGACY_PREFIX: Readonly<Record<string, string>> = {
  120: '70',
  121: '79',
  122: '77',
  123: '83',
  124: '84',
  125: '85',
  126: '76',
  127: '81',
  128: '78',
  129: '82',
  162: '32',
  163: '33',
  164: '34',
  165: '35',
  166: '36',
  167: '37',
  168: '38',
  169: '39',
  186: '56',
  188: '58',
  199: '59',
}

/** Why a number of this kind is nobody to call back. */
const NOT_DIALABLE: Readonly<Record<Exclude<PhoneKind, 'mobile' | 'fixed'>, string>> = {
  service1800: 'is a service number (1800/1900), not a telephone of a customer',
  service1900: 'is a service number (1800/1900), not a telephone of a customer',
  short_or_ext: 'is a short code or an extension',
  intl: 'is outside Vietnam; callbacks stay inside',
  anonymous: 'the number is hidden or empty',
  unknown:
    'is no Vietnamese number: a mobile has 10 digits (0912 345 678), a fixed line 11 (024 3822 3344)',
}

/**
 * Reads a number as a trunk or a person wrote it. Never throws and never rejects: a live caller is
 * kept as `unknown` with the cleaned text as key. Old fixed area codes are not converted, because
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
  const service = SERVICE_NUMBER.exec(cleaned)?.[1]
  if (service !== undefined) return serviceNumber(given, service)
  if (SHORT.test(cleaned)) return phone(given, 'short_or_ext', cleaned, cleaned)
  if (FOREIGN.test(cleaned)) {
    return phone(given, 'intl', cleaned, options.formatForeign?.(cleaned) ?? cleaned)
  }
  const national = convertLegacyMobile(nationalPart(cleaned))
  if (MOBILE.test(national)) return phone(given, 'mobile', `+84${national}`, showMobile(national))
  if (FIXED.test(national)) return phone(given, 'fixed', `+84${national}`, showFixed(national))
  return phone(given, 'unknown', cleaned, cleaned)
}

/**
 * What is dialled to call a number back: national digits, or in `problem` why it cannot be. Only
 * Vietnamese mobile and fixed numbers pass: the dialplan lets nothing else out (toll fraud).
 */
export function dialableNumber(
  raw: string | null | undefined,
): { digits: string } | { problem: string } {
  const number = normalizeVn(raw)
  if (number.kind === 'mobile' || number.kind === 'fixed') return { digits: nationalDigits(number) }
  return { problem: `${number.display} ${NOT_DIALABLE[number.kind]}`.trim() }
}

/** The digits a person in Vietnam would dial (`0912345678`); empty for a hidden number. */
export function nationalDigits(number: PhoneNumber): string {
  const key = number.key ?? ''
  return number.kind === 'mobile' || number.kind === 'fixed' ? `0${key.slice(3)}` : key
}

/** The digits that reach the number with this key: `0912345678` for `+84912345678`. */
export function digitsOfKey(key: string): string {
  return key.replace(/^\+84/, '0')
}

function cleanNumber(raw: string): string {
  const text = raw.normalize('NFKC').replaceAll(/\p{C}/gu, '').trim()
  const bracketed = /<([^<>]*)>[^<>]*$/.exec(text)?.[1] ?? text
  const bare = bracketed
    .trim()
    .toLowerCase()
    .replace(/^(sips?|tel):/, '')
    .replace(/[@;].*$/, '')
    .replace(/^%2b/, '+')
    .replaceAll(/[\s.\-‐-―()/"]/g, '')
    .slice(0, LONGEST_KEY)
  return bare.replace(/^00(?=[1-9]\d{6})/, '+')
}

/** The significant number: without `+84`, `84` or the trunk `0`, and without one stray `0` more. */
function nationalPart(cleaned: string): string {
  const found = /^(?:\+84|84(?=0?\d{9,10}$)|0)?(.*)$/.exec(cleaned)?.[1] ?? cleaned
  return found.replace(/^0/, '')
}

function convertLegacyMobile(national: string): string {
  const [, prefix = '', rest = ''] = LEGACY_MOBILE.exec(national) ?? []
  const today = LEGACY_PREFIX[prefix]
  return today === undefined ? national : `${today}${rest}`
}

function anonymous(raw: string): PhoneNumber {
  return { raw, kind: 'anonymous', key: null, display: '' }
}

function serviceNumber(raw: string, digits: string): PhoneNumber {
  const kind = digits.startsWith('1800') ? 'service1800' : 'service1900'
  return phone(raw, kind, digits, `${digits.slice(0, 4)} ${digits.slice(4)}`)
}

function phone(raw: string, kind: PhoneKind, key: string, display: string): PhoneNumber {
  return { raw, kind, key, display }
}

function showMobile(national: string): string {
  return `0${national.slice(0, 3)} ${national.slice(3, 6)} ${national.slice(6)}`
}

function showFixed(national: string): string {
  const area = /^2[48]/.test(national) ? 2 : 3
  return `0${national.slice(0, area)} ${national.slice(area, area + 4)} ${national.slice(area + 4)}`
}
