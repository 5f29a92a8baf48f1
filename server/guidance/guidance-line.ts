import type { GuidanceResult } from '#contract/casework/guidance.ts'
import type { GuidanceFact, GuidanceSaved, SettingFact } from '../domain-fact.ts'

/** What a ticket's timeline says of a guidance that is over; counts of nothing are left out. */
export function guidanceLine(fact: GuidanceSaved, result: GuidanceResult) {
  const { ticketId, actorId, counts } = fact
  const given = Object.entries(counts).filter(([, count]) => count > 0)
  const texts = given.map(([answer, count]) => [`steps_${answer}`, String(count)])
  const fields: Record<string, string> = {
    guidanceResult: result,
    ...Object.fromEntries(texts),
  }
  return { ticketId, actorId, kind: 'guidance_saved' as const, note: '', fields }
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
