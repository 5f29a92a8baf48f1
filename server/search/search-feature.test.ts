import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { customerCreate } from '#contract/customers.ts'
import { ticketCreate, type TicketCreate, ticketQuery } from '#contract/tickets.ts'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import type { Database } from '../db/transaction.ts'
import { createIndexService, MOST_WRITINGS } from './index-service.ts'

const user = aUser()
/** Of one writing of the index. */
const STEP = 20

/** What people do about tickets and customers in this house. */
function deskOf(house: TestHouse) {
  return {
    open(change: Partial<TicketCreate> = {}) {
      const order = ticketCreate.parse({ channel: 'email', ...change })
      return house.tickets.service.create(order, user)
    },
    addCustomer(name: string, change: Record<string, unknown> = {}) {
      return house.customers.service.create(customerCreate.parse({ name, ...change }))
    },
    async find(q: string, query: Record<string, unknown> = {}) {
      const page = await house.tickets.service.list(ticketQuery.parse({ q, ...query }), user)
      return { ...page, codes: page.items.map(({ code }) => Number(code.slice(-6))) }
    },
  }
}

it('however much is written without a pause, the index has few parts', async () => {
  const database = await openTestDatabase('sqlite')
  await addStaff(database, 'agent-1')
  const house = await openTestHouse(database)
  const { id } = await deskOf(house).open({ subject: 'Mất kết nối' })
  await house.search.catchUp()
  const index = createIndexService({
    database,
    describeNumber: house.customers.describeNumber,
    reached: async () => null,
    perStep: 1,
  })
  const due = Array.from({ length: 2 * MOST_WRITINGS }, () => ({ ticket_id: id }))
  await database.db.insertInto('search_due').values(due).execute()
  let most = 0
  do {
    await index.work()
    const { rows } = await sql<{ parts: number }>`
      select count(distinct segid) as parts from ticket_words_idx`.execute(database.db)
    most = Math.max(most, rows[0]?.parts ?? 0)
  } while ((await database.db.selectFrom('search_due').select('seq').execute()).length > 0)
  expect(most).toBeGreaterThan(10)
  expect(most).toBeLessThan(MOST_WRITINGS * 1.5)
  await database.close()
})

