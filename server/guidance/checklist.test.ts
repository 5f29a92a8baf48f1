import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import {
  checklistCode,
  type ChecklistContent,
  checklistContent,
} from '#contract/casework/guidance.ts'
import { contentFaults, guidanceContentOf } from './checklist.ts'
import seedRows from './seed-checklists.json' with { type: 'json' }

const seed = z.array(z.object({ code: checklistCode, content: checklistContent })).parse(seedRows)

const LABEL = { vi: 'Nhãn', en: 'Label' }

function aContent(change: Partial<ChecklistContent> = {}): ChecklistContent {
  return {
    name: LABEL,
    short: LABEL,
    owners: ['noc'],
    priority: null,
    escalate: LABEL,
    steps: [{ id: 'SLOW_1', text: LABEL }],
    fields: [],
    ...change,
  }
}

describe('the checklists that come with the program', () => {
  it('are the 17 categories and the common steps, each with steps and typed fields', () => {
    expect(seed.map(({ code }) => code)).toEqual(checklistCode.options)
    expect(seed.flatMap(({ content }) => content.steps)).toHaveLength(58)
    for (const { content } of seed) expect(content.fields.length).toBeGreaterThan(1)
  })

  it.each(seed)('$code contradicts nothing', ({ code, content }) => {
    expect(contentFaults(code, content)).toEqual([])
  })

  it('type what is written down: the LOS light is a choice, Rx a number in dBm', () => {
    const fibre = seed.find(({ code }) => code === 'LOS_FIBER_CUT')?.content.fields
    expect(fibre).toMatchObject([
      { id: 'los_light', type: 'choice', options: [{ id: 'off' }, { subject: 'LOS đỏ' }, {}] },
      { id: 'break_cause', type: 'choice' },
      { id: 'break_place', type: 'text' },
      { id: 'someone_home', type: 'text' },
      { id: 'rx_dbm', type: 'number', unit: 'dBm', min: -40, max: 8 },
    ])
  })
})

describe('a checklist is refused', () => {
  const flag = (id: string) => ({ id, label: LABEL, type: 'flag' as const, subject: null })

  it.each([
    [
      'a step of another checklist',
      { steps: [{ id: 'VPN_1', text: LABEL }] },
      'content.steps.0.id',
    ],
    [
      'a step that stands twice',
      {
        steps: [
          { id: 'SLOW_1', text: LABEL },
          { id: 'SLOW_1', text: LABEL },
        ],
      },
      'content.steps.1.id',
    ],
    ['a field that stands twice', { fields: [flag('a'), flag('a')] }, 'content.fields.1.id'],
    ['a field with a name of the common ones', { fields: [flag('gen_a')] }, 'content.fields.0.id'],
    [
      'a range that holds nothing',
      { fields: [{ ...flag('a'), type: 'number', unit: '', min: 2, max: 1, decimals: 0 }] },
      'content.fields.0.max',
    ],
    [
      'an option that stands twice',
      {
        fields: [
          {
            ...flag('a'),
            type: 'choice',
            options: [
              { id: 'x', label: LABEL, subject: null },
              { id: 'x', label: LABEL, subject: null },
            ],
          },
        ],
      },
      'content.fields.0.options.1.id',
    ],
  ] as const)('for %s', (_why, change, path) => {
    const content = checklistContent.parse({ ...aContent(), ...change })
    expect(contentFaults('SLOW', content)).toMatchObject([{ path }])
  })

  it('when fields of GEN do not begin with gen_', () => {
    const content = aContent({ steps: [{ id: 'GEN_1', text: LABEL }], fields: [flag('a')] })
    expect(contentFaults('GEN', content)).toMatchObject([{ code: 'checklist_field_id' }])
  })
})

it('a ticket is asked the common steps first, and these alone without a category', () => {
  const common = aContent({ steps: [{ id: 'GEN_1', text: LABEL }] })
  const own = aContent()
  expect(guidanceContentOf(common, own).steps.map(({ id }) => id)).toEqual(['GEN_1', 'SLOW_1'])
  expect(guidanceContentOf(common, null).steps.map(({ id }) => id)).toEqual(['GEN_1'])
})
