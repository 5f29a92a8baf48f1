import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerCreate } from '#contract/customers.ts'
import { type Ticket, ticketCreate, ticketQuery } from '#contract/tickets.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../../test/support/database.ts'
import { addStaff, aUser } from '../../../test/support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../../../test/support/house.ts'
import { createTestApp } from '../../../test/support/http.ts'

const user = aUser()

describe.each(SERVICE_DIALECTS)('a ticket opened by hand on %s', (dialect) => {
  let house: TestHouse

  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1')
    house = await openTestHouse(database)
  })
  afterEach(() => house.database.close())

  function open(order: Record<string, unknown> = {}): Promise<Ticket> {
    return house.tickets.service.create(ticketCreate.parse({ channel: 'letter', ...order }), user)
  }

  function addCustomer(name: string, contractNo: string) {
    const contract = { contractNo, installationAddress: '12 Cầu Giấy', areaClass: 'rural' }
    return house.customers.service.create(customerCreate.parse({ name, contracts: [contract] }))
  }

  it('that came earlier counts its deadline and its number of the year from there, and says why', async () => {
    house.clock.set('2026-01-05T02:00:00.000Z')
    const receivedAt = '2025-12-29T09:00:00+07:00'
    const letter = await open({ receivedAt, receivedReason: 'Văn thư chuyển sau nghỉ lễ' })
    expect(letter).toMatchObject({
      code: 'KN-2025-000001',
      receivedAt: '2025-12-29T02:00:00.000Z',
      dueAt: house.calendar.dueAt('2025-12-29T02:00:00.000Z', 20),
      statusSince: '2026-01-05T02:00:00.000Z',
    })
    expect(letter.timeline).toMatchObject([
      {
        kind: 'opened',
        at: '2026-01-05T02:00:00.000Z',
        note: 'Văn thư chuyển sau nghỉ lễ',
        fields: { channel: 'letter', receivedAt: '2025-12-29T02:00:00.000Z' },
      },
    ])
    expect((await open()).code).toBe('KN-2026-000001')
  })

  it('has a name by itself, is found by it, and keeps what was said of the matter', async () => {
    const customer = await addCustomer('Lê Ánh', 'HD-1')
    const [contract] = customer.contracts
    const complainant = { relation: 'representative', name: 'Bình', paper: 'GUQ 12/2026' }
    const ticket = await open({
      customerId: customer.id,
      contractId: contract?.id,
      category: 'NO_INTERNET',
      area: 'Cầu Giấy',
      contactName: 'Bình',
      contactNumber: '0912 345 678',
      priority: 'high',
      complainant,
    })
    expect(ticket).toMatchObject({
      subject: 'Mất kết nối · Cầu Giấy',
      subjectIsMade: true,
      category: 'NO_INTERNET',
      area: 'Cầu Giấy',
      areaClass: 'rural',
      address: '12 Cầu Giấy',
      priority: 'high',
      contact: { name: 'Bình', number: { key: '+84912345678' } },
      contract: { contractNo: 'HD-1' },
      complainant,
      loopNo: 1,
      guidance: null,
    })
    await house.search.catchUp()
    const found = await house.tickets.service.list(ticketQuery.parse({ q: 'mat ket noi' }), user)
    expect(found.items.map(({ id }) => id)).toEqual([ticket.id])
  })

  it('follows category and area with its name until a person writes one', async () => {
    const { id } = await open({ category: 'SLOW' })
    const patch = (change: object, version: number) =>
      house.tickets.service.patch(id, { version, ...change }, user)
    expect((await patch({ area: 'Hà Đông' }, 1)).subject).toBe('Mạng chậm · Hà Đông')
    expect((await patch({ category: 'VPN' }, 2)).subject).toBe('VPN · Hà Đông')
    const own = await patch({ subject: 'Khách VIP' }, 3)
    expect(own).toMatchObject({ subject: 'Khách VIP', subjectIsMade: false })
    expect((await patch({ category: 'SLOW' }, 4)).subject).toBe('Khách VIP')
    const again = await patch({ subject: '' }, 5)
    expect(again).toMatchObject({ subject: 'Mạng chậm · Hà Đông', subjectIsMade: true, version: 6 })
    await house.search.catchUp()
    const found = await house.tickets.service.list(ticketQuery.parse({ q: 'ha dong' }), user)
    expect(found.items).toHaveLength(1)
    expect(again.timeline.map(({ fields }) => fields).slice(1)).toEqual([
      { area: 'Hà Đông' },
      { category: 'VPN' },
      { subject: 'Khách VIP' },
      { category: 'SLOW' },
      { subject: 'Mạng chậm · Hà Đông' },
    ])
  })

  it('loses its contract with its customer', async () => {
    const customer = await addCustomer('Lê Ánh', 'HD-1')
    const other = await house.customers.service.create(customerCreate.parse({ name: 'Bình' }))
    const contractId = customer.contracts[0]?.id
    const { id } = await open({ customerId: customer.id, contractId })
    const order = { version: 1, customerId: other.id }
    const after = await house.tickets.service.patch(id, order, user)
    expect(after).toMatchObject({ contract: null, customer: { id: other.id } })
    const wrong = house.tickets.service.patch(id, { version: 2, contractId }, user)
    await expect(wrong).rejects.toMatchObject({ errors: [{ code: 'contract_of_other' }] })
  })
})

describe('over HTTP', () => {
  let house: TestHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    const database = await openTestDatabase('sqlite')
    await addStaff(database, 'agent-1')
    house = await openTestHouse(database)
    http = createTestApp(house.tickets.routes)
  })
  afterEach(() => house.database.close())

  it.each([
    ['a future receipt', { receivedAt: '2026-11-23T02:00:01.000Z' }, 'received_in_future'],
    [
      'an old receipt',
      { receivedAt: '2025-11-01T02:00:00.000Z', receivedReason: 'x' },
      'received_too_old',
    ],
    ['no reason', { receivedAt: '2026-11-23T01:50:00.000Z' }, 'received_reason_missing'],
    ['an extension as contact', { contactNumber: '101' }, 'number_short'],
    ['two contacts in one', { contactNumber: '0912345678/0987654321' }, 'number_several'],
    ['a contract that is not there', { contractId: 'x' }, 'contract_unknown'],
    ['no paper', { complainant: { relation: 'representative' } }, 'paper_missing'],
  ])('%s is refused with 422 and a code, and nothing is opened', async (_what, order, code) => {
    const agent = http.as(user)
    const refused = await agent.post('/tickets', { channel: 'counter', ...order })
    expect(refused.status).toBe(422)
    expect(refused.body.errors).toMatchObject([{ code }])
    expect((await agent.get('/tickets')).body.items).toEqual([])
  })

  it('a note of 100 kB is 413, one of 5,000 letters is taken', async () => {
    const agent = http.as(user)
    const { body } = await agent.post('/tickets', { channel: 'counter' })
    const note = (text: string) => agent.post(`/tickets/${body.id}/notes`, { note: text })
    const refused = await note('x'.repeat(100_000))
    expect(refused.status).toBe(413)
    expect(refused.body.detail).toBe('the body is larger than 64 kB')
    expect((await note('Ế'.repeat(5000))).status).toBe(201)
  })
})
