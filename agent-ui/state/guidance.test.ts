import { describe, expect, test } from 'vitest'
import { aGuidance } from '../test-support/samples.ts'
import { formFaults } from './form-faults.ts'
import {
  guidanceAnswers,
  guidanceDraftOf,
  guidanceSchema,
  nextAnswer,
  withAnswer,
  shortStep,
} from './guidance.ts'

const view = aGuidance()
const { fields } = view.content

test('a step goes from ok to nok to skipped and back to unanswered', () => {
  expect(nextAnswer(undefined)).toBe('ok')
  expect(nextAnswer('ok')).toBe('nok')
  expect(nextAnswer('nok')).toBe('skipped')
  expect(nextAnswer('skipped')).toBeNull()
})

test('the note of a step survives another answer and goes with the last one', () => {
  const draft = { steps: { SLOW_1: { answer: 'ok' as const, note: 'đã đo' } }, fields: {} }
  const nok = withAnswer(draft, 'SLOW_1', 'nok')
  expect(nok.steps['SLOW_1']).toEqual({ answer: 'nok', note: 'đã đo' })
  expect(withAnswer(nok, 'SLOW_1', null).steps).toEqual({})
})

describe('typed fields', () => {
  test('read as they are said here: a comma in numbers, our time', () => {
    const shown = guidanceDraftOf({
      ...view,
      fields: { rx_dbm: -27.5, seen_at: '2026-11-27T03:00:00.000Z', los_red: true },
    })
    expect(shown.fields).toEqual({
      rx_dbm: '-27,5',
      serial: '',
      seen_at: '27/11/2026 10:00',
      los_red: true,
    })
  })

  test.each([
    [{ rx_dbm: '-27,5' }, {}],
    [{ rx_dbm: '-99' }, { 'fields.rx_dbm': { code: 'too_small', min: -40 } }],
    [{ rx_dbm: 'mạnh' }, { 'fields.rx_dbm': { code: 'format' } }],
    [{ seen_at: 'sáng nay' }, { 'fields.seen_at': { code: 'wrong' } }],
  ])('%o', (typed, faults) => {
    const draft = guidanceDraftOf(view)
    const result = guidanceSchema(fields).safeParse(
      { ...draft, fields: { ...draft.fields, ...typed } },
      { reportInput: true },
    )
    expect(formFaults(result.error?.issues ?? [])).toEqual(faults)
  })

  test('are sent in the units of the service, without what nobody answered', () => {
    const draft = guidanceDraftOf(view)
    const typed = { ...draft.fields, rx_dbm: '-27,5', los_red: true, serial: ' ' }
    expect(guidanceAnswers(fields, { ...draft, fields: typed }).fields).toEqual({
      rx_dbm: -27.5,
      los_red: true,
    })
  })
})

test.each([
  [
    'Kiểm tra dây có bị gập gấp, đè tủ, chuột cắn không; nếu có, xin đừng tự nối.',
    'Kiểm tra dây có bị gập gấp',
  ],
  [
    'Khởi động lại modem một lần. Nếu LOS vẫn đỏ em chuyển kỹ thuật ngay.',
    'Khởi động lại modem một lần',
  ],
  ['(Nội bộ) Kiểm tra khu vực có đang sự cố', '(Nội bộ) Kiểm tra khu vực có đang sự cố'],
  ['Mở trang web khác', 'Mở trang web khác'],
  ['x'.repeat(70), `${'x'.repeat(60)}…`],
])('the step %j is named %j', (text, name) => {
  expect(shortStep(text)).toBe(name)
})
