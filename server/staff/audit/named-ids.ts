import type { AuditEntry } from '#contract/audit.ts'

/** One line of the trail as it is stored. */
export type StoredEntry = Omit<AuditEntry, 'names'>

/** Of which rows the ids in lines of the trail are. */
export interface NamedIds {
  staff: string[]
  tickets: string[]
  promises: string[]
  calls: string[]
}

/** Details whose value is one person or, between commas, several. */
const PEOPLE = ['authorId', 'from', 'to', 'members', 'leads']

/** The ids that these lines name, each once. */
export function namedIds(entries: readonly StoredEntry[]): NamedIds {
  const subjectsOf = (...areas: string[]) =>
    distinct(
      entries.flatMap(({ action, subject }) => (areas.includes(areaOf(action)) ? [subject] : [])),
    )
  const people = entries.flatMap(({ detail }) => PEOPLE.flatMap((name) => wordsOf(detail[name])))
  return {
    staff: distinct(people),
    tickets: subjectsOf('outage'),
    promises: subjectsOf('callback', 'missed'),
    calls: subjectsOf('call'),
  }
}

/** The names that one line needs, of all that were found; teams and views stand in it by their own. */
export function namesFor(
  { action, subject, detail }: StoredEntry,
  found: ReadonlyMap<string, string>,
): Record<string, string> {
  const own = ['team', 'view'].includes(areaOf(action)) ? detail['name'] : found.get(subject)
  const people = PEOPLE.flatMap((name) => wordsOf(detail[name])).flatMap((id) => {
    const name = found.get(id)
    return name === undefined ? [] : [[id, name] as const]
  })
  return { ...Object.fromEntries(people), ...(own ? { [subject]: own } : {}) }
}

function areaOf(action: string): string {
  return action.split('.')[0] ?? ''
}

function wordsOf(value: string | undefined): string[] {
  return value ? value.split(', ') : []
}

function distinct(ids: readonly string[]): string[] {
  return [...new Set(ids)]
}
