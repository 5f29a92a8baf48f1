import { describe, expect, test } from 'vitest'
import { aNeed } from '../test-support/samples.ts'
import { actionInput, emptyNeeds, needSchema } from './action-input.ts'
import { formFaults } from './form-faults.ts'

const needs = [
  aNeed({ name: 'reason', type: 'choice', required: true, options: ['los_red', 'voice'] }),
  aNeed({ name: 'note', type: 'long_text', maxLength: 10 }),
  aNeed({ name: 'rxDbm', type: 'number' }),
  aNeed({ name: 'visitAt', type: 'instant' }),
  aNeed({ name: 'promise', type: 'flag' }),
]

function faults(values: Record<string, string | boolean>): Record<string, unknown> {
  const result = needSchema(needs).safeParse(
    { ...emptyNeeds(needs), ...values },
    { reportInput: true },
  )
  return formFaults(result.error?.issues ?? [])
}

describe('what an action asks for', () => {
  test('is checked before it is sent', () => {
    expect(faults({})).toEqual({ reason: { code: 'choice' } })
    expect(faults({ reason: 'voice' })).toEqual({})
    expect(faults({ reason: 'voice', note: 'quá dài rồi đấy' })).toEqual({
      note: { code: 'too_long', max: 10 },
    })
    expect(faults({ reason: 'voice', rxDbm: 'mạnh' })).toEqual({ rxDbm: { code: 'format' } })
    expect(faults({ reason: 'voice', visitAt: 'mai' })).toEqual({ visitAt: { code: 'wrong' } })
  })

  test('is sent without what was left empty, in the units of the service', () => {
    const typed = {
      reason: 'los_red',
      note: ' ',
      rxDbm: '-27,5',
      visitAt: '28/11/2026 14:30',
      promise: false,
    }
    expect(actionInput(needs, typed)).toEqual({
      reason: 'los_red',
      rxDbm: -27.5,
      visitAt: '2026-11-28T07:30:00.000Z',
    })
    expect(actionInput(needs, { promise: true })).toEqual({ promise: true })
  })

  test('stands in the form already where it is known', () => {
    const asked = [aNeed({ name: 'address' }), aNeed({ name: 'note' })]
    expect(emptyNeeds(asked, { address: '12 Cầu Giấy' })).toEqual({
      address: '12 Cầu Giấy',
      note: '',
    })
  })
})