describe.each(DIALECTS)('search on %s finds', (dialect) => {
  let house: TestHouse
  const find = (q: string, query = {}) => deskOf(house).find(q, query)
  const codesOf = async (q: string, query = {}) => (await find(q, query)).codes

  beforeAll(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1')
    house = await openTestHouse(database)
    const desk = deskOf(house)
    const anh = await desk.addCustomer('Lê Thị Đoan Ánh', {
      phones: [{ number: '0912345678' }],
      contracts: [{ contractNo: 'HD-2024-77', installationAddress: '12 Đường Láng, Đống Đa' }],
      address: '3 Phố Huế',
    })
    await desk.open({ subject: 'Mất kết nối', customerId: anh.id, number: '0912345678' })
    await desk.open({ subject: 'Tivi mất hình', number: '024 3822 3344' })
    await desk.open({ subject: 'Gọi lại 0987654321', number: '0356005678' })
    await desk.open({ subject: 'Mất mạng, đèn đỏ', customerId: anh.id })
    await desk.open({ subject: 'Hỏi cước KN-2026-000001' })
    await house.search.catchUp()
  })
  afterAll(() => house.database.close())

  it.each([
    ['KN-2026-000002', [2]],
    ['kn-2026-2', [2]],
    ['2026-2', [2]],
    ['2', [2]],
    ['000002', [2]],
    ['KN-2026-000001', [1, 5]],
    ['KN-2026', [5, 4, 3, 2, 1]],
    ['0912345678', [4, 1]],
    ['+84 912.345.678', [4, 1]],
    ['84912345678', [4, 1]],
    ['5678', [4, 3, 1]],
    ['345678', [4, 1]],
    ['0243822 3344', [2]],
    ['3344', [2]],
    ['0987654321', [3]],
    ['654321', []],
    ['mat', [4, 2, 1]],
    ['Mất mạng', [4]],
    ['mang mat', [4]],
    ['doan anh', [4, 1]],
    ['doan an', [4, 1]],
    ['le', [4, 1]],
    ['đo', [4, 1]],
    ['den do', [4]],
    ['lang dong da', [4, 1]],
    ['pho hue mat ket', [1]],
    ['hd-2024-77', [4, 1]],
    ['HD202477', [4, 1]],
    ['kh-000001', [4, 1]],
    ['kết nốI', [1]],
    ['zzzz', []],
    ['mat zzzz', []],
    ['"mat" OR', []],
    ["mat' & !mang | (", [4]],
    ['%', []],
  ])('for %s the tickets %j', async (q, codes) => {
    expect(await codesOf(q)).toEqual(codes)
  })

  it.each([
    ['doan', ['Lê Thị Đoan Ánh']],
    ['0912 345 678', ['Lê Thị Đoan Ánh']],
    ['5678', ['Lê Thị Đoan Ánh']],
    ['duong lang', ['Lê Thị Đoan Ánh']],
    ['HD-2024-77', ['Lê Thị Đoan Ánh']],
    ['KH-000001', ['Lê Thị Đoan Ánh']],
    ['tivi', []],
  ])('for %s the customers %j', async (q, names) => {
    const { items } = await house.customers.service.list({ q, limit: 50 })
    expect(items.map(({ name }) => name)).toEqual(names)
  })

  it('as well with filters, page by page, none twice and none left out', async () => {
    const ofCustomer = { customerId: (await find('doan')).items[0]?.customer?.id }
    expect(await codesOf('mat', ofCustomer)).toEqual([4, 1])
    expect(await codesOf('mat', { number: '0912345678' })).toEqual([1])
    expect(await codesOf('mat', { number: '0000' })).toEqual([])
    const first = await find('mat', { limit: '2' })
    expect(first).toMatchObject({ codes: [4, 2], total: { count: 3, capped: false } })
    const cursor = first.nextCursor
    expect(await find('mat', { limit: '2', cursor })).toMatchObject({
      codes: [1],
      nextCursor: null,
      total: null,
    })
    const exact = await find('KN-2026-000001', { limit: '1' })
    expect(exact.codes).toEqual([1])
    expect(await codesOf('KN-2026-000001', { limit: '1', cursor: exact.nextCursor })).toEqual([5])
  })
})

