import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { draft, draftKept, draftList } from '../../server/contract/casework/drafts.ts'
import type { Database } from '../../server/db/transaction.ts'
import { createDrafts } from '../../server/drafts/drafts-feature.ts'
import { createSchedule } from '../../server/schedule/schedule-feature.ts'
import { createTestClock } from '../support/clock.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { insertPerson } from '../support/house.ts'
import { createTestApp, type HttpClient } from '../support/http.ts'
import { eventually } from '../support/eventually.ts'
import { startHotline } from '../support/hotline.ts'
import { createTestIds } from '../support/ids.ts'
import { silentLogger } from '../support/logger.ts'

const DAY_MS = 86_400_000
const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
const refusal = z.object({ errors: z.array(z.object({ code: z.string().optional() })).optional() })

const clock = createTestClock('2026-11-23T02:00:00.000Z')

const keysOf = async (who: HttpClient) =>
  draftList.parse((await who.get('/drafts')).body).items.map(({ key }) => key)
const keep = (who: HttpClient, key: string, words: object, writtenAt = clock.now()) =>
  who.put(`/drafts/${key}`, { words, writtenAt })
const noteOf = async (who: HttpClient, key: string) =>
  draft.parse((await who.get(`/drafts/${key}`)).body).words['note']
/** Types over what was read at `over`. */
async function typeOver(who: HttpClient, note: string, over: string | null) {
  await clock.advance(1_000)
  const order = { words: { note }, writtenAt: clock.now(), over }
  return draftKept.parse((await who.put('/drafts/two', order)).body)
}

describe.each(SERVICE_DIALECTS)('unsaved words on %s', (dialect) => {
  let database: Database
  let jobs: ReturnType<typeof createSchedule>
  let lan: HttpClient
  let noc: HttpClient

  beforeAll(async () => {
    database = await openTestDatabase(dialect)
    jobs = createSchedule({ database, clock, newId: createTestIds('s'), logger: silentLogger })
    const { as } = createTestApp(createDrafts({ database, clock, schedule: jobs }).routes)
    const agent = {
      id: 'lan',
      username: 'lan',
      displayName: 'Lan',
      role: 'agent',
      extension: null,
    } as const
    const engineer = { ...agent, id: 'noc', username: 'noc', role: 'noc' } as const
    await insertPerson(database, agent)
    await insertPerson(database, engineer)
    lan = as(agent)
    noc = as(engineer)
  })
  afterAll(() => database.close())

  test('are there again for their person alone, whatever was typed', async () => {
    await keep(noc, 'note.t1', { note: 'gọi 0912345678, báo 14h30' }).expect(200)
    expect(await noteOf(noc, 'note.t1')).toBe('gọi 0912345678, báo 14h30')
    expect(await keysOf(lan)).toEqual([])
    await lan.get('/drafts/note.t1').expect(404)
    await lan.delete('/drafts/note.t1').expect(204)
    expect(await keysOf(noc)).toEqual(['note.t1'])
  })

  test('of two devices the newer ones stand, whichever arrives last', async () => {
    const early = clock.now()
    await clock.advance(5_000)
    await keep(lan, 'note.t1', { note: 'mới' })
    const answer = await keep(lan, 'note.t1', { note: 'cũ' }, early).expect(200)
    expect(draft.parse(answer.body).words).toEqual({ note: 'mới' })
    expect(await noteOf(lan, 'note.t1')).toBe('mới')
  })

  test('give the older ones back to whoever typed without having seen them', async () => {
    const first = await typeOver(lan, 'máy A', null)
    expect(first.displaced).toBeNull()
    const second = await typeOver(lan, 'máy B', null)
    expect(second.displaced).toEqual({ words: { note: 'máy A' }, writtenAt: first.writtenAt })
    expect((await typeOver(lan, 'máy B, tiếp', second.writtenAt)).displaced).toBeNull()
  })

  test('from a clock that is ahead are not newer than now', async () => {
    await keep(lan, 'ahead', { note: 'a' }, '2027-11-23T02:00:00.000Z')
    await clock.advance(1_000)
    await keep(lan, 'ahead', { note: 'b' })
    expect(await noteOf(lan, 'ahead')).toBe('b')
  })

  test('are gone when they are saved, but for what another device typed since', async () => {
    const savedAt = clock.now()
    await clock.advance(1_000)
    await keep(lan, 'note.t1', { note: 'tiếp' })
    await lan.delete(`/drafts/note.t1?until=${savedAt}`).expect(204)
    expect(await noteOf(lan, 'note.t1')).toBe('tiếp')
    await lan.delete('/drafts/note.t1').expect(204)
    await lan.delete('/drafts/note.t1').expect(204)
    await lan.get('/drafts/note.t1').expect(404)
  })

  test('of the longest form are kept, with those that they were typed over', async () => {
    const line = 'Khách nói "mất mạng", đã rút nguồn.\n'
    const description = line.repeat(300).slice(0, 10_000)
    const values = { description, subject: 'x'.repeat(200), customerRequest: line.repeat(55) }
    await keep(lan, 'ticket.t1', { base: values, values }).expect(200)
    const { words } = draft.parse((await lan.get('/drafts/ticket.t1')).body)
    expect(words).toEqual({ base: values, values })
  })

  test('are bounded: 64,000 characters each, 200 of a person, a key that is one', async () => {
    await keep(lan, 'long', { note: 'ơ'.repeat(63_900) }).expect(200)
    await keep(lan, 'longer', { note: 'ơ'.repeat(64_000) }).expect(400)
    await keep(lan, 'huge', { note: 'x'.repeat(300_000) }).expect(413)
    await keep(lan, 'no%20key', { note: 'x' }).expect(400)
    const known = (await keysOf(lan)).length
    for (let count = known; count < 200; count++) {
      // oxlint-disable-next-line no-await-in-loop
      await keep(lan, `n.${count}`, { note: 'x' }).expect(200)
    }
    const full = await keep(lan, 'one-too-many', { note: 'x' }).expect(422)
    expect(refusal.parse(full.body).errors?.[0]?.code).toBe('drafts_full')
    await keep(lan, 'n.199', { note: 'y' }).expect(200)
    expect(await keysOf(lan)).toHaveLength(200)
  })

  test('are forgotten 30 days after they were typed', async () => {
    await clock.advance(29 * DAY_MS)
    await keep(noc, 'note.t2', { note: 'x' })
    await clock.advance(2 * DAY_MS)
    await jobs.runNow('old drafts')
    expect([await keysOf(noc), await keysOf(lan)]).toEqual([['note.t2'], []])
  })
})

describe.each(SERVICE_DIALECTS)('unsaved words over a restart of the service on %s', (dialect) => {
  test('are there for their person, who is still signed in', async () => {
    const hotline = await startHotline({ amiUrl: NO_PBX, dialect })
    try {
      const lan = await hotline.hire('lan', 'agent')
      const words = { base: { note: '' }, values: { note: 'khách báo đèn LOS đỏ' } }
      const writtenAt = new Date().toISOString()
      await lan.send('PUT', '/drafts/note.t1', { words, writtenAt }, draftKept)
      await hotline.restart()
      // the connection of before is cut with the first question on it
      await eventually(async () => {
        const kept = { items: [{ key: 'note.t1', words, writtenAt }] }
        expect(await lan.get('/drafts', draftList)).toEqual(kept)
      })
      const other = await hotline.signIn('admin')
      expect(await other.get('/drafts', draftList)).toEqual({ items: [] })
    } finally {
      await hotline.stop()
    }
  })
})
