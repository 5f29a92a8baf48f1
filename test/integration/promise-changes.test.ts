import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '../../server/contract/staff.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const MINUTE_MS = 60_000
const VERSION = 1

describe.each(HOUSE_DIALECTS)('a promise in other hands on %s', (dialect) => {
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
    ;({ as } = createTestApp([...house.callbacks.routes, ...house.people.routes]))
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const view = async (ticketId: string) => (await house.callbacks.service.ofTicket(ticketId))[0]
  const told = () => house.notifier.of('callbackUpdated').at(-1)?.[0]
  async function lines(ticketId: string) {
    const { timeline } = await house.tickets.service.get(ticketId, mai)
    return timeline.map(({ kind, actor, fields }) => ({ kind, by: actor?.id ?? null, ...fields }))
  }
  const audited = async () =>
    (await database.db.selectFrom('audit').selectAll().execute()).map(
      ({ action, actor_id, subject }) => [action, actor_id, subject].join(' '),
    )

  test('is moved, asked for and given up: each act stands in the audit', async () => {
    const { id } = await house.promise(mai)
    const dueAt = '2026-11-23T04:00:00.000Z'
    await as(mai).patch(`/callbacks/${id}`, { version: VERSION, dueAt })
    await as(CHIEF).post(`/callbacks/${id}/dial`)
    await as(CHIEF).post(`/callbacks/${id}/cancel`, { reason: 'khách không cần nữa' })
    const acts = (await audited()).filter((line) => line.startsWith('callback.'))
    const expected = [`moved mai ${id}`, `asked chief ${id}`, `cancelled chief ${id}`]
    expect(acts).toEqual(expected.map((act) => `callback.${act}`))
  })

  describe('is given', () => {
    test('by its owner: the other one keeps it, both are told, ticket and audit say so', async () => {
      const { id, ticketId } = await house.promise(mai)
      const answer = await as(mai).post(`/callbacks/${id}/assign`, {
        version: VERSION,
        staffId: 'lan',
      })
      expect(answer).toMatchObject({ status: 200, body: { assignee: { id: 'lan' }, version: 2 } })
      expect(told()?.toSorted()).toEqual(['lan', 'mai'])
      expect((await lines(ticketId)).at(-1)).toMatchObject({
        kind: 'callback_handed_over',
        by: 'mai',
        to: lan.displayName,
      })
      expect(await audited()).toContain(`callback.handed_over mai ${id}`)
      const { body: trail } = await as(CHIEF).get('/audit?action=callback.handed_over')
      const { code } = await house.tickets.service.get(ticketId, mai)
      expect(trail.items[0]).toMatchObject({
        detail: { from: 'mai', to: 'lan' },
        names: { mai: mai.displayName, lan: lan.displayName, [id]: code },
      })
      await house.startSchedule()
      await house.queues.setState(lan, { state: 'ready' })
      await house.advance(MINUTE_MS)
      expect(house.telephony.originated.map(({ extension }) => extension)).toEqual(['102'])
    })

    test('by a supervisor, but not by a colleague, and only to who can be rung', async () => {
      const { id } = await house.promise(mai)
      const give = (user: SessionUser, staffId: string) =>
        as(user).post(`/callbacks/${id}/assign`, { version: VERSION, staffId })
      expect((await give(lan, 'lan')).status).toBe(403)
      expect((await give(CHIEF, 'chief')).status).toBe(422)
      expect((await give(CHIEF, 'lan')).status).toBe(200)
      expect((await give(CHIEF, 'mai')).status).toBe(409)
      const { body } = await as(mai).get('/callbacks/assignees')
      expect(body.items.map((one: { id: string }) => one.id).toSorted()).toEqual(['lan', 'mai'])
    })

    test('on when its owner is deactivated, in the same step', async () => {
      const { id, ticketId } = await house.promise(mai)
      const gone = await as(CHIEF).patch('/staff/mai', { version: VERSION, active: false })
      expect(gone.status).toBe(200)
      expect(await view(ticketId)).toMatchObject({ assignee: { id: 'lan' }, status: 'scheduled' })
      expect(told()?.toSorted()).toEqual(['lan', 'mai'])
      expect((await lines(ticketId)).at(-1)).toMatchObject({
        kind: 'callback_handed_over',
        by: 'chief',
      })
      expect(await audited()).toContain(`callback.handed_over chief ${id}`)
    })

    test('on when its owner left while it was being dialled, once that attempt is over', async () => {
      const { ticketId } = await house.promise(mai)
      await house.startSchedule()
      await house.queues.setState(mai, { state: 'ready' })
      await house.advance(MINUTE_MS)
      const leg = `101=${house.placed()}`
      await house.hear(`01:00.000  channel_created  ${leg}`)
      await as(CHIEF).patch('/staff/mai', { version: VERSION, active: false })
      expect(await view(ticketId)).toMatchObject({ assignee: { id: 'mai' }, status: 'dialing' })
      await house.hear(`01:25.000  hung_up  ${leg}  cause=19`)
      await house.advance(MINUTE_MS)
      expect(await view(ticketId)).toMatchObject({ assignee: { id: 'lan' }, status: 'failed' })
    })
  })

  describe('may be changed by who talks to that customer:', () => {
    // oxlint-disable-next-line consistent-function-scoping -- reads best beside its tests
    const lanTalks = () =>
      house.hear(`
        00:00.000  queue_joined     trunk#1
        00:01.000  agent_called     trunk#1  102#3
        00:05.000  agent_connected  trunk#1  102#3  hold=5
        00:05.010  bridge_entered   trunk#1
        00:05.020  bridge_entered   102#3`)

    test('closed', async () => {
      const { id } = await house.promise(mai)
      const close = () => as(lan).post(`/callbacks/${id}/cancel`, { reason: 'khách đã gọi lại' })
      expect((await close()).status).toBe(403)
      await lanTalks()
      expect(await close()).toMatchObject({ status: 200, body: { status: 'cancelled' } })
    })

    test('moved, or said to be kept; but not given away or dialled', async () => {
      const { id } = await house.promise(mai)
      await lanTalks()
      const dueAt = '2026-11-23T05:00:00.000Z'
      const moved = await as(lan).patch(`/callbacks/${id}`, { version: VERSION, dueAt })
      expect(moved).toMatchObject({ status: 200, body: { dueAt } })
      const give = { version: 2, staffId: 'lan' }
      expect((await as(lan).post(`/callbacks/${id}/assign`, give)).status).toBe(403)
      expect((await as(lan).post(`/callbacks/${id}/dial`, {})).status).toBe(403)
      const kept = { version: 2, outcome: 'reached' }
      expect(await as(lan).post(`/callbacks/${id}/outcome`, kept)).toMatchObject({
        status: 200,
        body: { status: 'done' },
      })
    })

    test.each([
      ['is right after it when they hardly spoke', '00:13.000', 'dialing', 1],
      ['is kept by it', '00:15.000', 'cancelled', 0],
    ])('it is not dialled while that talk goes on, and %s', async (_what, end, status, dials) => {
      const { ticketId } = await house.promise(mai)
      await house.startSchedule()
      await house.queues.setState(mai, { state: 'ready' })
      await lanTalks()
      await house.advance(2 * MINUTE_MS)
      expect(house.telephony.originated).toEqual([])
      expect(await view(ticketId)).toMatchObject({ waitingFor: 'customer' })
      await house.hear(`
        ${end}  hung_up  102#3
        ${end}  hung_up  trunk#1`)
      await house.advance(2_000)
      expect(house.telephony.originated).toHaveLength(dials)
      expect(await view(ticketId)).toMatchObject({ status })
    })
  })

  describe('whose attempt', () => {
    // oxlint-disable-next-line consistent-function-scoping -- reads best beside its tests
    async function dialled(end: string) {
      const { id, ticketId } = await house.promise(mai)
      await house.startSchedule()
      await house.queues.setState(mai, { state: 'ready' })
      await house.advance(MINUTE_MS)
      const leg = `101=${house.placed()}`
      await house.hear(`01:00.000  channel_created  ${leg}\n${end.replaceAll('LEG', leg)}`)
      return { id, ticketId }
    }
    const REACHED = `
      01:03.010  originate_responded  LEG
      01:03.100  dial_begun           LEG  trunk#2  dial=0912345678@trunk
      01:09.000  dial_ended           LEG  trunk#2
      01:19.000  hung_up  trunk#2
      01:19.010  hung_up  LEG`

    test('reached a machine can be put right: the promise is open again', async () => {
      const { id, ticketId } = await dialled(REACHED)
      const done = await view(ticketId)
      expect(done).toMatchObject({ status: 'done', attempts: [{ outcome: 'reached' }] })
      const asked = { version: done?.version, outcome: 'no_answer', note: 'hộp thư thoại' }
      expect((await as(lan).post(`/callbacks/${id}/outcome`, asked)).status).toBe(403)
      expect((await as(mai).post(`/callbacks/${id}/outcome`, asked)).status).toBe(200)
      expect(await view(ticketId)).toMatchObject({
        status: 'failed',
        attempts: [{ outcome: 'no_answer', isCorrected: true }],
      })
      expect((await lines(ticketId)).at(-1)).toMatchObject({ outcome: 'no_answer', corrected: '1' })
      expect(await audited()).toContain(`callback.corrected mai ${id}`)
      expect((await as(mai).post(`/callbacks/${id}/outcome`, asked)).status).toBe(409)
    })

    test('is somebody else’s by now can still be put right by who made the promise', async () => {
      const { id } = await house.promise(mai)
      const give = { version: VERSION, staffId: 'lan' }
      expect((await as(mai).post(`/callbacks/${id}/assign`, give)).status).toBe(200)
      const asked = { version: 2, outcome: 'reached' }
      expect(await as(mai).post(`/callbacks/${id}/outcome`, asked)).toMatchObject({
        status: 200,
        body: { status: 'done', assignee: { id: 'lan' }, createdBy: 'mai' },
      })
    })

    test('was forwarded by the phone (302) says so, and nobody was called', async () => {
      const { ticketId } = await dialled(`
        01:02.000  dial_ended           -  LEG  status=CANCEL forwarded=yes
        01:02.001  originate_responded  LEG
        01:02.002  hung_up              LEG  cause=0`)
      expect(await view(ticketId)).toMatchObject({
        status: 'failed',
        attempts: [{ outcome: 'forwarded' }],
      })
    })

    test('was picked up by a colleague (*8) says so, and nobody was called', async () => {
      const { ticketId } = await dialled('01:02.000  hung_up  LEG  cause=26')
      expect(await view(ticketId)).toMatchObject({
        status: 'failed',
        attempts: [{ outcome: 'picked_up' }],
      })
    })

    test('came too late for the PBX is tried again', async () => {
      await dialled(`
        01:03.010  originate_responded  LEG
        01:03.020  hung_up  LEG  cause=102`)
      await house.advance(2_000)
      expect(house.telephony.originated).toHaveLength(2)
    })
  })

  test('its pop shows whom it calls and what was promised from the first ring', async () => {
    const { id: ticketId } = await house.openTicket(mai)
    const promised = { inMinutes: 1, note: 'báo giá cáp quang', number: '0987654321' }
    const { id } = await house.callbacks.service.promise(mai, ticketId, promised)
    await house.startSchedule()
    await house.queues.setState(mai, { state: 'ready' })
    await house.advance(MINUTE_MS)
    await house.hear(`01:00.000  channel_created  101=${house.placed()}`)
    expect(house.notifier.of('screenPop').at(-1)?.[1]).toMatchObject({
      stage: 'ringing',
      call: { number: { key: '+84987654321' }, display: '0987 654 321' },
      promise: { callbackId: id, note: 'báo giá cáp quang' },
    })
  })

  test('a caller from the promised other number is recognised: the pop shows the promise', async () => {
    const { id: ticketId } = await house.openTicket(mai, { number: '0987654321' })
    const promised = { inMinutes: 30, note: '', number: '0912345678' }
    const { id } = await house.callbacks.service.promise(mai, ticketId, promised)
    await house.hear(`
      00:00.000  queue_joined  trunk#1
      00:01.000  agent_called  trunk#1  102#3`)
    expect(house.notifier.of('screenPop').at(-1)?.[1]).toMatchObject({
      promise: { callbackId: id },
      openTickets: [{ id: ticketId }],
    })
  })
})
