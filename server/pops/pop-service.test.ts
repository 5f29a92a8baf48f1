import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { customerCreate } from '#contract/customers.ts'
import { ticketCreate } from '#contract/tickets.ts'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { aCall, aSegment } from '../../test/support/domain/a-call.ts'
import { aUser } from '../../test/support/domain/a-staff.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { openTestHouse } from '../../test/support/house.ts'
import { aRing, openPopHouse, type PopHouse, RINGING_CALL } from '../../test/support/pop-house.ts'
import type { Call } from '../calls/conversation/call.ts'

describe.each(SERVICE_DIALECTS)('screen pops on %s', (dialect) => {
  let house: PopHouse

  beforeEach(async () => {
    house = await openPopHouse(dialect)
  })
  afterEach(() => house.close())

  /** The call is stored as it stands now, and its answer stated. */
  async function answer(staffId: string, call: Call = aCall()): Promise<void> {
    await storeCall(house.database.db, 'call-1', call)
    await house.commit((trx) => house.stateAnswer(trx, staffId, call))
  }

  function end(staffId: string | null) {
    return house.commit((trx) => house.pops.end(trx, { callId: 'call-1', staffId }))
  }

  it('of a call that is over are closed, and their browsers told, though nobody heard its end', async () => {
    await house.ring('agent-1')
    await answer('agent-2')
    await storeCall(house.database.db, 'call-1', aCall({ status: 'ended' }))
    await storeCall(house.database.db, 'call-2', RINGING_CALL)
    await house.commit((trx) => house.pops.ring(trx, aRing('agent-3', { callId: 'call-2' })))
    expect(await house.pops.closeOver()).toBe(2)
    await house.pops.idle()
    expect(house.stagesSentTo('agent-1').at(-1)).toBe('withdrawn 2')
    expect(house.stagesSentTo('agent-2').at(-1)).toBe('ended 2')
    expect(house.stagesSentTo('agent-3')).toEqual(['ringing 1'])
    expect(await house.pops.closeOver()).toBe(0)
  })

  it('ring at every agent whose phone rings and go when another answers', async () => {
    await house.ring('agent-1')
    await house.ring('agent-2')
    await house.withdraw('agent-2')
    await answer('agent-1')
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1', 'answered 2'])
    expect(house.stagesSentTo('agent-2')).toEqual(['ringing 1', 'withdrawn 2'])
    expect(house.sentTo('agent-1').at(-1)).toMatchObject({
      call: { id: 'call-1', waitSeconds: 2, number: { key: '+84912345678' } },
      ticket: { code: 'KN-2026-000001', status: 'new' },
      openTickets: [],
    })
  })

  it('are out before news of everybody’s lists, though these were asked for earlier', async () => {
    await storeCall(house.database.db, 'call-1', aCall())
    await house.commit((trx) => house.stateAnswer(trx, 'agent-1'))
    await house.desk.settled()
    expect(house.notifier.sent.map(({ to }) => to)).toEqual([
      'screenPop',
      'ticketUpdated',
      'callUpdated',
      'deskCall',
    ])
  })

  it('show the customer, the open tickets and the promise at the first ring', async () => {
    const customer = await house.customers.service.create(
      customerCreate.parse({ name: 'Lê Ánh', phones: [{ number: '0912345678' }] }),
    )
    const ticket = await addTicket('0912345678', 'Chậm')
    await promiseOn(ticket.id)
    await house.ring('agent-1')
    expect(house.sentTo('agent-1')).toMatchObject([
      {
        customer: { id: customer.id },
        candidates: [{ id: customer.id }],
        ticket: null,
        openTickets: [{ id: ticket.id, subject: 'Chậm' }],
        promise: { callbackId: 'callback-1', dueAt: '2026-11-23T02:30:00.000Z' },
      },
    ])
  })

  it('of several callers in one transaction show each their own tickets', async () => {
    await addTicket('0912345678', 'của số này')
    await addTicket('0987654321', 'của số kia')
    await ringTwoCallers()
    expect(house.sentTo('agent-1')).toMatchObject([{ openTickets: [{ subject: 'của số này' }] }])
    expect(house.sentTo('agent-2')).toMatchObject([{ openTickets: [{ subject: 'của số kia' }] }])
  })

  it('of several callers show what their customers have open under other numbers', async () => {
    const phones = [{ number: '0912345678' }, { number: '02838221234' }]
    await house.customers.service.create(customerCreate.parse({ name: 'Lê Ánh', phones }))
    await addTicket('02838221234', 'của máy bàn')
    await ringTwoCallers()
    expect(house.sentTo('agent-1')).toMatchObject([{ openTickets: [{ subject: 'của máy bàn' }] }])
    expect(house.sentTo('agent-2')).toMatchObject([{ openTickets: [] }])
  })

  /** Call-1 at agent-1 and a call from 0987654321 at agent-2, in one transaction. */
  async function ringTwoCallers(): Promise<void> {
    const call = { ...RINGING_CALL, callerIdNum: '0987654321' }
    await storeCall(house.database.db, 'call-2', call)
    await house.commit(async (trx) => {
      await house.pops.ring(trx, aRing('agent-1'))
      await house.pops.ring(trx, aRing('agent-2', { callId: 'call-2', call }))
    })
  }

  function addTicket(number: string, subject: string) {
    return house.tickets.service.create(
      ticketCreate.parse({ channel: 'counter', number, subject }),
      aUser(),
    )
  }

  async function promiseOn(ticketId: string): Promise<void> {
    const at = '2026-11-23T02:00:00.000Z'
    await house.database.db
      .insertInto('callback')
      .values({
        id: 'callback-1',
        ticket_id: ticketId,
        number_raw: '0912345678',
        number_dial: '0912345678',
        due_at: '2026-11-23T02:30:00.000Z',
        promised_for: '2026-11-23T02:30:00.000Z',
        reason: 'guidance',
        team: 'cskh',
        status: 'scheduled',
        note: '',
        assignee_id: 'agent-1',
        waiting_for: null,
        attempts: 0,
        lease_until: null,
        cancel_reason: null,
        version: 1,
        created_by: 'agent-1',
        created_at: at,
        updated_at: at,
      })
      .execute()
  }

  it('change nothing when commands are doubled or late', async () => {
    await house.ring('agent-1')
    await house.ring('agent-1')
    await answer('agent-1')
    await house.ring('agent-1')
    await house.withdraw('agent-1')
    await answer('agent-1')
    await end('agent-1')
    await end(null)
    await house.withdraw(null)
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1', 'answered 2', 'ended 3'])
    expect(await house.rows()).toHaveLength(1)
  })

  it('come back when the phone rings again for the same call', async () => {
    await house.ring('agent-1')
    await house.withdraw('agent-1')
    await house.ring('agent-1')
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1', 'withdrawn 2', 'ringing 3'])
    expect(await house.pops.liveFor('agent-1')).toEqual([house.sentTo('agent-1').at(-1)])
  })

  it('of every agent end with the call: what rings is withdrawn, what talks is ended', async () => {
    await house.ring('agent-1')
    await house.ring('agent-2')
    await answer('agent-1')
    await end(null)
    expect(house.stagesSentTo('agent-1').at(-1)).toBe('ended 3')
    expect(house.stagesSentTo('agent-2').at(-1)).toBe('withdrawn 2')
    expect(await house.pops.liveFor('agent-1')).toEqual([])
  })

  it('are sent after the commit only, and never when it fails', async () => {
    await expect(
      house.commit(async (trx) => {
        await house.pops.ring(trx, aRing('agent-1'))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    await house.pops.idle()
    expect(house.notifier.sent).toEqual([])
  })

  it('that change twice in one transaction are sent once, as they are now', async () => {
    await storeCall(house.database.db, 'call-1', aCall())
    await house.commit(async (trx) => {
      await house.pops.ring(trx, aRing('agent-1'))
      await house.stateAnswer(trx, 'agent-1')
    })
    expect(house.stagesSentTo('agent-1')).toEqual(['answered 2'])
  })

  describe('after a restart', () => {
    it('are on the desk as they were, with their ticket', async () => {
      await house.ring('agent-1')
      await answer('agent-1')
      const after = await openTestHouse(house.database)
      expect(await after.pops.liveFor('agent-1')).toEqual([house.sentTo('agent-1').at(-1)])
      expect(await after.pops.liveFor('agent-2')).toEqual([])
    })

    it('are sent again while their call lives and nobody has seen them', async () => {
      await house.ring('agent-1')
      const after = await openTestHouse(house.database)
      await after.pops.load()
      after.pops.start()
      await after.clock.advance(2000)
      await after.pops.stop()
      expect(after.notifier.of('screenPop')).toMatchObject([['agent-1', { stage: 'ringing' }]])
    })

    it('are over when their call ended meanwhile', async () => {
      await house.ring('agent-1')
      await answer('agent-2')
      const over = aCall({ status: 'ended', endedAt: '2026-11-23T02:05:00.000Z' })
      await storeCall(house.database.db, 'call-1', over)
      const after = await openTestHouse(house.database)
      await after.pops.load()
      after.pops.start()
      expect((await house.rows()).map((row) => [row.staff_id, row.stage])).toEqual([
        ['agent-1', 'withdrawn'],
        ['agent-2', 'ended'],
      ])
      expect(after.clock.pending).toBe(0)
    })
  })

  describe('of a recovered call', () => {
    it('say so when it was answered a moment ago', async () => {
      await answer('agent-1', aCall({ recovered: true }))
      expect(house.sentTo('agent-1')).toMatchObject([{ stage: 'answered', notice: 'recovered' }])
    })

    it('appear at the agent to whom it is handed on later', async () => {
      house.clock.set('2026-11-23T02:10:00.000Z')
      const recovered = aCall({ recovered: true })
      await answer('agent-1', recovered)
      await house.ring('agent-2', recovered)
      const handedOn = aSegment({
        agentUniqueid: '1795399200.9',
        how: 'transfer',
        startedAt: '2026-11-23T02:10:00.000Z',
      })
      await answer('agent-2', { ...recovered, segments: [...recovered.segments, handedOn] })
      expect(house.stagesSentTo('agent-1')).toEqual([])
      expect(house.stagesSentTo('agent-2')).toEqual(['ringing 1', 'answered 2'])
    })

    it('do not appear when it was answered long ago, and stop ringing', async () => {
      await house.ring('agent-1')
      house.clock.set('2026-11-23T02:00:32.001Z')
      house.notifier.clear()
      await answer('agent-1', aCall({ recovered: true }))
      expect(house.stagesSentTo('agent-1')).toEqual(['withdrawn 2'])
      expect(await house.pops.liveFor('agent-1')).toEqual([])
    })
  })

  it('of a hidden number show no customer and no other ticket', async () => {
    await answer('agent-1', aCall({ withheld: true }))
    expect(house.sentTo('agent-1')).toMatchObject([
      {
        notice: 'hidden_number',
        customer: null,
        candidates: [],
        openTickets: [],
        ticket: { code: 'KN-2026-000001' },
        call: { number: { kind: 'anonymous', key: null, raw: '' } },
      },
    ])
  })

  it.each(['0000000000', '0', '+', '19001234'])(
    'of %s show the number, no customer and no ticket of another stranger',
    async (number) => {
      const order = ticketCreate.parse({ channel: 'counter', number })
      await house.tickets.service.create(order, aUser())
      await answer('agent-1', aCall({ callerIdNum: number }))
      const [pop] = house.sentTo('agent-1')
      expect(pop).toMatchObject({ customer: null, candidates: [], openTickets: [] })
      expect(pop?.call.number.key).toBeNull()
      expect(pop?.call.number.display).not.toBe('')
    },
  )

  it('show the customer that was picked on their ticket, also one without the number', async () => {
    await answer('agent-1')
    const [pop] = house.sentTo('agent-1')
    const neighbour = await house.customers.service.create(customerCreate.parse({ name: 'Bình' }))
    const order = { version: 1, customerId: neighbour.id }
    await house.tickets.service.patch(pop?.ticket?.id ?? '', order, aUser())
    await house.pops.idle()
    expect(house.sentTo('agent-1').at(-1)).toMatchObject({ rev: 2, customer: { name: 'Bình' } })
  })
})
