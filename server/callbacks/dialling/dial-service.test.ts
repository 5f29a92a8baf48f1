import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS } from '../../../test/support/database.ts'
import {
  HALF_HOUR,
  openPromised,
  type PromisedLedger,
  untilIdle,
} from '../../../test/support/promised-ledger.ts'
import { ActionRefused, PbxNotReady } from '../../ports.ts'

const plain = { note: '' }

for (const dialect of SERVICE_DIALECTS) {
  describe(`the dialler on ${dialect}`, () => {
    let ledger: PromisedLedger
    const asleep = () => untilIdle(() => ledger.clock.pending > 0)
    beforeEach(async () => {
      ledger = await openPromised(dialect)
    })
    afterEach(() => ledger.close())

    test('never dials early, dials the agent first at the due moment', async () => {
      await ledger.clock.advance(HALF_HOUR - 1)
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
      await ledger.clock.advance(1)
      await ledger.tick()
      expect(ledger.orders()).toEqual([
        {
          pbxId: 'pbx1',
          channelId: expect.stringMatching(/^cb-.+-1$/),
          extension: '101',
          number: '0912345678',
          ringSeconds: 25,
          expiresInSeconds: 55,
          mustConfirm: true,
        },
      ])
      expect(await ledger.view()).toMatchObject({
        status: 'dialing',
        attempts: [{ channelId: ledger.channelId(), stage: 'submitted', outcome: null }],
      })
    })

    test('sleeps until the due moment and wakes by itself', async () => {
      ledger.clock.set('2026-11-23T02:29:57.500Z')
      await ledger.feature.start()
      for (let step = 0; step < 24; step++) {
        await asleep()
        await ledger.clock.advance(100)
      }
      await asleep()
      await ledger.clock.advance(99)
      expect(ledger.orders()).toEqual([])
      await asleep()
      await ledger.clock.advance(1)
      await untilIdle(() => ledger.orders().length === 1)
      expect(ledger.orders()).toHaveLength(1)
    })

    test('the attempt with its channel is stored before Originate is written', async () => {
      let stored: unknown
      ledger.telephony.answerOriginateWith(async (order) => {
        stored = await ledger.database.db
          .selectFrom('callback_attempt')
          .select(['channel_id', 'stage'])
          .where('channel_id', '=', order.channelId)
          .executeTakeFirst()
      })
      await ledger.dialAtDue()
      expect(stored).toEqual({ channel_id: ledger.channelId(), stage: 'submitted' })
    })

    test('a failed promise stays until a person dials again or moves it', async () => {
      await ledger.dialAtDue()
      await ledger.hear('ended', { agentAnsweredAt: ledger.clock.now(), dialStatus: 'NOANSWER' })
      await ledger.clock.advance(HALF_HOUR)
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
      expect(await ledger.view()).toMatchObject({ status: 'failed' })
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.tick()
      expect(ledger.orders().map((order) => order.channelId.slice(-2))).toEqual(['-1', '-2'])
      expect((await ledger.view())?.attempts).toHaveLength(2)
    })

    test('while it is being dialled nobody can move or cancel it', async () => {
      await ledger.dialAtDue()
      await expect(ledger.service.cancel(ledger.mai, ledger.id, 'x')).rejects.toThrow(
        /being dialled/,
      )
    })

    test('a busy agent is waited for, and the promise says so', async () => {
      ledger.setReach(ledger.mai, 'in_call', 'ready')
      await ledger.dialAtDue()
      expect(await ledger.view()).toMatchObject({
        status: 'scheduled',
        waitingFor: 'agent',
        version: 1,
      })
      const told = ledger.notifier.of('callbackUpdated').length
      await ledger.tick()
      expect(ledger.notifier.of('callbackUpdated')).toHaveLength(told)
      ledger.setReach(ledger.mai, 'wrap_up', 'ready')
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
      expect(await ledger.view()).toMatchObject({ status: 'dialing', waitingFor: null })
    })

    test('promises of an absent agent do not hold up those of the others', async () => {
      ledger.setReach(ledger.mai, null, 'offline')
      for (let n = 0; n < 5; n++) {
        await ledger.addTicket(`A-${n}`)
        await ledger.service.promise(ledger.mai, `A-${n}`, { ...plain, inMinutes: 0 })
      }
      await ledger.addTicket('B')
      await ledger.service.promise(ledger.lan, 'B', { ...plain, inMinutes: 1 })
      await ledger.clock.advance(60_000)
      await ledger.tick()
      expect(ledger.orders().map((order) => order.extension)).toEqual(['102'])
    })

    test('one agent is rung for one promise at a time, the oldest first', async () => {
      await ledger.addTicket('KN-2', { number: '0987654321' })
      await ledger.service.promise(ledger.mai, 'KN-2', { ...plain, inMinutes: 29 })
      await ledger.dialAtDue()
      await ledger.tick()
      expect(ledger.orders().map((order) => order.number)).toEqual(['0987654321'])
      expect(await ledger.view()).toMatchObject({ status: 'scheduled', waitingFor: 'agent' })
      await ledger.hear('ended', { agentAnsweredAt: 'x', dialStatus: 'BUSY' })
      await ledger.tick()
      expect(ledger.orders().map((order) => order.number)).toEqual(['0987654321', '0912345678'])
    })

    test('the database refuses a second live attempt to one phone', async () => {
      const twin = await ledger.addPerson('twin', null)
      ledger.setReach({ ...twin, extension: '101' }, 'ready', 'ready')
      await ledger.addTicket('KN-2', { assigneeId: 'mai' })
      await ledger.service.promise(twin, 'KN-2', plain)
      await ledger.database.db
        .updateTable('callback')
        .set({ assignee_id: 'twin' })
        .where('ticket_id', '=', 'KN-2')
        .execute()
      await ledger.dialAtDue()
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
      const statuses = await ledger.database.db.selectFrom('callback').select('status').execute()
      expect(statuses.map((row) => row.status).toSorted()).toEqual(['dialing', 'scheduled'])
    })

    test('without a PBX nothing is dialled or held: the promise waits and is dialled afterwards', async () => {
      ledger.telephony.setLink('pbx1', 'connecting')
      await ledger.dialAtDue()
      expect(ledger.orders()).toEqual([])
      expect(await ledger.view()).toMatchObject({
        status: 'scheduled',
        waitingFor: 'pbx',
        attempts: [],
      })
      await ledger.clock.advance(3 * HALF_HOUR)
      ledger.telephony.setLink('pbx1', 'ready')
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
    })

    test('a promise cancelled while the PBX was away is not dialled when it is back', async () => {
      ledger.telephony.setLink('pbx1', 'connecting')
      await ledger.dialAtDue()
      await ledger.service.cancel(ledger.mai, ledger.id, 'khách đã gọi lại')
      ledger.telephony.setLink('pbx1', 'ready')
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
    })

    test('a PBX that goes away at the last moment: not placed, tried again after a rest', async () => {
      ledger.telephony.failNextOriginate(new PbxNotReady('gone'))
      await ledger.dialAtDue()
      expect(await ledger.view()).toMatchObject({
        status: 'scheduled',
        waitingFor: 'pbx',
        attempts: [{ stage: 'ended', outcome: 'not_placed' }],
      })
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
      await ledger.clock.advance(5000)
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
      expect(ledger.facts.map((fact) => fact.type)).toEqual(['promise_made'])
    })

    test('an order that Asterisk refuses is given to a person', async () => {
      ledger.telephony.failNextOriginate(new ActionRefused('Permission denied'))
      await ledger.dialAtDue()
      expect(await ledger.view()).toMatchObject({
        status: 'failed',
        attempts: [{ outcome: 'not_placed' }],
      })
    })

    test('woken a hundred times it looks once, and once more a little later', async () => {
      await ledger.feature.start()
      await asleep()
      let looks = 0
      ledger.telephony.onStatus(() => void (looks += 1))
      for (let n = 0; n < 100; n++) ledger.feature.wake()
      await untilIdle(() => ledger.clock.pending > 0)
      expect(looks).toBeLessThanOrEqual(1)
      await ledger.clock.advance(50)
      await untilIdle(() => looks > 0)
      expect(looks).toBeLessThanOrEqual(2)
    })

    test('a clock that is set back neither dials early nor stops the dialler', async () => {
      await ledger.feature.start()
      await asleep()
      ledger.clock.set('2026-11-23T01:00:00.000Z')
      ledger.feature.wake()
      await ledger.clock.advance(2000)
      await asleep()
      expect(ledger.orders()).toEqual([])
      ledger.clock.set('2026-11-23T02:30:00.000Z')
      ledger.feature.wake()
      await ledger.clock.advance(1000)
      await untilIdle(() => ledger.orders().length > 0)
      expect(ledger.orders()).toHaveLength(1)
    })

    test('a look that fails is not the last one', async () => {
      const { telephony, clock, feature } = ledger
      let failures = 0
      telephony.failStatus(() => {
        failures += 1
        return new Error('out of memory')
      })
      await clock.advance(HALF_HOUR)
      await feature.start()
      await untilIdle(() => failures > 0 && clock.pending > 0)
      telephony.failStatus(null)
      await clock.advance(1000)
      await untilIdle(() => ledger.orders().length > 0)
      expect(ledger.orders()).toHaveLength(1)
    })

    test('what falls due while it looks is dialled right after, not a second later', async () => {
      let isFirst = true
      ledger.telephony.onStatus(() => {
        if (isFirst) ledger.clock.set('2026-11-23T02:30:00.000Z')
        isFirst = false
      })
      await ledger.feature.start()
      await asleep()
      expect(ledger.orders()).toEqual([])
      await ledger.clock.advance(50)
      await untilIdle(() => ledger.orders().length > 0)
      expect(ledger.orders()).toHaveLength(1)
    })

    test('who was suspended between taking a promise and ordering it orders only what it knows still', async () => {
      await ledger.clock.advance(HALF_HOUR)
      let goesOnAt: string | null = '2026-11-23T02:30:06.000Z'
      ledger.telephony.onStatus(() => {
        if (goesOnAt !== null) ledger.clock.set(goesOnAt)
        goesOnAt = null
      })
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
      const undialled = { status: 'scheduled', attempts: [{ outcome: 'not_placed' }] }
      expect(await ledger.view()).toMatchObject(undialled)
      goesOnAt = '2026-11-23T02:30:11.000Z'
      await ledger.tick()
      expect(ledger.orders()).toMatchObject([
        { expiresInSeconds: 50, channelId: expect.stringMatching(/^cb-.+-2$/) },
      ])
    })

    test('a PBX rests for five seconds, however the clock is set meanwhile', async () => {
      ledger.telephony.failNextOriginate(new PbxNotReady('gone'))
      await ledger.dialAtDue()
      ledger.clock.set('2026-11-23T12:00:00.000Z')
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
      ledger.clock.set('2026-11-23T02:30:00.000Z')
      await ledger.clock.advance(4999)
      await ledger.tick()
      expect(ledger.orders()).toEqual([])
      await ledger.clock.advance(1)
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
    })
  })
}