describe.each(DIALECTS)('search on %s', (dialect) => {
  let database: Database
  let house: TestHouse

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1')
    house = await openTestHouse(database)
  })
  afterEach(async () => {
    await house.schedule.stop()
    await database.close()
  })

  const open = (given: Partial<TicketCreate> = {}) => deskOf(house).open(given)
  const addCustomer = (name: string) => deskOf(house).addCustomer(name)
  const find = (q: string, query = {}) => deskOf(house).find(q, query)
  const codesOf = async (q: string, query = {}) => (await find(q, query)).codes

  /** Copies of one ticket, as many as there are to be with it. */
  async function openMany(count: number, given: Partial<TicketCreate>): Promise<void> {
    const first = await open(given)
    const rows = database.db.selectFrom('ticket').selectAll().where('id', '=', first.id)
    const row = await rows.executeTakeFirstOrThrow()
    const others = Array.from({ length: count - 1 }, (_, index) => {
      const n = index + 2
      return { ...row, id: `${row.id}-${String(n).padStart(4, '0')}`, code: codeOf(n) }
    })
    await database.transaction(async ({ db }) => {
      for (let from = 0; from < others.length; from += 100) {
        // oxlint-disable-next-line no-await-in-loop
        await db
          .insertInto('ticket')
          .values(others.slice(from, from + 100))
          .execute()
      }
      await db
        .updateTable('counter')
        .set({ value: count })
        .where('name', 'like', 'ticket:%')
        .execute()
    })
  }

  /** Of the driven clock, in steps in which the database can answer. */
  async function pass(ms: number): Promise<void> {
    for (let passed = 0; passed < ms; passed += 100) {
      // oxlint-disable-next-line no-await-in-loop
      await house.clock.advance(Math.min(100, ms - passed))
      // oxlint-disable-next-line no-await-in-loop
      await house.schedule.settled()
    }
  }

  function change(id: string, columns: Record<string, unknown>) {
    return database.db.updateTable('ticket').set(columns).where('id', '=', id).execute()
  }

  it('has what changed within a second of it', async () => {
    house.schedule.start()
    await pass(100)
    const { id } = await open({ subject: 'Đứt cáp' })
    expect(await codesOf('dut')).toEqual([])
    await pass(1000)
    expect(await codesOf('dut')).toEqual([1])
    await house.tickets.service.patch(id, { version: 1, subject: 'Nối xong' }, user)
    await pass(1000)
    expect([await codesOf('dut'), await codesOf('noi xong')]).toEqual([[], [1]])
    await change(id, { area: 'Bạch Mai' })
    await pass(1000)
    expect(await codesOf('bach mai')).toEqual([1])
    const { rows } = { rows: await database.db.selectFrom('search_due').selectAll().execute() }
    expect(rows).toEqual([])
  })

  it('forgets what was deleted, by whatever statement', async () => {
    const { id } = await deskOf(house).addCustomer('Bình', {
      contracts: [{ contractNo: 'HD-7' }, { contractNo: 'HD-8' }],
      phones: [{ number: '0912345678' }],
      representatives: [{ name: 'Vũ Hà' }],
    })
    const ticket = await open({ subject: 'Đứt cáp', customerId: id })
    await house.search.catchUp()
    const found = (q: string) => house.customers.service.list({ q, limit: 5 })
    const gone = async (q: string) => {
      await house.search.catchUp()
      expect([q, (await found(q)).items, await codesOf(q)]).toEqual([q, [], []])
    }
    const { db } = database
    await db.deleteFrom('contract').where('contract_no', '=', 'HD-7').execute()
    await gone('hd-7')
    await db.deleteFrom('customer_phone').where('customer_id', '=', id).execute()
    await gone('0912345678')
    await db.deleteFrom('customer_representative').where('customer_id', '=', id).execute()
    await gone('vu ha')
    expect(await codesOf('hd-8')).toEqual([1])
    await db.deleteFrom('ticket_timeline').where('ticket_id', '=', ticket.id).execute()
    await db.deleteFrom('ticket_clock').where('ticket_id', '=', ticket.id).execute()
    await db.deleteFrom('ticket').where('id', '=', ticket.id).execute()
    await gone('dut cap')
    expect(await db.selectFrom('ticket_doc').selectAll().execute()).toEqual([])
  })

  it('knows which tickets are open', async () => {
    const { id } = await open({ subject: 'Mất mạng' })
    await open({ subject: 'Mất mạng' })
    await change(id, { status: 'closed' })
    await house.search.catchUp()
    expect(await find('mat', { status: 'open' })).toMatchObject({
      codes: [2],
      total: { count: 1, capped: false },
    })
    expect(await codesOf('mat', { status: 'closed' })).toEqual([1])
    expect((await find('mat', { status: 'closed' })).total).toBeNull()
  })

  it('finds a merged ticket in the one that it is part of, until it is one of its own again', async () => {
    const source = await open({ subject: 'Lần hai' })
    const target = await open({ subject: 'Lần một' })
    await change(source.id, { merged_into: target.id })
    await house.search.catchUp()
    expect(await codesOf('KN-2026-000001')).toEqual([2])
    expect(await codesOf('lan hai')).toEqual([])
    expect((await find('lan')).total).toEqual({ count: 1, capped: false })
    await change(source.id, { merged_into: null })
    await house.search.catchUp()
    expect(await codesOf('KN-2026-000001')).toEqual([1])
    expect(await codesOf('lan hai')).toEqual([1])
  })

  it('counts no further than a thousand', async () => {
    await openMany(1001, { subject: 'Mất mạng' })
    const { describeNumber } = house.customers
    await createIndexService({
      database,
      describeNumber,
      reached: allOfIt,
      perStep: 2000,
    }).catchUp()
    expect((await find('mang')).total).toEqual({ count: 1000, capped: true })
  })

  describe('after a customer changed', () => {
    it('finds nobody any more by a contract, a number or a person that was taken away', async () => {
      const { id, version } = await deskOf(house).addCustomer('Bình', {
        phones: [{ number: '0912345678' }],
        contracts: [{ contractNo: 'HD-7' }],
        representatives: [{ name: 'Vũ Hà' }],
      })
      await open({ subject: 'Mất mạng', customerId: id })
      await house.search.catchUp()
      for (const q of ['0912345678', 'hd-7', 'vu ha']) expect(await codesOf(q)).toEqual([1])
      const nothing = { phones: [], contracts: [], representatives: [] }
      await house.customers.service.patch(id, { version, ...nothing })
      await house.search.catchUp()
      for (const q of ['0912345678', 'hd-7', 'vu ha']) {
        expect([q, await codesOf(q)]).toEqual([q, []])
        const { items } = await house.customers.service.list({ q, limit: 5 })
        expect([q, items]).toEqual([q, []])
      }
      expect(await codesOf('binh')).toEqual([1])
    })

    it('finds all of their tickets by the new name, also when it was killed half-way', async () => {
      const { id, version } = await addCustomer('Bình')
      await openMany(2 * STEP + 3, { customerId: id })
      await house.search.catchUp()
      await house.customers.service.patch(id, { version, name: 'Cường' })
      house.schedule.start()
      await pass(50)
      await house.schedule.stop()
      const halfWay = (await find('cuong', { limit: '200' })).items.length
      expect(halfWay).toBeLessThan(2 * STEP + 3)
      house = await openTestHouse(database)
      house.schedule.start()
      await pass(1000)
      expect((await find('cuong', { limit: '200' })).items).toHaveLength(2 * STEP + 3)
      expect(await codesOf('binh')).toEqual([])
      const due = database.db.selectFrom('search_due_customer').selectAll()
      expect(await due.execute()).toEqual([])
    })
  })

  describe('in a database of an earlier release', () => {
    const MANY = 3 * STEP

    beforeEach(async () => {
      await openMany(MANY, { subject: 'Mất mạng' })
      await database.db.deleteFrom('search_due').execute()
    })

    it('begins with the newest, says that it is not complete, and goes on where it was killed', async () => {
      house.schedule.start()
      await house.schedule.settled()
      await house.schedule.stop()
      const begun = await find('mang', { limit: '200' })
      expect(begun).toMatchObject({ complete: false })
      expect(begun.codes).toEqual(countDown(MANY, MANY - STEP))
      const newest = await open({ subject: 'Mất mạng' })
      house = await openTestHouse(database)
      // of an old one that has not been reached: it does not become the newest
      await change((await codeToId(1)) ?? '', { area: 'Bạch Mai' })
      house.schedule.start()
      await pass(1000)
      const all = await find('mang', { limit: '200' })
      expect(all).toMatchObject({ complete: true })
      expect(all.items[0]?.id).toBe(newest.id)
      expect(all.codes).toEqual(countDown(MANY + 1, 0))
      expect(await codesOf('bach mai')).toEqual([1])
    })

    it('indexes all anew when the rules change', async () => {
      await house.search.catchUp()
      await database.db.deleteFrom('ticket_doc').execute()
      house = await openTestHouse(database, { hotlineNumber: '19001234' })
      await house.search.catchUp()
      expect((await find('mang', { limit: '200' })).items).toHaveLength(MANY)
    })
  })

  async function codeToId(number: number): Promise<string | undefined> {
    const row = database.db.selectFrom('ticket').select('id').where('code', '=', codeOf(number))
    return (await row.executeTakeFirst())?.id
  }
})

/** The first indexing is over. */
async function allOfIt(): Promise<null> {
  return null
}

function codeOf(number: number): string {
  return `KN-2026-${String(number).padStart(6, '0')}`
}

/** From one number down to another, which is left out. */
function countDown(from: number, to: number): number[] {
  return Array.from({ length: from - to }, (_, index) => from - index)
}
