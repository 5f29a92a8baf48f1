import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acknowledgeAlarm, insertAlarm } from '../../server/alarms/alarm-store.ts'
import type { Database } from '../../server/db/transaction.ts'
import { plusMs } from '../../server/time.ts'
import { createCheapHashing } from '../support/cheap-hashing.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { addSessions } from '../support/signed-in.ts'

const MINUTE_MS = 60_000

function said({ status, body }: { status: number; body: { errors?: { code: string }[] } }): string {
  return `${status} ${body.errors?.[0]?.code}`
}

function appOf({ shift, notifications, tickets }: LiveHouse) {
  return createTestApp([...shift.routes, ...notifications.routes, ...tickets.routes])
}

describe.each(HOUSE_DIALECTS)('people of one shift on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  let http: ReturnType<typeof createTestApp>

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    for (const id of ['bich', 'dung']) {
      const named = { id, username: id, displayName: id, extension: null }
      // oxlint-disable-next-line no-await-in-loop
      await house.hire({ ...named, role: 'supervisor' })
    }
    await addSessions(database, 'mai', 'bich')
    http = appOf(house)
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const as = (who: string) => http.as(house.person(who))
  const ask = (order: object = {}) => as('mai').post('/help', order)
  const asking = async () => (await as('bich').get('/help')).body.items
  const unread = async (who: string) => (await as(who).get('/notifications?unread=1')).body.items
  const send = (order: object) => as('bich').post('/shift/messages', order)
  const sent = async () => (await as('bich').get('/shift/messages')).body.items
  const audited = async () =>
    (await database.db.selectFrom('audit').select('action').orderBy('id').execute())
      .map(({ action }) => action)
      .filter((action) => /^(help|shift)\./.test(action))

  /** How many requests, messages, hand-overs and notes of these there are. */
  async function kept(): Promise<number[]> {
    const { db } = database
    const all = [
      await db.selectFrom('help_request').select('id').execute(),
      await db.selectFrom('shift_message').select('id').execute(),
      await db.selectFrom('hand_over').select('id').execute(),
      await db.selectFrom('hand_over_note').select('version').execute(),
    ]
    return all.map((rows) => rows.length)
  }

  /** Through the door: with a password, as the page does. */
  async function signIn(username: string): Promise<void> {
    const password_hash = await createCheapHashing().hash('password')
    await database.db.updateTable('staff').set({ password_hash }).execute()
    const from = { address: '127.0.0.1', userAgent: '', deviceToken: null }
    await house.people.sessions.signIn({ username, password: 'password', ...from })
  }

  /** mai talks to a customer. */
  const talk = () =>
    house.hear(`
      00:00.000  queue_joined     caller  num=0912345678
      00:01.000  agent_called     caller  101=phone
      00:04.000  agent_connected  caller  101=phone
      00:04.100  bridge_entered   caller
      00:04.110  bridge_entered   101=phone`)

  describe('help', () => {
    it('is asked for once, on the call and its ticket, and reaches the supervisors who are here', async () => {
      await talk()
      const [{ body }, twice] = await Promise.all([ask().expect(200), ask().expect(200)])
      expect(twice.body.id).toBe(body.id)
      expect(body).toMatchObject({ agent: { id: 'mai', extension: '101' }, takenBy: null })
      expect([body.callId, body.ticket.code]).toEqual([expect.any(String), 'KN-2026-000001'])
      expect((await ask()).body.id).toBe(body.id)
      expect(house.notifier.of('helpChanged')).toHaveLength(1)
      expect(await asking()).toMatchObject([{ id: body.id }])
      expect(await unread('bich')).toMatchObject([{ kind: 'help_asked', fields: { by: 'mai' } }])
      expect([await unread('dung'), await unread('chief')]).toEqual([[], []])
      expect(await audited()).toEqual(['help.asked'])
    })

    it('is over with the call, and can be asked for again', async () => {
      await talk()
      const { id } = (await ask()).body
      await house.hear('00:30.000  hung_up  caller')
      expect((await as('mai').get('/help/mine')).body).toEqual({ help: null })
      expect([await asking(), await unread('bich')]).toEqual([[], []])
      expect(said(await as('bich').post(`/help/${id}/take`))).toBe('409 help_over')
      expect((await ask()).body.id).not.toBe(id)
      expect(await audited()).toEqual(['help.asked', 'help.ended', 'help.asked'])
    })

    it('is over for who has handed the call on, while the call goes on', async () => {
      await talk()
      await ask()
      await house.hear(`
        00:06.010  hung_up         101=phone
        00:06.020  dial_begun      caller  102=other
        00:08.000  dial_ended      caller  102=other
        00:08.010  bridge_entered  102=other
        00:08.020  bridge_entered  caller`)
      expect(await asking()).toEqual([])
      const { ended_at } = await database.db
        .selectFrom('call')
        .select('ended_at')
        .executeTakeFirstOrThrow()
      expect(ended_at).toBeNull()
    })

    it('is taken by one supervisor, whom the agent sees, and goes on over a restart', async () => {
      const { id } = (await ask()).body
      const take = (who: string) => as(who).post(`/help/${id}/take`)
      await take('bich').expect(200)
      await take('bich').expect(200)
      expect(said(await take('dung'))).toBe('409 help_taken')
      expect(await unread('bich')).toEqual([])
      await house.stop()
      house = await openLiveHouse(database, { hire: false })
      http = appOf(house)
      const { help } = (await as('mai').get('/help/mine')).body
      expect(help).toMatchObject({ id, takenBy: { id: 'bich' } })
      await as('mai').post(`/help/${id}/withdraw`).expect(200)
      expect(await asking()).toEqual([])
      expect(await audited()).toEqual(['help.asked', 'help.taken', 'help.ended'])
    })

    it('without a call is about the ticket in front, and is over after half an hour', async () => {
      const { id: ticketId } = await house.openTicket(house.person('mai'))
      expect((await ask({ ticketId: 'none' })).status).toBe(422)
      expect((await ask({ ticketId })).body).toMatchObject({
        callId: null,
        ticket: { id: ticketId },
      })
      await house.clock.advance(29 * MINUTE_MS)
      expect(await asking()).toHaveLength(1)
      await house.clock.advance(2 * MINUTE_MS)
      expect(await asking()).toEqual([])
      const again = (await ask()).body
      expect(again.askedAt).toBe(house.clock.now())
      await house.clock.advance(31 * MINUTE_MS)
      await house.shift.loop.run()
      const rows = await database.db.selectFrom('help_request').select('end_reason').execute()
      expect(rows).toEqual([{ end_reason: 'expired' }, { end_reason: 'expired' }])
    })

    it('is over when its agent signs out', async () => {
      await ask()
      await house.people.sessions.signOut('session-mai', house.person('mai'))
      expect(await asking()).toEqual([])
    })

    it('is asked for by agents, and taken by supervisors alone', async () => {
      const { id } = (await ask()).body
      expect((await as('bich').post('/help', {})).status).toBe(403)
      expect((await as('lan').get('/help')).status).toBe(403)
      expect((await as('lan').post(`/help/${id}/take`)).status).toBe(403)
      expect((await as('lan').post(`/help/${id}/withdraw`)).status).toBe(404)
      expect((await as('bich').post('/help/none/take')).status).toBe(404)
      expect((await ask({ ticketId: 5 })).status).toBe(400)
    })
  })

  describe('a message', () => {
    it('to the shift reaches who is here, and who signs in while it is valid', async () => {
      const { body } = await send({ staffId: null, text: 'Họp lúc 9 giờ', validMinutes: 60 })
      expect(body).toMatchObject({ to: null, told: 1, read: 0 })
      expect(await unread('mai')).toMatchObject([
        { kind: 'shift_message', fields: { by: 'bich', text: 'Họp lúc 9 giờ' } },
      ])
      expect(await unread('bich')).toEqual([])
      await signIn('lan')
      await signIn('lan')
      expect(await unread('lan')).toHaveLength(1)
      await signIn('chief')
      expect(await sent()).toMatchObject([{ told: 2, read: 0 }])
      await signIn('bich')
      expect(await unread('bich')).toEqual([])
      await house.clock.advance(61 * MINUTE_MS)
      await signIn('dung')
      expect(await unread('dung')).toEqual([])
    })

    it('to one agent stays until they read it, and its sender sees when', async () => {
      const { id } = (await send({ staffId: 'lan', text: 'Gọi lại khách A' })).body
      const [message] = (await as('lan').get('/notifications?unread=1&kind=shift_message')).body
        .items
      const receipts = () => as('bich').get(`/shift/messages/${id}/receipts`)
      expect((await receipts()).body.items).toEqual([
        { id: 'lan', displayName: 'lan', readAt: null },
      ])
      await as('lan').post(`/notifications/${message.id}/read`).expect(204)
      expect((await receipts()).body.items[0].readAt).toBe(house.clock.now())
      expect(await sent()).toMatchObject([{ to: { id: 'lan' }, told: 1, read: 1 }])
      expect((await as('dung').get(`/shift/messages/${id}/receipts`)).status).toBe(404)
      expect((await as('dung').get('/shift/messages')).body.items).toEqual([])
      expect(await audited()).toEqual(['shift.message_sent'])
    })

    it('can be written to agents and supervisors, those who are here first', async () => {
      const { items } = (await as('dung').get('/shift/people')).body
      const shown = items.map(({ id, isHere }: Record<string, unknown>) => [id, isHere])
      expect(shown).toEqual([
        ['bich', true],
        ['mai', true],
        ['lan', false],
      ])
      expect((await as('mai').get('/shift/people')).status).toBe(403)
    })

    it('is refused with what is wrong', async () => {
      expect(said(await send({ staffId: 'nobody', text: 'x' }))).toBe('422 not_of_shift')
      expect(said(await send({ staffId: 'chief', text: 'x' }))).toBe('422 not_of_shift')
      expect(said(await send({ staffId: 'bich', text: 'x' }))).toBe('422 message_to_self')
      for (const wrong of [
        { text: '  ' },
        { text: 'x'.repeat(501) },
        { text: 'x', validMinutes: 5 },
      ]) {
        // oxlint-disable-next-line no-await-in-loop
        expect((await send({ staffId: null, ...wrong })).status).toBe(400)
      }
      expect((await as('mai').post('/shift/messages', { staffId: null, text: 'x' })).status).toBe(
        403,
      )
      expect(await sent()).toEqual([])
    })
  })

  describe('what was said in a shift', () => {
    const DAYS_MS = 24 * 60 * MINUTE_MS
    const nightAfter = async (days: number) => {
      await house.clock.advance(days * DAYS_MS)
      await house.schedule.runNow('old words of shifts')
    }

    it('is forgotten after 90 days, a hand-over after 180, and what still stands is not', async () => {
      const { id } = (await ask()).body
      await as('mai').post(`/help/${id}/withdraw`).expect(200)
      await send({ staffId: 'lan', text: 'Gọi lại khách A' })
      const first = (await as('bich').post('/shift/handovers', { note: 'Ca một' })).body
      await as('bich').patch(`/shift/handovers/${first.id}`, { version: 1, note: 'Ca 1' })
      await nightAfter(89)
      expect(await kept()).toEqual([1, 1, 1, 2])
      await ask()
      await send({ staffId: 'lan', text: 'Gọi lại khách B' })
      await as('bich').post('/shift/handovers', { note: 'Ca hai' }).expect(201)
      await nightAfter(2)
      expect(await kept()).toEqual([1, 1, 2, 3])
      await nightAfter(90)
      expect(await kept()).toEqual([1, 0, 1, 1])
      const { items } = (await as('bich').get('/shift/handovers')).body
      expect(items).toMatchObject([{ latest: { note: 'Ca hai' } }])
      expect((await as('bich').get(`/shift/handovers/${first.id}`)).status).toBe(404)
    })
  })

  describe('a hand-over', () => {
    it('keeps what was left then, with each version of its note', async () => {
      await house.promise(house.person('mai'))
      await house.hear(`
        00:00.000  queue_joined  caller  num=0912345670
        00:09.000  hung_up       caller`)
      await ask()
      expect((await as('bich').get('/shift/left')).body.late.count).toBe(0)
      await house.clock.advance(25 * 60 * MINUTE_MS)
      const left = (await as('bich').get('/shift/left')).body
      expect(left).toMatchObject({ open: { count: 1 }, promisesLate: { count: 2 } })
      expect(left.missed).toMatchObject({ count: 1, items: [{ number: '0912 345 670', calls: 1 }] })
      expect(left.late.items).toHaveLength(left.late.count)
      expect(Object.keys(left.late.byClock)).toContain('promise')
      expect([left.help.count, left.alarms.count]).toEqual([0, 0])
      const { body } = await as('bich').post('/shift/handovers', { note: 'Cáp đứt' }).expect(201)
      expect(body.latest).toMatchObject({ version: 1, note: 'Cáp đứt', by: { id: 'bich' } })
      const rewrite = (version: number, note: string) =>
        as('dung').patch(`/shift/handovers/${body.id}`, { version, note })
      expect((await rewrite(1, 'Cáp đã nối')).body).toMatchObject({
        by: { id: 'bich' },
        latest: { version: 2, by: { id: 'dung' } },
        before: [{ version: 1, note: 'Cáp đứt' }],
        sections: { ...left, asOf: body.at },
      })
      const late = await rewrite(1, 'muộn')
      expect([said(late), late.body.detail]).toEqual([
        '409 hand_over_stale',
        'the note was changed meanwhile (version is 2 now)',
      ])
      expect((await rewrite(9, 'sớm')).body.detail).toContain('version is 2 now')
      await as('dung').post('/shift/handovers', { note: 'Ca sau' })
      const page = (await as('dung').get('/shift/handovers?limit=1')).body
      expect(page.items).toMatchObject([{ latest: { note: 'Ca sau' } }])
      const older = await as('dung').get(`/shift/handovers?limit=1&cursor=${page.nextCursor}`)
      expect(older.body.items).toMatchObject([{ id: body.id, latest: { note: 'Cáp đã nối' } }])
      expect((await audited()).slice(-3)).toEqual(Array(3).fill('shift.handed_over'))
    })

    it('names alarms that ended since the last one, unless somebody took them', async () => {
      const { db } = database
      const at = (hours: number) => plusMs(house.clock.now(), hours * 60 * MINUTE_MS)
      const ring = (id: string, change: { opened_at: string; ended_at: string }) => {
        const rung = { measure: 'waiting', queue: null, severity: 'warning', threshold: 5 }
        const nobody = { value: 9, worst: 9, acknowledged_at: null, acknowledged_by: null }
        return insertAlarm(db, { id, rule_id: id, ...rung, ...nobody, ...change })
      }
      const alarms = async () => {
        const { count, items } = (await as('bich').get('/shift/left')).body.alarms
        return [count, items.map(({ id }: { id: string }) => id)]
      }
      await ring('last week', { opened_at: at(-80), ended_at: at(-79) })
      await ring('before', { opened_at: at(-60), ended_at: at(-59) })
      await ring('taken', { opened_at: at(-3), ended_at: at(-2) })
      await ring('over', { opened_at: at(-3), ended_at: at(-1) })
      await acknowledgeAlarm(db, 'taken', { staffId: 'bich', now: at(0) })
      expect(await alarms()).toEqual([2, ['over', 'before']])
      const { body } = await as('bich').post('/shift/handovers', { note: 'Ca một' })
      expect(body.sections.alarms.items[0]).toMatchObject({ id: 'over', endedAt: at(-1) })
      await house.clock.advance(MINUTE_MS)
      expect(await alarms()).toEqual([0, []])
      await ring('long', { opened_at: at(-9), ended_at: at(0) })
      expect(await alarms()).toEqual([1, ['long']])
    })

    it('is read and written by supervisors alone, and says what is wrong', async () => {
      for (const path of ['/shift/left', '/shift/handovers', '/shift/handovers/x']) {
        // oxlint-disable-next-line no-await-in-loop
        expect((await as('mai').get(path)).status).toBe(403)
      }
      const post = (who: string, note: string) => as(who).post('/shift/handovers', { note })
      expect((await post('mai', 'x')).status).toBe(403)
      expect((await post('bich', ' ')).status).toBe(400)
      expect((await post('bich', 'x'.repeat(5001))).status).toBe(400)
      expect((await as('bich').get('/shift/handovers/x')).status).toBe(404)
      const patch = { version: 1, note: 'x' }
      expect((await as('bich').patch('/shift/handovers/x', patch)).status).toBe(404)
      expect((await as('bich').get('/shift/handovers?cursor=x')).status).toBe(400)
    })
  })
})
