const MOST_WORDS = 8

/**
 * Text as it is searched: lower case, without Vietnamese accents (so the tone may stand on either
 * vowel: hoà, hòa), đ as d, single spaces.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s\p{C}]+/gu, ' ')
    .trim()
}

/** One folded text of several parts, ready for a `search_text` column. */
export function searchTextOf(parts: readonly (string | null)[]): string {
  return foldText(parts.filter((part) => part !== null && part !== '').join(' '))
}

/** The `like` patterns of a query; a row matches when it matches every one. `\` is the escape. */
export function likePatterns(query: string): string[] {
  const words = foldText(query)
    .split(' ')
    .filter((word) => word !== '')
  return words.slice(0, MOST_WORDS).map((word) => `%${word.replaceAll(/[\\%_]/g, '\\$&')}%`)
}

/** The digits of a query that is only a telephone number, at least three; null for anything else. */
export function phoneQueryDigits(query: string): string | null {
  if (!/^\+?[\d\s.\-()]+$/.test(query.trim())) return null
  const digits = query.replaceAll(/\D/g, '')
  return digits.length >= 3 ? digits : null
}
