import { NO_CALLS } from '../../server/contract/supervision/figures.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestApp } from '../support/http.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { snapshotAt } from '../support/call-snapshot.ts'
import { time } from '../support/table-time.ts'
import { aCaller } from '../support/queue-events.ts'
import type { Database } from '../../server/db/transaction.ts'
import { eventually } from '../support/eventually.ts'

const NUMBER = '0912345678'
const OTHER = '0987654321'

describe.each(HOUSE_DIALECTS)('a caller who leaves the queue by key, on %s,', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    await house.startSchedule()
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const promises = () =>
    database.db.selectFrom('callback').selectAll().orderBy('created_at').execute()
  const attempts = () =>
    database.db.selectFrom('callback_attempt').selectAll().orderBy('number').execute()
  const calls = () => database.db.selectFrom('call').selectAll().orderBy('entered_at').execute()
  const { as } = { as: (user: typeof CHIEF) => createTestApp(house.routes).as(user) }

  /** Waits from minute 10 on, presses 1 after 20 seconds and hangs up after 30. */
  const ask = async (call = 'trunk#1', number = NUMBER) => {
    await house.hear(`
      10:00.000  queue_joined    ${call}  num=${number}
      10:20.000  queue_left      ${call}
      10:20.010  callback_asked  ${call}  to=${number}
      10:30.000  hung_up         ${call}`)
    await house.advance(500)
  }

  const place = () => house.telephony.places.at(-1)?.channelId ?? 'none'
  const leg = 'Local/hotline@callback-place'
  /** The PBX shows the place. */
  const seen = () => house.hear(`11:00.000  channel_created  ${leg}=${place()}`)
  /** The same, and lan answers for it. */
  const answered = async (channelId = place()) => {
    const half = channelId.replace('cb-', 'pl-')
    await seen()
    return house.hear(`
      11:00.010  queue_joined     ${leg}=${half}  num=${NUMBER}
      12:00.000  agent_called     ${leg}=${half}  101#8  num=${NUMBER}
      12:00.000  agent_called     ${leg}=${half}  102#9  num=${NUMBER}
      12:04.000  agent_connected  ${leg}=${half}  102#9  hold=64`)
  }
  const lost = (channelId = place()) =>
    house.hear(`
      11:00.000  channel_created      Local/hotline@callback-place=${channelId}
      13:00.000  originate_responded  Local/hotline@callback-place=${channelId}  failed=1
      13:00.010  hung_up              Local/hotline@callback-place=${channelId}  cause=19`)
  const agentAnswers = (channel: string) =>
    house.hear(`
      11:20.000  channel_created      ${channel}
      11:23.000  dial_ended           -  ${channel}
      11:23.010  originate_responded  ${channel}`)
  const talk = (channel: string) =>
    house.hear(`
      12:05.000  dial_begun      ${channel}  trunk#9  dial=PJSIP/${NUMBER}@trunk
      12:12.000  dial_ended      ${channel}  trunk#9
      12:12.010  bridge_entered  trunk#9  bridge=b
      12:12.020  bridge_entered  ${channel}  bridge=b
      12:45.000  hung_up         trunk#9
      12:45.010  hung_up         ${channel}`)

  test('is promised a callback and keeps the place, and is neither abandoned nor missed', async () => {
    await ask()
    expect(await promises()).toMatchObject([
      { reason: 'asked', status: 'dialing', ticket_id: null, assignee_id: null, queue: 'hotline' },
    ])
    expect(house.telephony.places).toMatchObject([
      { queue: 'hotline', number: NUMBER, position: 1, callerUniqueid: 'trunk#1' },
    ])
    expect(await attempts()).toMatchObject([{ channel_id: place(), ended_at: null }])
    expect(await calls()).toMatchObject([{ outcome: 'asked', ticket_id: null }])
    expect((await as(CHIEF).get('/missed')).body).toEqual({ items: [] })
    const [queue] = house.queues.snapshot().queues
    expect(queue?.today).toEqual({ ...NO_CALLS, entered: 1, offered: 1, asked: 1 })
  })

  test('is one promise by event, journal and restart, and has one place', async () => {
    await ask()
    const journal = `
      10:20.010  journal_asked  trunk#1  to=${NUMBER} received=09:59.000 num=${NUMBER}
      10:30.000  journal_ended  trunk#1  outcome=asked received=09:59.000 num=${NUMBER}`
    await house.hear(journal)
    await house.stop()
    house = await openLiveHouse(database, { hire: false, telephony: house.telephony })
    await house.hear(journal)
    await house.startSchedule()
    await house.advance(500)
    expect(await promises()).toHaveLength(1)
    expect(house.telephony.places).toHaveLength(1)
  })

  test.each(['02:00', '15:30'])('is promised it by the journal, heard only at %s', async (at) => {
    await house.stop()
    house = await openLiveHouse(database, { hire: false, start: `2026-11-23T${at}:00.000Z` })
    await house.startSchedule()
    await house.hear(`
      10:20.010  journal_asked  trunk#1  to=${NUMBER} received=10:00.000 num=${NUMBER}
      10:30.000  journal_ended  trunk#1  outcome=asked received=10:00.000 num=${NUMBER}`)
    await house.advance(500)
    expect(house.telephony.places).toMatchObject([{ number: NUMBER, position: 1 }])
    expect(await calls()).toMatchObject([{ outcome: 'asked', queue: 'hotline' }])
  })

  test('stands behind those who came before, other places among them, and before the others', async () => {
    const waits = (uniqueid: string, at: string) =>
      house.happen({
        type: 'caller_joined',
        caller: aCaller(uniqueid, { joinedAt: time(at), position: 9 }),
      })
    waits('early', '09:59.000')
    waits('late', '10:15.000')
    await house.hear(`
      10:00.000  queue_joined    trunk#1  num=${NUMBER}
      10:10.000  queue_joined    trunk#2  num=${OTHER}
      10:20.000  queue_left      trunk#1
      10:20.010  callback_asked  trunk#1  to=${NUMBER}
      10:21.000  queue_left      trunk#2
      10:21.010  callback_asked  trunk#2  to=${OTHER}`)
    await house.advance(500)
    expect(house.telephony.places.map(({ number, position }) => [number, position])).toEqual([
      [NUMBER, 2],
      [OTHER, 3],
    ])
  })

  test('is called on the number that was typed last', async () => {
    await ask()
    await house.hear(`10:25.000  callback_asked  trunk#1  to=${OTHER}`)
    expect(await promises()).toMatchObject([{ number_raw: OTHER, number_dial: OTHER }])
    expect(house.telephony.places).toHaveLength(1)
  })

  test('is the promise of the agent whom the queue gave, on whose screen it appears', async () => {
    await ask()
    await answered()
    expect(await promises()).toMatchObject([{ status: 'dialing', assignee_id: 'lan' }])
    expect(await attempts()).toMatchObject([{ extension: '102', stage: 'agent_answered' }])
    const pops = await database.db
      .selectFrom('screen_pop')
      .selectAll()
      .orderBy('staff_id')
      .execute()
    expect(pops.map(({ staff_id, stage }) => [staff_id, stage])).toEqual([
      ['lan', 'answered'],
      ['mai', 'withdrawn'],
    ])
    const { items } = (await as(house.person('lan')).get('/missed')).body
    expect(items).toEqual([])
  })

  test('who talks to us from the place is called by no other promise to that number', async () => {
    const mai = house.person('mai')
    const { id: ticketId } = await house.openTicket(mai)
    const dueAt = '2026-11-23T04:00:00.000Z'
    const { id } = await house.callbacks.service.promise(mai, ticketId, { note: '', dueAt })
    await ask()
    await answered()
    await talk(`${leg}=${place()}`)
    const [older] = await house.callbacks.service.ofTicket(ticketId)
    expect(older).toMatchObject({ id, status: 'cancelled', verdict: 'superseded' })
    const own = (await promises()).filter(({ reason }) => reason === 'asked')
    expect(own).toMatchObject([{ status: 'done', verdict: 'kept' }])
  })

  /** The queue rang lan for the place in vain: it waits on. */
  const rungInVain = () => {
    const half = place().replace('cb-', 'pl-')
    return house.hear(`
      11:01.000  agent_called  ${leg}=${half}  102#9  num=${NUMBER}
      11:02.000  dial_begun    ${leg}=${half}  102#9
      11:09.000  dial_ended    ${leg}=${half}  102#9  status=NOANSWER
      11:09.010  hung_up       102#9`)
  }

  test('is called by who orders it, out of the place, and again only when that was in vain', async () => {
    await ask()
    await seen()
    await rungInVain()
    const mai = house.person('mai')
    expect((await as(mai).post('/calls', { number: NUMBER })).status).toBe(201)
    expect(house.telephony.hungUp).toEqual([`pbx1/${place()}`])
    house.callbacks.wake()
    await house.advance(1000)
    expect(house.telephony.places).toHaveLength(1)
    await agentAnswers(`101=${house.placed()}`)
    await talk(`101=${house.placed()}`)
    expect(await promises()).toMatchObject([{ status: 'done', verdict: 'kept' }])
  })

  test('is called at the moment that was promised on a ticket, out of the place', async () => {
    const mai = house.person('mai')
    await house.queues.setState(mai, { state: 'ready' })
    const { ticketId } = await house.promise(mai)
    await ask()
    await seen()
    await rungInVain()
    await house.advance(60_500)
    expect(house.telephony.originated).toMatchObject([{ extension: '101', number: NUMBER }])
    expect(house.telephony.hungUp).toEqual([`pbx1/${place()}`])
    expect(house.telephony.places).toHaveLength(1)
    await agentAnswers(`101=${house.placed()}`)
    await talk(`101=${house.placed()}`)
    expect(await promises()).toMatchObject([
      { status: 'done', ticket_id: ticketId, reason: 'guidance' },
      { status: 'done', ticket_id: ticketId, reason: 'asked' },
    ])
  })

  test('whose place is lost is called by whoever is free, and that is no attempt', async () => {
    await ask()
    await lost()
    expect(await attempts()).toMatchObject([{ outcome: 'place_lost' }])
    expect(await promises()).toMatchObject([
      { status: 'scheduled', assignee_id: null, first_attempt_at: null, verdict: null },
    ])
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await house.advance(600)
    expect(house.telephony.originated).toMatchObject([{ extension: '101', number: NUMBER }])
    expect(house.telephony.places).toHaveLength(1)
  })

  test('and could not be called is among the missed until they are called or ask anew', async () => {
    await ask()
    await lost()
    const lan = as(house.person('lan'))
    const listed = async () => (await lan.get('/missed')).body.items
    expect(await listed()).toMatchObject([{ promise: { reason: 'asked', status: 'scheduled' } }])
    await database.db.updateTable('callback').set({ status: 'failed' }).execute()
    expect(await listed()).toMatchObject([{ promise: { reason: 'asked', status: 'failed' } }])
    await ask('trunk#7')
    expect(await listed()).toEqual([])
    expect(await promises()).toMatchObject([
      { status: 'cancelled', cancel_reason: 'superseded' },
      { status: 'dialing' },
    ])
  })

  test('whose place lives on through a restart of the service is called by nothing else', async () => {
    await ask()
    await seen()
    house.telephony.liveChannels.add(`pbx1/${place()}`)
    await house.stop()
    house = await openLiveHouse(database, { hire: false, telephony: house.telephony })
    await house.startSchedule()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await house.advance(1000)
    expect(house.telephony.lookups).toContain(`live pbx1/${place()}`)
    expect(await promises()).toMatchObject([{ status: 'dialing' }])
    expect([house.telephony.places.length, house.telephony.originated.length]).toEqual([1, 0])
  })

  test('whose place a crash of the PBX took is called once, by whoever is free', async () => {
    await ask()
    await seen()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    house.telephony.booted.set('pbx1', time('20:00.000'))
    house.ears.onCallEvent(snapshotAt('20:05.000', { bootedAt: time('20:00.000') }))
    await eventually(async () => {
      await house.advance(500)
      expect(await attempts()).toMatchObject([{ outcome: 'place_lost' }, { outcome: null }])
    })
    expect(house.telephony.originated).toMatchObject([{ extension: '101', number: NUMBER }])
    expect(house.telephony.places).toHaveLength(1)
  })

  /** The caller calls again and mai answers; then it ends. */
  const callAgain = () =>
    house.hear(`
      14:00.000  queue_joined     trunk#5  num=${NUMBER}
      14:05.000  agent_connected  trunk#5  101#6  hold=5
      14:05.010  bridge_entered   trunk#5
      14:05.020  bridge_entered   101#6`)
  const endAgain = (at: string) =>
    house.hear(`
      ${at}.000  hung_up  101#6
      ${at}.010  hung_up  trunk#5`)

  test('who calls again and is answered loses the place at once, and the promise after the talk', async () => {
    await ask()
    await seen()
    await callAgain()
    expect(house.telephony.hungUp).toEqual([`pbx1/${place()}`])
    await house.advance(1000)
    expect(house.telephony.places).toHaveLength(1)
    await endAgain('14:45')
    expect(await promises()).toMatchObject([
      { status: 'cancelled', cancel_reason: 'superseded', verdict: 'superseded' },
    ])
  })

  test('who calls again and waits is not called into that, and has the place again after it', async () => {
    await ask()
    await seen()
    await house.hear(`14:00.000  queue_joined  trunk#5  num=${NUMBER}`)
    expect(house.telephony.hungUp).toEqual([`pbx1/${place()}`])
    house.callbacks.wake()
    await house.advance(1000)
    expect(house.telephony.places).toHaveLength(1)
    await house.hear(`
      14:20.000  queue_abandoned  trunk#5
      14:20.000  queue_left       trunk#5
      14:20.010  hung_up          trunk#5`)
    house.callbacks.wake()
    await house.advance(1000)
    expect(house.telephony.places).toMatchObject([{ position: 1 }, { position: 1 }])
    expect(await promises()).toMatchObject([{ status: 'dialing', retries: 0, verdict: null }])
  })

  test('whose talk was too short for anything has a place again after it', async () => {
    await ask()
    await seen()
    await callAgain()
    await endAgain('14:07')
    house.callbacks.wake()
    await house.advance(1000)
    expect(await promises()).toMatchObject([{ status: 'dialing', attempts: 2 }])
    expect(house.telephony.places.map(({ channelId }) => channelId.at(-1))).toEqual(['1', '2'])
  })

  test('and whose PBX could not be told of that is taken out of the queue when it can', async () => {
    await ask()
    await seen()
    house.telephony.setLink('pbx1', 'connecting')
    await callAgain()
    await endAgain('14:45')
    expect(await promises()).toMatchObject([{ status: 'cancelled', verdict: 'superseded' }])
    await house.advance(6000)
    expect(house.telephony.hungUp).toEqual([])
    house.telephony.setLink('pbx1', 'ready')
    house.callbacks.wake()
    await house.advance(6000)
    expect(house.telephony.hungUp).toContain(`pbx1/${place()}`)
  })

  test('whom a supervisor gives up loses the place', async () => {
    await ask()
    const [promise] = await promises()
    const cancel = `/callbacks/${promise?.id}/cancel`
    // It was ordered, and whether it waits in the queue by now is not known.
    expect((await as(CHIEF).post(cancel, { reason: 'mistake' })).status).toBe(409)
    await seen()
    const reply = await as(CHIEF).post(cancel, { reason: 'mistake' })
    expect(reply.body).toMatchObject({ status: 'cancelled' })
    expect(house.telephony.hungUp).toEqual([`pbx1/${place()}`])
  })

  test('has a place though the calling hours were changed before it could be taken', async () => {
    house.setLink('pbx1', 'connecting')
    await ask()
    expect(await promises()).toMatchObject([{ status: 'scheduled' }])
    await house.stop()
    const callbackHours = { from: '07:00', to: '20:00' }
    house = await openLiveHouse(database, { hire: false, callbackHours })
    await house.startSchedule()
    await house.advance(500)
    expect(house.telephony.places).toMatchObject([{ number: NUMBER }])
  })

  test('whose PBX stays away is called by another one', async () => {
    await house.stop()
    house = await openLiveHouse(database, { hire: false, pbxIds: ['pbx1', 'pbx2'] })
    await house.startSchedule()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    house.setLink('pbx1', 'connecting')
    await ask()
    await house.advance(60_000)
    expect(house.telephony.originated).toEqual([])
    await house.advance(125_000)
    expect(house.telephony.originated).toMatchObject([{ pbxId: 'pbx2', number: NUMBER }])
    expect(house.telephony.places).toEqual([])
  })

  test('has no place outside the calling hours: the promise is for their beginning', async () => {
    await house.stop()
    const callbackHours = { from: '07:00', to: '09:00' }
    house = await openLiveHouse(database, { hire: false, callbackHours })
    await house.startSchedule()
    await ask()
    expect(house.telephony.places).toEqual([])
    expect(await promises()).toMatchObject([
      { status: 'scheduled', promised_for: '2026-11-24T00:00:00.000Z' },
    ])
  })
})
