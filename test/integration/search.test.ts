import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { customer } from '../../server/contract/customers.ts'
import { foundPageOf } from '../../server/contract/primitives.ts'
import { ticket, ticketCounts, ticketRow } from '../../server/contract/tickets.ts'
import { openDatabase } from '../../server/db/database.ts'
import { createTestClock } from '../support/clock.ts'
import { SERVICE_DIALECTS } from '../support/database.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { eventually } from '../support/eventually.ts'

const tickets = foundPageOf(ticketRow)
const customers = foundPageOf(customer)

for (const dialect of SERVICE_DIALECTS) {
  describe(`a search on ${dialect}`, () => {
    let hotline: Hotline
    let lan: Person
    let longReads = 0
    beforeAll(async () => {
      const amiUrl = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
      const clock = createTestClock()
      hotline = await startHotline({
        amiUrl,
        dialect,
        clock,
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
      await eventually(async () => {
        await clock.advance(100)
        const found = await lan.get('/tickets?q=KN-2026', tickets)
        const { items } = await lan.get('/customers?q=le+anh', customers)
        const isIndexed = found.complete && found.total?.count === 2 && items.length === 1
        if (!isIndexed) throw new Error('not everything is indexed yet')
      })
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

    it.each([
      ['sort=due', 'sort'],
      ['cursor=2026-11-22T00:00:00.000Z~x', 'cursor'],
    ])('with %s is refused and says where', async (wrong, path) => {
      const answer = await fetch(`${hotline.url}/api/tickets?q=anh&${wrong}`, {
        headers: { cookie: lan.cookie },
      })
      expect(answer.status).toBe(400)
      expect(await answer.json()).toMatchObject({ errors: [{ path }] })
    })

    const longReadsOf = async (path: string) => {
      longReads = 0
      await lan.get(path, tickets.or(customers).or(ticketCounts))
      return longReads
    }

    it('by words stands in no way of calls and pops; a list without words needs no such way', async () => {
      expect(await longReadsOf('/tickets?q=zzzz')).toBe(1)
      expect(await longReadsOf('/customers?q=zzzz')).toBe(1)
      expect(await longReadsOf('/tickets?status=open')).toBe(0)
      expect(await longReadsOf('/customers')).toBe(0)
      expect(await longReadsOf('/tickets/counts')).toBe(1)
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
