import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type PathStep, type ProcessHouse } from '../support/process-house.ts'

const HOUR_MS = 3_600_000
const STEPS = { steps: { NO_INTERNET_1: { answer: 'ok' } } }
const VERIFIED = { result: 'ok', testResult: 'ping 2 ms' }
const GUIDED = { resolutionCode: 'guided_by_phone', causeCode: 'power', resolution: 'cắm lại' }

describe.each(HOUSE_DIALECTS)('answers to the customer on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect, { callbackRetries: 2 })
    await house.startSchedule()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
  })
  afterEach(() => house.close())

  async function walk(id: string, path: readonly PathStep[]): Promise<void> {
    expect(await house.walk(id, path)).toEqual(path)
  }

  const later = (ms: number) => new Date(house.clock.nowMs() + ms).toISOString()

  /** A call whose fault NOC has mended: there is something to say to the customer. */
  async function toReply(): Promise<string> {
    const id = await house.openByCall()
    await house.step('mai', id, 'skip_guidance', { reason: 'los_red' })
    await house.step('noc', id, 'accept')
    await house.step('noc', id, 'core_fixable', { causeCode: 'configuration' })
    await house.step('noc', id, 'core_done', { note: 'đã mở lại cổng' })
    await house.step('noc', id, 'verify', VERIFIED)
    return id
  }

  async function answer(id: string): Promise<void> {
    await house.callOut(id)
    await house.talk()
  }

  async function tryInVain(id: string): Promise<void> {
    await house.callOut(id)
    await house.noAnswer()
  }

  /** The house calls at the moment that is promised, and nobody answers. */
  async function missPromise(id: string): Promise<void> {
    const { callbacks } = await house.read(id)
    const before = house.telephony.originated.length
    await house.until(callbacks[0]?.dueAt ?? '')
    expect(house.telephony.originated).toHaveLength(before + 1)
    await house.noAnswer()
  }

  test('not reached three times: CSKH asks on another day, then closes without confirmation', async () => {
    const id = await house.openByCall()
    await walk(id, [
      [
        'mai',
        'start_guidance',
        { category: 'NO_INTERNET', identityUnknown: true },
        'guiding · cskh/mai · save_guidance · overall 1 restoration 1',
      ],
      [
        'mai',
        'save_guidance',
        { result: 'unknown', ...STEPS },
        'callback_due · cskh/mai · callback_result · overall 1 promise 1 restoration 1',
      ],
    ])
    const waits: number[] = []
    for (let tries = 0; tries < 2; tries += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await missPromise(id)
      // oxlint-disable-next-line no-await-in-loop
      const { callbacks, status } = await house.read(id)
      expect([status, callbacks[0]?.status]).toEqual(['callback_due', 'scheduled'])
      waits.push(Math.round((Date.parse(callbacks[0]?.dueAt ?? '') - house.clock.nowMs()) / 60_000))
    }
    expect(waits).toEqual([15, 60])
    await missPromise(id)
    expect(await house.seen(id)).toBe(
      'need_customer_info · cskh/mai · info_received · overall 1 restoration 1',
    )
    const { timeline, callbacks } = await house.read(id)
    const moved = timeline.filter(({ kind }) => kind === 'moved').slice(2)
    expect(moved.map(({ actor, fields }) => [actor, fields['action'], fields['to']])).toEqual([
      [null, 'callback_no_answer', 'callback_due'],
      [null, 'callback_no_answer', 'callback_due'],
      [null, 'callback_no_answer', 'need_customer_info'],
    ])
    expect(callbacks.map(({ status }) => status)).not.toContain('scheduled')
    expect(await house.refused('mai', id, 'info_unavailable')).toBe(
      '409 too_few_tries in need_customer_info, possible: info_received link_outage merge',
    )
    await house.until('2026-11-25T03:00:00.000Z')
    await tryInVain(id)
    await walk(id, [
      ['mai', 'info_unavailable', {}, 'confirmed · cskh/mai · close · overall 1 restoration 1'],
      ['mai', 'close', GUIDED, 'closed · cskh/mai · reopen · '],
    ])
    const stored = house.database.db.selectFrom('ticket').select('without_confirmation')
    expect(await stored.where('id', '=', id).executeTakeFirst()).toEqual({
      without_confirmation: 1,
    })
  })

  test('the answer reaches nobody: three calls on two working days confirm by themselves', async () => {
    const id = await toReply()
    await tryInVain(id)
    await tryInVain(id)
    await tryInVain(id)
    expect(await house.refused('mai', id, 'unreachable')).toBe(
      '409 too_few_tries in customer_reply, possible: reply_result disagree link_outage merge',
    )
    await house.until('2026-11-25T03:00:00.000Z')
    await tryInVain(id)
    expect(await house.refused('noc', id, 'unreachable')).toMatch(/^403 not_yours/)
    await walk(id, [
      ['mai', 'unreachable', {}, 'confirmed · cskh/mai · close · overall 1'],
      ['mai', 'close', { resolutionCode: 'fixed_on_core' }, 'closed · cskh/mai · reopen · '],
    ])
  })

  test('the customer disagrees: checked again, answered again, in the second round; then to NOC', async () => {
    const id = await toReply()
    await answer(id)
    expect(await house.refused('mai', id, 'disagree')).toBe('422 grounds')
    await walk(id, [
      [
        'mai',
        'disagree',
        { grounds: 'tốc độ vẫn không đúng gói cước' },
        'recheck · cskh/mai · recheck_technical · overall 1 recheck 2',
      ],
    ])
    expect(await house.refused('mai', id, 'recheck_answer')).toBe('422 summary')
    expect(await house.refused('mai', id, 'reply_result', { result: 'ok' })).toBe(
      '409 not_now in recheck, possible: recheck_technical recheck_answer link_outage merge',
    )
    await walk(id, [
      [
        'mai',
        'recheck_answer',
        { summary: 'đo lại đủ 100 Mbps' },
        'customer_reply · cskh/mai · reply_result · overall 1 reply 2',
      ],
    ])
    expect(await house.refused('mai', id, 'reply_result', { result: 'ok' })).toBe(
      '422 overrideReason',
    )
    await answer(id)
    const talks = (await house.read(id)).evidence
    expect(talks.at(-1)).toMatchObject({ kind: 'call', channel: 'hotline', by: null, counts: true })
    await walk(id, [['mai', 'reply_result', { result: 'ok' }, 'confirmed · cskh/mai · close · ']])
    await walk(id, [
      [
        'mai',
        'disagree',
        { grounds: 'đo lại vẫn chậm' },
        'recheck · cskh/mai · recheck_technical · overall 1 recheck 3',
      ],
    ])
    expect(await house.race(['mai', 'lan'], id, 'recheck_technical')).toEqual([
      'taken',
      '409 stale noc_queued',
    ])
    expect(await house.seen(id)).toBe('noc_queued · noc/- · accept · noc 3 overall 1')
  })

  test.each(['customer_reply', 'confirmed'] as const)(
    'still faulty, said in %s: NOC gets it again in another round',
    async (status) => {
      const id = await toReply()
      await answer(id)
      if (status === 'confirmed') await house.step('mai', id, 'reply_result', { result: 'ok' })
      const before = await house.read(id)
      expect(before.status).toBe(status)
      expect(await house.refused('noc', id, 'reply_result', { result: 'nok' })).toMatch(/^403/)
      await walk(id, [
        [
          'mai',
          'reply_result',
          { result: 'nok', note: 'mạng lại mất' },
          'noc_queued · noc/- · accept · noc 2 overall 1 restoration 1',
        ],
      ])
      const { dueAt, receivedAt, loopNo, resultKnownAt } = await house.read(id)
      expect({ dueAt, receivedAt, loopNo, resultKnownAt }).toEqual({
        dueAt: before.dueAt,
        receivedAt: before.receivedAt,
        loopNo: 2,
        resultKnownAt: null,
      })
    },
  )

  test('a postponed visit: the clock of field waits until the hour of the customer', async () => {
    const id = await house.openByCall()
    await house.step('mai', id, 'skip_guidance', { reason: 'los_red' })
    await house.step('noc', id, 'accept')
    await house.step('noc', id, 'need_field', { address: '12 Cầu Giấy', causeCode: 'fibre_cut' })
    const clock = async () => (await house.read(id)).clocks.find(({ kind }) => kind === 'field')
    const due = Date.parse((await clock())?.dueAt ?? '')
    expect(await house.refused('tech', id, 'postpone_visit')).toBe('422 visitAt')
    expect(await house.refused('tech', id, 'postpone_visit', { visitAt: later(-1000) })).toBe(
      '422 visitAt',
    )
    const visitAt = later(20 * HOUR_MS)
    await walk(id, [
      [
        'mai',
        'postpone_visit',
        { visitAt, note: 'khách hẹn sáng mai' },
        'field_queued · field/- · accept · (field 1) overall 1 restoration 1',
      ],
      [
        'tech',
        'accept',
        {},
        'field_working · field/tech · field_done · (field 1) overall 1 restoration 1',
      ],
    ])
    expect(Date.parse((await clock())?.dueAt ?? '') - due).toBeCloseTo(20 * HOUR_MS, -4)
    await house.until(later(20 * HOUR_MS + 60_000))
    expect(await house.seen(id)).toBe(
      'field_working · field/tech · field_done · field 1 overall 1 restoration 1',
    )
    await walk(id, [
      [
        'tech',
        'field_done',
        { conclusion: 'hàn lại cáp' },
        'noc_verifying · noc/noc · verify · overall 1 restoration 1 verify 1',
      ],
    ])
    const { rawSeconds = 0, netSeconds = 0 } = (await clock()) ?? {}
    expect(rawSeconds - netSeconds).toBeCloseTo(20 * 3600, -1)
  })

  test('billing is answered by CSKH itself, by the mail that the customer wrote', async () => {
    const order = { channel: 'email', kind: 'complaint' } as const
    const fault = await house.open({ ...order, category: 'NO_INTERNET' })
    const summary = { summary: 'đã trừ tiền trùng kỳ' }
    expect(await house.refused('mai', fault, 'answer_directly', summary)).toBe(
      '409 needs_noc in new, possible: start_guidance skip_guidance resolved_on_call link_outage merge',
    )
    const id = await house.open({ ...order, category: 'BILLING' })
    expect(await house.refused('mai', id, 'answer_directly')).toBe('422 summary')
    await walk(id, [
      [
        'mai',
        'answer_directly',
        summary,
        'customer_reply · cskh/mai · reply_result · acknowledgement 1 overall 1 reply 1',
      ],
    ])
    expect(await house.refused('mai', id, 'reply_result', { result: 'ok' })).toBe('422 messageId')
    const tried = { kind: 'attempt', note: 'gọi không được' }
    await house.as('mai').post(`/tickets/${id}/evidence`, tried).expect(201)
    expect(await house.seen(id)).toMatch(/acknowledgement 1 overall 1 reply 1$/)
    const { version } = await house.read(id)
    const agreed = { version, channel: 'hotline', agreedBy: 'chị Hà' }
    await house.as('mai').post(`/tickets/${id}/reply-channel`, agreed).expect(200)
    expect(await house.seen(id)).toMatch(/acknowledgement 1 overall 1 reply 1$/)
    expect(await house.refused('mai', id, 'reply_result', { result: 'ok' })).toBe(
      '422 overrideReason',
    )
    const elsewhere = await house.read(id)
    expect(elsewhere.replyChannel).toEqual({ channel: 'hotline', agreedBy: 'chị Hà' })
    const back = { ...agreed, version: version + 1, channel: 'email' }
    await house.as('mai').post(`/tickets/${id}/reply-channel`, back).expect(200)
    const messageId = '<kn-12@cskh.dcnet.vn>'
    await walk(id, [
      ['mai', 'reply_result', { result: 'ok', messageId }, 'confirmed · cskh/mai · close · '],
    ])
    const { evidence, replyChannel } = await house.read(id)
    expect(replyChannel).toEqual({ channel: 'email', agreedBy: null })
    expect(
      evidence.map(({ kind, reference, by, counts }) => [kind, reference, by?.displayName, counts]),
    ).toEqual([
      ['attempt', '', 'mai', false],
      ['mail', messageId, 'mai', true],
    ])
    const codes = { resolutionCode: 'refunded', causeCode: 'billing_error' }
    expect(await house.refused('mai', id, 'close', codes)).toBe('422 complainant')
    expect(await house.refused('mai', id, 'close', { ...codes, overrideReason: 'x' })).toBe(
      '422 complainant',
    )
    await walk(id, [
      [
        'boss',
        'close',
        { ...codes, overrideReason: 'đã gặp chủ hợp đồng' },
        'closed · cskh/mai · reopen · ',
      ],
    ])
  })
})
