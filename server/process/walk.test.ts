import { describe, expect, it } from 'vitest'
import type { ProcessAction } from '#contract/process.ts'
import type { TicketStatus } from '#contract/tickets.ts'
import { aCase, caseFacts } from '../../test/support/domain/a-case.ts'
import type { Actor, Case, CaseFacts, Evidence } from './case.ts'
import { isRefusal, offersFor, possibleActions, walk, type Walked } from './walk.ts'

const LAN: Actor = { id: 'lan', role: 'agent', leads: [] }
const NOC: Actor = { id: 'noc', role: 'noc', leads: [] }
const KT: Actor = { id: 'kt', role: 'field', leads: [] }
const LEAD: Actor = { id: 'sup', role: 'supervisor', leads: ['cskh', 'noc', 'field'] }
const ADMIN: Actor = { id: 'admin', role: 'admin', leads: [] }

type Given = Partial<Case> & { facts?: Partial<CaseFacts> }

function take(actor: Actor | null, given: Given, action: ProcessAction, input: object = {}) {
  const { facts, ...ticket } = given
  return walk(aCase(ticket), action, input, caseFacts({ actor, ...facts }))
}

function walked(...args: Parameters<typeof take>): Walked {
  const result = take(...args)
  if (isRefusal(result)) throw new Error(`refused: ${result.reason}`)
  return result
}

function refusal(...args: Parameters<typeof take>) {
  const result = take(...args)
  return isRefusal(result) ? [result.refused, result.code, result.fields.map((f) => f.path)] : null
}

const effectTypes = (result: Walked) =>
  result.effects.map((one) => ('clock' in one ? `${one.type} ${one.clock}` : one.type))

const call = (at: string): Evidence => ({ at, channel: 'hotline', kind: 'call' })
const attempt = (at: string): Evidence => ({ at, channel: 'hotline', kind: 'attempt' })

