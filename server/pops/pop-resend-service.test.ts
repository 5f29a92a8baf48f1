import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { aCall } from '../../test/support/domain/a-call.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { silentLogger } from '../../test/support/logger.ts'
import { createFakeNotifier } from '../../test/support/notifier.ts'
import { openPopHouse, type PopHouse, RINGING_CALL } from '../../test/support/pop-house.ts'
import { createPopResender } from './pop-resend-service.ts'
import type { PopRow } from './pop-store.ts'
import type { ShownPop } from './pop-view-service.ts'
import { eventually } from '../../test/support/eventually.ts'

describe.each(SERVICE_DIALECTS)('until the browser answers, screen pops on %s', (dialect) => {
  let house: PopHouse

  beforeEach(async () => {
    house = await openPopHouse(dialect)
  })
  afterEach(() => house.close())

  function answer(staffId: string) {
    return house.commit((trx) => house.stateAnswer(trx, staffId))
  }

  async function wait(ms: number): Promise<void> {
    await house.clock.advance(ms)
    await house.pops.idle()
  }

  it('are sent again after 2, 4 and 8 seconds', async () => {
    await house.ring('agent-1')
    await wait(1999)
    expect(house.stagesSentTo('agent-1')).toHaveLength(1)
    await wait(1)
    expect(house.stagesSentTo('agent-1')).toHaveLength(2)
    await wait(4000)
    await wait(7999)
    expect(house.stagesSentTo('agent-1')).toHaveLength(3)
    await wait(1)
    expect(house.stagesSentTo('agent-1')).toEqual([
      'ringing 1',
      'ringing 1',
      'ringing 1',
      'ringing 1',
    ])
  })

  it('note when they were sent and seen', async () => {
    await house.ring('agent-1')
    const [pop] = house.sentTo('agent-1')
    await house.clock.advance(300)
    await house.pops.receipt('agent-1', { id: pop?.id ?? '', rev: 1 })
    expect(await house.rows()).toMatchObject([
      {
        seen_rev: 1,
        sent_at: '2026-11-23T02:00:00.000Z',
        seen_at: '2026-11-23T02:00:00.300Z',
      },
    ])
    await wait(60_000)
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1'])
    expect(house.clock.pending).toBe(0)
  })

  it('note that they were sent though nobody answers', async () => {
    await house.ring('agent-1')
    await wait(2000)
    expect(await house.rows()).toMatchObject([
      { seen_rev: 0, sent_at: '2026-11-23T02:00:02.000Z', seen_at: null },
    ])
  })

  it('start again with every change', async () => {
    await house.ring('agent-1')
    const [pop] = house.sentTo('agent-1')
    await answer('agent-1')
    await house.pops.receipt('agent-1', { id: pop?.id ?? '', rev: 1 })
    await wait(2000)
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1', 'answered 2', 'answered 2'])
  })

  it('are not sent again once they are over', async () => {
    await house.ring('agent-1')
    await house.withdraw('agent-1')
    await wait(60_000)
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1', 'withdrawn 2'])
  })

  it('do not believe another person, nor a revision that does not exist', async () => {
    await house.ring('agent-1')
    const id = house.sentTo('agent-1')[0]?.id ?? ''
    await Promise.all([
      house.pops.receipt('agent-2', { id, rev: 1 }),
      house.pops.receipt('agent-3', { id, rev: 7 }),
    ])
    expect(await house.rows()).toMatchObject([{ seen_rev: 0, seen_at: null }])
    await wait(2000)
    expect(house.stagesSentTo('agent-1')).toHaveLength(2)
    await house.pops.receipt('agent-1', { id, rev: 9 })
    expect(await house.rows()).toMatchObject([{ seen_rev: 0 }])
  })

  it('store the receipts of others when one of them cannot be stored', async () => {
    await house.ring('agent-1')
    await house.ring('agent-2')
    const [id = '', other = ''] = ['agent-1', 'agent-2'].map((of) => house.sentTo(of)[0]?.id)
    await Promise.all([
      house.pops.receipt('agent-3', { id, rev: 7 }),
      house.pops.receipt('agent-2', { id: other, rev: 3_000_000_000 }),
      house.pops.receipt('agent-1', { id, rev: 1 }),
    ])
    const seen = (await house.rows()).map((row) => [row.staff_id, row.seen_rev])
    expect(Object.fromEntries(seen)).toEqual({ 'agent-1': 1, 'agent-2': 0 })
  })

  it('take many receipts at once, and an older one never undoes a newer', async () => {
    await house.ring('agent-1')
    await house.ring('agent-2')
    await answer('agent-1')
    const ids = ['agent-1', 'agent-2'].map((who) => house.sentTo(who)[0]?.id ?? '')
    await Promise.all([
      house.pops.receipt('agent-2', { id: ids[1] ?? '', rev: 1 }),
      house.pops.receipt('agent-1', { id: ids[0] ?? '', rev: 2 }),
      house.pops.receipt('agent-1', { id: ids[0] ?? '', rev: 1 }),
    ])
    expect((await house.rows()).map((row) => [row.staff_id, row.seen_rev])).toEqual([
      ['agent-1', 2],
      ['agent-2', 1],
    ])
    expect(house.clock.pending).toBe(0)
  })

  it('that could not be read in their transaction are read again, and the ticket stays', async () => {
    await storeCall(house.database.db, 'call-1', { ...aCall(), callerIdNum: null })
    await house.database.db
      .updateTable('call')
      .set({ state: '{' })
      .where('id', '=', 'call-1')
      .execute()
    await house.ring('agent-1')
    const pop = house.sentTo('agent-1')[0]
    expect(pop?.stage).toBe('ringing')
    await house.withdraw('agent-1')
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1'])
    await storeCall(house.database.db, 'call-1', RINGING_CALL)
    await wait(2000)
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1', 'withdrawn 2'])
    await wait(60_000)
    expect(house.stagesSentTo('agent-1')).toEqual(['ringing 1', 'withdrawn 2'])
  })

  it('that could not be made of what was read are made again, and the ticket stays', async () => {
    await answer('agent-1')
    const [shown] = house.sentTo('agent-1')
    await house.pops.receipt('agent-1', { id: shown?.id ?? '', rev: 1 })
    await house.database.db.updateTable('ticket').set({ status: 'of later' }).execute()
    await house.commit((trx) => house.pops.end(trx, { callId: 'call-1', staffId: 'agent-1' }))
    expect((await house.rows()).map(({ stage }) => stage)).toEqual(['ended'])
    expect(house.stagesSentTo('agent-1')).toEqual(['answered 1'])
    await house.database.db.updateTable('ticket').set({ status: 'new' }).execute()
    await wait(2000)
    expect(house.stagesSentTo('agent-1')).toEqual(['answered 1', 'ended 2'])
    expect(house.sentTo('agent-1')[1]?.ticket?.id).toBe(shown?.ticket?.id)
  })

  /** A resender of its own over what one ring stored; the house's has nothing to do. */
  async function resenderOf(assemble: (pop: ScreenPop, row: PopRow) => Promise<ShownPop[]>) {
    await house.ring('agent-1')
    const [pop] = house.sentTo('agent-1')
    const [stored] = await house.rows()
    if (stored === undefined || pop === undefined) throw new Error('no pop was sent')
    await house.pops.receipt('agent-1', { id: pop.id, rev: 1 })
    const row: PopRow = { ...stored, stage: pop.stage }
    const notifier = createFakeNotifier()
    const { database, clock } = house
    const deps = { database, clock, notifier, logger: silentLogger }
    const resender = createPopResender({ ...deps, assemble: () => assemble(pop, row) })
    resender.track(row, true)
    resender.start()
    return { resender, notifier, row }
  }

  it('that change while they are read again are not followed by what was read', async () => {
    let reads = 0
    const { resender, notifier, row } = await resenderOf(async (pop, before) => {
      const rev = (reads += 1)
      if (rev === 1) {
        await house.database.db.updateTable('screen_pop').set({ rev: 2 }).execute()
        resender.track({ ...before, rev: 2 }, true)
      }
      return [{ staffId: 'agent-1', pop: { ...pop, rev } }]
    })
    await house.clock.advance(2000)
    await eventually(() => expect(reads).toBe(1))
    await resender.idle()
    expect(notifier.of('screenPop')).toEqual([])
    await resender.receipt('agent-1', { id: row.id, rev: 1 })
    await house.clock.advance(4000)
    await eventually(() => expect(reads).toBe(2))
    await resender.idle()
    expect(notifier.of('screenPop')).toMatchObject([['agent-1', { rev: 2 }]])
    await resender.stop()
  })

  it('that cannot be read again wait as long as before for the next try', async () => {
    let reads = 0
    const { resender } = await resenderOf(async () => {
      reads += 1
      if (reads > 9) return []
      throw new Error('no database')
    })
    await house.clock.advance(2000)
    await eventually(() => expect(reads).toBe(1))
    await resender.idle()
    await house.clock.advance(1999)
    await resender.idle()
    expect(reads).toBe(1)
    await house.clock.advance(1)
    await eventually(() => expect(reads).toBe(2))
    await resender.stop()
  })

  it('that are there no more are forgotten', async () => {
    await house.ring('agent-1')
    await house.database.db.deleteFrom('screen_pop').execute()
    await house.clock.advance(2000)
    await house.pops.idle()
    expect(house.clock.pending).toBe(0)
    expect(house.stagesSentTo('agent-1')).toHaveLength(1)
  })

  it('are sent again though the wall clock is set back by an hour', async () => {
    await house.ring('agent-1')
    house.clock.set('2026-11-23T01:00:00.000Z')
    await wait(2000)
    await wait(4000)
    expect(house.stagesSentTo('agent-1')).toHaveLength(3)
  })
})
