import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { outageCreate } from '../../server/contract/casework/outages.ts'
import type { Database } from '../../server/db/transaction.ts'
import { plusMs } from '../../server/time.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { BOSS, LAN, NOC, openOutageHouse, type OutageHouse } from '../support/outage-house.ts'

const MINUTE_MS = 60_000
/** 9:00 on a Monday in Vietnam. */
const START = '2026-11-23T02:00:00.000Z'
const minute = (minutes: number, ms = 0) => plusMs(START, minutes * MINUTE_MS + ms)
const number = (index: number) => `091200000${index}`
const WATCH = 'signs of area outages'
const CAU_GIAY = { area: 'Cầu Giấy', message: 'Đứt cáp', expectedUntil: minute(240) }

const parentOf = ({ ticket }: { ticket: { id: string } | null }) => ticket?.id ?? 'none'

describe.each(HOUSE_DIALECTS)('area outages on %s', (dialect) => {
  let database: Database
  let clock: TestClock
  let house: OutageHouse

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    clock = createTestClock(START)
    house = await openOutageHouse(database, { clock })
  })
  afterEach(() => database.close())

  const restart = () => openOutageHouse(database, { clock, hire: false })
  const declare = (order: Record<string, unknown> = CAU_GIAY, user = LAN) =>
    house.outages.service.open(outageCreate.parse(order), user)
  const look = (of: OutageHouse = house) => of.schedule.runNow(WATCH)
  const offered = async () => (await house.outages.service.list('offered')).items
  async function told(): Promise<string[]> {
    const rows = await database.db
      .selectFrom('notification')
      .select('staff_id')
      .orderBy('staff_id')
      .execute()
    return rows.map(({ staff_id }) => staff_id)
  }
  async function customers(count: number, area = 'Cầu Giấy'): Promise<void> {
    for (let i = 0; i < count; i++) {
      // oxlint-disable-next-line no-await-in-loop
      await house.addCustomer(number(i), area)
    }
  }
  async function callAt(minutes: readonly number[]): Promise<void> {
    for (const [i, at] of minutes.entries()) {
      // oxlint-disable-next-line no-await-in-loop
      await house.call(number(i), minute(at))
    }
  }

  describe('are offered to the shift', () => {
    test('when five customers of one area gave up waiting within fifteen minutes', async () => {
      await customers(5)
      await callAt([0, 1, 2, 3, 15])
      clock.set(minute(16))
      await look()
      expect(await offered()).toMatchObject([
        { area: 'Cầu Giấy', service: null, callers: 5, ticket: null, offeredAt: minute(16) },
      ])
      expect(await told()).toEqual(['boss', 'noc'])
    })

    test('once, also over restarts and while more people call', async () => {
      await customers(7)
      await callAt([0, 1, 2, 3, 4])
      clock.set(minute(5))
      await look()
      await look()
      await house.call(number(5), minute(6))
      clock.set(minute(7))
      await look(await restart())
      expect(await offered()).toHaveLength(1)
      expect(await told()).toEqual(['boss', 'noc'])
    })

    test('again by a new wave, when nobody took the first one up', async () => {
      await customers(5)
      await callAt([0, 1, 2, 3, 4])
      clock.set(minute(5))
      await look()
      clock.set(minute(36))
      await look()
      expect(await offered()).toEqual([])
      await callAt([37, 38, 39, 40, 41])
      clock.set(minute(42))
      await look()
      expect(await offered()).toMatchObject([{ offeredAt: minute(42) }])
      expect(await told()).toEqual(['boss', 'boss', 'noc', 'noc'])
    })

    test.each([
      ['four customers', 4, [0, 1, 2, 3]],
      ['a fifth who calls a moment too late', 5, [0, 1, 2, 3, 15.001]],
    ])('not by %s', async (_name, count, minutes) => {
      await customers(count)
      await callAt(minutes)
      clock.set(minute(17))
      await look()
      expect(await offered()).toEqual([])
    })

    test('not by one customer who calls five times', async () => {
      await customers(1)
      for (const at of [0, 1, 2, 3, 4]) {
        // oxlint-disable-next-line no-await-in-loop
        await house.call(number(0), minute(at))
      }
      clock.set(minute(5))
      await look()
      expect(await offered()).toEqual([])
    })

    test('by what agents wrote on the tickets of callers whom nobody knows', async () => {
      for (let i = 0; i < 5; i++) {
        // oxlint-disable-next-line no-await-in-loop
        const id = await house.open(number(i), { service: 'IPTV' })
        // oxlint-disable-next-line no-await-in-loop
        await house.call(number(i), minute(i), id)
      }
      clock.set(minute(6))
      await look()
      expect(await offered()).toMatchObject([{ area: null, service: 'IPTV', callers: 5 }])
    })

    test('by the numbers that an administrator set', async () => {
      await house.outages.settings.change({ callers: 2, minutes: 1, version: 0 }, BOSS.id)
      await customers(2)
      await callAt([0, 1])
      clock.set(minute(1))
      await look()
      expect(await offered()).toHaveLength(1)
    })

    test('and taken up with a parent ticket, once', async () => {
      await customers(5)
      await callAt([0, 1, 2, 3, 4])
      clock.set(minute(5))
      await look()
      const [offer] = await offered()
      const order = { message: 'Đứt cáp', fromOffer: offer?.id }
      expect(await declare(order)).toMatchObject({ area: 'Cầu Giấy', callers: 5, status: 'open' })
      await expect(declare(order)).rejects.toThrow(/there is no offer/)
      await look()
      expect(await offered()).toEqual([])
    })
  })

  describe('that are open', () => {
    test('have a parent ticket that NOC has at once, without a customer', async () => {
      const parent = parentOf(await declare())
      expect(await house.ticket(parent)).toMatchObject({
        isOutage: true,
        kind: 'incident',
        status: 'noc_queued',
        subject: 'Cầu Giấy',
        area: 'Cầu Giấy',
        customer: null,
        outage: null,
        outageOffer: null,
      })
      const rows = await database.db
        .selectFrom('ticket_clock')
        .select(['kind', 'stop_reason'])
        .where('kind', '=', 'acknowledgement')
        .execute()
      expect(rows).toEqual([{ kind: 'acknowledgement', stop_reason: 'answered' }])
    })

    test('are offered on tickets of their area, by the contract too, and said of linked ones', async () => {
      await house.addCustomer(number(1), 'cau giay')
      const byArea = await house.open(number(0), { area: 'Cầu Giấy' })
      const byContract = await house.open(number(1))
      const elsewhere = await house.open(number(2), { area: 'Ba Đình' })
      const parent = parentOf(await declare())
      const ref = { ticketId: parent, message: 'Đứt cáp', expectedUntil: minute(240) }
      for (const id of [byArea, byContract]) {
        // oxlint-disable-next-line no-await-in-loop
        expect(await house.ticket(id)).toMatchObject({ outage: null, outageOffer: ref })
      }
      expect(await house.ticket(elsewhere)).toMatchObject({ outage: null, outageOffer: null })
      await house.act(LAN, byArea, 'link_outage', { outageId: parent })
      expect(await house.ticket(byArea)).toMatchObject({ outage: ref, outageOffer: null })
    })

    test('are said as they are known now, also after a restart', async () => {
      const id = await house.open(number(0), { area: 'Cầu Giấy' })
      const { version, ...outage } = await declare()
      const parent = parentOf(outage)
      const change = { version, message: 'Đang hàn', expectedUntil: minute(300) }
      await house.outages.service.patch(parent, change, NOC)
      const again = await restart()
      for (const each of [house, again]) {
        // oxlint-disable-next-line no-await-in-loop
        expect((await each.ticket(id)).outageOffer).toMatchObject({
          message: 'Đang hàn',
          expectedUntil: minute(300),
        })
      }
      const lines = (await house.ticket(parent)).timeline.map(({ kind, note }) => [kind, note])
      expect(lines).toContainEqual(['outage_told', 'Đang hàn'])
      const stale = house.outages.service.patch(parent, change, NOC)
      await expect(stale).rejects.toThrow(/version 2 now/)
    })

    test('take many tickets at once, each by its own step, and stop their stage clocks', async () => {
      const ids = [await house.open(number(0)), await house.open(number(1))]
      await house.act(LAN, ids[0] ?? '', 'skip_guidance', { reason: 'los_red' })
      const parent = parentOf(await declare())
      expect(await house.outages.service.link(parent, ids, NOC)).toMatchObject({ children: 2 })
      const { clocks, timeline } = await house.ticket(ids[0] ?? '')
      expect(clocks.find(({ kind }) => kind === 'noc')).toMatchObject({ pausedBy: 'outage' })
      const { code } = await house.ticket(parent)
      expect(timeline.at(-1)?.fields).toMatchObject({
        action: 'link_outage',
        outageId: parent,
        outage: `${code} · Cầu Giấy`,
      })
    })

    test('take none of many when one cannot be linked, and say which', async () => {
      const good = await house.open(number(0))
      const parent = parentOf(await declare())
      const link = house.outages.service.link(parent, [good, parent, 'nobody'], LAN)
      await expect(link).rejects.toMatchObject({
        status: 422,
        errors: [
          { path: 'ticketIds.1', code: 'is_outage' },
          { path: 'ticketIds.2', code: 'no_such_ticket' },
        ],
      })
      expect(await house.ticket(good)).toMatchObject({ outage: null })
    })
  })
})
