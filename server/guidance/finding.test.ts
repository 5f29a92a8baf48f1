import { expect, test } from 'vitest'
import type { GuidanceContent, StepAnswer } from '#contract/casework/guidance.ts'
import type { RecordedSteps } from './answers.ts'
import { findingOf, noFinding } from './finding.ts'

const said = (text: string) => ({ vi: text, en: text })
const CONTENT: GuidanceContent = {
  escalate: [],
  steps: ['A', 'B', 'C', 'D'].map((id) => ({ id, text: said(`step ${id}`) })),
  fields: [
    {
      id: 'los_light',
      type: 'choice',
      label: said('LOS'),
      options: [
        { id: 'off', label: said('off'), subject: null },
        { id: 'red_steady', label: said('red'), subject: 'LOS đỏ' },
      ],
    },
  ],
}

function steps(answers: Record<string, StepAnswer['answer']>): RecordedSteps {
  return Object.fromEntries(
    Object.entries(answers).map(([id, answer]) => [
      id,
      { answer, note: `note ${id}`, at: '2026-11-22T02:00:00.000Z' },
    ]),
  )
}

test('names the steps that did not help in the order of the checklist, and counts the others', () => {
  const answers = { steps: steps({ D: 'nok', A: 'ok', B: 'nok', C: 'skipped' }), fields: {} }
  expect(findingOf(CONTENT, answers, null)).toEqual({
    ok: 1,
    skipped: 1,
    nok: [
      { text: said('step B'), note: 'note B' },
      { text: said('step D'), note: 'note D' },
    ],
    seen: [],
    olt: null,
    circuitId: null,
    rxDbm: null,
  })
})

test('says what was seen and where the line ends', () => {
  const fields = { los_light: 'red_steady', olt: 'CGY-OLT-02 0/3/7', rx_dbm: -29.5 }
  expect(findingOf(CONTENT, { steps: {}, fields }, 'LL-1')).toMatchObject({
    seen: ['LOS đỏ'],
    olt: 'CGY-OLT-02 0/3/7',
    circuitId: 'LL-1',
    rxDbm: -29.5,
  })
})

test('a circuit that was written down stands above that of the contract', () => {
  const fields = { circuit_id: 'LL-9' }
  expect(findingOf(CONTENT, { steps: {}, fields }, 'LL-1').circuitId).toBe('LL-9')
})

test('a field of that name and another kind is none', () => {
  const fields = { olt: true, rx_dbm: 'weak' }
  expect(findingOf(CONTENT, { steps: {}, fields }, null)).toEqual(noFinding(null))
})
