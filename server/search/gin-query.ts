import type { Level, Term } from './search-query.ts'

/**
 * Up to so many letters, the beginnings of a word are indexed as words (`020-search-windows.ts`), so
 * that a common one is read as a list. Longer ones are looked for among the words.
 */
const LONGEST_INDEXED_BEGINNING = 6
/** Documents whose numbers are alike but for these bits are a block (`020-search-windows.ts`). */
const BITS_OF_BLOCK = 14
/** Each window is so many times as long as the one before. */
const GROWTH = 8

/**
 * What a document must match, each part by itself: an index that gets several looks into the long list
 * of a common word only where the rarer ones are. `a b | c` is `(a | c) & (b | c)`.
 */
export function partsOf(level: Level, mark: string | null): string[] {
  const parts = level.reduce<Term[][]>(
    (chosen, terms) => chosen.flatMap((some) => terms.map((term) => [...some, term])),
    [[]],
  )
  const marked = mark === null ? [] : [`'${mark}'`]
  return [...marked, ...parts.map((terms) => terms.map(indexedTerm).join(' | '))]
}

/** Each of these has a mark of a code or a number: what few documents have, the index knows at once. */
export function isRare(level: Level): boolean {
  return level.every((terms) => terms.some(({ word }) => word.startsWith('_')))
}

/** Words are of `[a-z0-9_]`: nothing in them has to be escaped. */
function indexedTerm(term: Term): string {
  const isIndexed = term.word.length <= LONGEST_INDEXED_BEGINNING && !term.word.startsWith('_')
  return isIndexed ? `'${term.word}'` : writtenTerm(term)
}

function writtenTerm({ word, isBeginning }: Term): string {
  return `'${word}'${isBeginning ? ':*' : ''}`
}

export interface Asked {
  level: Level
  /** Levels that must not match. */
  but: readonly Level[]
  mark: string | null
}

/** The whole of it for words that are looked through one document after the other. */
export function wholeQuery({ level, but, mark }: Asked): string {
  const wanted = `(${anyOf(level)})`
  const marked = mark === null ? wanted : `'${mark}' & ${wanted}`
  return but.length === 0 ? marked : `(${marked}) & !(${anyOf(but.flat())})`
}

/** Any of these alternatives. */
export function anyOf(level: Level): string {
  return level.map((terms) => `(${terms.map(writtenTerm).join(' & ')})`).join(' | ')
}

/**
 * Blocks that are looked through, the newest first: so many that they hold `promised` documents, then
 * more, then (null) all. What many documents have is full of hits after a few blocks; of what few have,
 * all are few.
 */
export function windowsOf(newest: number, oldest: number, promised: number): (number[] | null)[] {
  const [last, first] = [blockOf(newest), blockOf(oldest)]
  const windows: (number[] | null)[] = []
  // the newest block may have hardly begun
  const shortest = blockOf(promised) + 2
  for (let length = shortest; length <= last - first; length *= GROWTH) {
    windows.push(Array.from({ length }, (_, index) => last - index))
  }
  return [...windows, null]
}

function blockOf(no: number): number {
  return Math.floor(no / 2 ** BITS_OF_BLOCK)
}
