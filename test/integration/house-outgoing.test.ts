import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { SessionUser } from '../../server/contract/staff.ts'
import { myDay } from '../../server/contract/supervision/my-day.ts'
import type { Database } from '../../server/db/transaction.ts'
import { ActionRefused, OutcomeUnknown, PbxNotReady } from '../../server/ports.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const CUSTOMER = '0912345678'
const MOBILE = '0987654321'

describe.each(HOUSE_DIALECTS)('calls that people order on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  let http: ReturnType<typeof createTestApp>
  let tech: SessionUser

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    http = createTestApp([
      ...house.callbacks.routes,
      ...house.calls.routes,
      ...house.control.routes,
      ...house.desk.routes,
      ...house.tickets.routes,
    ])
    const who = { id: 'tech', username: 'tech', displayName: 'tech' }
    tech = await house.hire({ ...who, role: 'field', extension: null })
    await house.startSchedule()
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const mai = () => http.as(house.person('mai'))
  const order = (body: object, who = mai()) => who.post('/calls', body)
  const promises = () => database.db.selectFrom('callback').selectAll().orderBy('id').execute()
  const rows = () => database.db.selectFrom('outgoing_call').selectAll().execute()

  async function giveMobile(mobile: string | null): Promise<void> {
    await database.db.updateTable('staff').set({ mobile }).where('id', '=', 'tech').execute()
    await house.people.staff.load()
  }

  /** The agent answers, then the customer, and they talk for forty seconds. */
  async function talk(leg: string): Promise<void> {
    await house.hear(`
      00:00.500  channel_created      ${leg}
      00:03.000  dial_ended           -  ${leg}
      00:03.010  originate_responded  ${leg}
      00:03.100  dial_begun      ${leg}  trunk#2  dial=${CUSTOMER}@trunk
      00:09.000  dial_ended      ${leg}  trunk#2
      00:09.010  bridge_entered  trunk#2
      00:09.020  bridge_entered  ${leg}`)
  }
  const miss = (caller: string, number: string) =>
    house.hear(`
      00:00.000  queue_joined     ${caller}  num=${number}
      00:00.100  queue_abandoned  ${caller}
      00:00.100  queue_left       ${caller}
      00:00.110  hung_up          ${caller}`)
  const end = (leg: string) =>
    house.hear(`
      00:49.000  hung_up  trunk#2
      00:49.010  hung_up  ${leg}`)

  it('the row with its channel is there before the PBX is told, and the own phone is rung first', async () => {
    const { id } = await house.openTicket(house.person('mai'))
    let stored = 0
    house.telephony.answerOriginateWith(async () => {
      stored = (await rows()).length
    })
    const { body } = await order({ ticketId: id }).expect(201)
    expect(stored).toBe(1)
    expect(body).toMatchObject({
      ticket: { id },
      number: { raw: CUSTOMER },
      device: 'extension',
      stage: 'submitted',
      outcome: null,
      callId: null,
    })
    expect(house.telephony.originated).toMatchObject([
      { extension: '101', isMobile: false, number: CUSTOMER, expiresInSeconds: 55 },
    ])
    expect(house.placed()).toMatch(/^cb-/)
  })

  it('its talk is a part of its own kind, in the day of who ordered it and of nobody else', async () => {
    const { id } = await house.openTicket(house.person('mai'))
    await order({ ticketId: id }).expect(201)
    await talk(`101=${house.placed()}`)
    await end(`101=${house.placed()}`)
    const parts = await database.db.selectFrom('call_segment').selectAll().execute()
    expect(parts).toMatchObject([
      { extension: '101', staff_id: 'mai', how: 'outgoing', talk_seconds: 40, hold_seconds: 0 },
    ])
    const dayOf = async (name: string) =>
      myDay.parse((await http.as(house.person(name)).get('/desk/my-day').expect(200)).body)
    expect((await dayOf('mai')).work).toMatchObject({ taken: 0, handled: 1, talkSeconds: 40 })
    expect((await dayOf('lan')).work).toMatchObject({ taken: 0, handled: 0, talkSeconds: 0 })
  })

  /** The process stands still from the moment at which the row is there, and goes on so much later. */
  const suspendedFor = (ms: number) => {
    const transaction = database.transaction.bind(database)
    const suspend = vi.spyOn(database, 'transaction').mockImplementation(async (work) => {
      suspend.mockRestore()
      const result = await transaction(work)
      house.clock.set(new Date(house.clock.nowMs() + ms).toISOString())
      return result
    })
  }

  it('is not placed by a process that was suspended so long that it knows no more who is free', async () => {
    suspendedFor(6_000)
    await order({ number: CUSTOMER }).expect(503)
    expect(house.telephony.originated).toEqual([])
    expect(await rows()).toMatchObject([{ outcome: 'not_placed' }])
    await order({ number: CUSTOMER }).expect(201)
  })

  it('is good for the rest of that time alone after a shorter standstill', async () => {
    suspendedFor(5_000)
    await order({ number: CUSTOMER }).expect(201)
    expect(house.telephony.originated).toMatchObject([{ expiresInSeconds: 50 }])
  })

  it('is a call of the ticket, with pop, lines and talk time', async () => {
    const { id } = await house.openTicket(house.person('mai'))
    await order({ ticketId: id }).expect(201)
    const leg = `101=${house.placed()}`
    await talk(leg)
    const pop = house.notifier.of('screenPop').at(-1)
    expect(pop).toMatchObject([
      'mai',
      { stage: 'answered', ticket: { id }, call: { number: { raw: CUSTOMER } }, promise: null },
    ])
    await end(leg)
    const read = await mai().get(`/tickets/${id}`).expect(200)
    expect(read.body.calls).toMatchObject([{ direction: 'callback', agents: ['mai'] }])
    expect(read.body.timeline.slice(1)).toMatchObject([
      { kind: 'call', actor: { id: 'mai' } },
      { kind: 'outgoing_call', actor: { id: 'mai' }, fields: { outcome: 'reached' } },
    ])
    expect(read.body.callbacks).toEqual([])
    const calls = await mai().get('/calls').expect(200)
    expect(calls.body.items).toMatchObject([{ talkSeconds: 40, number: { raw: CUSTOMER } }])
    const last = house.notifier.of('outgoingCallUpdated').at(-1)
    expect(last).toMatchObject(['mai', { outcome: 'reached', callId: calls.body.items[0].id }])
  })

  it.each([
    ['of a ticket', true],
    ['without one', false],
  ])('who was missed and is reached by a call %s needs no callback any more', async (_, isOf) => {
    const { id: ticketId } = await house.openTicket(house.person('mai'))
    await miss('trunk#8', CUSTOMER)
    await miss('trunk#9', '0913333444')
    await order(isOf ? { ticketId } : { number: CUSTOMER }).expect(201)
    const leg = `101=${house.placed()}`
    await talk(leg)
    expect(await promises()).toMatchObject([{ status: 'scheduled' }, { status: 'scheduled' }])
    await end(leg)
    expect(await promises()).toMatchObject([
      { status: 'done', verdict: 'kept', ticket_id: isOf ? ticketId : null, attempts: 0 },
      { status: 'scheduled', number_dial: '0913333444' },
    ])
  })

  it('a number without a ticket is called, and shown before the PBX names it', async () => {
    await order({ number: '+84 912 345 678' }).expect(201)
    await house.hear(`00:00.500  channel_created  101=${house.placed()}`)
    const pop = house.notifier.of('screenPop').at(-1)
    expect(pop).toMatchObject(['mai', { stage: 'ringing', call: { number: { kind: 'mobile' } } }])
  })

  it.each(['before', 'after'])(
    'an own phone that was not rung is not placed, told %s the hang-up',
    async (when) => {
      await order({ number: CUSTOMER }).expect(201)
      const leg = `101=${house.placed()}`
      const told = [`originate_responded  ${leg}  failed=yes`, `hung_up  ${leg}  cause=0`]
      const [first, second] = when === 'before' ? told : told.toReversed()
      await house.hear(`
        00:00.500  channel_created  ${leg}
        00:01.000  ${first}
        00:01.010  ${second}`)
      expect(await rows()).toMatchObject([{ outcome: 'not_placed', stage: 'ended' }])
    },
  )

  it('its end is found in the journal when nobody heard it', async () => {
    await order({ number: CUSTOMER }).expect(201)
    const channelId = house.placed()
    const entry = { agentAnswered: true, dialStatus: 'ANSWER', hangupCause: 16, talkSeconds: 30 }
    const endedAt = house.clock.now()
    house.telephony.journal.set(`pbx1/${channelId}`, { endedAt, ...entry })
    await house.advance(114_000)
    expect((await rows())[0]?.ended_at).toBeNull()
    await house.advance(6000)
    expect(await rows()).toMatchObject([{ outcome: 'reached', stage: 'ended', look_up_at: null }])
  })

  it('an order that the PBX never answered is looked up at once, and without a trace was not placed', async () => {
    house.telephony.failNextOriginate(new OutcomeUnknown('no answer'))
    await order({ number: CUSTOMER }).expect(201)
    await house.advance(1000)
    expect(house.telephony.lookups).toContain(`live pbx1/${house.placed()}`)
    await house.advance(65_000)
    expect(await rows()).toMatchObject([{ outcome: 'not_placed' }])
  })

  it('nothing waits for a PBX: who is not connected places nothing', async () => {
    house.setLink('pbx1', 'connecting')
    await order({ number: CUSTOMER }).expect(503)
    expect(await rows()).toEqual([])
    house.setLink('pbx1', 'ready')
    house.telephony.failNextOriginate(new PbxNotReady('gone'))
    await order({ number: CUSTOMER }).expect(503)
    house.telephony.failNextOriginate(new ActionRefused('Extension does not exist'))
    await order({ number: CUSTOMER }).expect(502)
    expect(await rows()).toMatchObject([{ outcome: 'not_placed' }, { outcome: 'not_placed' }])
    await order({ number: CUSTOMER }).expect(201)
  })

  it('of two at once from one phone, or to one customer, one is placed', async () => {
    const lan = http.as(house.person('lan'))
    const answers = await Promise.all([
      order({ number: CUSTOMER }),
      order({ number: '0913333444' }),
      order({ number: CUSTOMER }, lan),
    ])
    expect(answers.map(({ status }) => status)).toEqual([201, 409, 409])
    const codes = answers.slice(1).map(({ body }) => body.errors[0].code)
    expect(codes).toEqual(['phone_busy', 'customer_on_line'])
  })

  it('a customer who is on the line is not called, nor by who talks', async () => {
    await house.hear(`
      00:00.000  queue_joined     trunk#1
      00:01.000  agent_called     trunk#1  102#2
      00:05.000  agent_connected  trunk#1  102#2  hold=5
      00:05.010  bridge_entered   trunk#1
      00:05.020  bridge_entered   102#2`)
    const same = await order({ number: CUSTOMER })
    expect(same.body).toMatchObject({ status: 409, errors: [{ code: 'customer_on_line' }] })
    const talking = await order({ number: '0913333444' }, http.as(house.person('lan')))
    expect(talking.body).toMatchObject({ status: 409, errors: [{ code: 'phone_busy' }] })
  })

  it('while it lives no promise takes its phone or its customer', async () => {
    await house.promise(house.person('mai'))
    await house.promise(house.person('lan'))
    for (const who of ['mai', 'lan']) {
      // oxlint-disable-next-line no-await-in-loop
      await house.queues.setState(house.person(who), { state: 'ready' })
    }
    await order({ number: CUSTOMER }).expect(201)
    await house.advance(62_000)
    expect(house.telephony.originated).toHaveLength(1)
    await talk(`101=${house.placed()}`)
    await end(`101=${house.placed()}`)
    await house.advance(2000)
    expect(house.telephony.originated).toHaveLength(2)
  })

  it('what cannot be dialled is 422, as is a person without a phone', async () => {
    for (const [body, code] of [
      [{ number: '113' }, 'number_short'],
      [{ number: '19000382' }, 'number_service'],
      [{ number: '+1 202 555 0123' }, 'number_abroad'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await order(body)).body).toMatchObject({ status: 422, errors: [{ code }] })
    }
    const none = await house.openTicket(house.person('mai'), { number: null })
    expect((await order({ ticketId: none.id })).body.errors[0].code).toBe('no_number')
    const chief = await order({ number: CUSTOMER }, http.as(house.person('chief')))
    expect(chief.body).toMatchObject({ status: 422, errors: [{ code: 'no_phone' }] })
    expect((await order({ ticketId: 'none' })).status).toBe(404)
    expect((await order({})).status).toBe(400)
    expect(await rows()).toEqual([])
  })

  it('field staff call from their mobile, by a ticket of their own work, and see no number', async () => {
    const asTech = http.as(tech)
    const { id } = await house.openTicket(house.person('mai'))
    await giveMobile(MOBILE)
    expect((await order({ number: CUSTOMER }, asTech)).body).toMatchObject({
      status: 403,
      errors: [{ code: 'no_numbers' }],
    })
    expect((await order({ ticketId: id }, asTech)).body.errors[0].code).toBe('not_your_team')
    const field = { status: 'field_working', team: 'field' }
    await database.db.updateTable('ticket').set(field).where('id', '=', id).execute()
    const { body } = await order({ ticketId: id }, asTech).expect(201)
    expect(body).toMatchObject({ device: 'mobile', number: { raw: '' } })
    expect(JSON.stringify(body)).not.toContain(CUSTOMER.slice(1))
    expect(house.telephony.originated).toMatchObject([
      { extension: MOBILE, isMobile: true, number: CUSTOMER },
    ])
  })

  it('is hung up by who ordered it, and by nobody else', async () => {
    const { body } = await order({ number: CUSTOMER }).expect(201)
    const path = `/calls/${body.id}/hangup`
    expect((await http.as(house.person('lan')).post(path)).status).toBe(403)
    await mai().post(path).expect(202)
    expect(house.telephony.hungUp).toEqual([`pbx1/${house.placed()}`])
    const leg = `101=${house.placed()}`
    await talk(leg)
    const { items } = (await mai().get('/calls')).body
    await mai().post(`/calls/${items[0].id}/hangup`).expect(202)
    await end(leg)
    expect((await mai().post(path)).body.errors[0].code).toBe('call_over')
    expect((await mai().post('/calls/none/hangup')).status).toBe(404)
  })

  it('is handed on: the customer’s channel is sent there, and then it is the colleague’s', async () => {
    const { body: ordered } = await order({ number: CUSTOMER }).expect(201)
    const leg = `101=${house.placed()}`
    await talk(leg)
    const { id } = (await mai().get('/calls')).body.items[0]
    await mai()
      .post(`/calls/${id}/transfer`, { to: { staffId: 'lan' } })
      .expect(202)
    const to = { extension: '102' }
    expect(house.telephony.transfers).toEqual([{ pbxId: 'pbx1', uniqueid: 'trunk#2', to }])
    await house.hear(`
      00:15.000  hung_up         ${leg}
      00:15.010  dial_begun      trunk#2  102#3
      00:18.000  dial_ended      trunk#2  102#3
      00:18.010  bridge_entered  102#3
      00:18.020  bridge_entered  trunk#2`)
    for (const one of [id, ordered.id]) {
      // oxlint-disable-next-line no-await-in-loop
      expect((await mai().post(`/calls/${one}/hangup`)).status).toBe(403)
    }
    await http.as(house.person('lan')).post(`/calls/${id}/hangup`).expect(202)
    expect([house.telephony.hungUp, house.telephony.endedChannels]).toEqual([[], ['pbx1/trunk#2']])
  })

  it('asks a colleague first, by the phone that was rung first', async () => {
    await order({ number: CUSTOMER }).expect(201)
    const leg = `101=${house.placed()}`
    await talk(leg)
    const { id } = (await mai().get('/calls')).body.items[0]
    const ask = { to: { staffId: 'lan' }, askFirst: true }
    await mai().post(`/calls/${id}/transfer`, ask).expect(202)
    expect(house.telephony.consults).toEqual([
      { pbxId: 'pbx1', agentUniqueid: house.placed(), step: { ask: '102' } },
    ])
  })
})
