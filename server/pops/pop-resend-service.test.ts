import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ScreenPop } from '#contract/screen-pop.ts'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { aCall } from '../../test/support/domain/a-call.ts'
import { addStaff } from '../../test/support/domain/a-staff.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import { silentLogger } from '../../test/support/logger.ts'
import { createFakeNotifier } from '../../test/support/notifier.ts'
import type { Trx } from '../db/transaction.ts'
import { createPopResender } from './pop-resend-service.ts'
import type { PopRow } from './pop-store.ts'
import type { ShownPop } from './pop-view-service.ts'

const ringing = aCall({ status: 'ringing', answeredAt: null, segments: [] })

describe.each(DIALECTS)('until the browser answers, screen pops on %s', (dialect) => {
  let house: TestHouse

  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'agent-2', 'agent-3')
    house = await openTestHouse(database)
    await storeCall(database.db, 'call-1', ringing)
  })
  afterEach(async () => {
    await house.pops.stop()
    await house.database.close()
  })

  async function commit(work: (trx: Trx) => Promise<unknown>): Promise<void> {
    await house.database.transaction(work)
    await house.pops.idle()
  }

  function ring(staffId: string) {
    return commit((trx) =>
      house.pops.ring(trx, { callId: 'call-1', call: ringing, staffId, ticketId: null }),
    )
  }

  function answer(staffId: string) {
    const extension = house.people.staff.byId(staffId)?.extension ?? ''
    const at = '2026-11-23T02:00:02.000Z'
    const fact = { type: 'call_answered', at, callId: 'call-1', call: aCall(), extension } as const
    return commit((trx) => house.workflow.onFact(trx, fact))
  }

  function withdraw(staffId: string) {
    return commit((trx) => house.pops.withdraw(trx, { callId: 'call-1', staffId }))
  }

  /** What was sent to this person. */
  function sentTo(staffId: string): ScreenPop[] {
    const pops = house.notifier.of('screenPop').filter(([to]) => to === staffId)
    return pops.map(([, pop]) => pop)
  }

  function stagesSentTo(staffId: string): string[] {
    return sentTo(staffId).map((pop) => `${pop.stage} ${pop.rev}`)
  }

  async function wait(ms: number): Promise<void> {
    await house.clock.advance(ms)
    await house.pops.idle()
  }

  function rows() {
    return house.database.db.selectFrom('screen_pop').selectAll().orderBy('id').execute()
  }

  it('are sent again after 2, 4 and 8 seconds', async () => {
    await ring('agent-1')
    await wait(1999)
    expect(stagesSentTo('agent-1')).toHaveLength(1)
    await wait(1)
    expect(stagesSentTo('agent-1')).toHaveLength(2)
    await wait(4000)
    await wait(7999)
    expect(stagesSentTo('agent-1')).toHaveLength(3)
    await wait(1)
    expect(stagesSentTo('agent-1')).toEqual(['ringing 1', 'ringing 1', 'ringing 1', 'ringing 1'])
  })

  it('note when they were sent and seen', async () => {
    await ring('agent-1')
    const [pop] = sentTo('agent-1')
    await house.clock.advance(300)
    await house.pops.receipt('agent-1', { id: pop?.id ?? '', rev: 1 })
    expect(await rows()).toMatchObject([
      {
        seen_rev: 1,
        sent_at: '2026-11-23T02:00:00.000Z',
        seen_at: '2026-11-23T02:00:00.300Z',
      },
    ])
    await wait(60_000)
    expect(stagesSentTo('agent-1')).toEqual(['ringing 1'])
    expect(house.clock.pending).toBe(0)
  })

  it('note that they were sent though nobody answers', async () => {
    await ring('agent-1')
    await wait(2000)
    expect(await rows()).toMatchObject([
      { seen_rev: 0, sent_at: '2026-11-23T02:00:02.000Z', seen_at: null },
    ])
  })

  it('start again with every change', async () => {
    await ring('agent-1')
    const [pop] = sentTo('agent-1')
    await answer('agent-1')
    await house.pops.receipt('agent-1', { id: pop?.id ?? '', rev: 1 })
    await wait(2000)
    expect(stagesSentTo('agent-1')).toEqual(['ringing 1', 'answered 2', 'answered 2'])
  })

  it('are not sent again once they are over', async () => {
    await ring('agent-1')
    await withdraw('agent-1')
    await wait(60_000)
    expect(stagesSentTo('agent-1')).toEqual(['ringing 1', 'withdrawn 2'])
  })

  it('do not believe another person, nor a revision that does not exist', async () => {
    await ring('agent-1')
    const id = sentTo('agent-1')[0]?.id ?? ''
    await Promise.all([
      house.pops.receipt('agent-2', { id, rev: 1 }),
      house.pops.receipt('agent-3', { id, rev: 7 }),
    ])
    expect(await rows()).toMatchObject([{ seen_rev: 0, seen_at: null }])
    await wait(2000)
    expect(stagesSentTo('agent-1')).toHaveLength(2)
    await house.pops.receipt('agent-1', { id, rev: 9 })
    expect(await rows()).toMatchObject([{ seen_rev: 0 }])
  })

  it('take many receipts at once, and an older one never undoes a newer', async () => {
    await ring('agent-1')
    await ring('agent-2')
    await answer('agent-1')
    const ids = ['agent-1', 'agent-2'].map((who) => sentTo(who)[0]?.id ?? '')
    await Promise.all([
      house.pops.receipt('agent-2', { id: ids[1] ?? '', rev: 1 }),
      house.pops.receipt('agent-1', { id: ids[0] ?? '', rev: 2 }),
      house.pops.receipt('agent-1', { id: ids[0] ?? '', rev: 1 }),
    ])
    expect((await rows()).map((row) => [row.staff_id, row.seen_rev])).toEqual([
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
    await ring('agent-1')
    const pop = sentTo('agent-1')[0]
    expect(pop?.stage).toBe('ringing')
    await withdraw('agent-1')
    expect(stagesSentTo('agent-1')).toEqual(['ringing 1'])
    await storeCall(house.database.db, 'call-1', ringing)
    await wait(2000)
    expect(stagesSentTo('agent-1')).toEqual(['ringing 1', 'withdrawn 2'])
    await wait(60_000)
    expect(stagesSentTo('agent-1')).toEqual(['ringing 1', 'withdrawn 2'])
  })

  /** A resender of its own over what one ring stored; the house's has nothing to do. */
  async function resenderOf(assemble: (pop: ScreenPop, row: PopRow) => Promise<ShownPop[]>) {
    await ring('agent-1')
    const [pop] = sentTo('agent-1')
    const [stored] = await rows()
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
    await vi.waitFor(() => expect(reads).toBe(1))
    await resender.idle()
    expect(notifier.of('screenPop')).toEqual([])
    await resender.receipt('agent-1', { id: row.id, rev: 1 })
    await house.clock.advance(4000)
    await vi.waitFor(() => expect(reads).toBe(2))
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
    await vi.waitFor(() => expect(reads).toBe(1))
    await resender.idle()
    await house.clock.advance(1999)
    await resender.idle()
    expect(reads).toBe(1)
    await house.clock.advance(1)
    await vi.waitFor(() => expect(reads).toBe(2))
    await resender.stop()
  })

  it('that are there no more are forgotten', async () => {
    await ring('agent-1')
    await house.database.db.deleteFrom('screen_pop').execute()
    await house.clock.advance(2000)
    await house.pops.idle()
    expect(house.clock.pending).toBe(0)
    expect(stagesSentTo('agent-1')).toHaveLength(1)
  })

  it('are sent again though the wall clock is set back by an hour', async () => {
    await ring('agent-1')
    house.clock.set('2026-11-23T01:00:00.000Z')
    await wait(2000)
    await wait(4000)
    expect(stagesSentTo('agent-1')).toHaveLength(3)
  })
})
