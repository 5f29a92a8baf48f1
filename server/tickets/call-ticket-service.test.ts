import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerCreate } from '#contract/customers.ts'
import { ticketRow } from '#contract/tickets.ts'
import { callEvents } from '../../test/support/call-table.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { aCall, aSegment } from '../../test/support/domain/a-call.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import type { Call } from '../calls/conversation/call.ts'

const AT = '2026-11-23T02:00:02.000Z'
const user = aUser()
const secondSegment = aSegment({
  agentUniqueid: '1795399200.9',
  extension: '102',
  how: 'transfer',
  startedAt: '2026-11-23T02:01:00.000Z',
})

describe.each(SERVICE_DIALECTS)('the ticket of a call on %s', (dialect) => {
  let house: TestHouse

  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'agent-2')
    house = await openTestHouse(database)
  })
  afterEach(() => house.database.close())

  /** The fact as the call book states it, through the workflow; the newest agent answered. */
  async function answered(callId: string, call: Call, staffId: string | null = 'agent-1') {
    await storeCall(house.database.db, callId, call)
    const extension = staffId === null ? '999' : (house.people.staff.byId(staffId)?.extension ?? '')
    await house.database.transaction((trx) =>
      house.workflow.onFact(trx, {
        type: 'calls_answered',
        answers: [{ type: 'call_answered', at: AT, callId, call, extension }],
      }),
    )
    const { ticket_id } = await house.database.db
      .selectFrom('call')
      .select('ticket_id')
      .where('id', '=', callId)
      .executeTakeFirstOrThrow()
    return house.tickets.service.get(ticket_id ?? '', user)
  }

  function addCustomer(name: string) {
    const phones = [{ number: '0912345678', label: '' }]
    return house.customers.service.create({ ...customerCreate.parse({ name }), phones })
  }

  it('is new, the answering agent’s, received when the caller came and due by the calendar', async () => {
    const ticket = await answered('call-1', aCall())
    expect(ticket).toMatchObject({
      code: 'KN-2026-000001',
      status: 'new',
      kind: 'incident',
      priority: 'normal',
      team: 'cskh',
      channel: 'hotline',
      assignee: { id: 'agent-1', displayName: 'Người agent-1' },
      receivedAt: '2026-11-23T02:00:00.000Z',
      dueAt: '2026-12-22T16:59:59.999Z',
      number: { raw: '0912345678', key: '+84912345678', display: '0912 345 678' },
      customer: null,
      recovered: false,
      version: 1,
    })
    expect(ticket.timeline).toEqual([
      {
        id: expect.any(String),
        at: '2026-11-23T02:00:00.000Z',
        kind: 'opened',
        actor: { id: 'agent-1', displayName: 'Người agent-1' },
        note: '',
        fields: {
          callId: 'call-1',
          direction: 'inbound',
          queue: 'hotline',
          extension: '101',
          how: 'queue',
          agentUniqueid: '1795399200.2',
        },
      },
    ])
  })

  it('is linked to its call and told to everybody after the commit', async () => {
    const ticket = await answered('call-1', aCall())
    const link = await house.database.db
      .selectFrom('call')
      .select('ticket_id')
      .where('id', '=', 'call-1')
      .executeTakeFirstOrThrow()
    expect(link.ticket_id).toBe(ticket.id)
    expect(house.notifier.of('ticketUpdated')).toEqual([[ticketRow.parse(ticket)]])
  })

  it('is opened once, however often the answer is told', async () => {
    const first = await answered('call-1', aCall())
    const again = await answered('call-1', aCall())
    expect(again).toEqual(first)
    expect((await answered('call-2', aCall())).code).toBe('KN-2026-000002')
  })

  it('is opened once when two processes hear the answer at the same moment', async () => {
    await storeCall(house.database.db, 'call-1', aCall())
    const order = { callId: 'call-1', call: aCall(), staffId: 'agent-1' }
    const both = await Promise.all(
      [1, 2].map(() =>
        house.database.transaction((trx) => house.tickets.ensureForCall(trx, order)),
      ),
    )
    expect(both[0]?.ticketId).toBe(both[1]?.ticketId)
    expect((await house.tickets.service.list({ limit: 50 }, user)).items).toHaveLength(1)
    expect((await answered('call-2', aCall())).code).toBe('KN-2026-000002')
  })

  it('answers of the same breath get numbers in their order, and each its own line', async () => {
    const callIds = Array.from({ length: 60 }, (_, index) => `call-${index + 1}`)
    for (const callId of callIds) {
      // oxlint-disable-next-line no-await-in-loop
      await storeCall(house.database.db, callId, aCall({ uniqueid: callId }))
    }
    await house.database.transaction((trx) =>
      house.workflow.onFact(trx, {
        type: 'calls_answered',
        answers: callIds.map((callId) => {
          const call = aCall({ uniqueid: callId })
          return { type: 'call_answered', at: AT, callId, call, extension: '101' } as const
        }),
      }),
    )
    const opened = await house.database.db
      .selectFrom('ticket')
      .innerJoin('call', 'call.ticket_id', 'ticket.id')
      .innerJoin('ticket_timeline', 'ticket_timeline.ticket_id', 'ticket.id')
      .select(['call.id', 'ticket.opened_by_call_id', 'ticket.code', 'ticket_timeline.fields'])
      .orderBy('ticket.code')
      .execute()
    expect(opened).toEqual(
      callIds.map((id, index) => ({
        id,
        opened_by_call_id: id,
        code: `KN-2026-${String(index + 1).padStart(6, '0')}`,
        fields: expect.stringContaining(`"callId":"${id}"`),
      })),
    )
  })

  it('of several answers of one breath none is lost when another process opened one', async () => {
    const callers = ['a', 'b', 'c']
    const hear = async (table: string): Promise<void> => {
      for (const event of callEvents(table)) house.ears.onCallEvent(event)
      await house.calls.idle()
    }
    const lines = (line: (caller: string) => string) => callers.map(line).join('\n')
    await hear(lines((one) => `00:00.000  queue_joined  trunk#${one}`))
    await hear(lines((one) => `00:01.000  agent_called  trunk#${one}  101#${one}2`))
    const { id: callId } = await house.database.db
      .selectFrom('call')
      .select('id')
      .where('uniqueid', '=', 'trunk#b')
      .executeTakeFirstOrThrow()
    const order = { callId, call: aCall(), staffId: 'agent-1' }
    await house.database.transaction((trx) => house.tickets.ensureForCall(trx, order))
    await hear(lines((one) => `00:05.000  agent_connected  trunk#${one}  101#${one}2  hold=5`))
    const tickets = await house.database.db
      .selectFrom('call')
      .innerJoin('ticket', 'ticket.opened_by_call_id', 'call.id')
      .select(['call.uniqueid', 'ticket.code'])
      .orderBy('ticket.code')
      .execute()
    expect(tickets.map(({ uniqueid, code }) => [uniqueid, code])).toEqual([
      ['trunk#b', 'KN-2026-000001'],
      ['trunk#a', 'KN-2026-000002'],
      ['trunk#c', 'KN-2026-000003'],
    ])
  })

  it('leaves no gap in the numbers when its transaction fails', async () => {
    await expect(
      house.database.transaction(async (trx) => {
        await house.tickets.ensureForCall(trx, {
          callId: 'call-0',
          call: aCall(),
          staffId: 'agent-1',
        })
        throw new Error('the call could not be stored')
      }),
    ).rejects.toThrow('could not be stored')
    expect((await answered('call-1', aCall())).code).toBe('KN-2026-000001')
    expect(house.notifier.of('ticketUpdated')).toHaveLength(1)
  })

  it('gets one line for each further agent and stays with the first', async () => {
    await answered('call-1', aCall())
    const transferred = aCall({ segments: [aSegment(), secondSegment] })
    await answered('call-1', transferred, 'agent-2')
    const ticket = await answered('call-1', transferred, 'agent-2')
    expect(ticket.assignee?.id).toBe('agent-1')
    expect(ticket.timeline.map((line) => [line.kind, line.actor?.id, line.fields['how']])).toEqual([
      ['opened', 'agent-1', 'queue'],
      ['call', 'agent-2', 'transfer'],
    ])
  })

  it('opens for an extension that nobody of the staff has, and goes to the next agent', async () => {
    expect((await answered('call-1', aCall(), null)).assignee).toBeNull()
    const transferred = aCall({ segments: [aSegment(), secondSegment] })
    expect((await answered('call-1', transferred, 'agent-2')).assignee?.id).toBe('agent-2')
  })

  it('is the only customer’s of the number', async () => {
    const customer = await addCustomer('Lê Ánh')
    const ticket = await answered('call-1', aCall({ callerIdNum: '84912345678' }))
    expect(ticket.customer).toMatchObject({ id: customer.id, name: 'Lê Ánh' })
    expect(ticket.candidates).toHaveLength(1)
  })

  it('waits for a pick between several customers, and the next call knows it', async () => {
    await addCustomer('Lê Ánh')
    const other = await addCustomer('Bình')
    const first = await answered('call-1', aCall())
    expect(first.customer).toBeNull()
    expect(first.candidates).toHaveLength(2)
    await house.tickets.service.patch(first.id, { version: 1, customerId: other.id }, user)
    expect((await answered('call-2', aCall())).customer?.id).toBe(other.id)
  })

  it('of a hidden number has no number and no customer', async () => {
    const ticket = await answered('call-1', aCall({ withheld: true }))
    expect(ticket).toMatchObject({ number: null, customer: null, candidates: [] })
    expect((await house.customers.service.list({ limit: 50 })).items).toEqual([])
  })

  it('says that it was recovered', async () => {
    expect((await answered('call-1', aCall({ recovered: true }))).recovered).toBe(true)
  })

  it('takes the year of receipt in Vietnam', async () => {
    const lastMinute = aCall({ enteredAt: '2026-12-31T16:59:00.000Z' })
    const newYear = aCall({ enteredAt: '2026-12-31T17:00:00.000Z' })
    expect((await answered('call-1', newYear)).code).toBe('KN-2027-000001')
    expect((await answered('call-2', lastMinute)).code).toBe('KN-2026-000001')
  })

  it('keeps the callback that is handed on to another agent', async () => {
    const ticket = await answered('call-1', aCall())
    const callback = aCall({ direction: 'callback', segments: [secondSegment] })
    await storeCall(house.database.db, 'call-2', callback)
    await house.database.transaction((trx) =>
      house.workflow.onFact(trx, {
        type: 'promise_call_begun',
        callId: 'call-2',
        ticketId: ticket.id,
      }),
    )
    const after = await answered('call-2', callback, 'agent-2')
    expect(after.id).toBe(ticket.id)
    expect(after.timeline.map((line) => [line.kind, line.fields['callId']])).toEqual([
      ['opened', 'call-1'],
      ['call', 'call-2'],
      ['call', 'call-2'],
    ])
  })

  it('takes the call that kept its promise, once', async () => {
    const ticket = await answered('call-1', aCall())
    await storeCall(house.database.db, 'call-2', aCall({ direction: 'callback' }))
    const attach = () =>
      house.database.transaction((trx) =>
        house.workflow.onFact(trx, {
          type: 'promise_call_begun',
          callId: 'call-2',
          ticketId: ticket.id,
        }),
      )
    await attach()
    await attach()
    const after = await house.tickets.service.get(ticket.id, user)
    expect(after.timeline.map((line) => [line.kind, line.fields['callId']])).toEqual([
      ['opened', 'call-1'],
      ['call', 'call-2'],
    ])
  })
})
