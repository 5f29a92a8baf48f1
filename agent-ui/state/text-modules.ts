import { MODULE_FIELDS } from '#contract/casework/text-modules.ts'
import type { ModuleField, TextModule } from '#contract/casework/text-modules.ts'
import { foldWords } from './palette.ts'

/** Where `::` stands in what is typed, and what was typed after it up to the caret. */
export interface ModuleQuery {
  start: number
  query: string
}

/** At the beginning or after a space: an address such as `fe80::1` asks for nothing. */
const ASKED = /(?:^|[\s(])::([\p{L}\p{M}\p{N}-]{0,30})$/u

/** Which text is asked for where the caret stands; null: none. */
export function moduleQuery(typed: string, caret: number): ModuleQuery | null {
  const match = ASKED.exec(typed.slice(0, caret))
  if (match === null) return null
  const query = match[1] ?? ''
  return { start: caret - query.length - 2, query }
}

type Named = Pick<TextModule, 'name' | 'title'>

/**
 * The texts that are asked for, by name first, then by a word of the title, then by letters of the name
 * in their order. Without accents, so that what Telex makes of a name (`ló` of `los`) finds it, too.
 */
export function modulesFor<T extends Named>(modules: readonly T[], query: string): T[] {
  const asked = foldWords(query)
  return modules
    .map((one) => ({ one, rank: rankOf(one, asked) }))
    .filter(({ rank }) => rank < NOT_FOUND)
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ one }) => one)
}

const NOT_FOUND = 3

function rankOf({ name, title }: Named, asked: string): number {
  if (name.startsWith(asked)) return 0
  const words = foldWords(title).split(/\s+/)
  if (words.some((word) => word.startsWith(asked)) || words.join('').startsWith(asked)) return 1
  return hasInOrder(name, asked) ? 2 : NOT_FOUND
}

function hasInOrder(name: string, letters: string): boolean {
  let left = letters
  for (const letter of name) if (left.startsWith(letter)) left = left.slice(1)
  return left === ''
}

/** What a text is filled with; null: it is not known. */
export type ModuleValues = Readonly<Record<ModuleField, string | null>>

/** Stands where something is not known: whoever reads it over sees the gap. */
const GAP = '…'

export function filledText(text: string, values: ModuleValues): string {
  return text.replaceAll(/\{(\w+)\}/g, (found, name: string) => {
    const field = MODULE_FIELDS.find((known) => known === name)
    return field === undefined ? found : (values[field] ?? GAP)
  })
}

/** As it stands in a field that has no second line. */
export function inOneLine(text: string): string {
  return text.trim().replaceAll(/\s*\n\s*/g, ' ')
}
