import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { notificationPage } from '../../server/contract/casework/notifications.ts'
import { outageView } from '../../server/contract/casework/outages.ts'
import { ticket, ticketRow } from '../../server/contract/tickets.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type PathStep, type ProcessHouse } from '../support/process-house.ts'

const PACE_MS = 15_000
const NUMBERS = ['0912000001', '0912000002', '0912000003', '0912000004', '0912000005'] as const
const CODES = { resolutionCode: 'fixed_on_core', causeCode: 'fibre_cut', resolution: 'đã hàn cáp' }

const PARENT: PathStep[] = [
  ['noc', 'accept', {}, 'noc_diagnosing · noc/noc · core_fixable · noc 1 overall 1 restoration 1'],
  [
    'noc',
    'core_fixable',
    { causeCode: 'fibre_cut' },
    'noc_core_fix · noc/noc · core_done · noc 1 overall 1 restoration 1',
  ],
  [
    'noc',
    'core_done',
    { note: 'đã hàn cáp' },
    'noc_verifying · noc/noc · verify · noc 1 overall 1 restoration 1 verify 1',
  ],
  [
    'noc',
    'verify',
    { result: 'ok', testResult: 'ping 2 ms' },
    'confirmed · cskh/mai · close · overall 1',
  ],
]

describe.each(HOUSE_DIALECTS)('an area outage on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect)
    await house.startSchedule()
  })
  afterEach(() => house.close())

  /** Three of them talk with mai, who opens their tickets; two give up waiting. */
  async function fiveCallers(): Promise<string[]> {
    for (const [index, number] of NUMBERS.entries()) {
      const place = { contractNo: `HD-${index}`, installationAddress: 'x', area: 'Cầu Giấy' }
      const order = { name: `Khách ${index}`, phones: [{ number }], contracts: [place] }
      // oxlint-disable-next-line no-await-in-loop
      await house.as('mai').post('/customers', order).expect(201)
    }
    const [one, two, three, four, five] = NUMBERS
    const gaveUp = `
      00:00.000  queue_joined  trunk#1
      00:30.000  hung_up       trunk#1`
    const ids = [await house.openByCall(one), await house.openByCall(two)]
    await house.call(gaveUp, four)
    await house.call(gaveUp, five)
    return [...ids, await house.openByCall(three)]
  }

  async function offerTo(name: string): Promise<string | undefined> {
    const { body } = await house.as(name).get('/notifications?unread=1').expect(200)
    const told = notificationPage.parse(body).items
    return told.find(({ kind }) => kind === 'outage_offered')?.fields['offerId']
  }

  async function listed(query: string): Promise<string[]> {
    const { body } = await house.as('mai').get(`/tickets?${query}`).expect(200)
    return pageOf(ticketRow)
      .parse(body)
      .items.map(({ id }) => id)
      .toSorted()
  }

  const seenOfAll = (ids: readonly string[]) => Promise.all(ids.map((id) => house.seen(id)))

  test('five callers, an offer, a parent; NOC mends it; everybody is called back and closed', async () => {
    const called = await fiveCallers()
    await house.schedule.runNow('signs of area outages')
    const offerId = await offerTo('noc')
    expect([await offerTo('boss'), await offerTo('mai')]).toEqual([offerId, undefined])

    const order = { message: 'Đứt cáp', fromOffer: offerId, callbacksPerMinute: 4 }
    await house.as('tech').post('/outages', order).expect(403)
    const declared = await house.as('mai').post('/outages', order).expect(201)
    const parentId = outageView.parse(declared.body).ticket?.id ?? ''
    await house.as('noc').post('/outages', order).expect(404)
    expect(await house.seen(parentId)).toBe(
      'noc_queued · noc/- · accept · noc 1 overall 1 restoration 1',
    )

    // Nobody can call the fourth: it has no number.
    const byMail = await house.as('lan').post('/tickets', { channel: 'hotline', area: 'Cầu Giấy' })
    const children = [...called, ticket.parse(byMail.body).id].toSorted()
    for (const id of children) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await house.read(id)).outageOffer).toMatchObject({ ticketId: parentId })
    }
    const link = { ticketIds: children }
    await house.as('chief').post(`/outages/${parentId}/link`, link).expect(403)
    await house.as('lan').post(`/outages/${parentId}/link`, link).expect(200)
    expect(await listed(`outageId=${parentId}`)).toEqual(children)
    expect(await listed('status=open&outageId=none')).toEqual([parentId])

    expect(await house.walk(parentId, PARENT)).toEqual(PARENT)
    expect(await house.refused('mai', parentId, 'close', { resolutionCode: 'x' })).toMatch(/^422/)
    await house.step('mai', parentId, 'close', CODES)
    for (let looks = 0; (await listed(`outageId=${parentId}`)).length > 0; looks += 1) {
      expect(looks).toBeLessThan(20)
      // oxlint-disable-next-line no-await-in-loop
      await house.advance(500)
    }
    expect(await listed(`pastOutageId=${parentId}`)).toEqual(children)
    expect(new Set(await seenOfAll(called))).toEqual(
      new Set(['customer_reply · cskh/mai · reply_result · overall 1 promise 1 reply 1']),
    )
    const promises = await Promise.all(called.map(async (id) => (await house.read(id)).callbacks))
    expect(new Set(promises.flat().map(({ reason }) => reason))).toEqual(new Set(['result']))
    const queued = promises.flat().toSorted((a, b) => a.dueAt.localeCompare(b.dueAt))
    expect(
      queued.map(({ dueAt }) => Date.parse(dueAt) - Date.parse(queued[0]?.dueAt ?? '')),
    ).toEqual([0, PACE_MS, 2 * PACE_MS])

    await house.queues.setState(house.person('mai'), { state: 'ready' })
    for (const { dueAt, ticket: child, number } of queued) {
      const now = house.clock.now()
      // oxlint-disable-next-line no-await-in-loop
      await house.until(dueAt > now ? dueAt : now)
      expect(house.telephony.originated.at(-1)?.number).toBe(number.raw)
      // oxlint-disable-next-line no-await-in-loop
      await house.talk('101', number.raw ?? '')
      // oxlint-disable-next-line no-await-in-loop
      await house.step('mai', child?.id ?? '', 'reply_result', { result: 'ok' })
      // oxlint-disable-next-line no-await-in-loop
      await house.step('mai', child?.id ?? '', 'close', CODES)
    }
    const [hidden = ''] = children.filter((id) => !called.includes(id))
    expect((await house.read(hidden)).callbacks).toEqual([])
    const overrideReason = 'không có số của khách'
    await house.step('lan', hidden, 'reply_result', { result: 'ok', overrideReason })
    await house.step('lan', hidden, 'close', CODES)
    expect(await seenOfAll(called)).toEqual(called.map(() => 'closed · cskh/mai · reopen · '))
    expect(await listed(`pastOutageId=${parentId}`)).toEqual(children)
  })
})
