import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { outageCreate } from '../../server/contract/casework/outages.ts'
import type { Database } from '../../server/db/transaction.ts'
import { plusMs } from '../../server/time.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { BOSS, LAN, NOC, openOutageHouse, type OutageHouse } from '../support/outage-house.ts'

const MINUTE_MS = 60_000
/** 9:00 on a Monday in Vietnam. */
const START = '2026-11-23T02:00:00.000Z'
const minute = (minutes: number) => plusMs(START, minutes * MINUTE_MS)
const CLOSE = { resolutionCode: 'fixed_on_site', resolution: 'Hàn lại cáp', causeCode: 'fibre_cut' }

describe.each(HOUSE_DIALECTS)('the end of an area outage on %s', (dialect) => {
  let database: Database
  let clock: TestClock
  let house: OutageHouse
  let parent: string

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    clock = createTestClock(START)
    house = await openHouse()
    const order = { area: 'Cầu Giấy', message: 'Đứt cáp', callbacksPerMinute: 4 }
    const { ticket } = await house.outages.service.open(outageCreate.parse(order), LAN)
    parent = ticket?.id ?? 'none'
  })
  afterEach(() => database.close())

  function openHouse(hire = true): Promise<OutageHouse> {
    const callbackHours = { from: '08:00', to: '21:00' }
    return openOutageHouse(database, { clock, hire, callbackHours })
  }

  /** A child of each customer, in this state: `hotline` is called back. */
  async function child(index: number, channel = 'hotline'): Promise<string> {
    const id = await house.open(`09120000${10 + index}`)
    await database.db.updateTable('ticket').set({ channel }).where('id', '=', id).execute()
    await house.act(LAN, id, 'skip_guidance', { reason: 'los_red' })
    await house.act(NOC, id, 'link_outage', { outageId: parent })
    return id
  }

  async function children(count: number): Promise<string[]> {
    const ids: string[] = []
    for (let i = 0; i < count; i++) {
      // oxlint-disable-next-line no-await-in-loop
      ids.push(await child(i))
    }
    return ids
  }

  /** NOC finds and mends it; reception closes the parent at that minute. */
  async function closeParent(at: number): Promise<void> {
    clock.set(minute(at))
    await house.act(NOC, parent, 'accept')
    await house.act(NOC, parent, 'core_fixable', { causeCode: 'fibre_cut' })
    await house.act(NOC, parent, 'core_done', { note: 'đã hàn' })
    await house.act(NOC, parent, 'verify', { result: 'ok', testResult: 'ping tốt' })
    expect((await house.ticket(parent)).status).toBe('confirmed')
    await house.act(LAN, parent, 'close', CLOSE)
  }

  const statuses = async (ids: readonly string[]) =>
    Promise.all(ids.map(async (id) => (await house.ticket(id)).status))

  async function promises() {
    return database.db
      .selectFrom('callback')
      .select(['due_at', 'assignee_id', 'ticket_id'])
      .orderBy('due_at')
      .execute()
  }

  async function releaseAll(of: OutageHouse = house): Promise<void> {
    const left = async () => (await of.outages.service.get(parent)).children
    for (let looks = 0; (await left()) > 0 && looks < 20; looks++) {
      // oxlint-disable-next-line no-await-in-loop
      await of.outages.loop.run()
    }
  }

  test('brings its children to the answer, called back one after the other by several people', async () => {
    const ids = await children(5)
    await database.db.updateTable('ticket').set({ reception_id: null }).execute()
    await closeParent(60)
    await releaseAll()
    expect(await statuses(ids)).toEqual(ids.map(() => 'customer_reply'))
    const queued = await promises()
    expect(queued.map(({ due_at }) => due_at)).toEqual(
      [0, 15, 30, 45, 60].map((seconds) => plusMs(minute(60), seconds * 1000)),
    )
    expect(new Set(queued.map(({ assignee_id }) => assignee_id))).toEqual(new Set(['lan', 'mai']))
    const queuedBy = await database.db
      .selectFrom('ticket_timeline')
      .select('actor_id')
      .where('kind', '=', 'callback_promised')
      .execute()
    expect(queuedBy).toEqual(ids.map(() => ({ actor_id: null })))
    const [first = ''] = ids
    const { clocks, timeline, resultKnownAt, restoredAt, outage } = await house.ticket(first)
    const shown = { resultKnownAt, restoredAt, outage }
    expect(shown).toEqual({ resultKnownAt: minute(60), restoredAt: minute(60), outage: null })
    const noc = clocks.find(({ kind }) => kind === 'noc')
    expect(noc).toMatchObject({ stoppedAt: minute(60), netSeconds: 0, rawSeconds: 3600 })
    const reply = clocks.find(({ kind }) => kind === 'reply')
    expect(reply).toMatchObject({ startedAt: minute(60), dueAt: minute(180), pausedBy: null })
    expect(timeline.filter(({ kind }) => kind === 'moved').at(-1)?.fields).toMatchObject({
      action: 'outage_ended',
      from: 'noc_queued',
      to: 'customer_reply',
      outageId: parent,
    })
  })

  test('leaves those alone whose answer is on its way, and lets their clocks go on', async () => {
    const [id = ''] = await children(1)
    await database.db
      .updateTable('ticket')
      .set({ status: 'recheck', team: 'cskh' })
      .where('id', '=', id)
      .execute()
    await closeParent(60)
    await releaseAll()
    const { status, clocks } = await house.ticket(id)
    expect(status).toBe('recheck')
    expect(clocks.find(({ kind }) => kind === 'noc')).toMatchObject({ pausedBy: null })
    expect(await promises()).toEqual([])
  })

  test('calls nobody back who wrote to us, whom nobody can call, or who is promised a call already', async () => {
    const mail = await child(0, 'email')
    const hidden = await child(1)
    await database.db
      .updateTable('ticket')
      .set({ number_raw: null, number_key: null })
      .where('id', '=', hidden)
      .execute()
    const promised = await child(2)
    const order = { note: '', inMinutes: 90 }
    await house.callbacks.service.promise(LAN, promised, order)
    await closeParent(60)
    await releaseAll()
    expect(await statuses([mail, hidden, promised])).toEqual([
      'customer_reply',
      'customer_reply',
      'customer_reply',
    ])
    expect(await promises()).toMatchObject([{ ticket_id: promised, due_at: minute(90) }])
  })

  test('keeps no turn of the calls for who agreed to be answered by mail or has no number', async () => {
    const [hidden = '', agreed = '', called = ''] = await children(3)
    await database.db
      .updateTable('ticket')
      .set({ number_raw: null, number_key: null })
      .where('id', '=', hidden)
      .execute()
    const channel = { channel: 'email', agreedBy: 'chị Hà', notedBy: 'lan', at: minute(1) }
    await database.db
      .updateTable('ticket')
      .set({ reply_channel: JSON.stringify(channel) })
      .where('id', '=', agreed)
      .execute()
    await closeParent(60)
    await releaseAll()
    expect(await statuses([agreed, called])).toEqual(['customer_reply', 'customer_reply'])
    expect(await promises()).toMatchObject([{ ticket_id: called, due_at: minute(60) }])
  })

  test('at night calls back in the morning', async () => {
    await children(2)
    // 21:30 in Vietnam
    await closeParent(750)
    await releaseAll()
    expect((await promises()).map(({ due_at }) => due_at)).toEqual([
      '2026-11-24T01:00:00.000Z',
      '2026-11-24T01:00:15.000Z',
    ])
  })

  test('goes on where it was after a restart, twice nobody', async () => {
    const ids = await children(7)
    await closeParent(60)
    await house.outages.loop.run()
    expect(await promises()).toHaveLength(2)
    clock.set(plusMs(minute(60), 20_000))
    await releaseAll(await openHouse(false))
    await releaseAll()
    const due = (await promises()).map(({ due_at }) => due_at)
    expect(due).toEqual(ids.map((_id, i) => plusMs(minute(60), i * 15_000)))
    expect(await house.outages.service.get(parent)).toMatchObject({ status: 'ended', children: 0 })
  })

  test('keeps nobody waiting behind one ticket that cannot be released', async () => {
    const [broken = '', ...others] = (await children(3)).toSorted()
    await database.db
      .updateTable('ticket')
      .set({ kind: 'nonsense' })
      .where('id', '=', broken)
      .execute()
    await closeParent(60)
    await house.outages.loop.run()
    await house.outages.loop.run()
    expect(await statuses(others)).toEqual(['customer_reply', 'customer_reply'])
    expect(await house.outages.service.get(parent)).toMatchObject({ children: 1 })
    await database.db
      .updateTable('ticket')
      .set({ kind: 'incident' })
      .where('id', '=', broken)
      .execute()
    clock.set(minute(62))
    await releaseAll()
    expect(await statuses([broken])).toEqual(['customer_reply'])
  })

  test('that was cancelled unlinks its children, whose clocks go on', async () => {
    const ids = await children(2)
    clock.set(minute(30))
    await house.act(BOSS, parent, 'cancel', { reason: 'opened_by_mistake' })
    await releaseAll()
    expect(await statuses(ids)).toEqual(['noc_queued', 'noc_queued'])
    clock.set(minute(40))
    const { clocks, timeline } = await house.ticket(ids[0] ?? '')
    const noc = clocks.find(({ kind }) => kind === 'noc')
    expect(noc).toMatchObject({ pausedBy: null, netSeconds: 600, rawSeconds: 2400 })
    expect(timeline.at(-1)?.fields).toMatchObject({ action: 'outage_cancelled' })
    expect(await promises()).toEqual([])
  })

  test('takes no ticket more', async () => {
    const late = await house.open('0912000099')
    await closeParent(60)
    const link = house.outages.service.link(parent, [late], LAN)
    await expect(link).rejects.toThrow('this outage is over')
    const step = house.act(LAN, late, 'link_outage', { outageId: parent })
    await expect(step).rejects.toMatchObject({ status: 422 })
    expect(await house.outages.service.get(parent)).toMatchObject({ status: 'ended' })
    expect((await house.ticket(late)).outageOffer).toBe(null)
  })
})
