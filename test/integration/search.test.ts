import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customer } from '../../server/contract/customers.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticket, ticketRow } from '../../server/contract/tickets.ts'
import { openDatabase } from '../../server/db/database.ts'
import { createTestClock } from '../support/clock.ts'
import { DIALECTS } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'

const tickets = pageOf(ticketRow)
const customers = pageOf(customer)

for (const dialect of DIALECTS) {
  describe(`a search on ${dialect}`, () => {
    let hotline: Hotline
    let lan: Person
    let longReads = 0
    beforeAll(async () => {
      const amiUrl = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
      hotline = await startHotline({
        amiUrl,
        dialect,
        clock: createTestClock(),
        async openDatabase(url, options) {
          const database = await openDatabase(url, options)
          return {
            ...database,
            longRead(work) {
              longReads += 1
              return database.longRead(work)
            },
          }
        },
      })
      lan = await hotline.hire('lan', 'agent', '101')
      const contracts = [{ contractNo: '2024-00777' }, { contractNo: '01-234-567' }]
      const order = { name: 'Lê Ánh', contracts, phones: [{ number: '0912345678' }] }
      const { id } = await lan.send('POST', '/customers', order, customer)
      for (const customerId of [null, id]) {
        const intake = { channel: 'counter', customerId, number: customerId && '0912345678' }
        await lan.send('POST', '/tickets', intake, ticket)
      }
    })
    afterAll(() => hotline.stop())

    it.each([
      ['KN-2026-000001', ['KN-2026-000001']],
      ['2026-000001', ['KN-2026-000001']],
      ['kn-2026-1', ['KN-2026-000001']],
      ['2026-2', ['KN-2026-000002']],
      ['2026-3', []],
      ['2026000001', []],
      ['2024-00777', ['KN-2026-000002']],
      ['01-234-567', ['KN-2026-000002']],
      ['0912-345-678', ['KN-2026-000002']],
      ['+84 912 345 678', ['KN-2026-000002']],
      ['KN-2026', ['KN-2026-000002', 'KN-2026-000001']],
    ])('for %s finds the tickets %j', async (q, codes) => {
      const { items } = await lan.get(`/tickets?q=${encodeURIComponent(q)}`, tickets)
      expect(items.map(({ code }) => code)).toEqual(codes)
    })

    const longReadsOf = async (path: string) => {
      longReads = 0
      await lan.get(path, tickets.or(customers))
      return longReads
    }

    it('by words stands in no way of calls and pops; a list without words needs no such way', async () => {
      expect(await longReadsOf('/tickets?q=zzzz')).toBe(1)
      expect(await longReadsOf('/customers?q=zzzz')).toBe(1)
      expect(await longReadsOf('/tickets?status=open')).toBe(0)
      expect(await longReadsOf('/customers')).toBe(0)
    })

    it.each(['2024-00777', '01-234-567', '0912-345-678'])(
      'for %s finds the customer',
      async (q) => {
        const { items } = await lan.get(`/customers?q=${encodeURIComponent(q)}`, customers)
        expect(items.map(({ name }) => name)).toEqual(['Lê Ánh'])
      },
    )
  })
}
