import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import {
  SERVICE_DIALECTS,
  openTestDatabase,
  type TestDialect,
} from '../../test/support/database.ts'
import { aCallRow } from '../../test/support/domain/a-call-row.ts'
import { openQueueFloor, emptySnapshot } from '../../test/support/queue-floor.ts'
import { aCaller, aMember } from '../../test/support/queue-events.ts'
import { customerCreate } from '#contract/customers.ts'
import { type CallCounts, NO_CALLS } from '#contract/supervision/figures.ts'
import { type CallRecord, countsToColumns } from '../calls/call-record.ts'
import { type Call, type InboundCall, startCall } from '../calls/conversation/call.ts'
import type { Database } from '../db/transaction.ts'

const START = '2026-11-23T02:00:00.000Z'
const NONE = NO_CALLS
const OFFERED = { ...NO_CALLS, offered: 1 }

async function setUp(dialect: TestDialect, start = START) {
  const database = await openTestDatabase(dialect)
  const floor = await openQueueFloor(database, { start })
  await floor.addPerson('mai', '101')
  return { ...floor, database }
}

function aCall(enteredAt: string, given: Partial<InboundCall> = {}): Call {
  const start = { pbxId: 'pbx1', uniqueid: 'u', linkedid: 'u', at: enteredAt }
  const caller = { callerIdNum: null, callerIdName: null, withheld: false, tagged: true }
  return { ...startCall({ ...start, ...caller }), queue: 'hotline', ...given }
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`the live queues on ${dialect}`, () => {
    let floor: Awaited<ReturnType<typeof setUp>>
    const patches = () => floor.notifier.of('queuesPatch').map(([patch]) => patch)
    /** The patches since the last look. */
    const news = async () => {
      const before = patches().length
      await floor.clock.advance(200)
      await floor.queues.settled()
      return patches().slice(before)
    }
    /** The fact as the call book states it, through the workflow. */
    const count = (call: Call, before: CallCounts, after: CallCounts) =>
      floor.database.transaction((trx) =>
        floor.workflow.onFact(trx, {
          type: 'call_counted',
          at: START,
          callId: 'call-1',
          call,
          before,
          after,
        }),
      )
    const queue = () => floor.queues.snapshot().queues[0]
    beforeEach(async () => {
      floor = await setUp(dialect)
      await floor.open()
      await floor.clock.advance(1000)
    })
    afterEach(async () => {
      await floor.queues.stop()
      await floor.database.close()
    })

    test('the first snapshot shows every hotline queue and the links', () => {
      expect(floor.queues.snapshot()).toMatchObject({
        asOf: START,
        pbx: [{ pbxId: 'pbx1', link: 'ready' }],
        queues: [{ pbxId: 'pbx1', name: 'hotline', waiting: [], members: [] }],
      })
    })

    test('a burst is one patch, the next one comes a fifth of a second later', async () => {
      for (let n = 1; n <= 50; n++) {
        floor.happen({ type: 'caller_joined', caller: aCaller(`c${n}`, { position: n }) })
      }
      const burst = await news()
      expect(burst.map((patch) => patch.queues[0]?.waiting?.length)).toEqual([50])
      expect(await news()).toEqual([])
      const seen = patches().length
      for (let n = 1; n <= 10; n++) {
        floor.happen({ type: 'caller_left', queue: 'hotline', uniqueid: `c${n}` })
        await floor.clock.advance(100)
        await floor.queues.settled()
      }
      expect(patches().length - seen).toBeLessThanOrEqual(6)
    })

    test('rev grows by one and the snapshot is where the patches are', async () => {
      const { rev } = floor.queues.snapshot()
      floor.happen({ type: 'member_added', member: aMember('101') })
      expect((await news()).map((patch) => patch.rev)).toEqual([rev + 1])
      floor.happen({ type: 'member_added', member: aMember('102') })
      expect((await news()).map((patch) => patch.rev)).toEqual([rev + 2])
      expect(floor.queues.snapshot()).toMatchObject({ rev: rev + 2 })
      expect(queue()?.members.map((member) => member.displayName)).toEqual(['mai', 'Máy 102'])
    })

    test('nothing new is not sent, but a snapshot moves "as of" on', async () => {
      floor.happen({ type: 'caller_left', queue: 'hotline', uniqueid: 'nobody' })
      expect(await news()).toEqual([])
      floor.happen(emptySnapshot())
      const asOf = floor.clock.now()
      expect(await news()).toMatchObject([{ asOf, queues: [] }])
    })

    test('events of a PBX or queue that is none of ours change nothing', async () => {
      floor.happen({ type: 'caller_joined', caller: aCaller('c1') }, 'elsewhere')
      floor.happen({ type: 'caller_joined', caller: aCaller('c1', { queue: 'sales' }) })
      expect(await news()).toEqual([])
    })

    test('waiting callers have their customers’ names', async () => {
      await floor.customers.service.create(
        customerCreate.parse({ name: 'Công ty Sao Mai', phones: [{ number: '0912345678' }] }),
      )
      floor.happen({ type: 'caller_joined', caller: aCaller('c1') })
      await news()
      floor.happen({
        type: 'caller_joined',
        caller: aCaller('c2', { position: 2, callerIdNum: '0987654321' }),
      })
      await news()
      expect(queue()?.waiting.map((caller) => caller.customerName)).toEqual([
        'Công ty Sao Mai',
        null,
      ])
    })

    test('wrap-up ends on the page by itself', async () => {
      floor.happen({
        type: 'member_status',
        member: aMember('101', { lastCallAt: floor.clock.now(), wrapUpSeconds: 15 }),
      })
      await news()
      expect(queue()?.members[0]?.state).toBe('wrap_up')
      expect(floor.queues.memberOf('101')).toEqual({ pbxId: 'pbx1', state: 'wrap_up' })
      await floor.clock.advance(15_000)
      await news()
      expect(queue()?.members[0]?.state).toBe('ready')
    })

    test('a lost link is told at once and shown beside the last known line', async () => {
      floor.happen({ type: 'caller_joined', caller: aCaller('c1') })
      await news()
      floor.setLink('pbx1', 'connecting')
      expect(floor.notifier.of('pbxStatus').at(-1)).toMatchObject([[{ link: 'connecting' }]])
      expect(await news()).toMatchObject([{ pbx: [{ link: 'connecting' }], queues: [] }])
      expect(queue()?.waiting).toHaveLength(1)
    })

    test('today’s calls are counted, other days’ are not', async () => {
      const today = aCall(START)
      await count(today, NONE, OFFERED)
      await count(today, OFFERED, { ...OFFERED, answered: 1 })
      await count(aCall('2026-11-22T10:00:00.000Z'), NONE, OFFERED)
      await count(aCall(START, { queue: null }), NONE, OFFERED)
      expect(await news()).toMatchObject([
        { queues: [{ today: { ...NO_CALLS, offered: 1, answered: 1 } }] },
      ])
    })

    test('a call whose outcome is corrected is counted anew', async () => {
      const abandoned = { ...OFFERED, abandoned: 1 }
      await count(aCall(START), NONE, abandoned)
      await count(aCall(START), abandoned, OFFERED)
      await news()
      expect(queue()?.today).toEqual(OFFERED)
    })

    test('a clock that is set back by an hour does not silence the board', async () => {
      floor.happen({ type: 'caller_joined', caller: aCaller('c1') })
      await news()
      floor.clock.set('2026-11-23T01:00:00.000Z')
      floor.happen({ type: 'caller_joined', caller: aCaller('c2', { position: 2 }) })
      expect(await news()).toMatchObject([{ queues: [{ waiting: [{}, {}] }] }])
    })

    test('midnight in Vietnam begins a new count', async () => {
      await count(aCall(START), NONE, OFFERED)
      await news()
      await floor.clock.advance(Date.parse('2026-11-23T17:00:00.000Z') - floor.clock.nowMs())
      await news()
      expect(queue()?.today).toEqual(NO_CALLS)
    })

    test('a restarted service counts today from the calls', async () => {
      const day = '2026-11-23'
      const oneAnswer = { ...NO_CALLS, offered: 1, answered: 1, withinLevel: 1, waitSeconds: 7 }
      const abandoned = { ...NO_CALLS, offered: 1, abandoned: 1, short: 1 }
      const inQueue = (name: string, counts: CallCounts, on = day) =>
        insertCall(floor.database, `${name} ${(inserted += 1)}`, {
          local_day: on,
          queue: name,
          ...countsToColumns(counts, name),
        })
      let inserted = 0
      await inQueue('hotline', oneAnswer)
      await inQueue('hotline', oneAnswer)
      await inQueue('hotline', abandoned)
      await inQueue('hotline', { ...NO_CALLS, offered: 1, timedOut: 1 })
      await inQueue('hotline', { ...NO_CALLS, offered: 1, asked: 1 })
      await inQueue('hotline', NO_CALLS)
      await inQueue('hotline', abandoned, '2026-11-22')
      await inQueue('sales', abandoned)
      const again = await openQueueFloor(floor.database)
      await again.queues.start()
      await again.queues.stop()
      expect(again.queues.snapshot().queues[0]?.today).toEqual({
        ...NO_CALLS,
        offered: 5,
        answered: 2,
        abandoned: 1,
        short: 1,
        timedOut: 1,
        asked: 1,
        withinLevel: 2,
        waitSeconds: 14,
      })
    })
  })
}

/** A call that is over, as the call book stored it. */
async function insertCall(
  database: Database,
  id: string,
  given: Partial<CallRecord>,
): Promise<void> {
  const over = { status: 'ended', entered_at: START, updated_at: START }
  await database.db
    .insertInto('call')
    .values(aCallRow(id, { ...over, ...given }))
    .execute()
}
