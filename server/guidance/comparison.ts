import type { ChecklistComparison, ChecklistContent } from '#contract/casework/guidance.ts'

const OTHER = ['name', 'short', 'owners', 'priority', 'escalate'] as const

/** What another version of a checklist adds, removes and says otherwise; items are told by their ids. */
export function compareContents(
  before: ChecklistContent,
  after: ChecklistContent,
): ChecklistComparison {
  return {
    steps: compareItems(before.steps, after.steps),
    fields: compareItems(before.fields, after.fields),
    other: OTHER.filter((name) => !isSame(before[name], after[name])),
  }
}

function compareItems<T extends { id: string }>(before: readonly T[], after: readonly T[]) {
  const was = new Map(before.map((item) => [item.id, item]))
  const is = new Map(after.map((item) => [item.id, item]))
  const changed = after.flatMap((item) => {
    const old = was.get(item.id)
    return old === undefined || isSame(old, item) ? [] : [{ before: old, after: item }]
  })
  return {
    added: after.filter(({ id }) => !was.has(id)),
    removed: before.filter(({ id }) => !is.has(id)),
    changed,
    reordered: !isSame(
      before.map(({ id }) => id).filter((id) => is.has(id)),
      after.map(({ id }) => id).filter((id) => was.has(id)),
    ),
  }
}

/** Both come from one schema, which gives their keys one order. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}

/** The comparison in the words of the audit; what did not change is left out. */
export function comparisonDetail(comparison: ChecklistComparison): Record<string, string> {
  const { steps, fields, other } = comparison
  const facts = {
    added: [...idsOf(steps.added), ...idsOf(fields.added)],
    removed: [...idsOf(steps.removed), ...idsOf(fields.removed)],
    changed: [...changedIds(steps.changed), ...changedIds(fields.changed), ...other],
    reordered: [...(steps.reordered ? ['steps'] : []), ...(fields.reordered ? ['fields'] : [])],
  }
  return Object.fromEntries(
    Object.entries(facts).flatMap(([name, list]) =>
      list.length === 0 ? [] : [[name, list.join(', ')]],
    ),
  )
}

function idsOf(items: readonly { id: string }[]): string[] {
  return items.map(({ id }) => id)
}

function changedIds(items: readonly { after: { id: string } }[]): string[] {
  return items.map(({ after }) => after.id)
}
