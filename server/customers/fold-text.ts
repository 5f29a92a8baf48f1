import { cleanText } from '#contract/text.ts'

/**
 * The rules of this file and of `phone-number.ts` in one word. Another word lets the service go once
 * through what was stored by the old ones: change it with the rules.
 */
export const SEARCH_RULES = '2026-11-27 circuits'

/**
 * Text as it is searched: lower case, without Vietnamese accents (so the tone may stand on either
 * vowel: hoà, hòa), đ and all that is written for it as d, single spaces, no invisible marks.
 */
export function foldText(text: string): string {
  return cleanText(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
}

/**
 * The digits of a query that is only a telephone number, at least three; null for anything else.
 * With dashes it must begin as one is dialled: contracts and tickets have numbers with dashes, too.
 */
export function phoneQueryDigits(query: string): string | null {
  const text = query.trim()
  if (!/^\+?[\d\s.\-()]+$/.test(text)) return null
  if (text.includes('-') && !/^[(\s]*(?:\+|0|84|1[89]00)/.test(text)) return null
  const digits = query.replaceAll(/\D/g, '')
  return digits.length >= 3 ? digits : null
}

/**
 * The code that a query means, folded: `KN-` and leading zeros may be left out, the dash may not
 * (`2026-123` is `kn-2026-000123`). Null for anything else.
 */
export function ticketCodeIn(query: string): string | null {
  const [, year, number] = /^(?:kn-)?(20\d\d)-0*(\d{1,6})$/i.exec(query.trim()) ?? []
  return year && number ? `kn-${year}-${number.padStart(6, '0')}` : null
}
