import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Customer, customerCreate } from '../../server/contract/customers.ts'
import { type Ticket, ticketCreate, type TicketPatch } from '../../server/contract/tickets.ts'
import { callEvents } from '../support/call-table.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { aUser } from '../support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../support/house.ts'

const user = aUser({ id: 'agent', extension: '101' })
const AN = '0912345678'
const BINH = '0987654321'
const HUE = { contractNo: 'HD-1', installationAddress: '1 Huế', areaClass: 'rural', area: 'Huế' }
const HANOI = { contractNo: 'HD-2', installationAddress: '2 Hà Nội', areaClass: 'urban' }
const NOTHING = { contract: null, address: null, areaClass: null }
const OF_HUE = { contract: { contractNo: 'HD-1' }, address: '1 Huế', areaClass: 'rural' }
const OF_HANOI = { contract: { contractNo: 'HD-2' }, address: '2 Hà Nội', areaClass: 'urban' }

describe.each(SERVICE_DIALECTS)('the contract of a ticket on %s', (dialect) => {
  let house: TestHouse

  beforeEach(async () => {
    house = await openTestHouse(await openTestDatabase(dialect))
    const agent = { id: 'agent', username: 'agent', displayName: 'agent' }
    await house.hire({ ...agent, role: 'agent', extension: '101' })
  })
  afterEach(() => house.database.close())

  function add(name: string, number: string, contracts: object[], rest = {}): Promise<Customer> {
    const order = { name, phones: number === '' ? [] : [{ number }], contracts, ...rest }
    return house.customers.service.create(customerCreate.parse(order), user)
  }

  /** Calls from these numbers ring and are all answered in one breath; their tickets in that order. */
  async function calls(...numbers: string[]): Promise<Ticket[]> {
    const lines = (line: (n: number) => string) =>
      hear(numbers.map((_, index) => line(index)).join('\n'))
    await lines((n) => `00:00.000  queue_joined  trunk#${n}  num=${numbers[n]}`)
    await lines((n) => `00:01.000  agent_called  trunk#${n}  101#${n}b`)
    await lines((n) => `00:05.000  agent_connected  trunk#${n}  101#${n}b  hold=5`)
    const opened = await house.database.db
      .selectFrom('call')
      .select('ticket_id')
      .orderBy('uniqueid')
      .execute()
    return Promise.all(opened.map((one) => read(one.ticket_id ?? '')))
  }

  async function call(number: string): Promise<Ticket> {
    const [one] = await calls(number)
    if (one === undefined) throw new Error(`the call of ${number} has no ticket`)
    return one
  }

  async function hear(table: string): Promise<void> {
    for (const event of callEvents(table)) house.ears.onCallEvent(event)
    await house.calls.idle()
  }

  const open = (order: object) =>
    house.tickets.service.create(ticketCreate.parse({ channel: 'email', ...order }), user)
  const read = (id: string) => house.tickets.service.get(id, user)
  const patch = (before: Ticket, order: Omit<TicketPatch, 'version'>) =>
    house.tickets.service.patch(before.id, { version: before.version, ...order }, user)

  test('of a call is the only active one of the caller, with its place, and the line of the call says so', async () => {
    await add('An', AN, [HUE])
    const ticket = await call(AN)
    expect(ticket).toMatchObject({ customer: { name: 'An' }, version: 1, ...OF_HUE })
    expect(ticket.contract?.area).toBe('Huế')
    expect(saidOf(ticket)).toMatchObject([
      { kind: 'opened', fields: { contractByNumber: 'HD-1', queue: 'hotline' } },
    ])
  })

  test('sets the clock of restoration by its area', async () => {
    await add('An', AN, [HUE])
    await add('Bình', BINH, [HANOI])
    const [rural, urban] = await calls(AN, BINH)
    expect(Date.parse(restorationOf(rural))).toBeGreaterThan(Date.parse(restorationOf(urban)))
  })

  test.each([
    ['none', []],
    ['two that are active', [HUE, HANOI]],
    ['one that is suspended', [{ ...HUE, status: 'suspended' }]],
    ['one that ended', [{ ...HUE, status: 'ended' }]],
  ])('of a call is none when the caller has %s', async (_case, contracts) => {
    await add('An', AN, contracts)
    const ticket = await call(AN)
    expect(ticket).toMatchObject({ customer: { name: 'An' }, ...NOTHING })
    expect(ticket.timeline[0]?.fields).not.toHaveProperty('contractByNumber')
  })

  test('of each call in a burst is that of its own caller', async () => {
    await add('An', AN, [HUE, { ...HANOI, contractNo: 'HD-9', status: 'suspended' }])
    await add('Bình', BINH, [HANOI])
    await add('Chi', '0901000001', [])
    await add('Dũng', '0901000002', [{ contractNo: 'HD-3' }])
    await add('Em', '0901000002', [])
    const tickets = await calls(AN, BINH, '0901000001', '0901000002', '0901000003', AN)
    expect(tickets.map(({ contract, address }) => [contract?.contractNo, address])).toEqual([
      ['HD-1', '1 Huế'],
      ['HD-2', '2 Hà Nội'],
      [undefined, null],
      [undefined, null],
      [undefined, null],
      ['HD-1', '1 Huế'],
    ])
  })

  test('comes with the customer who is picked, and is known at their next call', async () => {
    await add('An', AN, [HUE])
    const binh = await add('Bình', AN, [HANOI])
    const before = await call(AN)
    expect(before).toMatchObject({ customer: null, ...NOTHING })
    const after = await patch(before, { customerId: binh.id })
    expect(after).toMatchObject({ customer: { name: 'Bình' }, ...OF_HANOI })
    expect(saidOf(after)).toContainEqual({
      kind: 'edited',
      fields: { contractNo: 'HD-2', address: '2 Hà Nội', areaClass: 'urban' },
    })
    await hear(`
      01:00.000  queue_joined     trunk#9
      01:01.000  agent_called     trunk#9  101#9b
      01:05.000  agent_connected  trunk#9  101#9b  hold=5`)
    const { ticket_id: next } = await house.database.db
      .selectFrom('call')
      .select('ticket_id')
      .where('uniqueid', '=', 'trunk#9')
      .executeTakeFirstOrThrow()
    expect(await read(next ?? '')).toMatchObject(OF_HANOI)
  })

  test('changes with the customer, and goes with the customer', async () => {
    await add('An', AN, [HUE])
    const binh = await add('Bình', BINH, [HANOI])
    const chi = await add('Chi', '', [])
    const ofBinh = await patch(await call(AN), { customerId: binh.id })
    expect(ofBinh).toMatchObject(OF_HANOI)
    const ofChi = await patch(ofBinh, { customerId: chi.id })
    expect(ofChi).toMatchObject({ customer: { name: 'Chi' }, ...NOTHING })
    expect(saidOf(ofChi)).toContainEqual({
      kind: 'edited',
      fields: { contractNo: '', address: '', areaClass: '' },
    })
    const again = await patch(ofChi, { customerId: binh.id })
    expect(await patch(again, { customerId: null })).toMatchObject({ customer: null, ...NOTHING })
  })

  test('leaves the place that a person said, whoever the customer is', async () => {
    await add('An', AN, [HUE])
    const binh = await add('Bình', BINH, [HANOI])
    const said = await patch(await call(AN), { address: 'nhà mẹ, 9 Huế' })
    const after = await patch(said, { customerId: binh.id })
    expect(after).toMatchObject({ ...OF_HANOI, address: 'nhà mẹ, 9 Huế' })
    expect(await patch(after, { customerId: null })).toMatchObject({ address: 'nhà mẹ, 9 Huế' })
  })

  test('that a person picked stays while its customer does; the place follows a pick', async () => {
    const an = await add('An', AN, [HUE, { ...HANOI, status: 'suspended' }])
    const suspended = an.contracts.find(({ contractNo }) => contractNo === 'HD-2')
    const before = await call(AN)
    expect(before).toMatchObject(OF_HUE)
    const picked = await patch(before, { contractId: suspended?.id })
    expect(picked).toMatchObject(OF_HANOI)
    const same = await patch(picked, { customerId: an.id, subject: 'Chậm' })
    expect(same).toMatchObject(OF_HANOI)
    expect(await patch(same, { contractId: null })).toMatchObject({
      customer: { name: 'An' },
      ...NOTHING,
    })
  })

  test('said with the customer goes before the one that would come by itself', async () => {
    const before = await call(AN)
    const an = await add('An', '', [HUE, { ...HANOI, status: 'suspended' }])
    const suspended = an.contracts.find(({ contractNo }) => contractNo === 'HD-2')
    const order = { customerId: an.id, contractId: suspended?.id }
    expect(await patch(before, order)).toMatchObject(OF_HANOI)
  })

  test('comes with a caller who is made a customer, in place of the one before', async () => {
    await add('An', AN, [HUE])
    const before = await call(AN)
    await add('Bình', BINH, [HANOI], { linkTicketId: before.id })
    const after = await read(before.id)
    expect(after).toMatchObject({ customer: { name: 'Bình' }, ...OF_HANOI })
    expect(saidOf(after).at(-1)).toMatchObject({
      kind: 'customer_chosen',
      fields: { name: 'Bình', contractNo: 'HD-2', address: '2 Hà Nội' },
    })
  })

  test('of a ticket opened by hand comes with its customer, unless it says which or none', async () => {
    const an = await add('An', AN, [HUE])
    expect(await open({ customerId: an.id })).toMatchObject(OF_HUE)
    expect(await open({ number: AN, address: 'kho, 5 Huế' })).toMatchObject({
      ...OF_HUE,
      address: 'kho, 5 Huế',
    })
    expect(await open({ customerId: an.id, contractId: null })).toMatchObject(NOTHING)
  })
})

function restorationOf(ticket: Ticket | undefined): string {
  return ticket?.clocks.find(({ kind }) => kind === 'restoration')?.dueAt ?? ''
}

function saidOf({ timeline }: Ticket) {
  return timeline.map(({ kind, fields }) => ({ kind, fields }))
}
