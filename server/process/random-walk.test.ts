import { describe, expect, it } from 'vitest'
import type { ProcessAction } from '#contract/casework/process.ts'
import type { TicketStatus } from '#contract/tickets.ts'
import { aCase, caseFacts } from '../../test/support/domain/a-case.ts'
import { call, KT, LAN, LEAD, NOC } from '../../test/support/domain/process-steps.ts'
import type { Actor, Case, CaseFacts } from './case.ts'
import { isRefusal, possibleActions, walk, type Walked } from './walk.ts'

const EXPECTED_CLOCKS: Partial<Record<TicketStatus, string[]>> = {
  noc_queued: ['noc'],
  noc_diagnosing: ['noc'],
  noc_core_fix: ['noc'],
  field_queued: ['field'],
  field_working: ['field'],
  customer_reply: ['reply'],
  recheck: ['recheck'],
}
const STAGES = ['noc', 'field', 'verify', 'reply', 'recheck']

describe('any sequence of steps', () => {
  it('of 10,000 by random people has no dead end, loses no clock and runs none twice', () => {
    const random = randomFrom(20261123)
    const pick = <T>(list: readonly T[]): T | undefined => list[Math.floor(random() * list.length)]
    const faults: string[] = []
    let steps = 0
    let endings = 0
    for (let sequence = 0; sequence < 10_000; sequence += 1) {
      // Frozen: a refusal, or a step, that changed the ticket it was given would throw.
      let ticket = Object.freeze(aCase({ kind: random() < 0.8 ? 'incident' : 'request' }))
      const received = ticket.receivedAt
      let now = Date.parse('2026-11-23T03:00:00.000Z')
      const running = new Set<string>()
      for (let step = 0; step < 12; step += 1) {
        now += 3_600_000
        const facts = factsAt(now, pick([LAN, NOC, KT, LEAD]) ?? LAN, running.has('noc'))
        // A lead may what everybody may.
        const byAnybody = possibleActions(ticket, { ...facts, actor: LEAD })
        if (byAnybody.length === 0) {
          if (!['closed', 'cancelled'].includes(ticket.status))
            faults.push(`dead: ${ticket.status}`)
          endings += 1
          break
        }
        const action = pick(byAnybody) ?? 'cancel'
        const result = walk(ticket, action, inputFor(action, random), facts)
        if (isRefusal(result)) {
          if (result.reason === '') faults.push(`${action} is refused without a reason`)
          continue
        }
        steps += 1
        faults.push(...runClocks(running, result))
        ticket = Object.freeze({ ...result.ticket, mergedInto: null })
        if (ticket.receivedAt !== received) faults.push(`${action} moved the receipt`)
        const stages = STAGES.filter((clock) => running.has(clock)).join()
        const expected = clocksOf(ticket, running.has('noc')).join()
        if (stages !== expected)
          faults.push(`${action} to ${ticket.status}: ${stages}, not ${expected}`)
      }
    }
    expect(faults).toEqual([])
    expect(steps).toBeGreaterThan(20_000)
    expect(endings).toBeGreaterThan(100)
  }, 60_000)
})

/** Does to the running clocks what a step says; answers what is wrong with it. */
function runClocks(running: Set<string>, { effects }: Walked): string[] {
  const twice: string[] = []
  for (const effect of effects) {
    if (effect.type === 'start_clock') {
      if (running.has(effect.clock)) twice.push(`${effect.clock} runs twice`)
      running.add(effect.clock)
    }
    if (effect.type === 'stop_clock') running.delete(effect.clock)
    if (effect.type === 'freeze_clocks') running.clear()
  }
  return twice
}

/** A question leaves the clocks as they were; verifying keeps NOC's after a fix on the core. */
function clocksOf({ status, returnStatus }: Case, nocRuns: boolean): string[] {
  const stage = status === 'need_customer_info' ? (returnStatus ?? status) : status
  if (stage === 'noc_verifying') return nocRuns ? ['noc', 'verify'] : ['verify']
  return EXPECTED_CLOCKS[stage] ?? []
}

function factsAt(now: number, actor: Actor, nocClockRuns: boolean): CaseFacts {
  const at = new Date(now).toISOString()
  return caseFacts({
    now: at,
    actor,
    nocClockRuns,
    steps: { ticked: 1, lastIsNok: false },
    evidence: [call(at)],
    target: { id: 't9', status: 'new', isOpen: true, isOpenOutage: true, mergedInto: null },
  })
}

function inputFor(action: ProcessAction, random: () => number): object {
  const result = random() < 0.5 ? 'ok' : 'nok'
  const given: Partial<Record<ProcessAction, object>> = {
    start_guidance: { category: 'NO_INTERNET' },
    skip_guidance: { reason: 'los_red' },
    save_guidance: { result },
    callback_result: { result, note: 'ok' },
    accept: { staffId: 'someone' },
    core_fixable: { causeCode: 'olt_fault' },
    need_field: { address: '1 Cầu Giấy', causeCode: 'fibre_cut' },
    need_info: { question: '?' },
    core_done: { note: 'reset' },
    field_done: { conclusion: 'thay ONT' },
    field_failed: { reason: 'không vào được' },
    verify: { result, testResult: 'ping' },
    reply_result: { result },
    disagree: { grounds: 'cước' },
    recheck_answer: { summary: 'đúng' },
    close: { resolutionCode: 'other', resolution: 'xong', causeCode: 'other' },
    reopen: { reason: 'lại lỗi' },
    cancel: { reason: 'opened_by_mistake' },
    resolved_on_call: { resolution: 'xong', customerConfirmed: true },
    discard: { reason: 'test_call' },
    link_outage: { outageId: 't9' },
    answer_directly: { summary: 'cước đúng' },
    postpone_visit: { visitAt: '2027-11-23T03:00:00.000Z' },
    merge: { into: 't9' },
  }
  return given[action] ?? {}
}

/** The same sequence at every run (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
