import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '../../server/contract/staff.ts'
import { callbackRoutes } from '../../server/callbacks/callback-routes.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { Route } from '../../server/http/route.ts'
import { HOUSE_DIALECTS, openTestDatabase, type TestDialect } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { createPromiseLedger } from '../support/promise-ledger.ts'
import { aMember } from '../support/queue-events.ts'
import { emptySnapshot, openQueueFloor } from '../support/queue-floor.ts'

const PEOPLE: SessionUser[] = [
  { id: 'mai', username: 'mai', displayName: 'Mai', role: 'agent', extension: '101' },
  { id: 'lan', username: 'lan', displayName: 'Lan', role: 'agent', extension: '102' },
  { id: 'chief', username: 'chief', displayName: 'Chief', role: 'supervisor', extension: null },
  { id: 'noc', username: 'noc', displayName: 'NOC', role: 'noc', extension: null },
]

function serve(routes: Route[]) {
  const { as, anonymous } = createTestApp(routes)
  return (staffId: string) => {
    const person = PEOPLE.find(({ id }) => id === staffId)
    return person === undefined ? anonymous : as(person)
  }
}

async function openLedger(dialect: TestDialect) {
  const database = await openTestDatabase(dialect)
  const ledger = createPromiseLedger(database)
  for (const { id, extension, role } of PEOPLE) await ledger.addPerson(id, extension, role)
  await ledger.addTicket('KN-1')
  return { ...ledger, as: serve(callbackRoutes(ledger.service)) }
}

async function openFloor(database: Database) {
  const floor = await openQueueFloor(database)
  for (const { id, extension, role } of PEOPLE)
    await floor.hire({ id, username: id, displayName: id, role, extension })
  await floor.open()
  return { ...floor, as: serve([...floor.queues.routes, ...floor.desk.routes]) }
}

