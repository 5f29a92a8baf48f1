import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerCreate, type CustomerCreate } from '#contract/customers.ts'
import type { TicketRef } from '#contract/tickets.ts'
import { createTestClock } from '../../test/support/clock.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { addStaff } from '../../test/support/domain/a-staff.ts'
import { createTestIds } from '../../test/support/ids.ts'
import type { Database } from '../db/transaction.ts'
import { createFindService } from '../search/find-service.ts'
import { createIndexService } from '../search/index-service.ts'
import { createCustomerService, type CustomerService } from './customer-service.ts'
import { formatForeign } from './foreign-number-service.ts'

const openTicket: TicketRef = {
  id: 't1',
  code: 'KN-2026-000001',
  status: 'new',
  subject: '',
  receivedAt: '2026-11-23T02:00:00.000Z',
  dueAt: null,
}

function contract(contractNo: string) {
  return customerCreate.parse({ name: 'x', contracts: [{ contractNo }] }).contracts
}

describe.each(SERVICE_DIALECTS)('customers on %s', (dialect) => {
  let database: Database
  let customers: CustomerService
  let asked: { customerIds: string[]; phoneKey: string | null }[] = []

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1')
    asked = []
    customers = createCustomerService({
      database,
      clock: createTestClock(),
      newId: createTestIds(),
      hotlineNumber: '02473000382',
      state: async () => {},
      numberOfTicket: async () => null,
      formatForeign,
      openTicketsFor: async (_db, of) => {
        asked.push(of)
        return [openTicket]
      },
      async findCustomers(order) {
        await index.catchUp()
        return find('customer', order)
      },
    })
    const describeNumber = customers.describe
    const index = createIndexService({ database, describeNumber, reached: async () => null })
    const { find } = createFindService({ database, describeNumber, isComplete: () => true })
  })
  afterEach(() => database.close())

  function add(change: Partial<CustomerCreate> & { name: string }) {
    return customers.create({ ...customerCreate.parse({ name: change.name }), ...change })
  }

  async function namesFor(q: string): Promise<string[]> {
    const { items } = await customers.list({ q, limit: 50 })
    return items.map((item) => item.name)
  }

  it('get codes without a gap, numbers and contracts', async () => {
    const first = await add({
      name: 'Lê Ánh',
      phones: [
        { number: '0912 345 678', label: 'di động' },
        { number: '+14155552671', label: '' },
      ],
      contracts: contract('HD-1'),
    })
    const second = await add({ name: 'Bình' })
    expect([first.code, second.code]).toEqual(['KH-000001', 'KH-000002'])
    expect(first.phones.map((phone) => phone.number.display)).toEqual([
      '0912 345 678',
      '+1 415 555 2671',
    ])
    expect(await customers.get(first.id)).toEqual(first)
  })

  it('that could not be written leave no gap in the codes', async () => {
    await add({ name: 'Lê Ánh', contracts: contract('HD-1') })
    await expect(add({ name: 'Bình', contracts: contract('HD-1') })).rejects.toThrow(
      'contract HD-1 belongs to another customer',
    )
    expect((await add({ name: 'Chi' })).code).toBe('KH-000002')
  })

  it('are found without accents, by contract, by number and by part of a number', async () => {
    await add({ name: 'Nguyễn Thị Hoà', phones: [{ number: '0912345678', label: '' }] })
    await add({ name: 'Đặng Văn Ước', contracts: contract('HD-77') })
    expect(await namesFor('hoa nguyen')).toEqual(['Nguyễn Thị Hoà'])
    expect(await namesFor('ĐANG uoc')).toEqual(['Đặng Văn Ước'])
    expect(await namesFor('hd-77')).toEqual(['Đặng Văn Ước'])
    expect(await namesFor('+84 912 345 678')).toEqual(['Nguyễn Thị Hoà'])
    expect(await namesFor('345 678')).toEqual(['Nguyễn Thị Hoà'])
    expect(await namesFor('%')).toEqual([])
    expect(await namesFor('')).toEqual(['Đặng Văn Ước', 'Nguyễn Thị Hoà'])
  })

  it('come in pages without repeating or losing one', async () => {
    for (const name of ['A', 'B', 'C']) await add({ name })
    const first = await customers.list({ limit: 2 })
    const second = await customers.list({ limit: 2, cursor: first.nextCursor ?? '' })
    expect([...first.items, ...second.items].map((item) => item.name)).toEqual(['C', 'B', 'A'])
    expect(second.nextCursor).toBeNull()
  })

  it('change with the version that was read, and keep what is not named', async () => {
    const before = await add({ name: 'Bình', contracts: contract('HD-1') })
    const after = await customers.patch(before.id, {
      version: 1,
      phones: [{ number: '0912345678', label: '' }],
      email: 'binh@example.com',
    })
    expect(after).toMatchObject({ name: 'Bình', version: 2, email: 'binh@example.com' })
    expect(after.contracts).toEqual(before.contracts)
    expect(await namesFor('0912345678')).toEqual(['Bình'])
    expect(await namesFor('hd-1')).toEqual(['Bình'])
    await expect(customers.patch(before.id, { version: 1, name: 'X' })).rejects.toThrow(
      'version is 2 now',
    )
    await expect(customers.patch('nobody', { version: 1 })).rejects.toThrow('no customer "nobody"')
  })

  it('keep the ids of contracts that stay, and lose those that go', async () => {
    const before = await add({
      name: 'Bình',
      contracts: [...contract('HD-1'), ...contract('HD-2')],
    })
    const after = await customers.patch(before.id, {
      version: 1,
      contracts: [...contract('HD-2'), ...contract('HD-3')],
    })
    expect(after.contracts.map((one) => one.contractNo)).toEqual(['HD-2', 'HD-3'])
    expect(after.contracts[0]?.id).toBe(before.contracts[1]?.id)
  })

  it('are refused with the place of a wrong number', async () => {
    await expect(
      add({ name: 'X', phones: [{ number: 'gọi sau', label: '' }] }),
    ).rejects.toMatchObject({ status: 422, errors: [{ path: 'phones.0.number' }] })
  })

  it('have numbers that are the same however often they are read, and nothing of a withheld one', () => {
    const shown = customers.describe('0912345678')
    expect(shown).toMatchObject({ kind: 'mobile', key: '+84912345678' })
    expect(customers.describe('0912345678')).toEqual(shown)
    expect(customers.describe('0912345678', true)).toMatchObject({ kind: 'anonymous', raw: '' })
    expect(customers.describe('0987654321').key).toBe('+84987654321')
    expect(customers.describe(null).kind).toBe('anonymous')
  })

  describe('of one number', () => {
    const key = '+84912345678'
    const phones = [{ number: '0912345678', label: '' }]
    const find = () => customers.findByNumber(database.db, key)
    const remember = (customerId: string) =>
      database.transaction((trx) =>
        customers.rememberChoice(trx, { phoneKey: key, customerId, staffId: 'agent-1' }),
      )

    it('are nobody when the number is hidden or new', async () => {
      expect(await customers.findByNumber(database.db, null)).toEqual({
        chosen: null,
        candidates: [],
        contract: null,
      })
      expect(await find()).toEqual({ chosen: null, candidates: [], contract: null })
    })

    it('are asked for once in a transaction, and again after a pick in it', async () => {
      const an = await add({ name: 'An', phones })
      await add({ name: 'Bình', phones })
      await database.transaction(async (trx) => {
        const before = await customers.findByNumber(trx.db, key)
        expect(before).toMatchObject({ chosen: null, candidates: { length: 2 } })
        expect(await customers.findByNumber(trx.db, key)).toBe(before)
        const pick = { phoneKey: key, customerId: an.id, staffId: 'agent-1' }
        await customers.rememberChoice(trx, pick)
        expect((await customers.findByNumber(trx.db, key)).chosen?.id).toBe(an.id)
      })
    })

    it('are chosen when there is one, with its contracts', async () => {
      const only = await add({ name: 'Lê Ánh', phones, contracts: contract('HD-1') })
      const found = await find()
      expect(found.chosen).toMatchObject({ id: only.id, contractNos: ['HD-1'] })
      expect(found.candidates).toHaveLength(1)
    })

    it('wait for a pick when there are several, and the pick is remembered', async () => {
      const one = await add({ name: 'Lê Ánh', phones })
      const other = await add({ name: 'Bình', phones })
      expect(await find()).toMatchObject({ chosen: null, candidates: [{}, {}] })
      expect(await remember(other.id)).toBe(true)
      expect((await find()).chosen?.id).toBe(other.id)
      expect(await remember(one.id)).toBe(true)
      expect((await find()).chosen?.id).toBe(one.id)
    })

    it('remember nobody who does not have the number', async () => {
      await add({ name: 'Lê Ánh', phones })
      await add({ name: 'Bình', phones })
      const stranger = await add({ name: 'Chi' })
      expect(await remember(stranger.id)).toBe(false)
      expect((await find()).chosen).toBeNull()
    })

    it('are picked for one number only, whatever else the customer has', async () => {
      const both = [...phones, { number: '0913333444', label: '' }]
      await add({ name: 'Lê Ánh', phones: both })
      const other = await add({ name: 'Bình', phones: both })
      expect(await remember(other.id)).toBe(true)
      expect((await find()).chosen?.id).toBe(other.id)
      const unpicked = await customers.findByNumber(database.db, '+84913333444')
      expect(unpicked).toMatchObject({ chosen: null, candidates: [{}, {}] })
    })

    it('keep the picks of numbers that stay when another one goes', async () => {
      const both = [...phones, { number: '0913333444', label: '' }]
      await add({ name: 'Lê Ánh', phones: both })
      const other = await add({ name: 'Bình', phones: both })
      await remember(other.id)
      await customers.patch(other.id, { version: 1, phones })
      expect((await find()).chosen?.id).toBe(other.id)
    })

    it('forget a pick whose customer lost the number', async () => {
      await add({ name: 'Lê Ánh', phones })
      const other = await add({ name: 'Bình', phones })
      await remember(other.id)
      await customers.patch(other.id, { version: 1, phones: [] })
      expect((await find()).chosen?.name).toBe('Lê Ánh')
    })
  })

  describe('looked up', () => {
    it('come with the open tickets of the customers and of the number', async () => {
      const only = await add({ name: 'Lê Ánh', phones: [{ number: '0912345678', label: '' }] })
      const found = await customers.lookup('84912345678')
      expect(found).toMatchObject({
        number: {
          raw: '84912345678',
          kind: 'mobile',
          key: '+84912345678',
          display: '0912 345 678',
        },
        customers: [{ id: only.id }],
        openTickets: [openTicket],
      })
      expect(asked).toEqual([{ customerIds: [only.id], phoneKey: '+84912345678' }])
    })

    it('by a hidden number are nobody, and nothing is made or asked', async () => {
      expect(await customers.lookup('Anonymous')).toEqual({
        number: { raw: 'Anonymous', kind: 'anonymous', key: null, display: '' },
        customers: [],
        openTickets: [],
      })
      expect(asked).toEqual([])
      expect(await namesFor('')).toEqual([])
    })
  })
})
