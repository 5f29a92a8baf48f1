import { describe, expect, it } from 'vitest'
import { effectTypes, NOC, refusal, walked } from '../../../test/support/domain/process-steps.ts'

describe('the work of NOC and field', () => {
  it('starts a NOC clock after failed field work, and lets it go on after a fix on the core', () => {
    const nok = { result: 'nok' }
    const afterField = walked(NOC, { status: 'noc_verifying' }, 'verify', nok)
    expect(effectTypes(afterField)).toContain('start_clock noc')
    const facts = { nocClockRuns: true }
    const afterCore = walked(NOC, { status: 'noc_verifying', facts }, 'verify', nok)
    expect(effectTypes(afterCore)).not.toContain('start_clock noc')
    expect(afterCore.ticket.loopNo).toBe(2)
  })

  it('restores the service at the moment that NOC names, never before receipt or in the future', () => {
    const at = '2026-11-23T02:30:00.000Z'
    const input = { result: 'ok', testResult: 'ok', restoredAt: at }
    const result = walked(NOC, { status: 'noc_verifying' }, 'verify', input)
    expect(result.ticket.restoredAt).toBe(at)
    expect(result.effects).toContainEqual({ type: 'stop_clock', clock: 'restoration', at })
    for (const restoredAt of ['2026-11-23T01:59:59.999Z', '2026-11-23T03:00:00.001Z']) {
      const wrong = { ...input, restoredAt }
      expect(refusal(NOC, { status: 'noc_verifying' }, 'verify', wrong)?.[2]).toEqual([
        'restoredAt',
      ])
    }
  })
})
