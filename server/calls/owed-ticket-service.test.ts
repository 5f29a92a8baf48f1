import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { aCall, aSegment } from '../../test/support/domain/a-call.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import type { Call } from './conversation/call.ts'
import { createOwedTicketService } from './owed-ticket-service.ts'

const MOMENT = '2026-11-23T02:00:02.000Z'
const OWED = aCall({ ticketMomentAt: MOMENT })

describe.each(SERVICE_DIALECTS)('a ticket that an answered call is owed on %s', (dialect) => {
  let house: TestHouse

  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'agent-2')
    house = await openTestHouse(database, { start: '2026-11-23T02:00:02.000Z' })
  })
  afterEach(async () => {
    await house.schedule.stop()
    await house.database.close()
  })

  async function store(callId: string, call: Call = OWED, ticketId: string | null = null) {
    await storeCall(house.database.db, callId, call)
    await house.database.db
      .updateTable('call')
      .set({ ticket_moment_at: call.ticketMomentAt, ticket_id: ticketId })
      .where('id', '=', callId)
      .execute()
  }

  function tickets() {
    return house.database.db.selectFrom('ticket').selectAll().orderBy('code').execute()
  }

  async function ticketOf(callId: string) {
    const row = await house.database.db
      .selectFrom('call')
      .select(['ticket_id', 'due_owner', 'due_tries'])
      .where('id', '=', callId)
      .executeTakeFirstOrThrow()
    return row
  }

  it('is opened after ten seconds, as recovered, assigned to who answered, without a pop', async () => {
    await store('call-1')
    await house.clock.advance(9_999)
    await house.calls.sweepOwed()
    expect(await tickets()).toEqual([])
    await house.clock.advance(1)
    await house.calls.sweepOwed()
    const [ticket] = await tickets()
    expect(ticket).toMatchObject({
      recovered: 1,
      assignee_id: 'agent-1',
      opened_by_call_id: 'call-1',
      received_at: OWED.enteredAt,
    })
    expect(await ticketOf('call-1')).toEqual({
      ticket_id: ticket?.id,
      due_owner: null,
      due_tries: 0,
    })
    expect(house.notifier.of('screenPop')).toEqual([])
    expect(await house.tickets.service.get(ticket?.id ?? '', aUser())).toMatchObject({
      timeline: [{ kind: 'opened', fields: { callId: 'call-1' } }],
      calls: [{ id: 'call-1' }],
    })
  })

  it('names every agent of the conversation, and is the first one’s', async () => {
    const second = aSegment({ agentUniqueid: '1795399200.9', extension: '102', how: 'transfer' })
    await store('call-1', aCall({ ticketMomentAt: MOMENT, segments: [aSegment(), second] }))
    await house.clock.advance(60_000)
    await house.calls.sweepOwed()
    const [ticket] = await tickets()
    expect(ticket).toMatchObject({ assignee_id: 'agent-1' })
    const { timeline } = await house.tickets.service.get(ticket?.id ?? '', aUser())
    const actors = timeline.map(({ kind, actor }) => `${kind} ${actor?.id}`)
    expect(actors.toSorted((a, b) => b.localeCompare(a))).toEqual([
      'opened agent-1',
      'call agent-2',
    ])
  })

  it('is nobody’s when nobody of the staff has the extension that answered', async () => {
    await store('call-1', aCall({ ticketMomentAt: MOMENT, segments: [] }))
    await house.clock.advance(60_000)
    await house.calls.sweepOwed()
    expect(await tickets()).toMatchObject([{ assignee_id: null, recovered: 1 }])
  })

  it('is found within a minute when the loop knew of none', async () => {
    house.schedule.start()
    await house.schedule.settled()
    await store('call-1')
    await house.clock.advance(59_000)
    await house.schedule.settled()
    expect(await tickets()).toHaveLength(0)
    await house.clock.advance(1000)
    await house.schedule.settled()
    expect(await tickets()).toHaveLength(1)
  })

  it('takes what its answer left ringing off the screens, and the agent’s desk has the ticket', async () => {
    const ringing = aCall({ status: 'ringing', answeredAt: null, segments: [] })
    await store('call-1', ringing)
    await house.database.transaction((trx) =>
      house.pops.ring(trx, { callId: 'call-1', call: ringing, staffId: 'agent-1', ticketId: null }),
    )
    const at = OWED.enteredAt
    const ended = { answeredAt: MOMENT, bridgedAt: null, endedAt: MOMENT, end: 'answered' } as const
    const ring = { agentUniqueid: '1', extension: '101', by: 'queue', startedAt: at } as const
    await store('call-1', { ...OWED, rings: [{ ...ring, ...ended }] })
    await house.clock.advance(60_000)
    await house.calls.sweepOwed()
    await house.desk.settled()
    expect(await house.pops.liveFor('agent-1')).toEqual([])
    expect(house.notifier.of('deskCall').at(-1)).toMatchObject([
      'agent-1',
      { id: 'call-1', ticket: { code: 'KN-2026-000001' } },
    ])
  })

  it('is found by the loop itself, at the start and when its time has come', async () => {
    await store('call-1')
    house.schedule.start()
    await house.schedule.settled()
    await house.clock.advance(70_000)
    await house.schedule.settled()
    expect(await tickets()).toHaveLength(1)
  })

  it('is opened once, by two houses that look at the same moment', async () => {
    await store('call-1')
    await store('call-2')
    const other = await openTestHouse(house.database, { start: '2026-11-23T02:05:00.000Z' })
    await house.clock.advance(60_000)
    await Promise.all([house.calls.sweepOwed(), other.calls.sweepOwed()])
    expect(new Set((await tickets()).map((ticket) => ticket.opened_by_call_id))).toEqual(
      new Set(['call-1', 'call-2']),
    )
    expect(await tickets()).toHaveLength(2)
  })

  it('is no second one where the call has its ticket, and none where none is owed', async () => {
    const order = { channel: 'counter', kind: 'incident', subject: '', description: '' } as const
    const own = await house.tickets.service.create(
      { ...order, customerId: null, number: null },
      aUser(),
    )
    await store('call-1', OWED, own.id)
    await store('call-2', aCall({ ticketMomentAt: null }))
    await house.clock.advance(60_000)
    await house.calls.sweepOwed()
    expect(await tickets()).toHaveLength(1)
    expect(await ticketOf('call-2')).toMatchObject({ ticket_id: null })
  })

  it('that cannot be opened is tried again later, then set aside where administrators see it', async () => {
    await store('call-1')
    await house.database.db
      .updateTable('call')
      .set({ state: '{"no": "call"}' })
      .where('id', '=', 'call-1')
      .execute()
    await store('call-2')
    for (let tries = 0; tries < 8; tries++) {
      // oxlint-disable-next-line no-await-in-loop
      await house.clock.advance(11 * 60_000)
      // oxlint-disable-next-line no-await-in-loop
      await house.calls.sweepOwed()
    }
    expect((await tickets()).map((ticket) => ticket.opened_by_call_id)).toEqual(['call-2'])
    expect(await ticketOf('call-1')).toMatchObject({ ticket_id: null, due_tries: 5 })
    const { items } = await house.schedule.setAside.list({ limit: 10 })
    expect(items).toMatchObject([{ kind: 'owed_ticket', subject: 'call-1' }])
    // Nor does it keep the loop awake.
    const { clock, schedule, workflow } = house
    const { work } = schedule
    const deps = { database: house.database, clock, work, state: workflow.onFact }
    expect(await createOwedTicketService(deps).nextDueAt()).toBe(null)
  })
})
