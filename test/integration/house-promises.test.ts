import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '../../server/contract/staff.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { aMember } from '../support/queue-events.ts'

const MINUTE_MS = 60_000

describe.each(HOUSE_DIALECTS)('promises through the house on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  let mai: SessionUser
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    mai = house.person('mai')
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const dialled = () => house.telephony.originated.map(({ number }) => number)
  const ready = () => house.queues.setState(mai, { state: 'ready' })
  const phone = (inCall: boolean) =>
    house.happen({
      type: 'member_status',
      member: aMember('101', { inCall, deviceStatus: inCall ? 2 : 1 }),
    })
  async function lines(ticketId: string) {
    const { timeline } = await house.tickets.service.get(ticketId, mai)
    return timeline.map(({ kind, note, fields }) => ({ kind, note, ...fields }))
  }
  async function row(id: string) {
    const query = house.database.db.selectFrom('callback').selectAll().where('id', '=', id)
    return query.executeTakeFirstOrThrow()
  }

  /** Mai asks for her promise while she talks with somebody else. */
  async function askWhileTalking(): Promise<string> {
    const { id } = await house.promise(mai)
    await house.startSchedule()
    await ready()
    phone(true)
    await house.callbacks.service.dialNow(mai, id)
    await house.advance(2_000)
    return id
  }

  describe('are dialled at once, without waiting for the next look,', () => {
    beforeEach(async () => {
      await house.promise(mai)
      await house.startSchedule()
    })

    test('when the phone becomes free', async () => {
      await ready()
      phone(true)
      await house.advance(MINUTE_MS)
      await house.advance(600)
      expect(dialled()).toEqual([])
      phone(false)
      await house.settled()
      await house.advance(0)
      expect(dialled()).toEqual(['0912345678'])
    })

    test('when their agent becomes ready', async () => {
      await house.advance(MINUTE_MS)
      await house.advance(600)
      await ready()
      await house.settled()
      await house.advance(0)
      expect(dialled()).toEqual(['0912345678'])
    })

    test('when the PBX is back', async () => {
      await house.queues.setState(mai, { state: 'ready' })
      house.setLink('pbx1', 'connecting')
      await house.advance(MINUTE_MS)
      await house.advance(600)
      expect(dialled()).toEqual([])
      house.setLink('pbx1', 'ready')
      await house.settled()
      await house.advance(0)
      expect(dialled()).toEqual(['0912345678'])
    })

    test('when they are moved to now', async () => {
      await ready()
      const [promise] = await house.callbacks.service.openOf('mai')
      await house.advance(600)
      const dueAt = house.clock.now()
      await house.callbacks.service.reschedule(mai, promise?.id ?? '', { version: 1, dueAt })
      await house.settled()
      await house.advance(0)
      expect(dialled()).toEqual(['0912345678'])
    })
  })

  describe('leave their lines on the ticket:', () => {
    test('made, moved, given up', async () => {
      const { id, ticketId } = await house.promise(mai)
      const dueAt = '2026-11-23T03:00:00.000Z'
      await house.callbacks.service.reschedule(mai, id, { version: 1, dueAt })
      await house.callbacks.service.cancel(mai, id, 'khách tự gọi')
      expect((await lines(ticketId)).slice(1)).toEqual([
        {
          kind: 'callback_promised',
          note: '',
          callbackId: id,
          dueAt: '2026-11-23T02:01:00.000Z',
        },
        { kind: 'callback_promised', note: '', callbackId: id, dueAt },
        { kind: 'callback_ended', note: 'khách tự gọi', callbackId: id, outcome: 'cancelled' },
      ])
    })

    test.each([
      ['attempted', 'BUSY cause=17', 'callback_attempt', 'busy', 'failed'],
      ['reached', 'ANSWER', 'callback_ended', 'reached', 'done'],
    ])('%s; the call is linked and opens no ticket', async (_what, end, kind, outcome, status) => {
      const { id, ticketId } = await house.promise(mai)
      await house.startSchedule()
      await ready()
      await house.advance(MINUTE_MS)
      const leg = `101=${house.placed()}`
      const [dialStatus = '', cause = ''] = end.split(' ')
      await house.hear(`
        01:00.000  channel_created      ${leg}
        01:03.010  originate_responded  ${leg}
        01:03.100  dial_begun           ${leg}  trunk#2  dial=0912345678@trunk
        01:09.000  dial_ended           ${leg}  trunk#2  status=${dialStatus}`)
      if (outcome === 'reached') {
        await house.hear(`
          01:09.010  bridge_entered  trunk#2
          01:09.020  bridge_entered  ${leg}`)
      }
      await house.hear(`
        01:49.000  hung_up  trunk#2  ${cause}
        01:49.010  hung_up  ${leg}`)
      expect(await row(id)).toMatchObject({ status, attempts: 1 })
      const all = await lines(ticketId)
      expect(all).toContainEqual({
        kind,
        note: '',
        callbackId: id,
        attempt: '1',
        extension: '101',
        outcome,
      })
      expect(all.filter((line) => line.kind === 'call')).toHaveLength(1)
      const calls = await database.db.selectFrom('call').selectAll().execute()
      expect(calls).toMatchObject([{ direction: 'callback', ticket_id: ticketId }])
      expect(await database.db.selectFrom('ticket').select('id').execute()).toEqual([
        { id: ticketId },
      ])
    })
  })

  test('that an earlier process was dialling are looked up at once by the next one', async () => {
    await house.promise(mai)
    await house.startSchedule()
    await ready()
    await house.advance(MINUTE_MS)
    const channel = house.placed()
    await house.stop()
    const next = await openLiveHouse(database, { hire: false, start: house.clock.now() })
    await next.startSchedule()
    await next.advance(0)
    expect(next.telephony.lookups).toEqual([`live pbx1/${channel}`, `journal pbx1/${channel}`])
    await next.stop()
  })

  test('of a ticket whose holder works here no more are refused to who has no phone', async () => {
    const { id } = await house.openTicket(mai)
    await house.people.staff.change(CHIEF.id, mai.id, { version: 1, active: false })
    const promise = house.callbacks.service.promise(CHIEF, id, { note: '' })
    await expect(promise).rejects.toMatchObject({ name: 'InvalidInput' })
  })

  describe('that were asked for now', () => {
    test('and could not be dialled are forgotten when they are moved to another day', async () => {
      const id = await askWhileTalking()
      const { version } = await row(id)
      const dueAt = '2026-11-23T02:03:00.000Z'
      await house.callbacks.service.reschedule(mai, id, { version, dueAt })
      phone(false)
      await house.queues.setState(mai, { state: 'paused', reason: 'lunch' })
      await house.advance(4 * MINUTE_MS)
      expect(dialled()).toEqual([])
      expect(await row(id)).toMatchObject({ status: 'scheduled', waiting_for: 'agent' })
    })

    test('do not ring a desk at night because of an evening', async () => {
      await askWhileTalking()
      phone(false)
      house.telephony.setLink('pbx1', 'connecting')
      house.ears.onStatus(house.telephony.status())
      await house.queues.setState(mai, { state: 'offline' })
      await house.advance(6 * MINUTE_MS)
      house.setLink('pbx1', 'ready')
      await house.advance(MINUTE_MS)
      expect(dialled()).toEqual([])
    })

    test('while another one talks are neither taken nor written, tick after tick', async () => {
      const first = await house.promise(mai)
      const second = await house.promise(mai)
      await house.startSchedule()
      await house.callbacks.service.dialNow(mai, first.id)
      await house.advance(100)
      await house.hear(`00:00.100  channel_created  101=${house.placed()}`)
      const { version } = await house.callbacks.service.dialNow(mai, second.id)
      await house.advance(20_000)
      expect(dialled()).toHaveLength(1)
      expect(await row(second.id)).toMatchObject({ attempts: 0, version, due_fence: 0 })
    })
  })
})
