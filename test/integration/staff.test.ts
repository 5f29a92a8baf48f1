import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { isUniqueViolation } from '../../server/db/database.ts'
import { createStaffFeature } from '../../server/staff/staff-feature.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import type { HttpClient } from '../support/http.ts'
import { openStaffService, PASSWORD, type StaffFixture } from './staff-fixture.ts'

const HOUR = 3_600_000

for (const dialect of HOUSE_DIALECTS) {
  describe(`staff on ${dialect}`, () => {
    let fixture: StaffFixture
    let admin: HttpClient
    beforeEach(async () => {
      fixture = await openStaffService(dialect)
      await fixture.staff.ensureFirstAdmin(PASSWORD)
      admin = (await fixture.signIn('admin')).client
    })
    afterEach(() => fixture.database.close())

    const lan = {
      username: 'lan',
      displayName: 'Nguyễn Thị Lan',
      role: 'agent',
      extension: '101',
      password: PASSWORD,
    }

    it('are added by an administrator and can sign in at once', async () => {
      const answer = await admin.post('/staff', lan)
      expect(answer.status).toBe(201)
      expect(answer.body).toMatchObject({ username: 'lan', active: true, version: 1 })
      expect(JSON.stringify(answer.body)).not.toContain('argon2')
      expect((await fixture.signIn('lan')).answer.status).toBe(200)
      expect(fixture.staff.byExtension('101')?.username).toBe('lan')
    })

    it('are refused with the field and what is right', async () => {
      const answer = await admin.post('/staff', { ...lan, extension: 'x', password: 'short' })
      expect(answer.status).toBe(400)
      expect(answer.body.errors).toEqual([
        { path: 'extension', message: 'must be 2 to 6 digits, for example 101' },
        { path: 'password', message: 'must have at least 10 characters' },
      ])
    })

    it('have a mobile as it is dialled, and what is none is refused', async () => {
      const order = { ...lan, username: 'tech', role: 'field', extension: null }
      const { body } = await admin.post('/staff', { ...order, mobile: '+84 987 654 321' })
      expect(body.mobile).toBe('0987654321')
      const path = `/staff/${body.id}`
      for (const mobile of ['024 3822 3344', '19000382', '+1 202 555 0123', '101']) {
        // oxlint-disable-next-line no-await-in-loop
        const wrong = await admin.patch(path, { version: 1, mobile })
        expect(wrong.body).toMatchObject({ status: 422, errors: [{ code: 'not_mobile' }] })
      }
      const none = await admin.patch(path, { version: 1, mobile: null })
      expect(none.body).toMatchObject({ mobile: null, version: 2 })
    })

    it('share no mobile: a call of it is of one person, until they leave', async () => {
      const order = { ...lan, role: 'field', extension: null, mobile: '0987 654 321' }
      const { body } = await admin.post('/staff', order)
      const second = { ...order, username: 'tech', mobile: '+84987654321' }
      expect((await admin.post('/staff', second)).body).toMatchObject({
        status: 409,
        detail: 'the mobile 0987654321 belongs to Nguyễn Thị Lan',
      })
      await admin.patch(`/staff/${body.id}`, { version: 1, active: false })
      expect((await admin.post('/staff', second)).status).toBe(201)
      const back = await admin.patch(`/staff/${body.id}`, { version: 2, active: true })
      expect(back.status).toBe(409)
    })

    it('share no mobile, nor does the database take a second one', async () => {
      const order = { ...lan, role: 'field', extension: null, mobile: '0987 654 321' }
      const { body } = await admin.post('/staff', order)
      const row = fixture.database.db.selectFrom('staff').selectAll().where('id', '=', body.id)
      const other = { ...(await row.executeTakeFirstOrThrow()), id: 'o', username: 'o' }
      const add = (active: number) =>
        fixture.database.db
          .insertInto('staff')
          .values({ ...other, active })
          .execute()
      await expect(add(1)).rejects.toSatisfy(isUniqueViolation)
      await add(0)
    })

    it('share neither user name nor extension', async () => {
      await admin.post('/staff', lan)
      const name = await admin.post('/staff', { ...lan, extension: '102' })
      expect(name.body).toMatchObject({ status: 409, detail: 'the user name lan is taken' })
      const phone = await admin.post('/staff', { ...lan, username: 'mai' })
      expect(phone.body).toMatchObject({
        status: 409,
        detail: 'extension 101 belongs to Nguyễn Thị Lan',
      })
    })

    it('taken twice at the same moment, one is refused', async () => {
      const both = await Promise.all([admin.post('/staff', lan), admin.post('/staff', lan)])
      expect(new Set(both.map(({ status }) => status))).toEqual(new Set([201, 409]))
    })

    it('change with the version that was read, else 409', async () => {
      const { body } = await admin.post('/staff', lan)
      const changed = await admin.patch(`/staff/${body.id}`, { version: 1, extension: '105' })
      expect(changed.body).toMatchObject({ extension: '105', version: 2 })
      const stale = await admin.patch(`/staff/${body.id}`, { version: 1, displayName: 'X' })
      expect(stale.status).toBe(409)
      expect(fixture.staff.byExtension('101')).toBeNull()
      expect(fixture.staff.byExtension('105')?.username).toBe('lan')
      expect((await admin.patch('/staff/nobody', { version: 1 })).status).toBe(404)
    })

    it('made inactive are signed out, lose their sockets and cannot come back', async () => {
      const { body } = await admin.post('/staff', lan)
      const { client } = await fixture.signIn('lan')
      await admin.patch(`/staff/${body.id}`, { version: 1, active: false })
      expect((await client.get('/session')).status).toBe(401)
      expect((await fixture.signIn('lan')).answer.status).toBe(401)
      expect(fixture.notifier.of('disconnect')).toEqual([[{ staffId: body.id }]])
      expect(fixture.staff.byExtension('101')).toBeNull()
      expect(fixture.staff.byId(body.id)?.displayName).toBe('Nguyễn Thị Lan')
    })

    it('get a new password, and old sessions end with the old one', async () => {
      const { body } = await admin.post('/staff', lan)
      const { client } = await fixture.signIn('lan')
      await admin.patch(`/staff/${body.id}`, { version: 1, password: 'another good one' })
      expect((await client.get('/session')).status).toBe(401)
      expect((await fixture.signIn('lan')).answer.status).toBe(401)
      expect((await fixture.signIn('lan', 'another good one')).answer.status).toBe(200)
    })

    it('who get a new password leave the queues with their sessions', async () => {
      const { body } = await admin.post('/staff', lan)
      await admin.patch(`/staff/${body.id}`, { version: 1, password: 'another good one' })
      expect(fixture.facts).toEqual([{ type: 'staff_signed_out', staffId: body.id }])
    })

    it('made inactive free their extension, and what was theirs stays theirs', async () => {
      const { body } = await admin.post('/staff', lan)
      const then = fixture.clock.now()
      await fixture.clock.advance(HOUR)
      const { body: left } = await admin.patch(`/staff/${body.id}`, { version: 1, active: false })
      expect(left.extension).toBeNull()
      const mai = await admin.post('/staff', { ...lan, username: 'mai', displayName: 'Mai' })
      expect(mai.status).toBe(201)
      const whose = (at: string) => fixture.staff.byExtensionAt('101', at)?.username
      expect([whose(then), whose(fixture.clock.now())]).toEqual(['lan', 'mai'])
      await fixture.staff.load()
      expect([whose(then), whose(fixture.clock.now())]).toEqual(['lan', 'mai'])
    })

    it('begin anew on the page when their role changes, without a new sign-in', async () => {
      const { body } = await admin.post('/staff', lan)
      const { client } = await fixture.signIn('lan')
      await admin.patch(`/staff/${body.id}`, { version: 1, role: 'supervisor' })
      expect((await client.get('/session')).body.user.role).toBe('supervisor')
      expect((await client.get('/staff')).status).toBe(200)
      expect(fixture.notifier.of('disconnect')).toEqual([[{ staffId: body.id }]])
    })

    it('never lose their last active administrator', async () => {
      const { items } = (await admin.get('/staff')).body
      const answer = await admin.patch(`/staff/${items[0].id}`, { version: 1, active: false })
      expect(answer.status).toBe(409)
      expect(answer.body.detail).toContain('last active administrator')
    })

    it.each([undefined, 'another good one'])(
      'cannot remove the last two administrators by each other at once (password: %s)',
      async (password) => {
        const [first] = (await admin.get('/staff')).body.items
        const { body: second } = await admin.post('/staff', { ...lan, role: 'admin' })
        const toAgent = { version: 1, role: 'agent' as const, ...(password && { password }) }
        const answers = await Promise.allSettled(
          [first, second].map(({ id }) => fixture.staff.change('admin-id', id, toAgent)),
        )
        expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
        const left = await fixture.database.db
          .selectFrom('staff')
          .select('id')
          .where('role', '=', 'admin')
          .where('active', '=', 1)
          .execute()
        expect(left).toHaveLength(1)
      },
    )

    it('are listed page by page', async () => {
      await admin.post('/staff', lan)
      const first = await admin.get('/staff?limit=1')
      expect(first.body).toMatchObject({ items: [{ username: 'admin' }], nextCursor: 'admin' })
      const second = await admin.get('/staff?limit=1&cursor=admin')
      expect(second.body).toMatchObject({ items: [{ username: 'lan' }], nextCursor: null })
    })

    it('leave what was changed in the audit', async () => {
      const { body } = await admin.post('/staff', lan)
      await admin.patch(`/staff/${body.id}`, { version: 1, role: 'noc', password: PASSWORD })
      const { items } = (await admin.get('/audit?action=staff.changed')).body
      expect(items).toMatchObject([
        {
          subject: 'lan',
          actor: { displayName: 'Quản trị viên' },
          detail: { role: 'agent → noc', password: 'changed' },
        },
      ])
    })

    it('lose the phone they had, and only then', async () => {
      const { body } = await admin.post('/staff', lan)
      await admin.patch(`/staff/${body.id}`, { version: 1, extension: '102' })
      const lost = { type: 'staff_phone_lost', staffId: body.id, extension: '101' }
      expect(fixture.facts).toEqual([lost])
      await admin.patch(`/staff/${body.id}`, { version: 2, displayName: 'Lan' })
      expect(fixture.facts).toEqual([lost])
    })

    it('keep their phone when somebody else was faster at the save', async () => {
      const { body } = await admin.post('/staff', lan)
      await fixture.database.db.updateTable('staff').set({ version: 7 }).execute()
      const answer = await admin.patch(`/staff/${body.id}`, { version: 1, extension: '102' })
      expect(answer.status).toBe(409)
      expect(fixture.facts).toEqual([])
      expect(fixture.staff.byExtension('101')?.id).toBe(body.id)
    })

    it('are known again after a restart', async () => {
      await admin.post('/staff', lan)
      const again = createStaffFeature({
        ...fixture,
        state: async () => {},
        settings: { sessionHours: 12, secure: false, adminPassword: PASSWORD },
      })
      expect(await again.start()).toBeNull()
      expect(again.staff.byExtension('101')?.username).toBe('lan')
    })
  })

  describe(`the first administrator on ${dialect}`, () => {
    it('gets a one-time password when none was given, and only when nobody is there', async () => {
      const fixture = await openStaffService(dialect)
      const printed = await fixture.staff.ensureFirstAdmin(null)
      expect(printed).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
      expect((await fixture.signIn('admin', printed ?? '')).answer.status).toBe(200)
      expect(await fixture.staff.ensureFirstAdmin(null)).toBeNull()
      await fixture.database.close()
    })

    it('has the password of the environment when one was given', async () => {
      const fixture = await openStaffService(dialect)
      expect(await fixture.staff.ensureFirstAdmin(PASSWORD)).toBeNull()
      expect((await fixture.signIn('admin')).answer.status).toBe(200)
      await fixture.database.close()
    })
  })
}
