import { cleanText } from '#contract/text.ts'

/** Lower case and without Vietnamese accents, as the server folds what it searches. */
export function foldWords(text: string): string {
  return cleanText(text)
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[đĐ]/g, 'd')
    .toLowerCase()
    .trim()
}

/** What has every word of the query in its label, wherever; all of it when nothing is asked. */
export function matching<T extends { label: string }>(items: readonly T[], query: string): T[] {
  const words = foldWords(query).split(/\s+/)
  return items.filter(({ label }) => {
    const folded = foldWords(label)
    return words.every((word) => folded.includes(word))
  })
}

/** Shorter ones are extensions and parts of codes. */
const LEAST_DIGITS = 8

/** The telephone number that a query is, alone or after "gọi" or "call"; null for anything else. */
export function numberIn(query: string): string | null {
  const [, number] = /^(?:(?:goi|call)\s+)?(\+?[\d\s.\-()]+)$/.exec(foldWords(query)) ?? []
  // 2026-000123 is the code of a ticket
  if (number === undefined || /^20\d\d-\d/.test(number)) return null
  const digits = number.replaceAll(/\D/g, '').length
  return digits >= LEAST_DIGITS && digits <= 15 ? number.trim() : null
}
