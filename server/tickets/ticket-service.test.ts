import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerCreate } from '#contract/customers.ts'
import { ticketCreate, type TicketCreate, ticketQuery } from '#contract/tickets.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'

const user = aUser()

describe.each(SERVICE_DIALECTS)('tickets on %s', (dialect) => {
  let house: TestHouse

  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'agent-2')
    house = await openTestHouse(database)
  })
  afterEach(() => house.database.close())

  function open(change: Partial<TicketCreate> = {}) {
    const order = ticketCreate.parse({ channel: 'email', subject: 'Mất mạng', ...change })
    return house.tickets.service.create(order, user)
  }

  async function codes(query: Record<string, unknown>, asker = user): Promise<string[]> {
    if (query['q'] !== undefined) await house.search.catchUp()
    const { items } = await house.tickets.service.list(ticketQuery.parse(query), asker)
    return items.map((item) => item.code.slice(-1))
  }

  async function setStatus(id: string, status: string): Promise<void> {
    await house.database.db.updateTable('ticket').set({ status }).where('id', '=', id).execute()
  }

  function addCustomer(name: string, number: string, contractNo: string) {
    return house.customers.service.create(
      customerCreate.parse({ name, phones: [{ number }], contracts: [{ contractNo }] }),
    )
  }

  describe('opened by hand', () => {
    it('are received now by who opens them, due by kind', async () => {
      const incident = await open()
      expect(incident).toMatchObject({
        code: 'KN-2026-000001',
        channel: 'email',
        receivedAt: '2026-11-23T02:00:00.000Z',
        dueAt: '2026-12-22T16:59:59.999Z',
        assignee: { id: 'agent-1' },
        number: null,
        permissions: ['edit', 'choose_customer', 'note_reply', 'promise_callback'],
      })
      expect(incident.timeline).toMatchObject([{ kind: 'opened', fields: { channel: 'email' } }])
      expect((await open({ kind: 'request' })).dueAt).toBeNull()
    })

    it('take the owner of the number, unless a customer is named', async () => {
      const owner = await addCustomer('Lê Ánh', '0912345678', 'HD-1')
      const other = await addCustomer('Bình', '0913333444', 'HD-2')
      expect((await open({ number: '84912345678' })).customer?.id).toBe(owner.id)
      expect((await open({ number: '0912345678', customerId: other.id })).customer?.id).toBe(
        other.id,
      )
      await expect(open({ customerId: 'nobody' })).rejects.toMatchObject({
        status: 422,
        errors: [{ path: 'customerId' }],
      })
    })
  })

  describe('listed', () => {
    it('come newest first, in pages without repeating or losing one', async () => {
      await open()
      await open()
      await house.clock.advance(1000)
      await open()
      const first = await house.tickets.service.list(ticketQuery.parse({ limit: '2' }), user)
      const cursor = first.nextCursor
      const second = await house.tickets.service.list(
        ticketQuery.parse({ limit: '2', cursor }),
        user,
      )
      expect([...first.items, ...second.items].map((item) => item.code.slice(-1))).toEqual([
        '3',
        '2',
        '1',
      ])
      expect(second.nextCursor).toBeNull()
      await expect(codes({ cursor: 'x' })).rejects.toMatchObject({ errors: [{ path: 'cursor' }] })
    })

    it('can be asked by status, team, kind, person and customer', async () => {
      const customer = await addCustomer('Lê Ánh', '0912345678', 'HD-1')
      await setStatus((await open()).id, 'closed')
      await open({ kind: 'info', customerId: customer.id })
      const { id } = await open()
      await house.database.db
        .updateTable('ticket')
        .set({ team: 'noc', status: 'noc_queued', assignee_id: null })
        .where('id', '=', id)
        .execute()
      expect(await codes({ status: 'open' })).toEqual(['3', '2'])
      expect(await codes({ status: 'closed' })).toEqual(['1'])
      expect(await codes({ team: 'noc' })).toEqual(['3'])
      expect(await codes({ kind: 'info' })).toEqual(['2'])
      expect(await codes({ assignee: 'me' })).toEqual(['2', '1'])
      expect(await codes({ assignee: 'none' })).toEqual(['3'])
      expect(await codes({ assignee: 'me' }, aUser({ id: 'agent-2' }))).toEqual([])
      expect(await codes({ customerId: customer.id })).toEqual(['2'])
      expect(await house.tickets.countOpen('agent-1')).toBe(1)
    })

    it('are overdue while they are open and past their deadline', async () => {
      await open()
      await setStatus((await open()).id, 'cancelled')
      await open({ kind: 'info' })
      house.clock.set('2026-12-22T16:59:59.999Z')
      expect(await codes({ overdue: '1' })).toEqual([])
      house.clock.set('2026-12-22T17:00:00.000Z')
      expect(await codes({ overdue: '1' })).toEqual(['1'])
    })

    it('are found by code, subject, number, customer and contract, accents left out', async () => {
      await addCustomer('Nguyễn Thị Hoà', '0912345678', 'HD-2024-7')
      await open({ number: '0912345678', subject: 'Đứt cáp' })
      await open({ number: '0987654321', subject: 'Mạng chậm' })
      expect(await codes({ q: 'dut cap' })).toEqual(['1'])
      expect(await codes({ q: 'mang CHAM' })).toEqual(['2'])
      expect(await codes({ q: 'kn-2026-000002' })).toEqual(['2'])
      expect(await codes({ q: '0987 654 321' })).toEqual(['2'])
      expect(await codes({ q: '+84912345678' })).toEqual(['1'])
      expect(await codes({ q: '654321' })).toEqual(['2'])
      expect(await codes({ q: 'hoa' })).toEqual(['1'])
      expect(await codes({ q: 'hd-2024-7' })).toEqual(['1'])
      expect(await codes({ q: 'hòa đứt' })).toEqual(['1'])
      expect(await codes({ q: 'hoa cham' })).toEqual([])
      expect(await codes({ q: '%' })).toEqual([])
      await open({ subject: 'Tốc độ giảm 50% so với gói_1' })
      expect(await codes({ q: '50%' })).toEqual(['3'])
      expect(await codes({ q: 'goi_1' })).toEqual(['3'])
    })
  })

  describe('edited', () => {
    it('keep what was written in the timeline and tell everybody', async () => {
      const before = await open()
      house.notifier.clear()
      const after = await house.tickets.service.patch(
        before.id,
        { version: 1, subject: 'Cáp đứt', priority: 'high', description: before.description },
        user,
      )
      expect(after).toMatchObject({ subject: 'Cáp đứt', priority: 'high', version: 2 })
      expect(after.timeline.at(-1)).toMatchObject({
        kind: 'edited',
        fields: { subject: 'Cáp đứt', priority: 'high' },
      })
      expect(house.notifier.of('ticketUpdated')).toMatchObject([[{ version: 2 }]])
      expect(await codes({ q: 'cap dut' })).toEqual(['1'])
      expect(await codes({ q: 'mat mang' })).toEqual([])
    })

    it('lose and get back their deadline with the kind, counted from receipt', async () => {
      const before = await open()
      await house.clock.advance(5 * 86_400_000)
      const info = await house.tickets.service.patch(before.id, { version: 1, kind: 'info' }, user)
      expect(info.dueAt).toBeNull()
      const again = await house.tickets.service.patch(
        before.id,
        { version: 2, kind: 'complaint' },
        user,
      )
      expect(again.dueAt).toBe(before.dueAt)
    })

    it('change nothing and keep their version when nothing differs', async () => {
      const before = await open()
      house.notifier.clear()
      const after = await house.tickets.service.patch(
        before.id,
        { version: 1, subject: 'Mất mạng' },
        user,
      )
      expect(after).toEqual(before)
      expect(house.notifier.sent).toEqual([])
    })

    it('are refused when somebody was faster, when over, and when there are none', async () => {
      const { id } = await open()
      await house.tickets.service.patch(id, { version: 1, subject: 'A' }, user)
      await expect(
        house.tickets.service.patch(id, { version: 1, subject: 'B' }, user),
      ).rejects.toThrow('version is 2 now')
      await setStatus(id, 'closed')
      await expect(
        house.tickets.service.patch(id, { version: 2, subject: 'B' }, user),
      ).rejects.toThrow('the ticket is closed')
      await expect(house.tickets.service.patch('x', { version: 1 }, user)).rejects.toThrow(
        'no ticket "x"',
      )
    })

    it('take one of two edits that come at the same moment', async () => {
      const { id } = await open()
      const edits = await Promise.allSettled(
        ['A', 'B'].map((subject) => house.tickets.service.patch(id, { version: 1, subject }, user)),
      )
      expect(edits.map((edit) => edit.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    })
  })

  describe('given a customer', () => {
    it('remember the pick for the number and note it', async () => {
      await addCustomer('Lê Ánh', '0912345678', 'HD-1')
      const other = await addCustomer('Bình', '0912345678', 'HD-2')
      const { id } = await open({ number: '0912345678' })
      const after = await house.tickets.service.patch(
        id,
        { version: 1, customerId: other.id },
        user,
      )
      expect(after.customer?.id).toBe(other.id)
      expect(after.timeline.at(-1)).toMatchObject({
        kind: 'customer_chosen',
        actor: { id: 'agent-1' },
        fields: { customerId: other.id, code: other.code, name: 'Bình' },
      })
      expect((await open({ number: '0912345678' })).customer?.id).toBe(other.id)
    })

    it('who does not have the number keep him without remembering', async () => {
      const owner = await addCustomer('Lê Ánh', '0912345678', 'HD-1')
      const neighbour = await addCustomer('Bình', '0913333444', 'HD-2')
      const { id } = await open({ number: '0912345678' })
      const after = await house.tickets.service.patch(
        id,
        { version: 1, customerId: neighbour.id },
        user,
      )
      expect(after.customer?.id).toBe(neighbour.id)
      expect((await open({ number: '0912345678' })).customer?.id).toBe(owner.id)
    })

    it('can be taken from him again, and refuse one who does not exist', async () => {
      await addCustomer('Lê Ánh', '0912345678', 'HD-1')
      const { id } = await open({ number: '0912345678' })
      const after = await house.tickets.service.patch(id, { version: 1, customerId: null }, user)
      expect(after.customer).toBeNull()
      await expect(
        house.tickets.service.patch(id, { version: 2, customerId: 'nobody' }, user),
      ).rejects.toMatchObject({ status: 422 })
    })
  })

  it('take notes from field and NOC, also when they are over', async () => {
    const { id } = await open()
    await setStatus(id, 'closed')
    const technician = aUser({ id: 'agent-2', role: 'field' })
    const after = await house.tickets.service.addNote(id, 'Đã thay adapter', technician)
    expect(after.timeline.at(-1)).toMatchObject({ kind: 'note', note: 'Đã thay adapter' })
    expect([after.actions, after.permissions]).toEqual([[], []])
    await expect(house.tickets.service.addNote('x', 'y', technician)).rejects.toThrow(
      'no ticket "x"',
    )
  })

  it('offer no second promise while one is open', async () => {
    const { id } = await open()
    await house.callbacks.service.promise(user, id, { number: '0912345678', note: '' })
    const { permissions } = await house.tickets.service.get(id, user)
    expect(permissions).toEqual(['edit', 'choose_customer', 'note_reply'])
  })

  it('tell a promise their number, whether they are open and whether an answer is owed', async () => {
    const { id } = await open({ number: '0912345678' })
    const { db } = house.database
    expect(await house.tickets.promisedTicket(db, id)).toEqual({
      id,
      numberRaw: '0912345678',
      assigneeId: 'agent-1',
      status: 'new',
      isOpen: true,
      awaitsAnswer: false,
    })
    await setStatus(id, 'customer_reply')
    expect(await house.tickets.promisedTicket(db, id)).toMatchObject({ awaitsAnswer: true })
    await setStatus(id, 'cancelled')
    expect(await house.tickets.promisedTicket(db, id)).toMatchObject({ isOpen: false })
    expect(await house.tickets.promisedTicket(db, 'x')).toBeNull()
  })

  it('that are open move with the calendar, the others stay', async () => {
    const moved = await open()
    const closed = await open()
    await setStatus(closed.id, 'closed')
    await open({ kind: 'info' })
    house.clock.set('2026-11-25T02:00:00.000Z')
    const afterwards = await open()
    await house.calendar.service.change({ cultureDayHoliday: false, version: 0 }, 'agent-1')
    const dueOf = async (id: string) => (await house.tickets.service.get(id, user)).dueAt
    expect(await dueOf(moved.id)).toBe('2026-12-21T16:59:59.999Z')
    expect(await dueOf(closed.id)).toBe('2026-12-22T16:59:59.999Z')
    expect(await dueOf(afterwards.id)).toBe(afterwards.dueAt)
  })
})
