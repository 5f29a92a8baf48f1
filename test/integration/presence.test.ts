import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const TTL_MS = 30_000
const LOOK_MS = 2000

describe.each(HOUSE_DIALECTS)('who is at a ticket, on %s', (dialect) => {
  let house: ProcessHouse
  let ticketId: string
  beforeEach(async () => {
    house = await openProcessHouse(dialect)
    ticketId = await house.open()
    house.schedule.start(['people at tickets'])
    house.notifier.clear()
  })
  afterEach(() => house.close())

  function say(who: string, doing: string, { page = 'p', at = ticketId } = {}) {
    return house.as(who).post(`/tickets/${at}/presence`, { pageId: page, doing })
  }

  /** `mai lan! → mai`: who was told, and whom of; ! for who types. */
  function told(of = ticketId): string[] {
    const news = house.notifier.of('ticketPresence').filter(([, one]) => one.ticketId === of)
    return news.map(([staffIds, { people }]) => {
      const names = people.map(({ id, isTyping }) => `${id}${isTyping ? '!' : ''}`)
      return `${names.join(' ')} → ${staffIds.join(' ')}`
    })
  }

  it('tells those who are there, and nobody else', async () => {
    await say('mai', 'looking')
    await house.advance(LOOK_MS)
    const answer = await say('lan', 'typing').expect(200)
    expect(answer.body.people).toMatchObject([{ id: 'lan', isTyping: true }, { id: 'mai' }])
    await house.advance(LOOK_MS)
    await say('lan', 'gone')
    await house.advance(LOOK_MS)
    expect(told()).toEqual(['mai → mai', 'lan! mai → lan mai', 'mai → mai'])
  })

  it('takes who is silent for half a minute for gone, and no sooner', async () => {
    await say('mai', 'looking')
    await say('lan', 'typing')
    await house.advance(TTL_MS - LOOK_MS)
    await say('mai', 'looking')
    expect(told().at(-1)).toBe('lan! mai → lan mai')
    await house.advance(2 * LOOK_MS)
    expect(told().at(-1)).toBe('mai → mai')
  })

  it('makes no storm of what a page says, however often', async () => {
    await say('mai', 'looking')
    await house.advance(LOOK_MS)
    house.notifier.clear()
    for (let turn = 0; turn < 40; turn += 1) {
      // oxlint-disable-next-line no-await-in-loop -- one page
      await say('lan', turn % 2 === 0 ? 'typing' : 'looking')
    }
    expect(told()).toHaveLength(1)
    await house.advance(LOOK_MS)
    expect(told()).toEqual(['lan! mai → lan mai', 'lan mai → lan mai'])
    await say('lan', 'looking')
    await house.advance(LOOK_MS)
    expect(told()).toHaveLength(2)
  })

  it('follows a page to another ticket, and keeps a person whose other page stays', async () => {
    const other = await house.open()
    await say('mai', 'looking')
    await say('lan', 'looking', { page: 'one' })
    await say('lan', 'looking', { page: 'two' })
    await house.advance(LOOK_MS)
    await say('lan', 'looking', { page: 'one', at: other })
    expect((await say('mai', 'looking')).body.people).toHaveLength(2)
    await say('lan', 'looking', { page: 'two', at: other })
    expect((await say('mai', 'looking')).body.people).toMatchObject([{ id: 'mai' }])
    await house.advance(LOOK_MS)
    expect([told().at(-1), told(other).at(-1)]).toEqual(['mai → mai', 'lan → lan'])
    await say('lan', 'gone', { page: 'two' })
    expect((await say('mai', 'looking', { at: other })).body.people).toHaveLength(2)
  })

  it('says nothing to, and hears nothing of, who may not open the ticket', async () => {
    await say('mai', 'looking')
    await say('tech', 'looking').expect(403)
    await say('noc', 'looking').expect(200)
    await house.advance(LOOK_MS)
    expect(told().at(-1)).toBe('mai noc → mai noc')
    await say('mai', 'looking', { at: 'none' }).expect(404)
  })
})
