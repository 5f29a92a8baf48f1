import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SessionUser } from '#contract/staff.ts'
import {
  SERVICE_DIALECTS,
  openTestDatabase,
  type TestDialect,
} from '../../test/support/database.ts'
import { eventually } from '../../test/support/eventually.ts'
import { openQueueFloor, emptySnapshot } from '../../test/support/queue-floor.ts'
import { aMember } from '../../test/support/queue-events.ts'
import { InvalidInput } from '../errors.ts'
import { ActionRefused } from '../ports.ts'

async function setUp(dialect: TestDialect, given: { queues?: string[]; pbxIds?: string[] } = {}) {
  const database = await openTestDatabase(dialect)
  const floor = await openQueueFloor(database, given)
  const mai = await floor.addPerson('mai', '101')
  await floor.open()
  return { ...floor, database, mai }
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`an agent’s own state on ${dialect}`, () => {
    let floor: Awaited<ReturnType<typeof setUp>>
    let mai: SessionUser
    const signOut = (staffId: string) =>
      floor.database.transaction((trx) =>
        floor.workflow.onFact(trx, { type: 'staff_signed_out', staffId }),
      )
    const losePhone = async (staffId: string, extension: string) => {
      await floor.database.transaction((trx) =>
        floor.workflow.onFact(trx, { type: 'staff_phone_lost', staffId, extension }),
      )
      await floor.queues.settled()
    }
    const orders = () => floor.telephony.memberships.map((order) => order.state)
    const news = () =>
      floor.notifier.of('agentState').map(([, { state, confirmed }]) => `${state} ${confirmed}`)
    beforeEach(async () => {
      floor = await setUp(dialect)
      mai = floor.mai
    })
    afterEach(async () => {
      await floor.queues.stop()
      await floor.database.close()
    })

    test('ready joins the queue on the PBX and is confirmed when the PBX shows it', async () => {
      floor.pbx.isDeaf = true
      expect(await floor.queues.setState(mai, { state: 'ready' })).toEqual({
        state: 'ready',
        reason: null,
        since: floor.clock.now(),
        confirmed: false,
      })
      expect(floor.telephony.memberships).toEqual([
        {
          pbxId: 'pbx1',
          queue: 'hotline',
          extension: '101',
          displayName: 'mai',
          state: 'ready',
          reason: null,
        },
      ])
      floor.happen({ type: 'member_added', member: aMember('101') })
      expect(floor.queues.stateOf('mai').confirmed).toBe(true)
      expect(news()).toEqual(['ready false', 'ready true'])
    })

    test('a pause carries its reason, offline leaves', async () => {
      await floor.queues.setState(mai, { state: 'ready' })
      expect(await floor.queues.setState(mai, { state: 'paused', reason: 'lunch' })).toMatchObject({
        state: 'paused',
        reason: 'lunch',
        confirmed: true,
      })
      expect(floor.telephony.memberships.at(-1)).toMatchObject({ state: 'paused', reason: 'lunch' })
      expect(await floor.queues.setState(mai, { state: 'offline' })).toMatchObject({
        confirmed: true,
      })
      expect(floor.queues.membershipsOf('101')).toEqual([])
    })

    test('the wish and its moment survive a restart', async () => {
      const { since } = await floor.queues.setState(mai, { state: 'paused', reason: 'meeting' })
      await floor.clock.advance(60_000)
      await floor.queues.setState(mai, { state: 'paused', reason: 'meeting' })
      const again = await openQueueFloor(floor.database)
      await again.queues.start()
      await again.queues.stop()
      expect(again.queues.stateOf('mai')).toMatchObject({
        state: 'paused',
        reason: 'meeting',
        since,
      })
    })

    test('nobody without an extension can be ready, and is told why', async () => {
      const chief = await floor.addPerson('chief', null)
      await expect(floor.queues.setState(chief, { state: 'ready' })).rejects.toThrow(InvalidInput)
      await expect(floor.queues.setState(chief, { state: 'ready' })).rejects.toThrow(/no extension/)
      expect(await floor.queues.setState(chief, { state: 'offline' })).toMatchObject({
        confirmed: true,
      })
    })

    test('while the PBX is away the wish is kept, and applied when it is back', async () => {
      floor.setLink('pbx1', 'connecting')
      expect(await floor.queues.setState(mai, { state: 'ready' })).toMatchObject({
        confirmed: false,
      })
      expect(orders()).toEqual([])
      floor.connect(emptySnapshot())
      await floor.queues.settled()
      expect(orders()).toEqual(['ready'])
      expect(floor.queues.stateOf('mai').confirmed).toBe(true)
    })

    test('who signed out while the PBX was away does not keep ringing', async () => {
      await floor.queues.setState(mai, { state: 'ready' })
      floor.setLink('pbx1', 'connecting')
      await signOut('mai')
      floor.connect({ ...emptySnapshot(), members: [aMember('101')] })
      await floor.queues.settled()
      expect(orders()).toEqual(['ready', 'offline'])
      expect(floor.queues.membershipsOf('101')).toEqual([])
    })

    test('a PBX that forgot its members gets them again', async () => {
      await floor.queues.setState(mai, { state: 'paused', reason: 'lunch' })
      floor.setLink('pbx1', 'connecting')
      floor.connect(emptySnapshot())
      await floor.queues.settled()
      expect(orders()).toEqual(['paused', 'paused'])
    })

    test('signing out takes the agent out of the queues', async () => {
      await floor.queues.setState(mai, { state: 'ready' })
      await signOut('mai')
      expect(orders()).toEqual(['ready', 'offline'])
      await signOut('mai')
      await signOut('nobody')
      expect(orders()).toHaveLength(2)
    })

    test('a phone that is somebody else’s leaves the queues under its own extension', async () => {
      await floor.queues.setState(mai, { state: 'ready' })
      floor.telephony.memberships.splice(0)
      await losePhone('mai', '109')
      await losePhone('mai', '109')
      await losePhone('nobody', '110')
      expect(floor.telephony.memberships).toMatchObject([{ extension: '109', state: 'offline' }])
      expect(floor.queues.stateOf('mai').state).toBe('offline')
    })

    test('a change made at the PBX while connected becomes the agent’s own state', async () => {
      await floor.queues.setState(mai, { state: 'ready' })
      const member = aMember('101', { paused: true, pauseReason: 'meeting' })
      floor.happen({ type: 'member_status', member })
      await floor.queues.settled()
      expect(floor.queues.stateOf('mai')).toMatchObject({
        state: 'paused',
        reason: 'meeting',
        confirmed: true,
      })
      expect(orders()).toEqual(['ready'])
      expect(news().at(-1)).toBe('paused true')
    })

    test('a pause made at the PBX while its undoing is still being stored is not undone', async () => {
      await floor.queues.setState(mai, { state: 'paused', reason: 'meeting' })
      const transaction = floor.database.transaction.bind(floor.database)
      const slow = Promise.withResolvers<void>()
      vi.spyOn(floor.database, 'transaction').mockImplementationOnce(async (work) => {
        await slow.promise
        return transaction(work)
      })
      const paused = { paused: true, pauseReason: 'lunch' }
      floor.happen({ type: 'member_status', member: aMember('101') })
      floor.happen({ type: 'member_status', member: aMember('101', paused) })
      await eventually(() => expect(floor.queues.stateOf('mai').reason).toBe('lunch'))
      slow.resolve()
      await floor.queues.settled()
      expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'paused', reason: 'lunch' })
      expect(floor.queues.membershipsOf('101')).toMatchObject([paused])
      expect(orders()).not.toContain('ready')
    })

    test('an agent whom nobody asked yet is what the PBX shows', async () => {
      floor.happen({ type: 'member_added', member: aMember('101') })
      await floor.queues.settled()
      expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'ready', confirmed: true })
      expect(orders()).toEqual([])
    })

    test('a PBX that does not show what it was told is told again', async () => {
      floor.pbx.isDeaf = true
      await floor.queues.setState(mai, { state: 'ready' })
      await floor.clock.advance(4999)
      expect(orders()).toHaveLength(1)
      floor.pbx.isDeaf = false
      await floor.clock.advance(1)
      await floor.queues.settled()
      expect(orders()).toEqual(['ready', 'ready'])
      await floor.clock.advance(60_000)
      expect(orders()).toHaveLength(2)
    })

    test('a newer wish has its own five seconds: the older one’s timer tells nothing', async () => {
      floor.pbx.isDeaf = true
      await floor.queues.setState(mai, { state: 'ready' })
      await floor.clock.advance(3_000)
      await floor.queues.setState(mai, { state: 'paused', reason: 'lunch' })
      await floor.clock.advance(2_500)
      await floor.queues.settled()
      expect(orders()).toEqual(['ready', 'paused'])
      await floor.clock.advance(2_500)
      await floor.queues.settled()
      expect(orders()).toEqual(['ready', 'paused', 'paused'])
    })

    test('a membership that Asterisk refuses is not asked for again and again', async () => {
      floor.telephony.failNextMembership(new ActionRefused('not dynamic'))
      expect(await floor.queues.setState(mai, { state: 'ready' })).toMatchObject({
        confirmed: false,
      })
      await floor.clock.advance(60_000)
      expect(orders()).toEqual([])
    })

    test('the last of several quick wishes is what the PBX shows', async () => {
      await Promise.all([
        floor.queues.setState(mai, { state: 'ready' }),
        floor.queues.setState(mai, { state: 'paused', reason: 'break' }),
        floor.queues.setState(mai, { state: 'ready' }),
      ])
      const wanted = floor.queues.stateOf('mai')
      expect(wanted.confirmed).toBe(true)
      expect(floor.queues.membershipsOf('101')[0]?.paused).toBe(wanted.state === 'paused')
    })

    test('the dialler learns where the agent is', async () => {
      await floor.queues.setState(mai, { state: 'ready' })
      const chief = await floor.addPerson('chief', null)
      expect(floor.queues.reachOf(['mai', chief.id, 'gone'])).toEqual([
        {
          staffId: 'mai',
          extension: '101',
          wanted: { state: 'ready', reason: null },
          member: { pbxId: 'pbx1', state: 'ready' },
        },
      ])
    })
  })
}

