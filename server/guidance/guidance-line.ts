import type { StepAnswer } from '#contract/casework/guidance.ts'
import type { GuidanceFact, GuidanceSaved, SettingFact } from '../process/casework-fact.ts'

/** How many steps of a checklist were answered so. */
export type AnswerCounts = Readonly<Record<StepAnswer['answer'], number>>

/** What the line of the step says of the answers; counts of nothing are left out. */
export function countFields(counts: AnswerCounts): Record<string, number> {
  const given = Object.entries(counts).filter(([, count]) => count > 0)
  return Object.fromEntries(given.map(([answer, count]) => [`steps_${answer}`, count]))
}

/** What the audit says of what administrators write. */
export function auditOf(fact: Exclude<GuidanceFact, GuidanceSaved> | SettingFact) {
  const { actorId, detail } = fact
  if (fact.type === 'company_changed') {
    return { actorId, action: 'company.changed', subject: 'company', detail }
  }
  const { category: subject, number } = fact
  const published = { number: String(number), ...detail }
  return { actorId, action: 'checklist.published', subject, detail: published }
}
