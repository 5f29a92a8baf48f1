import { describe, expect, it } from 'vitest'
import {
  checklistField,
  type ChecklistField,
  type FieldValue,
  type GuidanceContent,
  type StepAnswer,
} from '#contract/casework/guidance.ts'
import {
  answerFaults,
  carriedOver,
  countAnswers,
  countTicked,
  givenValues,
  lastStepIsNok,
  recordSteps,
  subjectWordsOf,
  valueFault,
} from './answers.ts'

const LABEL = { vi: 'Nhãn', en: 'Label' }
const field = (change: object): ChecklistField =>
  checklistField.parse({ id: 'f', label: LABEL, ...change })

const RX = field({ type: 'number', unit: 'dBm', min: -40, max: 8, decimals: 2 })
const DEVICES = field({ type: 'number', unit: '', min: 0, max: 100, decimals: 0 })
const SERIAL = field({ type: 'text', format: 'serial', maxLength: 32 })
const IP = field({ type: 'text', format: 'ip', maxLength: 45 })
const DOMAIN = field({ type: 'text', format: 'domain', maxLength: 253 })
const FREE = field({ type: 'text', format: 'any', maxLength: 5 })
const FLAG = field({ id: 'gen_power_cut', type: 'flag', subject: 'mất điện' })
const INSTANT = field({ type: 'instant' })
const DATE = field({ type: 'date' })
const LOS = field({
  id: 'los_light',
  type: 'choice',
  options: [
    { id: 'off', label: LABEL, subject: null },
    { id: 'red_steady', label: LABEL, subject: 'LOS đỏ' },
  ],
})

describe('a field takes', () => {
  it.each<[ChecklistField, FieldValue, string | null]>([
    [RX, -27.35, null],
    [RX, -40, null],
    [RX, 8, null],
    [RX, -40.01, 'must be a number from -40 to 8 dBm'],
    [RX, 8.5, 'must be a number from -40 to 8 dBm'],
    [RX, '-27', 'must be a number from -40 to 8 dBm'],
    [RX, -27.355, 'must have at most 2 decimals'],
    [DEVICES, 3, null],
    [DEVICES, 3.5, 'must be a whole number'],
    [SERIAL, 'ZTEGC1A2B3C4', null],
    [SERIAL, 'ZTE G', 'must be 5 to 32 letters and digits, for example ZTEGC1A2B3C4'],
    [SERIAL, '', null],
    [IP, '113.160.1.20', null],
    [IP, '2001:db8::1', null],
    [IP, '113.160.1.256', 'must be an IP address, for example 113.160.1.20'],
    [IP, '113.160.1', 'must be an IP address, for example 113.160.1.20'],
    [DOMAIN, 'dcnet.vn', null],
    [DOMAIN, 'dcnet', 'must be a domain, for example dcnet.vn'],
    [FREE, 'sáu ký tự', 'must have at most 5 characters'],
    [FREE, 5, 'must be text'],
    [FLAG, true, null],
    [FLAG, 'true', 'must be true or false'],
    [INSTANT, '2026-11-22T03:15:00.000Z', null],
    [INSTANT, 'hôm qua', 'must be an instant in UTC, for example 2026-11-22T03:15:00.000Z'],
    [DATE, '2026-11-22', null],
    [DATE, '22/11/2026', 'must be a date, for example 2026-11-22'],
    [LOS, 'off', null],
    [LOS, 'green', 'must be one of off, red_steady'],
  ])('%j: %j → %s', (asked, value, says) => {
    expect(valueFault(asked, value)).toBe(says)
  })
})

const CONTENT: GuidanceContent = {
  steps: ['GEN_1', 'SLOW_1', 'SLOW_2'].map((id) => ({ id, text: LABEL })),
  fields: [FLAG, LOS],
  escalate: [],
}
const step = (answer: StepAnswer['answer'], note = ''): StepAnswer => ({ answer, note })
const at = (answer: StepAnswer['answer'], when: string) => ({ ...step(answer), at: when })
const AT = '2026-11-27T02:00:00.000Z'
const LATER = '2026-11-27T02:05:00.000Z'

describe('answers', () => {
  it('that the checklist does not ask are named with their path', () => {
    const given = {
      steps: { SLOW_1: step('ok'), VPN_1: step('ok'), toString: step('ok') },
      fields: { los_light: 'green', gen_power_cut: null, constructor: 1 },
    }
    expect(answerFaults(CONTENT, given)).toMatchObject([
      { path: 'steps.VPN_1', code: 'checklist_no_step' },
      { path: 'steps.toString', code: 'checklist_no_step' },
      { path: 'fields.los_light', code: 'checklist_choice' },
      { path: 'fields.constructor', code: 'checklist_no_field' },
    ])
  })

  it('that were cleared are gone', () => {
    expect(givenValues({ a: null, b: '', c: false, d: 0 })).toEqual({ c: false, d: 0 })
  })

  it('keep the moment at which they were given, also when the others change', () => {
    const before = recordSteps({}, { SLOW_1: step('ok') }, AT)
    const after = recordSteps(before, { SLOW_1: step('ok'), SLOW_2: step('nok') }, LATER)
    expect(after).toMatchObject({ SLOW_1: { at: AT }, SLOW_2: { at: LATER } })
    expect(recordSteps(before, { SLOW_1: step('nok') }, LATER)).toMatchObject({
      SLOW_1: { answer: 'nok', at: LATER },
    })
    expect(recordSteps(before, {}, LATER)).toEqual({})
  })

  it('count as ticked unless the step was skipped', () => {
    expect(countTicked({ a: step('ok'), b: step('skipped'), c: step('nok') })).toBe(2)
    expect(countTicked({ b: step('skipped') })).toBe(0)
    expect(countAnswers({ a: step('ok'), b: step('skipped') })).toEqual({
      ok: 1,
      nok: 0,
      skipped: 1,
    })
  })

  it('ended with nok when the step that was recorded last did', () => {
    expect(lastStepIsNok(CONTENT, {})).toBe(false)
    expect(lastStepIsNok(CONTENT, { GEN_1: at('ok', AT), SLOW_1: at('nok', AT) })).toBe(true)
    expect(lastStepIsNok(CONTENT, { GEN_1: at('ok', LATER), SLOW_1: at('nok', AT) })).toBe(false)
    expect(lastStepIsNok(CONTENT, { SLOW_1: at('nok', AT), SLOW_2: at('skipped', LATER) })).toBe(
      true,
    )
    expect(lastStepIsNok(CONTENT, { SLOW_1: at('nok', AT), SLOW_2: at('ok', AT) })).toBe(false)
  })

  it('stay when another checklist asks the same and takes the value', () => {
    const answers = {
      steps: recordSteps({}, { GEN_1: step('ok'), VPN_1: step('nok') }, AT),
      fields: { los_light: 'red_blinking', gen_power_cut: true, vpn_kind: 'ssl' },
    }
    expect(carriedOver(CONTENT, answers)).toMatchObject({
      steps: { GEN_1: { answer: 'ok' } },
      fields: { gen_power_cut: true },
    })
    expect(Object.keys(carriedOver(CONTENT, answers).steps)).toEqual(['GEN_1'])
  })

  it('say in the subject what was found, in the order of the checklist', () => {
    expect(subjectWordsOf([LOS, FLAG], { gen_power_cut: true, los_light: 'red_steady' })).toEqual([
      'LOS đỏ',
      'mất điện',
    ])
    expect(subjectWordsOf([LOS, FLAG], { gen_power_cut: false, los_light: 'off' })).toEqual([])
  })
})
