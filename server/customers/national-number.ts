const MOBILE = /^[35789]\d{8}$/
const FIXED = /^2\d{9}$/
const LEGACY_MOBILE = /^(1\d{2})(\d{7})$/
/** The area codes since 2017 (vietnam.md §2.3). */
const AREA = /^2(?:0[3-9]|1[0-689]|2[0-25-9]|3[2-9]|4|5[1-9]|6[0-39]|7[0-7]|8|9[0-4679])/
/** Nine digits after a plus that begin so are no number of the country of that code: all are longer. */
const NO_COUNTRY_HAS_NINE = /^(?!95)[789]/

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

/**
 * The significant digits (after +84) of a Vietnamese mobile or fixed number, or null. All prefixes
 * that trunks put before it are taken off: `+84`, `84`, `+0`, `00`, a zero too many. A plus or `00`
 * directly before the digits means a foreign number unless their count leaves no other reading;
 * `841234567` is the mobile 084 1234567, because after its `84` no number would be left.
 */
export function nationalNumber(cleaned: string): string | null {
  const [, prefix = '', digits = ''] = /^(\+?0*)([1-9]\d*)$/.exec(cleaned) ?? []
  const [, rest = ''] = /^840*(\d*)$/.exec(digits) ?? []
  return inForm(rest) ?? doubledCode(rest) ?? plainNational(prefix, digits)
}

/** Whether these are significant digits of a mobile number. */
export function isMobile(national: string): boolean {
  return MOBILE.test(national)
}

function inForm(digits: string): string | null {
  const today = convertLegacyMobile(digits)
  return MOBILE.test(today) || FIXED.test(today) ? today : null
}

function doubledCode(rest: string): string | null {
  return rest.startsWith('84') ? inForm(rest.slice(2)) : null
}

function plainNational(prefix: string, digits: string): string | null {
  const today = inForm(digits)
  if (today === null || prefix === '' || /^\+?0$/.test(prefix)) return today
  if (prefix === '+') return MOBILE.test(digits) && NO_COUNTRY_HAS_NINE.test(digits) ? today : null
  return MOBILE.test(today) || AREA.test(today) ? today : null
}

function convertLegacyMobile(national: string): string {
  const [, prefix = '', rest = ''] = LEGACY_MOBILE.exec(national) ?? []
  const today = LEGACY_PREFIX[prefix]
  return today === undefined ? national : `${today}${rest}`
}
