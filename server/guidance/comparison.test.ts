import { expect, it } from 'vitest'
import type { ChecklistContent } from '#contract/casework/guidance.ts'
import { compareContents, comparisonDetail } from './comparison.ts'

const words = (vi: string) => ({ vi, en: vi })
const step = (id: string, vi = id) => ({ id, text: words(vi) })
const flag = (id: string) => ({ id, label: words(id), type: 'flag' as const, subject: null })

const BEFORE: ChecklistContent = {
  name: words('Mạng chậm'),
  short: words('Chậm'),
  owners: ['noc'],
  priority: 'normal',
  escalate: words('…'),
  steps: [step('SLOW_1'), step('SLOW_2'), step('SLOW_3')],
  fields: [flag('a')],
}

it('names the steps and fields that came, went and changed, and what else differs', () => {
  const after: ChecklistContent = {
    ...BEFORE,
    priority: 'high',
    steps: [step('SLOW_1', 'khác'), step('SLOW_3'), step('SLOW_4')],
    fields: [flag('b')],
  }
  const comparison = compareContents(BEFORE, after)
  expect(comparison).toEqual({
    steps: {
      added: [step('SLOW_4')],
      removed: [step('SLOW_2')],
      changed: [{ before: step('SLOW_1'), after: step('SLOW_1', 'khác') }],
      reordered: false,
    },
    fields: { added: [flag('b')], removed: [flag('a')], changed: [], reordered: false },
    other: ['priority'],
  })
  expect(comparisonDetail(comparison)).toEqual({
    added: 'SLOW_4, b',
    removed: 'SLOW_2, a',
    changed: 'SLOW_1, priority',
  })
})

it('says when only the order is another, and nothing when nothing is', () => {
  const after = { ...BEFORE, steps: [step('SLOW_2'), step('SLOW_1'), step('SLOW_3')] }
  expect(compareContents(BEFORE, after).steps).toMatchObject({ changed: [], reordered: true })
  expect(comparisonDetail(compareContents(BEFORE, after))).toEqual({ reordered: 'steps' })
  expect(comparisonDetail(compareContents(BEFORE, structuredClone(BEFORE)))).toEqual({})
})
