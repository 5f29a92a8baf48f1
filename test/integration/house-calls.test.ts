import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { customerCreate } from '../../server/contract/customers.ts'
import { type CallCounts, NO_CALLS, oneWait } from '../../server/contract/supervision/figures.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { aCaller } from '../support/queue-events.ts'

const ANSWERED = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2  hold=5
  00:05.010  bridge_entered   trunk#1
  00:05.020  bridge_entered   101#2`

/** Today's counters of a queue, as the board shows them. */
function todayOf({ queues }: LiveHouse, name = 'hotline'): CallCounts {
  const queue = queues.snapshot().queues.find((one) => one.name === name)
  if (queue === undefined) throw new Error(`the board has no queue ${name}`)
  return queue.today
}

/** What the same service counts that starts again on what the first one wrote. */
async function todayAfterRestart(database: Database): Promise<CallCounts> {
  const again = await openLiveHouse(database, { hire: false, queues: ['hotline', 'sales'] })
  const today = todayOf(again)
  await again.stop()
  return today
}

describe.each(HOUSE_DIALECTS)('calls through the house on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database, { queues: ['hotline', 'sales'] })
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const pops = () =>
    house.notifier.of('screenPop').map(([who, { stage, rev }]) => `${who} ${stage} ${rev}`)
  /** Whether a call is on the desk, as each person was told. */
  const desks = (staffId: string) =>
    house.notifier
      .of('deskCall')
      .flatMap(([who, row]) => (who === staffId ? [row?.id ?? null] : []))

  describe('the screens', () => {
    test('of two phones that ring: one is answered, the other stops', async () => {
      await house.hear(`
        00:00.000  queue_joined     trunk#1
        00:01.000  agent_called     trunk#1  101#2
        00:01.002  agent_called     trunk#1  102#3`)
      expect(pops().toSorted()).toEqual(['lan ringing 1', 'mai ringing 1'])
      await house.hear(`
        00:04.901  dial_ended       trunk#1  101#2  status=CANCEL
        00:05.000  agent_connected  trunk#1  102#3  hold=5`)
      expect(pops().slice(2).toSorted()).toEqual(['lan answered 2', 'mai withdrawn 2'])
    })

    test('of one person whose two phones ring show one pop, until the last stops', async () => {
      await house.hear(`
        00:00.000  queue_joined  trunk#1
        00:01.000  agent_called  trunk#1  101#2
        00:01.100  agent_called  trunk#1  101#3`)
      await house.hear('00:09.000  dial_ended  trunk#1  101#2  status=NOANSWER')
      expect(pops()).toEqual(['mai ringing 1'])
      await house.hear('00:09.100  dial_ended  trunk#1  101#3  status=NOANSWER')
      expect(pops()).toEqual(['mai ringing 1', 'mai withdrawn 2'])
    })

    test('end with the call, and with the part of an agent who left', async () => {
      await house.hear(ANSWERED)
      await house.hear('00:10.000  bridge_entered  102#3')
      house.notifier.clear()
      await house.hear('00:11.000  hung_up  101#2')
      expect(pops()).toEqual(['mai ended 3'])
      await house.hear('00:20.000  hung_up  trunk#1')
      expect(pops()).toEqual(['mai ended 3', 'lan ended 2'])
    })

    test('of a call that owes no ticket stop ringing, and the call is on the desk', async () => {
      await house.hear(`
        00:00.000  queue_joined     trunk#1         queue=billing untagged
        00:01.000  agent_called     trunk#1  101#2  queue=billing untagged
        00:05.000  agent_connected  trunk#1  101#2  queue=billing untagged hold=5`)
      expect(pops()).toEqual(['mai withdrawn 2'])
      expect(desks('mai')).toEqual([expect.any(String)])
      expect(await database.db.selectFrom('ticket').select('id').execute()).toEqual([])
    })

    test('of a callback ring, carry its ticket, and end with it; the call is on the desk', async () => {
      const { ticketId } = await house.promise(house.person('mai'))
      await house.startSchedule()
      await house.queues.setState(house.person('mai'), { state: 'ready' })
      await house.advance(60_000)
      const leg = `101=${house.placed()}`
      house.notifier.clear()
      await house.hear(`
        01:00.000  channel_created  ${leg}
        01:00.010  dial_begun       -  ${leg}`)
      expect(pops()).toEqual(['mai ringing 1'])
      await house.hear(`
        01:03.000  dial_ended           -  ${leg}
        01:03.010  originate_responded  ${leg}`)
      const shown = house.notifier.of('screenPop').at(-1)?.[1]
      expect([shown?.stage, shown?.ticket?.id]).toEqual(['answered', ticketId])
      await house.hear(`
        01:03.100  dial_begun      ${leg}  trunk#2  dial=0912345678@trunk
        01:09.000  dial_ended      ${leg}  trunk#2
        01:09.010  bridge_entered  trunk#2
        01:09.020  bridge_entered  ${leg}`)
      expect(desks('mai').at(-1)).toBe(shown?.call.id)
      await house.hear(`
        01:49.000  hung_up  trunk#2
        01:49.010  hung_up  ${leg}`)
      expect(house.notifier.of('screenPop').at(-1)?.[1].stage).toBe('ended')
      expect(desks('mai').at(-1)).toBe(null)
    })

    test('of an answered call carry the ticket that its row names', async () => {
      await house.hear(ANSWERED)
      const [row] = await database.db.selectFrom('call').select(['id', 'ticket_id']).execute()
      const [, pop] = house.notifier.of('screenPop').at(-1) ?? []
      expect(pop?.ticket?.id).toEqual(expect.any(String))
      expect(row).toEqual({ id: pop?.call.id, ticket_id: pop?.ticket?.id })
    })
  })

  describe('a hand-over', () => {
    beforeEach(async () => {
      await house.hear(ANSWERED)
    })

    test('takes the call from the desk of who left and leaves it with who talks', async () => {
      const [talking] = desks('mai')
      expect(talking).toEqual(expect.any(String))
      await house.hear('00:10.000  bridge_entered  102#3')
      await house.hear('00:11.000  hung_up  101#2')
      expect(desks('mai').at(-1)).toBe(null)
      expect(desks('lan').at(-1)).toBe(talking)
      const { call } = await house.desk.snapshot(house.person('mai'))
      expect(call).toBe(null)
    })

    test('and its end wipe nothing of the call that the one who left is in by then', async () => {
      await house.hear('00:10.000  bridge_entered  102#3')
      await house.hear('00:11.000  hung_up  101#2')
      await house.hear(`
        00:20.000  queue_joined     trunk#8
        00:21.000  agent_called     trunk#8  101#9
        00:25.000  agent_connected  trunk#8  101#9  hold=5`)
      const second = desks('mai').at(-1)
      expect(second).not.toBe(desks('lan').at(-1))
      await house.hear('00:30.000  hung_up  trunk#1')
      expect(desks('lan').at(-1)).toBe(null)
      expect(desks('mai').at(-1)).toBe(second)
    })

    test('tells everybody who was in the call how it goes on: hold, resume, end', async () => {
      house.notifier.clear()
      await house.hear('00:15.000  held     101#2')
      await house.hear('00:25.000  resumed  101#2')
      await house.hear('00:45.000  hung_up  trunk#1')
      const told = house.notifier
        .of('callUpdated')
        .map(([who, row]) => `${who.join()} ${row.status}`)
      expect(told).toEqual(['mai talking', 'mai talking', 'mai ended'])
    })
  })

  describe('today’s counters', () => {
    const AFTER_5: Partial<CallCounts> = {
      answered: 1,
      withinLevel: 1,
      withinService: 1,
      waitSeconds: 5,
      waits: oneWait(0),
    }
    const WAITING = '00:00.000  queue_joined  trunk#1'
    const ABANDONED = `
      00:09.000  queue_abandoned  trunk#1  hold=9
      00:09.002  queue_left       trunk#1
      00:09.004  hung_up          trunk#1`

    test.each([
      ['a caller who waits', [WAITING], {}],
      ['an answer', [ANSWERED], AFTER_5],
      ['a caller who hung up', [WAITING, ABANDONED], { abandoned: 1 }],
      [
        'a caller who hung up at once',
        [WAITING, ABANDONED.replaceAll('00:09', '00:03').replace('hold=9', 'hold=3')],
        { abandoned: 1, short: 1 },
      ],
      [
        'a caller who hung up, and of whom the journal says later that the queue timed out',
        [
          WAITING,
          ABANDONED,
          '00:09.500  journal_ended  trunk#1  received=00:00.000 outcome=timeout',
        ],
        { timedOut: 1 },
      ],
      [
        'a caller who hung up, and of whose answer the journal tells late',
        [
          WAITING,
          ABANDONED,
          '00:05.000  journal_answered  trunk#1  received=00:00.000 extension=101 hold=5',
        ],
        { ...AFTER_5, handled: 1, talkSeconds: 4 },
      ],
      [
        'a caller who overflows and is answered in another queue, there and not here',
        [
          WAITING,
          `00:20.000  queue_left       trunk#1
           00:20.100  queue_joined     trunk#1         queue=sales
           00:21.000  agent_called     trunk#1  102#3  queue=sales
           00:25.000  agent_connected  trunk#1  102#3  queue=sales hold=5`,
        ],
        { answered: 1, withinService: 1, waitSeconds: 25, waits: oneWait(3) },
      ],
    ])('of %s are the same live and after a restart', async (_what, tables, counts) => {
      const expected = { ...NO_CALLS, entered: 1, offered: 1, ...counts }
      for (const table of tables) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other, as a PBX tells them
        await house.hear(table)
      }
      await house.advance(300)
      expect(todayOf(house)).toEqual(expected)
      expect(await todayAfterRestart(database)).toEqual(expected)
      expect(todayOf(house, 'sales')).toEqual(NO_CALLS)
    })

    test('reach the board as a patch', async () => {
      await house.advance(1000)
      house.notifier.clear()
      await house.hear(WAITING)
      await house.advance(300)
      const patches = house.notifier.of('queuesPatch').flatMap(([patch]) => patch.queues)
      expect(patches).toMatchObject([{ name: 'hotline', today: { offered: 1 } }])
    })
  })

  test('who waits is on the board with the name of their customer', async () => {
    const order = customerCreate.parse({ name: 'Lê Ánh', phones: [{ number: '0912345678' }] })
    await house.customers.service.create(order)
    house.happen({ type: 'caller_joined', caller: aCaller('trunk#1') })
    await house.advance(1000)
    const { queues } = house.queues.snapshot()
    expect(queues[0]?.waiting).toMatchObject([{ customerName: 'Lê Ánh' }])
  })

  describe('when the wall clock is set back by an hour', () => {
    test('pops are sent again and the board goes on', async () => {
      await house.startSchedule()
      await house.hear(`
        00:00.000  queue_joined  trunk#1
        00:01.000  agent_called  trunk#1  101#2`)
      await house.advance(300)
      house.notifier.clear()
      house.clock.set('2026-11-23T01:00:00.000Z')
      await house.hear('00:02.000  queue_joined  trunk#7')
      await house.advance(6_000)
      expect(house.notifier.of('queuesPatch').length).toBeGreaterThan(0)
      expect(pops()).toEqual(['mai ringing 1', 'mai ringing 1'])
    })

    test('a withdrawal that could not be read is sent as soon as it can be', async () => {
      await house.startSchedule()
      await house.hear(`
        00:00.000  queue_joined  trunk#1
        00:01.000  agent_called  trunk#1  101#2`)
      const state = await house.database.db.selectFrom('call').select('state').executeTakeFirst()
      const setState = (text: string) =>
        house.database.db.updateTable('call').set({ state: text }).execute()
      await setState('{')
      const callId = house.notifier.of('screenPop')[0]?.[1].call.id ?? ''
      const withdrawn = { callId, staffId: 'mai' }
      await house.database.transaction((trx) => house.pops.withdraw(trx, withdrawn))
      expect(pops()).toEqual(['mai ringing 1'])
      await setState(state?.state ?? '')
      house.clock.set('2026-11-23T01:00:00.000Z')
      await house.advance(2_000)
      expect(pops()).toEqual(['mai ringing 1', 'mai withdrawn 2'])
    })
  })
})
