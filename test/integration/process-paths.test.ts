import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS } from '../support/database.ts'
import { openProcessHouse, type PathStep, type ProcessHouse } from '../support/process-house.ts'

const HOUR_MS = 3_600_000
const STEPS = { steps: { NO_INTERNET_1: { answer: 'ok' }, NO_INTERNET_2: { answer: 'nok' } } }
const GUIDED = { resolutionCode: 'guided_by_phone', causeCode: 'power', resolution: 'cắm lại' }

const START: PathStep = [
  'mai',
  'start_guidance',
  { category: 'NO_INTERNET', identityUnknown: true },
  'guiding · cskh/mai · save_guidance · overall 1 restoration 1',
]
/** From a call to NOC that looks for the cause. */
const TO_NOC: PathStep[] = [
  START,
  [
    'mai',
    'save_guidance',
    { result: 'nok', ...STEPS },
    'noc_queued · noc/- · accept · noc 1 overall 1 restoration 1',
  ],
  ['noc', 'accept', {}, 'noc_diagnosing · noc/noc · core_fixable · noc 1 overall 1 restoration 1'],
]
const FIX: PathStep[] = [
  [
    'noc',
    'core_fixable',
    { causeCode: 'configuration' },
    'noc_core_fix · noc/noc · core_done · noc 1 overall 1 restoration 1',
  ],
  [
    'noc',
    'core_done',
    { note: 'đã mở lại cổng' },
    'noc_verifying · noc/noc · verify · noc 1 overall 1 restoration 1 verify 1',
  ],
]
const VERIFIED = { result: 'ok', testResult: 'ping 2 ms' }

