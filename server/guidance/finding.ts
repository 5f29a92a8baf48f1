import type { GuidanceContent, GuidanceFinding } from '#contract/casework/guidance.ts'
import { countAnswers, type FieldValues, type RecordedSteps, subjectWordsOf } from './answers.ts'

/** Fields that checklists have for whoever takes the fault over. */
const FIELDS = { olt: 'olt', circuitId: 'circuit_id', rxDbm: 'rx_dbm' } as const

export type Found = Omit<GuidanceFinding, 'ticketId' | 'result'>

/** What the answers say in short; `circuitId`: of the contract, when nobody wrote another one down. */
export function findingOf(
  content: GuidanceContent,
  { steps, fields }: { steps: RecordedSteps; fields: FieldValues },
  circuitId: string | null,
): Found {
  const { ok, skipped } = countAnswers(steps)
  return {
    ok,
    skipped,
    nok: content.steps.flatMap(({ id, text }) => {
      const step = Object.hasOwn(steps, id) ? steps[id] : undefined
      return step?.answer === 'nok' ? [{ text, note: step.note }] : []
    }),
    seen: subjectWordsOf(content.fields, fields),
    olt: textIn(fields, FIELDS.olt),
    circuitId: textIn(fields, FIELDS.circuitId) ?? circuitId,
    rxDbm: numberIn(fields, FIELDS.rxDbm),
  }
}

/** Of a ticket that nobody was guided on. */
export function noFinding(circuitId: string | null): Found {
  return { ok: 0, skipped: 0, nok: [], seen: [], olt: null, circuitId, rxDbm: null }
}

function textIn(fields: FieldValues, id: string): string | null {
  const value = Object.hasOwn(fields, id) ? fields[id] : undefined
  return typeof value === 'string' && value !== '' ? value : null
}

function numberIn(fields: FieldValues, id: string): number | null {
  const value = Object.hasOwn(fields, id) ? fields[id] : undefined
  return typeof value === 'number' ? value : null
}
