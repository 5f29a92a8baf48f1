import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import {
  type NotificationPage,
  notificationPage,
} from '../../server/contract/casework/notifications.ts'
import { ticket } from '../../server/contract/tickets.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { Notice } from '../../server/notifications/notification.ts'
import { createNotificationService } from '../../server/notifications/notification-service.ts'
import { createTestClock } from '../support/clock.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { insertPerson } from '../support/house.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'
import { createTestIds } from '../support/ids.ts'
import { createFakeNotifier } from '../support/notifier.ts'
import type { Person } from '../support/person.ts'
import { createShiftedClock } from '../support/shifted-clock.ts'
import { createFakeTelephony } from '../support/telephony.ts'

const DAY_MS = 86_400_000
const nothing = z.null()

const keys = ({ items }: NotificationPage) => items.map(({ fields }) => fields['what'])
const user = (id: string) => {
  return { id, username: id, displayName: id, role: 'agent', extension: null } as const
}

describe.each(HOUSE_DIALECTS)('what people are told on %s', (dialect) => {
  let database: Database
  const clock = createTestClock('2026-11-23T02:00:00.000Z')
  const notifier = createFakeNotifier()
  let service: ReturnType<typeof createNotificationService>

  beforeAll(async () => {
    database = await openTestDatabase(dialect)
    service = createNotificationService({ database, clock, newId: createTestIds('n'), notifier })
  })
  afterAll(() => database.close())

  const tell = (notice: Partial<Notice> & Pick<Notice, 'staffIds' | 'onceKey'>) =>
    database.transaction((trx) =>
      service.tell(trx, { kind: 'team_work', ticketId: null, fields: {}, ...notice }),
    )
  const page = (id: string, query: { unread?: '0' | '1'; limit?: number; cursor?: string } = {}) =>
    service.list(user(id), { unread: '0', limit: 50, ...query })

  test('is told each person once under one key', async () => {
    for (const id of ['an', 'binh']) {
      // oxlint-disable-next-line no-await-in-loop
      await insertPerson(database, user(id))
    }
    await tell({ staffIds: ['an', 'an'], onceKey: 'a', fields: { what: 'a' } })
    await tell({ staffIds: ['an', 'binh'], onceKey: 'a', fields: { what: 'a again' } })
    expect(keys(await page('an'))).toEqual(['a'])
    expect(keys(await page('binh'))).toEqual(['a again'])
    expect(notifier.of('notification').map(([staffId]) => staffId)).toEqual(['an', 'binh'])
    await tell({ staffIds: [], onceKey: 'nobody' })
  })

  test('is not told when what it speaks of did not happen', async () => {
    const told = notifier.of('notification').length
    const failed = database.transaction(async (trx) => {
      const notice = { staffIds: ['an'], kind: 'team_work', ticketId: null, fields: {} } as const
      await service.tell(trx, { ...notice, onceKey: 'never' })
      throw new Error('it did not happen')
    })
    await expect(failed).rejects.toThrow('it did not happen')
    expect(notifier.of('notification')).toHaveLength(told)
    expect((await page('an')).unread).toBe(1)
  })

  test('stays unread until it is read, newest first, in pages', async () => {
    for (const what of ['b', 'c', 'd']) {
      // oxlint-disable-next-line no-await-in-loop
      await clock.advance(1000)
      // oxlint-disable-next-line no-await-in-loop
      await tell({ staffIds: ['an'], onceKey: what, fields: { what } })
    }
    const first = await page('an', { limit: 3 })
    expect([keys(first), first.unread]).toEqual([['d', 'c', 'b'], 4])
    const rest = await page('an', { limit: 3, cursor: first.nextCursor ?? '' })
    expect([keys(rest), rest.nextCursor]).toEqual([['a'], null])
    await service.read(user('an'), first.items[1]?.id ?? '')
    const left = await page('an', { unread: '1' })
    expect([keys(left), left.unread]).toEqual([['d', 'b', 'a'], 3])
    expect((await page('an')).items[1]?.readAt).toBe(clock.now())
  })

  test('is read by its own person alone, and a second reading changes nothing', async () => {
    const [newest] = (await page('an')).items
    const id = newest?.id ?? ''
    await expect(service.read(user('binh'), id)).rejects.toMatchObject({ name: 'NotFound' })
    await service.read(user('an'), id)
    const readAt = clock.now()
    await clock.advance(5000)
    await service.read(user('an'), id)
    expect((await page('an')).items[0]?.readAt).toBe(readAt)
    await service.readAll(user('an'))
    expect((await page('an')).unread).toBe(0)
    expect((await page('binh')).unread).toBe(1)
  })

  test('is forgotten 90 days after it was read, and never unread', async () => {
    await clock.advance(89 * DAY_MS)
    await service.forgetOld(clock.now())
    expect((await page('an')).items).toHaveLength(4)
    await clock.advance(2 * DAY_MS)
    await service.forgetOld(clock.now())
    expect((await page('an')).items).toEqual([])
    expect((await page('binh')).items).toHaveLength(1)
  })
})

describe.each(HOUSE_DIALECTS)('the notifications of a person over HTTP on %s', (dialect) => {
  const clock = createShiftedClock()
  let hotline: Hotline
  let agent: Person
  beforeAll(async () => {
    const telephony = { ...createFakeTelephony(), start() {}, async stop() {} }
    hotline = await startHotline({
      amiUrl: 'ami://a:b@127.0.0.1:1/pbx1',
      dialect,
      createTelephony: () => telephony,
      clock,
    })
    agent = await hotline.hire('an', 'agent', '201')
  })
  afterAll(() => hotline.stop())

  test('arrive over the socket when an alarm is due, and leave the list when they are read', async () => {
    const listener = await agent.listen()
    const order = { channel: 'counter', kind: 'incident', number: '0912345678' }
    const { id, clocks } = await agent.send('POST', '/tickets', order, ticket)
    expect(clocks.map(({ kind }) => kind)).toEqual(['overall', 'acknowledgement', 'restoration'])
    const callback = { inMinutes: 11 }
    await agent.send('POST', `/tickets/${id}/callbacks`, callback, z.unknown())
    expect((await agent.get('/notifications?unread=1', notificationPage)).items).toEqual([])
    clock.shift(61_000)
    const news = await listener.waitFor('notification', ({ ticket: of }) => of?.id === id)
    expect(news.fields).toMatchObject({ clock: 'promise', step: 'minutes_10' })
    const unread = await agent.get('/notifications?unread=1', notificationPage)
    expect(unread).toMatchObject({ items: [{ id: news.id }], unread: 1 })
    await agent.send('POST', `/notifications/${news.id}/read`, {}, nothing)
    expect((await agent.get('/notifications?unread=1', notificationPage)).unread).toBe(0)
    expect((await agent.get('/notifications', notificationPage)).items).toHaveLength(1)
    await agent.send('POST', '/notifications/read-all', {}, nothing)
    listener.close()
    const wrong = agent.send('POST', '/notifications/none/read', {}, nothing)
    await expect(wrong).rejects.toMatchObject({ status: 404 })
  })
})