const membersSeen = (extensions: string[], names = ['hotline', 'vip'], at: string[] = names) => ({
  type: 'members_seen' as const,
  queues: names.map((queue) => ({ queue, strategy: 'ringall' })),
  members: at.flatMap((queue) => extensions.map((extension) => aMember(extension, { queue }))),
})

describe('an agent of two queues on two PBXs', () => {
  let floor: Awaited<ReturnType<typeof setUp>>
  beforeEach(async () => {
    floor = await setUp('sqlite', { queues: ['hotline', 'vip'], pbxIds: ['pbx1', 'pbx2'] })
  })
  afterEach(async () => {
    await floor.queues.stop()
    await floor.database.close()
  })

  const toldSince = (before: number) =>
    floor.telephony.memberships
      .slice(before)
      .map(({ pbxId, queue, state }) => `${pbxId} ${queue} ${state}`)

  test('a queue that forgot them without a word is told again, the others are left alone', async () => {
    await floor.queues.setState(floor.mai, { state: 'paused', reason: 'lunch' })
    const before = floor.telephony.memberships.length
    floor.happen({
      ...membersSeen(['101']),
      members: [aMember('101', { queue: 'vip', paused: true })],
    })
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'paused', confirmed: false })
    await floor.clock.advance(500)
    await floor.queues.settled()
    expect(toldSince(before)).toEqual(['pbx1 hotline paused'])
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'paused', confirmed: true })
  })

  test('while the queue itself is away nothing is told, and they see that they are not in it', async () => {
    await floor.queues.setState(floor.mai, { state: 'ready' })
    const before = floor.telephony.memberships.length
    floor.happen(membersSeen(['101'], ['vip']))
    await floor.clock.advance(10_000)
    floor.happen(membersSeen(['101'], ['vip']))
    await floor.clock.advance(10_000)
    expect(toldSince(before)).toEqual([])
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'ready', confirmed: false })
    floor.happen(membersSeen(['101'], ['hotline', 'vip'], ['vip']))
    await floor.clock.advance(500)
    await floor.queues.settled()
    expect(toldSince(before)).toEqual(['pbx1 hotline ready'])
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'ready', confirmed: true })
  })

  test('one whom somebody took out is not put back, although the comparison saw it first', async () => {
    await floor.queues.setState(floor.mai, { state: 'ready' })
    const before = floor.telephony.memberships.length
    floor.happen(membersSeen([]))
    for (const queue of ['hotline', 'vip'])
      floor.happen({ type: 'member_removed', queue, interface: 'PJSIP/101' })
    await floor.clock.advance(500)
    await floor.queues.settled()
    expect(toldSince(before)).toEqual(['pbx2 hotline offline', 'pbx2 vip offline'])
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'offline', confirmed: true })
  })

  test('who signs out after the loss is not put back', async () => {
    await floor.queues.setState(floor.mai, { state: 'ready' })
    floor.happen(membersSeen([]))
    await floor.queues.setState(floor.mai, { state: 'offline' })
    const before = floor.telephony.memberships.length
    await floor.clock.advance(60_000)
    await floor.queues.settled()
    expect(toldSince(before)).toEqual([])
  })

  test('the page says so at once when the phone is registered with no PBX', async () => {
    await floor.queues.setState(floor.mai, { state: 'ready' })
    const registered = (pbxId: string, deviceStatus: number) => {
      for (const queue of ['hotline', 'vip'])
        floor.happen(
          { type: 'member_status', member: aMember('101', { queue, deviceStatus }) },
          pbxId,
        )
    }
    registered('pbx2', 5)
    expect(floor.queues.stateOf('mai').phone).toBeUndefined()
    registered('pbx1', 5)
    const news = floor.notifier.of('agentState').at(-1)?.[1]
    expect(news).toMatchObject({ state: 'ready', confirmed: true, phone: 'unreachable' })
    registered('pbx2', 1)
    expect(floor.notifier.of('agentState').at(-1)?.[1].phone).toBeUndefined()
  })

  test('people of a PBX that is away are not confirmed, those of the other one are', async () => {
    await floor.queues.setState(floor.mai, { state: 'ready' })
    for (const queue of ['hotline', 'vip'])
      floor.happen(
        { type: 'member_status', member: aMember('101', { queue, deviceStatus: 5 }) },
        'pbx2',
      )
    floor.setLink('pbx2', 'connecting')
    expect(floor.queues.stateOf('mai').confirmed).toBe(true)
    floor.setLink('pbx1', 'connecting')
    expect(floor.queues.stateOf('mai').confirmed).toBe(false)
  })

  test('joins every queue everywhere; a PBX that is away and not theirs does not matter', async () => {
    floor.setLink('pbx2', 'connecting')
    expect(await floor.queues.setState(floor.mai, { state: 'ready' })).toMatchObject({
      confirmed: true,
    })
    floor.connect(emptySnapshot(['hotline', 'vip']), 'pbx2')
    await floor.queues.settled()
    expect(floor.queues.stateOf('mai').confirmed).toBe(true)
    const told = floor.telephony.memberships.map((order) => `${order.pbxId} ${order.queue}`)
    expect(told).toEqual(['pbx1 hotline', 'pbx1 vip', 'pbx2 hotline', 'pbx2 vip'])
  })

  test('a supervisor who takes them out of one queue is not undone', async () => {
    await floor.queues.setState(floor.mai, { state: 'ready' })
    const before = floor.telephony.memberships.length
    floor.happen({ type: 'member_removed', queue: 'vip', interface: 'PJSIP/101' })
    await floor.queues.settled()
    await floor.clock.advance(60_000)
    expect(floor.telephony.memberships).toHaveLength(before)
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'ready', confirmed: true })
  })

  test('a pause made on one PBX holds on the other', async () => {
    await floor.queues.setState(floor.mai, { state: 'ready' })
    for (const queue of ['hotline', 'vip']) {
      const member = aMember('101', { queue, paused: true, pauseReason: 'lunch' })
      floor.happen({ type: 'member_status', member }, 'pbx1')
    }
    await floor.queues.settled()
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'paused', confirmed: true })
    expect(floor.queues.membershipsOf('101').every((member) => member.paused)).toBe(true)
  })
})
