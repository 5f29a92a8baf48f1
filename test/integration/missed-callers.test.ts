import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '../../server/contract/staff.ts'
import type { MissedRule } from '../../server/contract/casework/missed.ts'
import type { Database } from '../../server/db/transaction.ts'
import { snapshotAt } from '../support/call-snapshot.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const NUMBER = '0912345678'

describe.each(HOUSE_DIALECTS)('a caller whom nobody answered, on %s,', (dialect) => {
  let database: Database
  let house: LiveHouse
  let mai: SessionUser
  let lan: SessionUser
  let as: ReturnType<typeof createTestApp>['as']
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    mai = house.person('mai')
    lan = house.person('lan')
    ;({ as } = createTestApp(house.routes))
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const promises = () =>
    database.db
      .selectFrom('callback')
      .selectAll()
      .where('reason', '=', 'missed')
      .orderBy('created_at')
      .execute()
  const statuses = async () =>
    (await promises()).map((one) => [one.status, one.cancel_reason].join(' ').trim())
  const missed = async () => (await as(mai).get('/missed')).body.items
  const dialled = () => house.telephony.originated.map((one) => [one.extension, one.number])
  const tickets = () => database.db.selectFrom('ticket').selectAll().execute()
  const setRule = (rule: MissedRule, version = 0) =>
    as(CHIEF).put('/settings/missed', { rules: [{ queue: 'hotline', rule }], version })

  /** A caller who waits from this minute on and hangs up after 20 seconds. */
  const miss = (minute: number, call: string, number = NUMBER) =>
    house.hear(`
      ${minute}:00.000  queue_joined     ${call}  num=${number}
      ${minute}:20.000  queue_abandoned  ${call}
      ${minute}:20.000  queue_left       ${call}
      ${minute}:20.010  hung_up          ${call}`)
  /** The same caller, answered by mai, who talks for 20 seconds. */
  const answer = (minute: number, call: string) =>
    house.hear(`
      ${minute}:00.000  queue_joined     ${call}  num=${NUMBER}
      ${minute}:01.000  agent_called     ${call}  101#9  num=${NUMBER}
      ${minute}:05.000  agent_connected  ${call}  101#9  hold=5
      ${minute}:05.010  bridge_entered   ${call}
      ${minute}:05.020  bridge_entered   101#9
      ${minute}:25.000  hung_up          101#9
      ${minute}:25.010  hung_up          ${call}`)

  async function due(...people: SessionUser[]) {
    await house.startSchedule()
    for (const person of people) await house.queues.setState(person, { state: 'ready' })
    await fallDue()
  }
  /** Its moment has come; the wait itself is the test of the loop. */
  async function fallDue() {
    await database.db
      .updateTable('callback')
      .set({ due_at: house.clock.now() })
      .where('status', '=', 'scheduled')
      .execute()
    house.callbacks.wake()
    await house.advance(600)
  }
  const channelOf = (index = 0) => house.telephony.originated[index]?.channelId ?? ''
  const bridged = (channel: string) =>
    house.hear(`
      40:00.000  channel_created  101=${channel}
      40:03.000  originate_responded  101=${channel}
      40:03.100  dial_begun       101=${channel}  trunk#7  dial=PJSIP/${NUMBER}@trunk
      40:09.000  dial_ended       101=${channel}  trunk#7
      40:09.010  bridge_entered   trunk#7
      40:09.020  bridge_entered   101=${channel}`)
  const ended = (channel: string) =>
    house.hear(`
      40:49.000  hung_up  101=${channel}
      40:49.010  hung_up  trunk#7`)
  const notAnswered = (channel: string, at: number) =>
    house.hear(`
      ${at}:00.000  channel_created  101=${channel}
      ${at}:03.000  originate_responded  101=${channel}
      ${at}:03.100  dial_begun       101=${channel}  trunk#${at}  dial=PJSIP/${NUMBER}@trunk
      ${at}:33.000  dial_ended       101=${channel}  trunk#${at}  status=NOANSWER
      ${at}:33.010  hung_up          trunk#${at}  cause=19
      ${at}:33.020  hung_up          101=${channel}  cause=19`)

  test('is promised a call by the team, without ticket and person, and is on the worklist', async () => {
    await miss(10, 'trunk#1')
    expect(await promises()).toMatchObject([
      { ticket_id: null, assignee_id: null, created_by: null, team: 'cskh', queue: 'hotline' },
    ])
    expect(await missed()).toMatchObject([
      {
        number: { display: '0912 345 678' },
        queue: 'hotline',
        calls: 1,
        promise: { status: 'scheduled', ticket: null, assignee: null, reason: 'missed' },
      },
    ])
    expect(house.notifier.of('callbackUpdated').at(-1)?.[0].toSorted()).toEqual(['lan', 'mai'])
    expect(await tickets()).toEqual([])
  })

  test('is promised one call, however many processes learn of the call at once', async () => {
    await house.hear(`10:00.000  queue_joined  trunk#1  num=${NUMBER}`)
    const options = { hire: false, clock: house.clock, telephony: house.telephony }
    const other = await openLiveHouse(database, options)
    const end = '10:20.010  hung_up  trunk#1'
    await Promise.all([house.hear(end), other.hear(end)])
    expect(await statuses()).toEqual(['scheduled'])
    await Promise.all([house, other].map((one) => one.startSchedule()))
    await house.queues.setState(mai, { state: 'ready' })
    await other.queues.setState(mai, { state: 'ready' })
    await fallDue()
    await other.settled()
    expect(dialled()).toEqual([['101', NUMBER]])
    await other.stop()
  })

  describe('is one entry', () => {
    test('however often they call before that, and the list says how often', async () => {
      await miss(10, 'trunk#1')
      await miss(12, 'trunk#2')
      await miss(14, 'trunk#3')
      expect(await statuses()).toEqual(['scheduled'])
      expect(await missed()).toMatchObject([{ calls: 3 }])
    })

    test('however often their end is told', async () => {
      await miss(10, 'trunk#1')
      await house.hear('10:20.010  hung_up  trunk#1')
      expect(await statuses()).toEqual(['scheduled'])
    })

    test('a day by default; with the rule of each call another after the first was kept', async () => {
      await miss(10, 'trunk#1')
      await due(mai)
      await bridged(channelOf())
      await ended(channelOf())
      await miss(50, 'trunk#2')
      expect(await statuses()).toEqual(['done'])
      await setRule('each_call')
      await miss(52, 'trunk#3')
      expect(await statuses()).toEqual(['done', 'scheduled'])
    })
  })

  test.each([
    ['an extension of ours calls', () => miss(10, 'trunk#1', '105')],
    ['the call was answered', () => answer(10, 'trunk#1')],
    [
      'a callback of a ticket is promised to the number',
      async () => {
        await house.promise(mai)
        await miss(10, 'trunk#1')
      },
    ],
    [
      'the rule of the queue is off',
      async () => {
        expect((await setRule('off')).status).toBe(200)
        await miss(10, 'trunk#1')
      },
    ],
  ])('is promised nothing when %s', async (_why, happens) => {
    await happens()
    expect(await promises()).toEqual([])
    expect(await missed()).toEqual([])
  })

  test('is promised nothing while they talk to us on another line', async () => {
    await house.hear(`
      10:00.000  queue_joined     trunk#1  num=${NUMBER}
      10:01.000  agent_called     trunk#1  101#9  num=${NUMBER}
      10:05.000  agent_connected  trunk#1  101#9  hold=5
      10:05.010  bridge_entered   trunk#1
      10:05.020  bridge_entered   101#9`)
    await miss(11, 'trunk#2')
    expect(await promises()).toEqual([])
  })

  test('with a hidden number is listed without a callback', async () => {
    await miss(10, 'trunk#1', 'anonymous')
    expect(await promises()).toEqual([])
    expect(await missed()).toMatchObject([{ number: { kind: 'anonymous' }, promise: null }])
  })

  test('leaves the list with the reason when they get through meanwhile', async () => {
    await miss(10, 'trunk#1')
    await answer(15, 'trunk#2')
    expect(await statuses()).toEqual(['cancelled superseded'])
    expect(await missed()).toEqual([])
    // who got through has had no callback: missed again, they are owed one
    await miss(20, 'trunk#3')
    expect(await statuses()).toEqual(['cancelled superseded', 'scheduled'])
  })

  test('whose call was answered after all, as the journal says later, is owed nothing', async () => {
    await house.hear(`10:00.000  queue_joined  trunk#1  num=${NUMBER}`)
    house.ears.onCallEvent(snapshotAt('11:00.000'))
    await house.settled()
    expect(await statuses()).toEqual(['scheduled'])
    await house.hear(
      `10:30.000  journal_answered  trunk#1  PJSIP/101  queue=hotline hold=5 received=10:00.000 num=${NUMBER}`,
    )
    expect(await statuses()).toEqual(['cancelled answered_after_all'])
  })

  test('while nobody of us listened is owed a call, unless they got through since', async () => {
    await house.clock.advance(30 * 60_000)
    const missedThen =
      '10:20.000  journal_ended  trunk#1  outcome=abandoned received=10:00.000 num=0912345678'
    await house.hear(missedThen)
    expect(await statuses()).toEqual(['scheduled'])
    await house.hear(`
      15:05.000  journal_answered  trunk#2  received=15:00.000 num=0912345678
      15:45.000  journal_ended     trunk#2  outcome=answered received=15:00.000 num=0912345678
      16:20.000  journal_ended     trunk#3  outcome=timeout received=16:00.000 num=0912345679`)
    const open = (await promises()).filter(({ status }) => status === 'scheduled')
    expect(open.map(({ number_dial }) => number_dial)).toEqual(['0912345679'])
    await house.hear(missedThen)
    expect((await promises()).filter(({ status }) => status === 'scheduled')).toHaveLength(1)
  })

  test('and is given up by a person is owed no second call that day', async () => {
    await miss(10, 'trunk#1')
    const [row] = await missed()
    await as(lan).post(`/callbacks/${row.promise.id}/cancel`, { reason: 'quấy rối' })
    await miss(12, 'trunk#2')
    expect(await statuses()).toEqual(['cancelled quấy rối'])
  })

  describe('is called back', () => {
    test('by who is free; a ticket opens at the bridge, and the promise is kept', async () => {
      await miss(10, 'trunk#1')
      await due(mai)
      expect(dialled()).toEqual([['101', NUMBER]])
      expect(await promises()).toMatchObject([{ status: 'dialing', assignee_id: 'mai' }])
      await house.hear(`40:00.000  channel_created  101=${channelOf()}`)
      expect(await tickets()).toEqual([])
      await bridged(channelOf())
      const [ticket] = await tickets()
      expect(ticket).toMatchObject({
        channel: 'hotline',
        number_raw: NUMBER,
        assignee_id: 'mai',
        recovered: 0,
      })
      const pop = house.notifier.of('screenPop').at(-1)?.[1]
      expect(pop?.ticket?.id).toBe(ticket?.id)
      await ended(channelOf())
      expect(await promises()).toMatchObject([{ status: 'done', ticket_id: ticket?.id }])
      expect(await tickets()).toHaveLength(1)
      expect(await missed()).toEqual([])
    })

    test('in the ticket that they have open, when the agent picks that one', async () => {
      const { id: open } = await house.openTicket(lan)
      await miss(10, 'trunk#1')
      await due(mai)
      await house.hear(`40:00.000  channel_created  101=${channelOf()}`)
      const pop = house.notifier.of('screenPop').at(-1)?.[1]
      expect(pop?.openTickets.map(({ id }) => id)).toEqual([open])
      await bridged(channelOf())
      const own = (await tickets()).find(({ id }) => id !== open)
      const { version } = await house.tickets.service.get(own?.id ?? '', mai)
      const step = { action: 'merge', into: open, version }
      const merged = await as(mai).post(`/tickets/${own?.id}/actions`, step)
      expect(merged.status).toBe(200)
      await ended(channelOf())
      expect(await promises()).toMatchObject([{ status: 'done', ticket_id: open }])
      const calls = await house.calls.ofTicket(open)
      expect(calls).toHaveLength(1)
    })

    test('by one agent each, never more than are free', async () => {
      await miss(10, 'trunk#1', '0912000001')
      await miss(11, 'trunk#2', '0912000002')
      await miss(12, 'trunk#3', '0912000003')
      await due(mai, lan)
      expect(new Set(dialled().map(([extension]) => extension))).toEqual(new Set(['101', '102']))
      expect((await statuses()).toSorted()).toEqual(['dialing', 'dialing', 'scheduled'])
    })

    test('by nobody who is paused, and the list says what it waits for', async () => {
      await miss(10, 'trunk#1')
      await due()
      expect(dialled()).toEqual([])
      expect(await missed()).toMatchObject([{ promise: { waitingFor: 'agent' } }])
    })

    test('by who takes it, at once', async () => {
      await miss(10, 'trunk#1')
      await house.startSchedule()
      await house.queues.setState(mai, { state: 'ready' })
      await house.queues.setState(lan, { state: 'ready' })
      const [row] = await missed()
      const taken = await as(lan).post(`/callbacks/${row.promise.id}/dial`)
      expect(taken).toMatchObject({ status: 202, body: { assignee: { id: 'lan' } } })
      expect((await as(mai).post(`/callbacks/${row.promise.id}/dial`)).status).toBe(409)
      await house.advance(600)
      expect(dialled()).toEqual([['102', NUMBER]])
    })

    test('again as any customer, by whoever is free then, and no more after the third time', async () => {
      await miss(10, 'trunk#1')
      await due(mai)
      await notAnswered(channelOf(0), 30)
      expect(await promises()).toMatchObject([{ status: 'scheduled', assignee_id: null }])
      await fallDue()
      await notAnswered(channelOf(1), 46)
      await fallDue()
      await notAnswered(channelOf(2), 59)
      expect(await statuses()).toEqual(['cancelled not_reached'])
      expect(dialled()).toHaveLength(3)
      expect(await tickets()).toEqual([])
    })

    test('once by whoever finds it after a crash: the journal says that they talked', async () => {
      await miss(10, 'trunk#1')
      await due(mai)
      const channel = channelOf()
      await house.stop()
      house = await openLiveHouse(database, {
        hire: false,
        clock: house.clock,
        telephony: house.telephony,
      })
      await house.startSchedule()
      await house.hear(
        `40:49.000  journal_callback_ended  101=${channel}  status=ANSWER cause=16 talk=40`,
      )
      await house.hear(
        `40:49.000  journal_callback_ended  101=${channel}  status=ANSWER cause=16 talk=40`,
      )
      expect(dialled()).toHaveLength(1)
      const [ticket, ...others] = await tickets()
      expect(others).toEqual([])
      expect(await promises()).toMatchObject([{ status: 'done', ticket_id: ticket?.id }])
    })
  })

  test('is given up by any agent with a reason, which the audit keeps', async () => {
    await miss(10, 'trunk#1')
    const [row] = await missed()
    const path = `/callbacks/${row.promise.id}/cancel`
    expect((await as(lan).post(path, { reason: '' })).status).toBe(400)
    expect((await as(lan).post(path, { reason: 'gọi nhầm' })).status).toBe(200)
    expect(await statuses()).toEqual(['cancelled gọi nhầm'])
    const audited = await database.db.selectFrom('audit').selectAll().execute()
    expect(audited.at(-1)).toMatchObject({ action: 'missed.dropped', actor_id: 'lan' })
  })

  test('is not called back by a rule that an administrator has not seen: 409', async () => {
    expect((await setRule('off')).status).toBe(200)
    expect((await setRule('each_call')).status).toBe(409)
    const audited = await database.db.selectFrom('audit').selectAll().execute()
    expect(audited.map(({ action, detail }) => `${action} ${detail}`)).toEqual([
      'missed.rules_changed {"hotline":"off"}',
    ])
  })

  test('of a queue that is none gets no rule: 422', async () => {
    const rules = [{ queue: 'nowhere', rule: 'off' }]
    expect((await as(CHIEF).put('/settings/missed', { rules, version: 0 })).status).toBe(422)
    expect((await as(CHIEF).get('/settings/missed')).body).toEqual({
      version: 0,
      rules: [
        { queue: 'hotline', rule: 'one_a_day' },
        { queue: 'direct', rule: 'one_a_day' },
      ],
    })
  })
})
