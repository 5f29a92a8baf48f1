import type { Response } from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { clientOf } from '../support/http.ts'
import { openStaffService, PASSWORD, type StaffFixture } from './staff-fixture.ts'

const HOUR = 3_600_000

/** Keeps the cookie as a browser does: no longer than it was told to. */
function browserOf(fixture: StaffFixture, answer: Response) {
  let cookie = { value: '', endsAtMs: 0 }
  function take({ headers }: Response): void {
    const [, value, maxAge] = /^([^;]+); Max-Age=(\d+)/.exec(headers['set-cookie']?.[0] ?? '') ?? []
    if (value) cookie = { value, endsAtMs: fixture.clock.nowMs() + Number(maxAge) * 1000 }
  }
  take(answer)
  return {
    async get(path: string): Promise<number> {
      const isKept = fixture.clock.nowMs() < cookie.endsAtMs
      const got = await clientOf(fixture.app, isKept ? cookie.value : '').get(path)
      take(got)
      return got.status
    },
  }
}

for (const dialect of HOUSE_DIALECTS) {
  describe(`sessions on ${dialect}`, () => {
    let fixture: StaffFixture
    beforeEach(async () => {
      fixture = await openStaffService(dialect)
      await fixture.hire('lan', 'agent', '101')
    })
    afterEach(() => fixture.database.close())

    const wrong = (username = 'lan', address = '192.0.2.1') =>
      fixture.anonymous
        .post('/session', { username, password: 'not this one' })
        .set('X-Forwarded-For', address)

    const right = () =>
      fixture.anonymous
        .post('/session', { username: 'lan', password: PASSWORD })
        .set('X-Forwarded-For', '192.0.2.9')

    it('sign in with a cookie that scripts and other sites cannot use', async () => {
      const { answer, client } = await fixture.signIn('  Lan ')
      expect(answer.status).toBe(200)
      expect(answer.body).toEqual({
        user: {
          id: 'id-000002',
          username: 'lan',
          displayName: 'LAN',
          role: 'agent',
          extension: '101',
        },
      })
      expect(answer.headers['set-cookie']?.[0]).toMatch(
        /^hotline_session=[\w-]{43}; Max-Age=43200; Path=\/; HttpOnly; SameSite=Strict$/,
      )
      expect((await client.get('/session')).body.user.username).toBe('lan')
    })

    it('keep only a hash of the token', async () => {
      const { cookie } = await fixture.signIn('lan')
      const rows = await fixture.database.db.selectFrom('session').selectAll().execute()
      expect(rows).toHaveLength(1)
      expect(JSON.stringify(rows)).not.toContain(cookie.split('=')[1])
    })

    it('are refused in the same words for a wrong password and an unknown user', async () => {
      const known = await wrong()
      const unknown = await wrong('nobody')
      expect(known.status).toBe(401)
      expect(unknown.body).toEqual(known.body)
      expect(known.headers['set-cookie']).toBeUndefined()
    })

    it('cost more and more patience after five failures, whoever asks', async () => {
      for (let n = 0; n < 5; n++) expect((await wrong('lan', `192.0.2.${n}`)).status).toBe(401)
      expect((await wrong('lan', '192.0.2.77')).status).toBe(401)
      const blocked = await fixture.signIn('lan')
      expect(blocked.answer.status).toBe(429)
      expect(blocked.answer.headers['retry-after']).toBe('5')
      await fixture.clock.advance(5000)
      expect((await fixture.signIn('lan')).answer.status).toBe(200)
      expect((await wrong()).status).toBe(401)
    })

    it('slow an address down that tries many names', async () => {
      const tries = await fixture.atOnce(Array.from({ length: 45 }, (_, n) => wrong(`user${n}`)))
      const statuses = tries.map(({ status }) => status)
      expect(statuses.filter((status) => status === 401)).toHaveLength(41)
      expect(statuses.filter((status) => status === 429)).toHaveLength(4)
      expect((await wrong('other', '198.51.100.9')).status).toBe(401)
    })

    it('of a good account win an address no more guesses than it had', async () => {
      const statuses: number[] = []
      for (let round = 0; round < 4; round++) {
        const tries = await fixture.atOnce([
          right(),
          ...Array.from({ length: 20 }, (_, n) => wrong(`user${round}-${n}`, '192.0.2.9')),
        ])
        statuses.push(...tries.map(({ status }) => status))
      }
      expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(41)
      expect(statuses).toContain(429)
    })

    it('that succeed count for nothing, however many an office begins', async () => {
      await fixture.atOnce(Array.from({ length: 40 }, (_, n) => wrong(`user${n}`, '192.0.2.9')))
      for (let n = 0; n < 3; n++) expect((await right()).status).toBe(200)
      expect((await wrong('user99', '192.0.2.9')).status).toBe(401)
      expect((await right()).status).toBe(429)
    })

    it('are slowed down for a whole network of IPv6, not address by address', async () => {
      const tries = await fixture.atOnce(
        Array.from({ length: 45 }, (_, n) => wrong(`user${n}`, `2001:db8:0:1::${n + 1}`)),
      )
      expect(tries.filter(({ status }) => status === 429)).toHaveLength(4)
      expect((await wrong('other', '2001:db8:0:2::1')).status).toBe(401)
    })

    it('forget failures of a week ago, and only those', async () => {
      const keys = async () => {
        const rows = await fixture.database.db
          .selectFrom('sign_in_throttle')
          .select('key')
          .execute()
        return rows.map(({ key }) => key)
      }
      await wrong('old', '192.0.2.1')
      await fixture.clock.advance(7 * 24 * HOUR + 1)
      await wrong('new', '192.0.2.2')
      await fixture.signIn('lan')
      expect(await keys()).not.toContain('account:old')
      expect(await keys()).not.toContain('address:192.0.2.1')
      expect(await keys()).toEqual(expect.arrayContaining(['account:new', 'address:192.0.2.2']))
    })

    it('end at sign-out, with their sockets', async () => {
      const { client, cookie } = await fixture.signIn('lan')
      const { id } = (await fixture.sessions.resolve(cookie.split('=')[1] ?? '')) ?? { id: '' }
      const answer = await client.delete('/session')
      expect(answer.status).toBe(204)
      expect(answer.headers['set-cookie']?.[0]).toContain('Max-Age=0')
      expect((await client.get('/session')).status).toBe(401)
      expect(fixture.notifier.of('disconnect')).toEqual([[{ sessionId: id }]])
    })

    it('leave the phone alone until the last one that lives is signed out', async () => {
      const [page, phone, forgotten] = [
        await fixture.signIn('lan'),
        await fixture.signIn('lan'),
        await fixture.signIn('lan'),
      ]
      await fixture.clock.advance(11 * HOUR)
      await page.client.get('/session')
      await phone.client.get('/session')
      await fixture.clock.advance(2 * HOUR)
      expect((await forgotten.client.get('/session')).status).toBe(401)
      await page.client.delete('/session')
      expect(fixture.facts).toEqual([])
      await phone.client.delete('/session')
      expect(fixture.facts).toEqual([{ type: 'staff_signed_out', staffId: 'id-000002' }])
    })

    it('signed out at the same moment, the last two take the phone along', async () => {
      const both = [await fixture.signIn('lan'), await fixture.signIn('lan')]
      await Promise.all(both.map(({ client }) => client.delete('/session')))
      expect(fixture.facts).toEqual([{ type: 'staff_signed_out', staffId: 'id-000002' }])
    })

    it('that end by their time take the phone along, and only the last of a person', async () => {
      const { client } = await fixture.signIn('lan')
      await fixture.signIn('lan')
      await fixture.clock.advance(11 * HOUR)
      await client.get('/session')
      await fixture.clock.advance(2 * HOUR)
      await fixture.sessions.endExpired()
      expect(fixture.facts).toEqual([])
      await fixture.clock.advance(12 * HOUR)
      await fixture.sessions.endExpired()
      await fixture.sessions.endExpired()
      expect(fixture.facts).toEqual([{ type: 'staff_signed_out', staffId: 'id-000002' }])
    })

    it('last while they are used, and end when they are not', async () => {
      const { client } = await fixture.signIn('lan')
      for (let n = 0; n < 3; n++) {
        await fixture.clock.advance(11 * HOUR)
        expect((await client.get('/session')).status).toBe(200)
      }
      await fixture.clock.advance(12 * HOUR)
      expect((await client.get('/session')).status).toBe(401)
    })

    it('renew their cookie with themselves, on answers that are errors, too', async () => {
      const { client } = await fixture.signIn('lan')
      const maxAge = async (path: string) => {
        const { status, headers } = await client.get(path)
        const cookie = headers['set-cookie']?.[0] ?? 'Max-Age=none'
        return [status, /Max-Age=(\w+)/.exec(cookie)?.[1]]
      }
      expect(await maxAge('/session')).toEqual([200, 'none'])
      await fixture.clock.advance(HOUR)
      expect(await maxAge('/session')).toEqual([200, '43200'])
      expect(await maxAge('/session')).toEqual([200, 'none'])
      await fixture.clock.advance(HOUR)
      expect(await maxAge('/staff')).toEqual([403, '43200'])
      await fixture.clock.advance(HOUR)
      expect((await client.delete('/session')).headers['set-cookie']).toEqual([
        'hotline_session=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict',
      ])
    })

    it('of one hour stay with an agent who asks every half hour for a day', async () => {
      await fixture.database.close()
      fixture = await openStaffService(dialect, { sessionHours: 1 })
      await fixture.hire('lan', 'agent', '101')
      const browser = browserOf(fixture, (await fixture.signIn('lan')).answer)
      for (let n = 0; n < 48; n++) {
        await fixture.clock.advance(HOUR / 2)
        expect([n, await browser.get('/session')]).toEqual([n, 200])
      }
      await fixture.clock.advance(HOUR)
      expect(await browser.get('/session')).toBe(401)
    })

    it('of twelve hours stay with an agent who asks every hour for a day and a half', async () => {
      const browser = browserOf(fixture, (await fixture.signIn('lan')).answer)
      for (let n = 0; n < 36; n++) {
        await fixture.clock.advance(HOUR)
        expect([n, await browser.get('/session')]).toEqual([n, 200])
      }
    })

    it('never give a cookie a longer life than their own week', async () => {
      const { client } = await fixture.signIn('lan')
      for (let hours = 8; hours < 7 * 24; hours += 8) {
        await fixture.clock.advance(8 * HOUR)
        const { headers } = await client.get('/session')
        const left = (7 * 24 - hours) * 3600
        expect(headers['set-cookie']?.[0]).toContain(`Max-Age=${Math.min(12 * 3600, left)};`)
      }
    })

    it('end a week after the sign-in, however busy', async () => {
      const { client } = await fixture.signIn('lan')
      for (let hours = 8; hours < 7 * 24; hours += 8) {
        await fixture.clock.advance(8 * HOUR)
        expect((await client.get('/session')).status).toBe(200)
      }
      await fixture.clock.advance(8 * HOUR)
      expect((await client.get('/session')).status).toBe(401)
    })

    it('are written again only now and then', async () => {
      const { client } = await fixture.signIn('lan')
      const lastSeen = () =>
        fixture.database.db.selectFrom('session').select('last_seen_at').executeTakeFirstOrThrow()
      const before = await lastSeen()
      await fixture.clock.advance(60_000)
      await client.get('/session')
      expect(await lastSeen()).toEqual(before)
      await fixture.clock.advance(240_000)
      await client.get('/session')
      expect(await lastSeen()).not.toEqual(before)
    })

    it('say which of them still hold', async () => {
      const { cookie } = await fixture.signIn('lan')
      const session = await fixture.sessions.resolve(cookie.split('=')[1] ?? '')
      const ids = [session?.id ?? '', 'unknown']
      expect(await fixture.sessions.liveAmong(ids)).toEqual(new Set([session?.id]))
      await fixture.clock.advance(12 * HOUR)
      expect(await fixture.sessions.liveAmong(ids)).toEqual(new Set())
    })

    it('keep no name that nobody has: it may be a password in the wrong field', async () => {
      await fixture.hire('boss', 'admin')
      await wrong('my-secret-password', '192.0.2.5')
      const { client } = await fixture.signIn('boss', PASSWORD)
      const { body } = await client.get('/audit?limit=10')
      expect(JSON.stringify(body)).not.toContain('my-secret-password')
      expect(body.items).toContainEqual(
        expect.objectContaining({ action: 'session.refused', subject: '(unknown name)' }),
      )
    })

    it('leave a trail: who signed in from where, and who was refused', async () => {
      await fixture.hire('boss', 'admin')
      await wrong('lan', '192.0.2.5')
      const { client } = await fixture.signIn('boss', PASSWORD)
      const { body } = await client.get('/audit?limit=2')
      expect(body.items).toMatchObject([
        { action: 'session.signed_in', subject: 'boss', actor: { displayName: 'BOSS' } },
        {
          action: 'session.refused',
          subject: 'lan',
          actor: null,
          detail: { address: '192.0.2.5' },
        },
      ])
      const next = await client.get(`/audit?limit=2&cursor=${body.nextCursor}`)
      expect(next.body.items[0].action).toBe('staff.created')
    })
  })
}
