import { describe, expect, it } from 'vitest'
import {
  attempt,
  effectTypes,
  LAN,
  refusal,
  walked,
} from '../../../test/support/domain/process-steps.ts'

describe('the first answer and its callback', () => {
  it('goes to the callback after guidance that may have helped, and to NOC after one that did not', () => {
    const guiding = {
      status: 'guiding',
      facts: { steps: { ticked: 1, lastIsNok: false } },
    } as const
    expect(walked(LAN, guiding, 'save_guidance', { result: 'unknown' }).row).toBe(4)
    expect(walked(LAN, guiding, 'save_guidance', { result: 'nok' }).row).toBe(5)
    const kept = walked(LAN, guiding, 'save_guidance', { result: 'nok', promise: true })
    expect(effectTypes(kept)).toContain('promise_callback')
  })

  it('counts what is ticked in the same step', () => {
    const steps = { NO_INTERNET_1: { answer: 'nok' } }
    const input = { result: 'ok', steps }
    expect(walked(LAN, { status: 'guiding' }, 'save_guidance', input).row).toBe(4)
    const empty = { result: 'ok', steps: {} }
    expect(refusal(LAN, { status: 'guiding' }, 'save_guidance', empty)).toEqual(
      ['input', 'steps_missing', ['steps']].with(1, 'missing'),
    )
  })

  it('asks for a tick in the answers that replace those of before', () => {
    const facts = { steps: { ticked: 2, lastIsNok: false } }
    const skipped = { result: 'ok', steps: { NO_INTERNET_1: { answer: 'skipped' } } }
    const refused = refusal(LAN, { status: 'guiding', facts }, 'save_guidance', skipped)
    expect(refused).toEqual(['input', 'missing', ['steps']])
  })

  it.each([
    [0, 8, 'callback_due', '2026-11-23T03:15:00.000Z'],
    [1, 8, 'callback_due', '2026-11-23T04:00:00.000Z'],
    [2, 9, 'need_customer_info', null],
  ])('after %i tries nobody answered is row %i', (before, row, status, dueAt) => {
    const since = '2026-11-23T02:00:00.000Z'
    const evidence = Array.from({ length: before }, () => attempt(since))
    const due = { status: 'callback_due', statusSince: since, facts: { evidence } } as const
    const result = walked(null, due, 'callback_no_answer')
    expect([result.row, result.ticket.status]).toEqual([row, status])
    const retry = result.effects.find(({ type }) => type === 'retry_promise')
    expect(retry && 'dueAt' in retry ? retry.dueAt : null).toBe(dueAt)
  })

  it('forgets the tries of an earlier promise', () => {
    const evidence = [attempt('2026-11-22T02:00:00.000Z'), attempt('2026-11-22T03:00:00.000Z')]
    expect(
      walked(null, { status: 'callback_due', facts: { evidence } }, 'callback_no_answer').row,
    ).toBe(8)
  })

  it('hands a customer who cannot be reached to NOC when the last step was nok', () => {
    const evidence = [attempt('2026-11-23T02:10:00.000Z'), attempt('2026-11-23T02:30:00.000Z')]
    const facts = { evidence, steps: { ticked: 3, lastIsNok: true } }
    const { ticket } = walked(null, { status: 'callback_due', facts }, 'callback_no_answer')
    expect(ticket).toMatchObject({ status: 'noc_queued', returnStatus: null })
  })

  it.each([
    ['2026-11-24T01:59:59.999Z', true, null],
    ['2026-11-24T02:00:00.000Z', true, 'too_old'],
    ['2026-11-23T03:00:00.000Z', false, 'not_by_call'],
  ])('as no request at all: at %s, opened by a call %s', (now, openedByCall, code) => {
    const given = { openedByCall, facts: { now } }
    expect(refusal(LAN, given, 'discard', { reason: 'silent_call' })?.[1] ?? null).toBe(code)
  })
})