describe.each(DIALECTS)('paths of the process on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect)
    await house.startSchedule()
  })
  afterEach(() => house.close())

  /** Each step is taken, and what is seen after it is what the path says. */
  async function walk(id: string, path: readonly PathStep[]): Promise<void> {
    expect(await house.walk(id, path)).toEqual(path)
  }

  /** The same steps where another test looks at each of them. */
  async function hurry(id: string, path: readonly PathStep[]): Promise<void> {
    for (const [name, action, input] of path) {
      // oxlint-disable-next-line no-await-in-loop -- a path
      await house.step(name, id, action, input)
    }
    const seen = path.at(-1)?.[3]
    expect(await house.seen(id)).toBe(seen)
  }

  test('solved on call: no callback is promised, and it is closed by who answered', async () => {
    const id = await house.openByCall()
    expect(await house.seen(id)).toBe('new · cskh/mai · start_guidance · overall 1 restoration 1')
    const resolution = { resolution: 'khách tự khởi động lại modem' }
    expect(await house.refused('mai', id, 'resolved_on_call')).toBe('422 resolution')
    expect(await house.refused('mai', id, 'resolved_on_call', resolution)).toBe(
      '422 customerConfirmed',
    )
    await walk(id, [
      [
        'mai',
        'resolved_on_call',
        { ...resolution, customerConfirmed: true },
        'confirmed · cskh/mai · close · ',
      ],
    ])
    expect(await house.refused('mai', id, 'close')).toBe('422 resolutionCode causeCode')
    expect(await house.refused('mai', id, 'accept')).toBe(
      '409 not_now in confirmed, possible: reply_result disagree close link_outage merge',
    )
    const codes = { resolutionCode: 'guided_by_phone', causeCode: 'power' }
    expect(await house.race(['mai', 'lan'], id, 'close', codes)).toEqual([
      'taken',
      '409 stale closed',
    ])
    expect(await house.seen(id)).toBe('closed · cskh/mai · reopen · ')
    const { callbacks, resolution: kept, closedAt } = await house.read(id)
    expect({ callbacks, kept, closedAt }).toEqual({
      callbacks: [],
      kept: resolution.resolution,
      closedAt: house.clock.now(),
    })
  })

  test('promise kept: the house calls after 30 minutes, the customer confirms, closed', async () => {
    const id = await house.openByCall()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await walk(id, [START])
    expect(await house.refused('mai', id, 'save_guidance', { result: 'ok' })).toBe('422 steps')
    await walk(id, [
      [
        'mai',
        'save_guidance',
        { result: 'ok', ...STEPS },
        'callback_due · cskh/mai · callback_result · overall 1 promise 1 restoration 1',
      ],
    ])
    expect(await house.refused('mai', id, 'callback_result', { result: 'ok' })).toBe('422 note')
    expect(await house.refused('noc', id, 'accept')).toBe(
      '409 not_now in callback_due, possible: link_outage',
    )
    const [promise] = (await house.read(id)).callbacks
    expect(Date.parse(promise?.dueAt ?? '') - house.clock.nowMs()).toBeCloseTo(HOUR_MS / 2, -4)
    expect(house.telephony.originated).toEqual([])
    await house.until(promise?.dueAt ?? '')
    expect(house.telephony.originated).toMatchObject([{ extension: '101', number: '0912345678' }])
    await house.talk()
    const { callbacks, clocks } = await house.read(id)
    expect(callbacks).toMatchObject([{ status: 'done', attempts: [{ outcome: 'reached' }] }])
    const kept = clocks.find(({ kind }) => kind === 'promise')
    const lateMs = Date.parse(kept?.stoppedAt ?? '') - Date.parse(promise?.dueAt ?? '')
    expect(lateMs).toBeLessThanOrEqual(60_000)
    await walk(id, [
      ['mai', 'callback_result', { result: 'ok' }, 'confirmed · cskh/mai · close · '],
      ['mai', 'close', GUIDED, 'closed · cskh/mai · reopen · '],
    ])
  })

  test('NOC fixes on CORE: the answer is a call of the hotline after the result, then closed', async () => {
    const id = await house.openByCall()
    await walk(id, TO_NOC)
    expect(await house.refused('noc', id, 'core_fixable')).toBe('422 causeCode')
    expect(await house.refused('noc', id, 'core_done', { note: 'x' })).toBe(
      '409 not_now in noc_diagnosing, possible: core_fixable need_field need_info link_outage',
    )
    await walk(id, FIX)
    expect(await house.refused('noc', id, 'verify', { result: 'ok' })).toBe('422 testResult')
    expect(await house.race(['noc', 'noc2'], id, 'verify', VERIFIED)).toEqual([
      'taken',
      '409 stale customer_reply',
    ])
    expect(await house.seen(id)).toBe(
      'customer_reply · cskh/mai · reply_result · overall 1 reply 1',
    )
    expect(await house.refused('mai', id, 'reply_result', { result: 'ok' })).toBe(
      '422 overrideReason',
    )
    await house.callOut(id)
    await house.talk()
    await walk(id, [
      ['mai', 'reply_result', { result: 'ok' }, 'confirmed · cskh/mai · close · '],
      ['mai', 'close', { resolutionCode: 'fixed_on_core' }, 'closed · cskh/mai · reopen · '],
    ])
  })

  test('NOC, field, verification, answer: each team hands on what the next one needs', async () => {
    const id = await house.openByCall()
    await hurry(id, TO_NOC)
    expect(await house.refused('noc', id, 'need_field')).toBe('422 address causeCode')
    const place = { address: '12 Cầu Giấy, Hà Nội', causeCode: 'fibre_cut' }
    expect(await house.race(['noc', 'noc2'], id, 'need_field', place)).toEqual([
      'taken',
      '409 stale field_queued',
    ])
    expect(await house.seen(id)).toBe(
      'field_queued · field/- · accept · field 1 overall 1 restoration 1',
    )
    expect(await house.refused('tech', id, 'field_done', { conclusion: 'x' })).toBe(
      '409 not_now in field_queued, possible: need_info accept postpone_visit',
    )
    await walk(id, [
      [
        'tech',
        'accept',
        {},
        'field_working · field/tech · field_done · field 1 overall 1 restoration 1',
      ],
    ])
    expect(await house.refused('tech', id, 'field_done', { rxDbm: 'tối' })).toBe(
      '422 conclusion rxDbm',
    )
    await walk(id, [
      [
        'tech',
        'field_done',
        { conclusion: 'hàn lại cáp', materials: '2 đầu nối', rxDbm: -19.5 },
        'noc_verifying · noc/noc · verify · overall 1 restoration 1 verify 1',
      ],
      ['noc', 'verify', VERIFIED, 'customer_reply · cskh/mai · reply_result · overall 1 reply 1'],
    ])
    await house.callOut(id)
    await house.talk()
    await walk(id, [
      ['mai', 'reply_result', { result: 'ok' }, 'confirmed · cskh/mai · close · '],
      ['mai', 'close', { resolutionCode: 'fixed_on_site' }, 'closed · cskh/mai · reopen · '],
    ])
    const { address, causeCode, resolution } = await house.read(id)
    expect({ address, causeCode, resolution }).toEqual({ ...place, resolution: 'hàn lại cáp' })
  })

  test('verification nok: NOC’s clock goes on after CORE, a new one starts after field', async () => {
    const id = await house.openByCall()
    await hurry(id, [...TO_NOC, ...FIX])
    await walk(id, [
      [
        'noc',
        'verify',
        { result: 'nok' },
        'noc_diagnosing · noc/noc · core_fixable · noc 1 overall 1 restoration 1',
      ],
      [
        'noc',
        'need_field',
        { address: '12 Cầu Giấy', causeCode: 'ont_fault' },
        'field_queued · field/- · accept · field 2 overall 1 restoration 1',
      ],
      [
        'tech',
        'accept',
        {},
        'field_working · field/tech · field_done · field 2 overall 1 restoration 1',
      ],
      [
        'tech',
        'field_done',
        { conclusion: 'đổi modem' },
        'noc_verifying · noc/noc · verify · overall 1 restoration 1 verify 2',
      ],
      [
        'noc',
        'verify',
        { result: 'nok' },
        'noc_diagnosing · noc/noc · core_fixable · noc 3 overall 1 restoration 1',
      ],
    ])
    expect((await house.read(id)).loopNo).toBe(3)
    expect(await house.refused('mai', id, 'verify', { result: 'ok' })).toBe(
      '409 not_now in noc_diagnosing, possible: link_outage merge',
    )
  })

  test('a question to the customer: NOC’s clock waits for the answer, others do not', async () => {
    const id = await house.openByCall()
    await hurry(id, TO_NOC)
    const nocClock = async () => (await house.read(id)).clocks.find(({ kind }) => kind === 'noc')
    const due = Date.parse((await nocClock())?.dueAt ?? '')
    expect(await house.refused('noc', id, 'need_info', { question: '' })).toBe('422 question')
    await walk(id, [
      [
        'noc',
        'need_info',
        { question: 'Đèn PON sáng hay tắt?' },
        'need_customer_info · cskh/mai · info_received · (noc 1) overall 1 restoration 1',
      ],
    ])
    expect(await nocClock()).toMatchObject({ dueAt: null, pausedBy: 'customer_info' })
    expect((await house.read(id)).openQuestion).toBe('Đèn PON sáng hay tắt?')
    expect(await house.refused('mai', id, 'info_unavailable')).toBe(
      '409 too_few_tries in need_customer_info, possible: info_received link_outage merge',
    )
    house.clock.set(new Date(house.clock.nowMs() + 2 * HOUR_MS).toISOString())
    await walk(id, [
      [
        'mai',
        'info_received',
        { answer: 'đèn tắt' },
        'noc_diagnosing · noc/noc · core_fixable · noc 1 overall 1 restoration 1',
      ],
    ])
    const after = await nocClock()
    expect((after?.rawSeconds ?? 0) - (after?.netSeconds ?? 0)).toBe(7200)
    expect(Date.parse(after?.dueAt ?? '') - due).toBe(2 * HOUR_MS)
    expect((await house.read(id)).openQuestion).toBeNull()
  })
})
