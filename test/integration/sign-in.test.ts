import type { Response } from 'supertest'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSignInGuard } from '../../server/staff/sign-in-guard-service.ts'
import { createPasswordHashing } from '../../server/staff/password.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { clientOf } from '../support/http.ts'
import { openStaffService, PASSWORD, type StaffFixture } from './staff-fixture.ts'
import { eventually } from '../support/eventually.ts'

const HOME = '198.51.100.1'
const DAY = 24 * 3_600_000

/** The browser's own cookie, kept after the session's. */
function deviceOf({ headers }: Response): string {
  const cookies: string[] = [headers['set-cookie'] ?? []].flat()
  return cookies.find((one) => one.startsWith('hotline_device='))?.split(';')[0] ?? ''
}

for (const dialect of HOUSE_DIALECTS) {
  describe(`the throttle of sign-ins on ${dialect}`, () => {
    let fixture: StaffFixture
    beforeEach(async () => {
      fixture = await openStaffService(dialect)
      await fixture.hire('lan', 'agent', '101')
    })
    afterEach(() => fixture.database.close())

    function attempt(username: string, password: string, address: string, cookie?: string) {
      const body = { username, password }
      return clientOf(fixture.app, cookie).post('/session', body).set('X-Forwarded-For', address)
    }
    const wrong = (username: string, address: string, cookie?: string) =>
      attempt(username, 'not this one', address, cookie)
    const right = (address = HOME, cookie?: string) => attempt('lan', PASSWORD, address, cookie)

    async function guessFromEverywhere(username: string): Promise<void> {
      for (let n = 1; n <= 8; n++) await wrong(username, `192.0.2.${n}`)
    }

    it('keeps no owner out of a network they have signed in from, however many guess', async () => {
      expect((await right()).status).toBe(200)
      await guessFromEverywhere('lan')
      expect((await right('203.0.113.5')).status).toBe(429)
      expect((await right()).status).toBe(200)
    })

    it('keeps no owner out of a browser they have signed in with, wherever it is', async () => {
      const device = deviceOf(await right())
      expect(device).toMatch(/^hotline_device=[\w-]{43}$/)
      await guessFromEverywhere('lan')
      expect((await right('203.0.113.5')).status).toBe(429)
      expect((await right('203.0.113.5', device)).status).toBe(200)
    })

    it('slows guesses down from a known browser and network, too', async () => {
      const device = deviceOf(await right())
      const statuses: number[] = []
      for (let n = 0; n < 7; n++) statuses.push((await wrong('lan', HOME, device)).status)
      expect(statuses).toEqual([401, 401, 401, 401, 401, 401, 429])
      for (let n = 0; n < 7; n++) statuses.push((await wrong('lan', HOME)).status)
      expect(statuses.slice(7)).toEqual([401, 401, 401, 401, 401, 401, 429])
    })

    it('takes the cookie of a browser for the people who signed in with it, and nobody else', async () => {
      const device = deviceOf(await right())
      await fixture.hire('mai', 'agent', '102')
      await guessFromEverywhere('mai')
      expect((await attempt('mai', PASSWORD, HOME, device)).status).toBe(429)
      await fixture.clock.advance(DAY)
      const again = await attempt('mai', PASSWORD, '203.0.113.7', device)
      expect(deviceOf(again)).toBe(device)
      await guessFromEverywhere('mai')
      expect((await attempt('mai', PASSWORD, '203.0.113.8', device)).status).toBe(200)
    })

    it('knows a browser and a network no longer than 90 days', async () => {
      const device = deviceOf(await right())
      await fixture.clock.advance(91 * DAY)
      await guessFromEverywhere('lan')
      expect((await right(HOME, device)).status).toBe(429)
    })

    it('refuses nobody of an office of fifty that begins at once from one address', async () => {
      const names = Array.from({ length: 50 }, (_, n) => `agent${n}`)
      await Promise.all(names.map((name) => fixture.hire(name)))
      const shift = await fixture.atOnce(names.map((name) => attempt(name, PASSWORD, HOME)))
      expect(shift.filter(({ status }) => status === 200)).toHaveLength(50)
      expect((await wrong('agent1', HOME)).status).toBe(401)
      expect((await attempt('agent1', PASSWORD, HOME)).status).toBe(200)
    })

    it('refuses none of fifty right sign-ins of one account at once', async () => {
      const all = await fixture.atOnce(Array.from({ length: 50 }, () => right()))
      expect(all.filter(({ status }) => status === 200)).toHaveLength(50)
    })

    it('cannot be emptied by who has an account: each round of guesses counts', async () => {
      let verified = 0
      for (let round = 0; round < 4; round++) {
        const [, ...guesses] = await fixture.atOnce([
          right(),
          ...Array.from({ length: 20 }, (_, n) => wrong(`other${round}-${n}`, HOME)),
        ])
        verified += guesses.filter(({ status }) => status === 401).length
      }
      expect(verified).toBeLessThanOrEqual(41)
    })

    it('keeps waiting who guesses, though somebody signs in beside them meanwhile', async () => {
      const guard = createSignInGuard(fixture)
      const from = { address: HOME, deviceToken: null }
      const count = async (username: string) =>
        guard.count(await guard.originOf({ username, ...from }, null))
      const underWay = await count('lan')
      for (let n = 0; n < 40; n++) await count(`name${n}`)
      await fixture.database.transaction((trx) => guard.giveBack(trx, underWay))
      await expect(count('name40')).rejects.toThrow('too many tries')
    })

    it('turns a right sign-in away for no crowd of guessers, and counts no try that waits', async () => {
      await right()
      const crowd = Array.from({ length: 120 }, (_, n) => wrong(`name${n}`, `10.0.${n}.1`))
      const answers = await fixture.atOnce([...crowd, right('203.0.113.9'), right()])
      const [stranger, known] = answers.splice(-2)
      expect([known?.status, stranger?.status]).toEqual([200, 200])
      expect(answers.filter(({ status }) => status !== 401)).toEqual([])
    })

    it('lets who is known pass a crowd of guessers that came before', async () => {
      await right()
      const crowd = Array.from({ length: 30 }, (_, n) => wrong(`name${n}`, `10.0.${n}.1`))
      await fixture.atOnce([...crowd, right()])
      const rows = await fixture.database.db
        .selectFrom('audit')
        .select('action')
        .orderBy('id')
        .execute()
      const done = rows.map(({ action }) => action).slice(rows.length - 31)
      expect(done.indexOf('session.signed_in')).toBeLessThan(5)
      expect(done.filter((action) => action === 'session.refused')).toHaveLength(30)
    })

    it('counts where a request comes from as far as proxies are trusted, and not what else it says', async () => {
      for (let n = 0; n < 42; n++) {
        const { status } = await wrong(`name${n}`, `192.0.2.${n}, ${HOME}`)
        expect(status).toBe(n < 41 ? 401 : 429)
      }
      const bare = await openStaffService(dialect, { sessionHours: 12, trustProxy: 0 })
      for (let n = 0; n < 42; n++) {
        const body = { username: `name${n}`, password: 'not this one' }
        const request = clientOf(bare.app).post('/session', body)
        const { status } = await request.set('X-Forwarded-For', `192.0.2.${n}`)
        expect(status).toBe(n < 41 ? 401 : 429)
      }
      await bare.database.close()
    })

    it('outlives no correction of the clock', async () => {
      fixture.clock.set('2026-11-25T02:00:00.000Z')
      for (let n = 0; n < 12; n++) {
        await wrong('lan', HOME)
        await fixture.clock.advance(60_000)
      }
      expect((await right()).status).toBe(429)
      fixture.clock.set('2026-11-23T02:00:00.000Z')
      expect((await right()).status).toBe(200)
      for (let n = 0; n < 6; n++) expect((await wrong('lan', '203.0.113.9')).status).toBe(401)
      expect((await wrong('lan', '203.0.113.9')).status).toBe(429)
    })
  })

  describe(`a sign-in under way on ${dialect}`, () => {
    let fixture: StaffFixture
    beforeEach(async () => {
      // what is done to the account happens while the hash is made, so it takes its time
      fixture = await openStaffService(dialect, { sessionHours: 12 }, createPasswordHashing())
    })
    afterEach(() => fixture.database.close())

    /** Who keeps signing in with the old password, while something is done to the account. */
    async function liveAfter(change: () => Promise<unknown>): Promise<number> {
      const signedIn = Promise.all(Array.from({ length: 8 }, () => fixture.signIn('lan')))
      await change()
      const live = await Promise.all(
        (await signedIn)
          .filter(({ answer }) => answer.status === 200)
          .map(({ client }) => client.get('/session')),
      )
      return live.filter(({ status }) => status === 200).length
    }

    it('ends with the password that it began with', async () => {
      const { id, version } = await fixture.hire('lan', 'agent', '101')
      const patch = { version, password: 'another long password' }
      expect(await liveAfter(() => fixture.staff.change('admin-id', id, patch))).toBe(0)
      await fixture.clock.advance(300_000)
      expect((await fixture.signIn('lan', patch.password)).answer.status).toBe(200)
    })

    it('ends when its person is deactivated, also for when they come back', async () => {
      const { id, version } = await fixture.hire('lan', 'agent', '101')
      const from = { address: HOME, userAgent: '', deviceToken: null }
      const underWay = fixture.sessions.signIn({ username: 'lan', password: PASSWORD, ...from })
      const counted = () =>
        fixture.database.db.selectFrom('sign_in_throttle').select('key').execute()
      await eventually(async () => expect(await counted()).not.toEqual([]), 1)
      await fixture.staff.change('admin-id', id, { version, active: false })
      await fixture.staff.change('admin-id', id, { version: version + 1, active: true })
      const token = await underWay.then(
        (opened) => opened.token,
        () => 'refused',
      )
      expect(await fixture.sessions.identify(token)).toBeNull()
    })
  })
}