for (const dialect of HOUSE_DIALECTS) {
  describe(`promises over HTTP on ${dialect}`, () => {
    let ledger: Awaited<ReturnType<typeof openLedger>>
    beforeEach(async () => {
      ledger = await openLedger(dialect)
    })
    afterEach(() => ledger.database.close())
    const promise = (staffId: string, body: object = {}) =>
      ledger.as(staffId).post('/tickets/KN-1/callbacks', body)

    test('are made, seen by their agent, moved, dialled and given up', async () => {
      const mai = ledger.as('mai')
      const made = await promise('mai')
      expect(made.status).toBe(201)
      expect(made.body).toMatchObject({ dueAt: '2026-11-23T02:30:00.000Z', status: 'scheduled' })
      const id = String(made.body.id)
      expect((await mai.get('/callbacks?status=open')).body.items).toHaveLength(1)
      expect((await ledger.as('lan').get('/callbacks')).body.items).toHaveLength(0)
      expect((await ledger.as('chief').get('/callbacks?mine=0')).body.items).toHaveLength(1)
      const moved = await mai.patch(`/callbacks/${id}`, {
        version: 1,
        dueAt: '2026-11-23T10:00:00+07:00',
      })
      expect(moved.body).toMatchObject({ dueAt: '2026-11-23T03:00:00.000Z', version: 2 })
      const dialled = await mai.post(`/callbacks/${id}/dial`, {})
      expect([dialled.status, dialled.body.dueAt]).toEqual([202, '2026-11-23T02:00:00.000Z'])
      const given = await mai.post(`/callbacks/${id}/cancel`, { reason: 'khách tự gọi' })
      expect(given.body).toMatchObject({ status: 'cancelled' })
    })

    test.each([
      ['both a delay and a time', { inMinutes: 5, dueAt: '2026-11-23T03:00:00Z' }, 400, 'dueAt'],
      ['a delay that is no number', { inMinutes: 'soon' }, 400, 'inMinutes'],
      ['a number that cannot be dialled', { number: '1900 0382' }, 422, 'number'],
      ['a time in the past', { dueAt: '2026-11-22T03:00:00Z' }, 422, 'dueAt'],
    ])('refuse %s and name the field', async (_what, body, status, path) => {
      const answer = await promise('mai', body)
      expect(answer.status).toBe(status)
      expect(answer.body.errors).toMatchObject([{ path, message: expect.any(String) }])
    })

    test('answer 409 for a second one, a stale version and a finished one', async () => {
      const { id } = (await promise('mai')).body
      expect((await promise('lan')).status).toBe(409)
      const stale = { version: 7, dueAt: '2026-11-23T03:00:00Z' }
      expect((await ledger.as('mai').patch(`/callbacks/${id}`, stale)).status).toBe(409)
      await ledger.as('mai').post(`/callbacks/${id}/cancel`, { reason: 'x' })
      expect((await ledger.as('mai').post(`/callbacks/${id}/dial`, {})).status).toBe(409)
    })

    test('are closed to strangers, other roles and other agents', async () => {
      const { id } = (await promise('mai')).body
      expect((await promise('nobody')).status).toBe(401)
      expect((await promise('noc')).status).toBe(403)
      const theirs = await ledger.as('lan').post(`/callbacks/${id}/cancel`, { reason: 'x' })
      expect(theirs.status).toBe(403)
      const none = await ledger.as('mai').post('/callbacks/none/cancel', { reason: 'x' })
      expect(none.status).toBe(404)
    })

    test('are not dialled while no PBX is connected: 503', async () => {
      const { id } = (await promise('mai')).body
      ledger.telephony.setLink('pbx1', 'closed')
      expect((await ledger.as('mai').post(`/callbacks/${id}/dial`, {})).status).toBe(503)
    })
  })

  describe(`the desk and the live queues over HTTP on ${dialect}`, () => {
    let floor: Awaited<ReturnType<typeof openFloor>>
    let database: Database
    beforeEach(async () => {
      database = await openTestDatabase(dialect)
      floor = await openFloor(database)
    })
    afterEach(async () => {
      await floor.queues.stop()
      await database.close()
    })

    test('an agent becomes ready, and the desk and the supervisor see it', async () => {
      const answer = await floor.as('mai').post('/desk/state', { state: 'ready' })
      expect(answer.status).toBe(200)
      expect(answer.body).toMatchObject({ state: 'ready', confirmed: true })
      const desk = await floor.as('mai').get('/desk')
      expect(desk.body).toMatchObject({ user: { id: 'mai' }, state: { state: 'ready' } })
      await floor.clock.advance(200)
      const queues = await floor.as('chief').get('/queues')
      expect(queues.body.queues[0].members).toMatchObject([{ extension: '101', state: 'ready' }])
    })

    test('a phone that the PBX rings by a Local member is not made a second member beside it', async () => {
      const local = { interface: 'Local/101@from-queue/n', extension: null }
      floor.happen({ type: 'member_added', member: aMember('101', local) })
      for (const body of [{ state: 'ready' }, { state: 'paused', reason: 'break' }]) {
        const answer = await floor.as('mai').post('/desk/state', body)
        expect(answer.body).toMatchObject({
          status: 422,
          detail: expect.stringContaining('Local/101@from-queue/n'),
          errors: [{ path: 'state', code: 'local_member' }],
        })
      }
      const added = await floor.as('chief').post('/queues/hotline/members/101', { member: true })
      expect(added.body).toMatchObject({ status: 422, errors: [{ code: 'local_member' }] })
      expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'offline' })
      expect(floor.telephony.memberships).toEqual([])
      expect((await floor.as('lan').post('/desk/state', { state: 'ready' })).status).toBe(200)
      floor.happen({ type: 'member_removed', queue: 'hotline', interface: local.interface })
      expect((await floor.as('mai').post('/desk/state', { state: 'ready' })).status).toBe(200)
    })

    test('a wish of before is not told to a PBX that has a Local member by now', async () => {
      await floor.as('mai').post('/desk/state', { state: 'ready' })
      const told = floor.telephony.memberships.length
      floor.setLink('pbx1', 'connecting')
      const local = { interface: 'Local/101@from-queue/n', extension: null }
      floor.connect({ ...emptySnapshot(), members: [aMember('101', local)] })
      await floor.queues.settled()
      expect(floor.telephony.memberships).toHaveLength(told)
      expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'ready', confirmed: false })
    })

    test('a pause without a reason is refused, so is a person without a phone', async () => {
      const pause = await floor.as('mai').post('/desk/state', { state: 'paused' })
      expect(pause.body).toMatchObject({ status: 400, errors: [{ path: 'reason' }] })
      const ready = await floor.as('chief').post('/desk/state', { state: 'ready' })
      expect(ready.body).toMatchObject({ status: 422, detail: expect.stringMatching(/extension/) })
    })

    test('a supervisor pauses a member; agents may neither watch nor command', async () => {
      await floor.as('mai').post('/desk/state', { state: 'ready' })
      const path = '/queues/hotline/members/101'
      const command = { paused: true, reason: 'meeting' }
      expect((await floor.as('chief').post(path, command)).status).toBe(204)
      await floor.queues.settled()
      expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'paused', reason: 'meeting' })
      expect((await floor.as('mai').post(path, command)).status).toBe(403)
      expect((await floor.as('mai').get('/queues')).status).toBe(403)
      expect((await floor.as('chief').post(path, {})).status).toBe(400)
      expect((await floor.as('chief').post('/queues/sales/members/101', command)).status).toBe(404)
      expect((await floor.as('chief').post('/queues/hotline/members/102', command)).status).toBe(
        409,
      )
      floor.setLink('pbx1', 'connecting')
      expect((await floor.as('chief').post(path, command)).status).toBe(503)
    })
  })
}
