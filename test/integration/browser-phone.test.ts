import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { agentState, deskSnapshot } from '../../server/contract/desk.ts'
import { browserPhones, ownPhone, staffMember } from '../../server/contract/staff.ts'
import { openDatabase } from '../../server/db/database.ts'
import type { TelephonyEars } from '../../server/ports.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import type { Person } from '../support/person.ts'
import { aMember } from '../support/queue-events.ts'
import { createFakeTelephony, type FakeTelephony } from '../support/telephony.ts'

const URL = 'wss://pbx.example.vn:8089/ws'
const SECRET = 'of-web-101-091234567890'
const WITH_PHONE = { BROWSER_PHONE_URL: URL, BROWSER_PHONE_KEY: 'k'.repeat(32) }

for (const dialect of HOUSE_DIALECTS) {
  describe(`the browser phone on ${dialect}`, () => {
    let hotline: Hotline
    let telephony: FakeTelephony
    let ears: TelephonyEars
    let lan: Person
    /** What the service ordered, with where its ears said that the person is. */
    let orders: string[]

    async function start(env: Record<string, string> = WITH_PHONE): Promise<void> {
      telephony = createFakeTelephony()
      orders = []
      hotline = await startHotline({
        amiUrl: 'ami://a:b@127.0.0.1:1/pbx1',
        dialect,
        env,
        createTelephony(heard) {
          ears = heard
          return { ...telephony, start() {}, async stop() {} }
        },
      })
      telephony.onMembership(({ queue, extension, state }) => {
        const device = ears.deviceOf(extension)
        const alone = ears.hasOtherPhone(extension) ? '' : ' alone'
        orders.push(`${extension} ${state} at ${device}${alone}`)
        const isWeb = device === 'web'
        const member = aMember(extension, {
          queue,
          ...(isWeb ? { isWeb, interface: `PJSIP/web-${extension}` } : {}),
        })
        const at = new Date().toISOString()
        if (state === 'ready') {
          for (const one of [`PJSIP/${extension}`, `PJSIP/web-${extension}`])
            ears.onQueueEvent({ pbxId: 'pbx1', at, type: 'member_removed', queue, interface: one })
          ears.onQueueEvent({ pbxId: 'pbx1', at, type: 'member_added', member })
        }
      })
      lan = await hotline.hire('lan', 'agent', '101')
    }
    beforeEach(() => start())
    afterEach(() => hotline.stop())

    const give = (secret: string | null, to = lan) =>
      hotline.admin.send('PUT', `/staff/${to.user.id}/phone`, { secret }, z.null())
    const choose = (device: 'desk' | 'web') => lan.send('POST', '/desk/phone', { device }, ownPhone)
    const own = (person = lan) => person.get('/desk/phone', ownPhone)

    it('is offered with its secret given, which comes only when the page is the phone', async () => {
      expect(await own()).toEqual({ device: 'desk', isOffered: false, account: null })
      await give(SECRET)
      expect(await own()).toEqual({ device: 'desk', isOffered: true, account: null })
      const account = { url: URL, user: 'web-101', secret: SECRET }
      expect(await choose('web')).toEqual({ device: 'web', isOffered: true, account })
      await give(null)
      expect(await own()).toEqual({ device: 'desk', isOffered: false, account: null })
      await give(SECRET)
      await choose('web')
      await hotline.restart()
      lan = await eventually(() => hotline.signIn('lan'))
      expect(await own()).toMatchObject({ device: 'web', account })
    })

    it('shows its secret to nobody else: no list, no audit, no column, no later cache', async () => {
      const minh = await hotline.hire('minh', 'agent', '102')
      await give(SECRET)
      await choose('web')
      expect(await own(minh)).toMatchObject({ account: null })
      const texts = await Promise.all(
        ['/staff', '/staff/phones', '/audit', '/desk', '/queues'].map((path) =>
          hotline.admin.get(path, z.unknown()).then((answer) => JSON.stringify(answer)),
        ),
      )
      expect(texts.join()).not.toContain(SECRET)
      expect(texts[2]).toContain('staff.browser_phone_given')
      expect(await hotline.admin.get('/staff/phones', browserPhones)).toEqual({
        isEnabled: true,
        items: [{ staffId: lan.user.id, device: 'web' }],
      })
      const headers = { cookie: lan.cookie }
      const answer = await fetch(`${hotline.url}/api/desk/phone`, { headers })
      expect(answer.headers.get('cache-control')).toBe('no-store')
      const { row, bytes } = await keptPhone(hotline.databaseUrl)
      expect(row).toMatchObject({ staff_id: lan.user.id, device: 'web' })
      expect(bytes).toContain(row.sealed_secret)
      expect(bytes).not.toContain(SECRET)
    })

    it('is told to the PBX by one order each way, in which the person stays ready', async () => {
      await give(SECRET)
      await lan.send('POST', '/desk/state', { state: 'ready' }, agentState)
      const listener = await lan.listen()
      await choose('web')
      const news = await listener.waitFor('agent_state', ({ device }) => device === 'web')
      expect(news.state).toBe('ready')
      const toWeb = ['101 ready at desk', '101 ready at web']
      await eventually(() => expect(orders).toEqual(toWeb))
      expect((await lan.get('/desk', deskSnapshot)).state).toMatchObject({
        state: 'ready',
        device: 'web',
        confirmed: true,
      })
      await choose('desk')
      await listener.waitFor('agent_state', ({ device, confirmed }) => !device && confirmed)
      await eventually(() => expect(orders).toEqual([...toWeb, '101 ready at desk']))
    })

    it('is asked to leave the queues only where somebody has or had one, or a PBX shows it', async () => {
      await lan.send('POST', '/desk/state', { state: 'ready' }, agentState)
      await eventually(() => expect(orders).toEqual(['101 ready at desk alone']))
      await give(SECRET)
      await choose('web')
      await eventually(() => expect(orders.slice(1)).toEqual(['101 ready at web']))
      await give(null)
      await eventually(() => expect(orders.slice(2)).toEqual(['101 ready at desk']))
      await hotline.restart()
      expect(ears.hasOtherPhone('101')).toBe(false)
      const member = aMember('101', { isWeb: true, interface: 'PJSIP/web-101' })
      const at = new Date().toISOString()
      ears.onQueueEvent({ pbxId: 'pbx1', at, type: 'member_added', member })
      expect(ears.hasOtherPhone('101')).toBe(true)
    })

    it('is not changed under a call', async () => {
      await give(SECRET)
      await lan.send('POST', '/desk/state', { state: 'ready' }, agentState)
      const member = aMember('101', { deviceStatus: 2 })
      const at = new Date().toISOString()
      ears.onQueueEvent({ pbxId: 'pbx1', at, type: 'member_status', member })
      await expect(choose('web')).rejects.toThrow('409')
      expect(await own()).toMatchObject({ device: 'desk' })
    })

    it('is no longer theirs with another extension', async () => {
      await give(SECRET)
      await choose('web')
      const { items } = await hotline.admin.get('/staff', z.object({ items: z.array(staffMember) }))
      const version = items.find(({ id }) => id === lan.user.id)?.version
      const change = { version, extension: '105' }
      await hotline.admin.send('PATCH', `/staff/${lan.user.id}`, change, staffMember)
      expect(await own()).toEqual({ device: 'desk', isOffered: false, account: null })
      await expect(choose('web')).rejects.toThrow('422')
    })

    it('is offered to nobody without its address', async () => {
      await hotline.stop()
      await start({})
      await expect(give(SECRET)).rejects.toThrow('409')
      expect(await own()).toEqual({ device: 'desk', isOffered: false, account: null })
    })
  })
}

/** The only phone there is: its row, and the files of the database or else the text of that row. */
async function keptPhone(databaseUrl: string) {
  const database = await openDatabase(databaseUrl)
  const row = await database.db.selectFrom('browser_phone').selectAll().executeTakeFirstOrThrow()
  await database.close()
  if (!databaseUrl.startsWith('sqlite:')) return { row, bytes: JSON.stringify(row) }
  const file = databaseUrl.replace('sqlite:', '')
  const parts = await Promise.all(
    ['', '-wal'].map((end) => readFile(file + end, 'latin1').catch(() => '')),
  )
  return { row, bytes: parts.join('') }
}