describe('a step of the process', () => {
  it('leads from the first call to NOC, and the ticket is nobody’s there', () => {
    const { ticket, row } = walked(LAN, {}, 'skip_guidance', { reason: 'los_red' })
    expect(row).toBe(3)
    expect(ticket).toMatchObject({ status: 'noc_queued', assigneeId: null, receptionId: 'lan' })
    expect(ticket.statusSince).toBe('2026-11-23T03:00:00.000Z')
  })

  it('comes back to whom it had in reception', () => {
    const verifying = { status: 'noc_verifying', assigneeId: 'noc', receptionId: 'lan' } as const
    const { ticket } = walked(NOC, verifying, 'verify', { result: 'ok', testResult: 'ping' })
    expect(ticket).toMatchObject({ status: 'customer_reply', assigneeId: 'lan' })
    expect(ticket.resultKnownAt).toBe('2026-11-23T03:00:00.000Z')
  })

  it('returns from a question to the state and the person that asked', () => {
    const asked = walked(KT, { status: 'field_working', assigneeId: 'kt' }, 'need_info', {
      question: 'Nhà ở tầng mấy?',
    }).ticket
    expect(asked).toMatchObject({ status: 'need_customer_info', returnStatus: 'field_working' })
    expect(asked.openQuestion).toBe('Nhà ở tầng mấy?')
    const back = walked(LAN, asked, 'info_received').ticket
    expect(back).toMatchObject({
      status: 'field_working',
      assigneeId: 'kt',
      returnStatus: null,
      openQuestion: null,
    })
  })

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

describe('the answer on the original channel', () => {
  const known = '2026-11-23T02:30:00.000Z'
  const replying = { status: 'customer_reply', resultKnownAt: known } as const

  it('is an answered call after the result was known', () => {
    const facts = { evidence: [call(known)] }
    const result = walked(LAN, { ...replying, facts }, 'reply_result', { result: 'ok' })
    expect(result.row).toBe(22)
    expect(result.effects).toContainEqual({ type: 'stop_clock', clock: 'overall', at: known })
  })

  it.each([
    ['before it', [call('2026-11-23T02:29:59.999Z')]],
    ['nobody answered', [attempt('2026-11-23T02:40:00.000Z')]],
    ['on another channel', [{ ...call('2026-11-23T02:40:00.000Z'), channel: 'email' as const }]],
  ])('is no call %s: it asks for a reason', (_case, evidence) => {
    const facts = { evidence }
    const ok = { result: 'ok' }
    expect(refusal(LAN, { ...replying, facts }, 'reply_result', ok)).toEqual([
      'input',
      'missing',
      ['overrideReason'],
    ])
    const reason = { ...ok, overrideReason: 'khách xác nhận qua Zalo' }
    expect(walked(LAN, { ...replying, facts }, 'reply_result', reason).row).toBe(22)
  })

  it('is on the channel that the customer agreed to, when they did', () => {
    const mail: Evidence = { at: known, channel: 'email', kind: 'mail' }
    const agreed = { ...replying, agreedChannel: 'email', facts: { evidence: [mail] } } as const
    expect(walked(LAN, agreed, 'reply_result', { result: 'ok' }).row).toBe(22)
    const back = { ...agreed, facts: { evidence: [call(known)] } }
    expect(refusal(LAN, back, 'reply_result', { result: 'ok' })?.[2]).toEqual(['messageId'])
  })

  it('of a letter has a reference, and a date between the result and today', () => {
    const letter = { ...replying, channel: 'letter' } as const
    const input = { result: 'ok', letterReference: '12/CV', letterDate: '2026-11-23' }
    expect(walked(LAN, letter, 'reply_result', input).effects[0]).toMatchObject({
      type: 'note_reply',
      kind: 'letter',
      reference: '12/CV',
    })
    for (const letterDate of ['2026-11-22', '2026-11-24']) {
      const wrong = { ...input, letterDate }
      expect(refusal(LAN, letter, 'reply_result', wrong)?.[2]).toEqual(['letterDate'])
    }
  })

  it('that the customer does not accept runs the whole case on, in a new round', () => {
    const { ticket, effects } = walked(LAN, { ...replying, status: 'confirmed' }, 'disagree', {
      grounds: 'cước vẫn sai',
    })
    expect(ticket).toMatchObject({ status: 'recheck', loopNo: 2, resultKnownAt: null })
    expect(effects[0]).toEqual({ type: 'thaw_clocks' })
  })

  const mondayTries = [attempt('2026-11-23T02:31:00.000Z'), attempt('2026-11-23T02:32:00.000Z')]
  it.each([
    ['three on one day', [...mondayTries, attempt('2026-11-23T02:33:00.000Z')], false],
    ['two on two days', [...mondayTries.slice(1), attempt('2026-11-24T02:00:00.000Z')], false],
    ['three on two days', [...mondayTries, attempt('2026-11-24T02:00:00.000Z')], true],
    ['the second day a Saturday', [...mondayTries, attempt('2026-11-28T02:00:00.000Z')], false],
  ])('is given up after three tries on two working days: %s', (_case, evidence, isEnough) => {
    const facts = { evidence, now: '2026-11-30T02:00:00.000Z' }
    const result = take(LAN, { ...replying, facts }, 'unreachable')
    expect(isRefusal(result)).toBe(!isEnough)
    if (!isRefusal(result)) expect(result.ticket.withoutConfirmation).toBe(true)
  })

  it('by mail counts once a working day', () => {
    const mail = (at: string): Evidence => ({ at, channel: 'email', kind: 'mail' })
    const mails = [
      '2026-11-23T02:31:00.000Z',
      '2026-11-23T08:00:00.000Z',
      '2026-11-24T02:00:00.000Z',
    ]
    const ticket = { ...replying, channel: 'email' } as const
    const now = '2026-11-30T02:00:00.000Z'
    const few = { ...ticket, facts: { now, evidence: mails.map(mail) } }
    expect(refusal(LAN, few, 'unreachable')?.[1]).toBe('too_few_tries')
    const enough = [...mails, '2026-11-25T02:00:00.000Z'].map(mail)
    expect(walked(LAN, { ...ticket, facts: { now, evidence: enough } }, 'unreachable').row).toBe(27)
  })
})

describe('closing', () => {
  const confirmed = { status: 'confirmed', resolution: 'đã hàn cáp' } as const
  const codes = { resolutionCode: 'fixed_on_site', causeCode: 'fibre_cut' }

  it('needs a resolution and, for faults, a cause: all that is missing is named at once', () => {
    expect(refusal(LAN, { status: 'confirmed' }, 'close')?.[2]).toEqual([
      'resolutionCode',
      'resolution',
      'causeCode',
    ])
    const request = { ...confirmed, kind: 'request' } as const
    const input = { resolutionCode: 'information_given' }
    expect(walked(LAN, request, 'close', input).ticket.closedAt).toBe('2026-11-23T03:00:00.000Z')
  })

  it.each([
    [null, false],
    [{ relation: 'other', name: 'Hà', paper: 'CCCD' } as const, false],
    [{ relation: 'representative', name: 'Hà', paper: '' } as const, false],
    [{ relation: 'representative', name: 'Hà', paper: 'giấy ủy quyền 12' } as const, true],
    [{ relation: 'holder', name: 'Hà', paper: '' } as const, true],
  ])('of a complaint by %j', (complainant, isVerified) => {
    const complaint = { ...confirmed, kind: 'complaint', complainant } as const
    expect(isRefusal(take(LAN, complaint, 'close', codes))).toBe(!isVerified)
    const override = { ...codes, overrideReason: 'chủ hợp đồng đã mất' }
    expect(isRefusal(take(LAN, complaint, 'close', override))).toBe(!isVerified)
    expect(walked(LEAD, complaint, 'close', override).row).toBe(28)
  })

  it.each([
    ['2026-11-30T16:59:59.999Z', true],
    ['2026-11-30T17:00:00.000Z', false],
  ])('can be taken back until the end of the 7th day: at %s %s', (now, isPossible) => {
    const closed = {
      status: 'closed',
      closedAt: '2026-11-23T03:00:00.000Z',
      facts: { now },
    } as const
    const result = take(LAN, closed, 'reopen', { reason: 'lại mất mạng' })
    expect(isRefusal(result)).toBe(!isPossible)
    if (!isRefusal(result))
      expect(result.ticket).toMatchObject({ status: 'recheck', closedAt: null })
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

describe('who may', () => {
  it.each([
    [NOC, {}, 'start_guidance'],
    [LAN, { status: 'noc_queued' }, 'accept'],
    [NOC, { status: 'customer_reply' }, 'reply_result'],
    [NOC, { status: 'confirmed' }, 'close'],
    [KT, { status: 'confirmed' }, 'close'],
    [LAN, {}, 'cancel'],
    [ADMIN, {}, 'skip_guidance'],
    [KT, { status: 'noc_diagnosing' }, 'need_info'],
  ] as const)('not everybody: %o, in %o, %s', (actor, given, action) => {
    expect(refusal(actor, given, action)?.[0]).toBe('person')
  })

  it('a lead may for the team', () => {
    expect(walked(LEAD, { status: 'noc_queued' }, 'accept').ticket.status).toBe('noc_diagnosing')
    expect(walked(LEAD, {}, 'cancel', { reason: 'opened_by_mistake' }).row).toBe(30)
  })

  it('a lead who accepts for field names the technician', () => {
    expect(refusal(LEAD, { status: 'field_queued' }, 'accept')?.[2]).toEqual(['staffId'])
    const { ticket } = walked(LEAD, { status: 'field_queued' }, 'accept', { staffId: 'kt' })
    expect(ticket.assigneeId).toBe('kt')
  })

  it('sees only what is possible, and one way on', () => {
    const offers = offersFor(aCase(), caseFacts({ actor: LAN }))
    expect(offers.map(({ action }) => action)).toEqual(
      [
        'start_guidance',
        'skip_guidance',
        'resolved_on_call',
        'discard',
        'link_outage',
        'merge',
        'unmerge',
      ].filter((action) => action !== 'unmerge'),
    )
    expect(offers.filter(({ main }) => main).map(({ action }) => action)).toEqual([
      'start_guidance',
    ])
    const skip = offers.find(({ action }) => action === 'skip_guidance')
    expect(skip?.needs[0]).toMatchObject({ name: 'reason', type: 'choice', required: true })
    expect(offersFor(aCase(), caseFacts({ actor: ADMIN }))).toEqual([])
  })
})

describe('tickets that are joined', () => {
  const target = {
    id: 't2',
    status: 'guiding',
    isOpen: true,
    isOpenOutage: false,
    mergedInto: null,
  } as const

  it.each([
    [{ ...target, id: 't1' }, 'itself'],
    [{ ...target, isOpen: false }, 'target_closed'],
    [{ ...target, mergedInto: 't1' }, 'target_merged'],
    [null, 'no_such_ticket'],
  ])('are not: %j', (facts, code) => {
    const result = take(LAN, { facts: { target: facts } }, 'merge', { into: 't2' })
    expect(isRefusal(result) ? result.fields[0]?.code : null).toBe(code)
  })

  it('keep their state, and know only the way back', () => {
    const { ticket } = walked(LAN, { facts: { target } }, 'merge', { into: 't2' })
    expect(ticket).toMatchObject({ status: 'new', mergedInto: 't2' })
    expect(possibleActions(ticket, caseFacts({ actor: LAN }))).toEqual(['unmerge'])
    expect(refusal(LAN, ticket, 'start_guidance')?.[1]).toBe('merged')
    const blocked = { ...ticket, facts: { unmergeBlocked: 'the promise was dialled' } }
    expect(refusal(LAN, blocked, 'unmerge')).toEqual(['state', 'moved_on', []])
  })

  it('wait for an open outage only', () => {
    const input = { outageId: 't2' }
    expect(refusal(LAN, { facts: { target } }, 'link_outage', input)?.[2]).toEqual(['outageId'])
    const facts = { target: { ...target, isOpenOutage: true } }
    expect(
      walked(NOC, { status: 'noc_diagnosing', facts }, 'link_outage', input).ticket,
    ).toMatchObject({
      status: 'noc_diagnosing',
      parentOutageId: 't2',
    })
  })
})

describe('any sequence of steps', () => {
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
})

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
