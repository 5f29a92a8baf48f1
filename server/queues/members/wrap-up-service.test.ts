import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '#contract/staff.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../../test/support/database.ts'
import { eventually } from '../../../test/support/eventually.ts'
import { openQueueFloor, type QueueFloor } from '../../../test/support/queue-floor.ts'
import { aMember } from '../../../test/support/queue-events.ts'
import type { Database } from '../../db/transaction.ts'
import { plusSeconds } from '../../time.ts'

describe.each(SERVICE_DIALECTS)('the rest after a call, on %s', (dialect) => {
  let database: Database
  let floor: QueueFloor
  let mai: SessionUser
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    floor = await openQueueFloor(database)
    mai = await floor.addPerson('mai', '101')
    await floor.open()
    await floor.queues.setState(mai, { state: 'ready' })
  })
  afterEach(async () => {
    await floor.queues.stop()
    await database.close()
  })

  const now = () => floor.clock.now()
  const orders = () => floor.telephony.memberships.map(({ state, reason }) => `${state} ${reason}`)
  const state = () => floor.queues.stateOf(mai.id)

  /** A call of mai's has just ended: the queue leaves her alone for twenty seconds. */
  function callEnded() {
    const lastCallAt = now()
    floor.happen({
      type: 'member_status',
      member: aMember('101', { lastCallAt, wrapUpSeconds: 20 }),
    })
    floor.telephony.memberships.length = 0
    return plusSeconds(lastCallAt, 20)
  }

  test('is told with its end, and told again when it is over', async () => {
    const endsAt = callEnded()
    expect(state()).toMatchObject({ state: 'ready', wrapUp: { endsAt } })
    expect(floor.notifier.of('agentState').at(-1)).toMatchObject(['mai', { wrapUp: { endsAt } }])
    await floor.clock.advance(20_000)
    expect(state()).not.toHaveProperty('wrapUp')
    expect(floor.notifier.of('agentState').at(-1)?.[1]).not.toHaveProperty('wrapUp')
  })

  test('is a minute longer as a pause that the PBX shows, a minute more by each press', async () => {
    const endsAt = callEnded()
    const minute = plusSeconds(endsAt, 60)
    expect(await floor.queues.prolongWrapUp(mai)).toMatchObject({
      state: 'paused',
      reason: 'wrap_up',
      confirmed: true,
      wrapUp: { endsAt: minute },
    })
    expect(orders()).toEqual(['paused wrap_up'])
    const { since } = state()
    await floor.clock.advance(1_000)
    await floor.queues.prolongWrapUp(mai)
    expect(state()).toMatchObject({ since, wrapUp: { endsAt: plusSeconds(minute, 60) } })
    expect(orders()).toEqual(['paused wrap_up'])
  })

  test('that was prolonged ends by itself, and the PBX is told', async () => {
    callEnded()
    await floor.queues.prolongWrapUp(mai)
    await floor.schedule.settled()
    floor.schedule.start(['rests after calls'])
    await floor.clock.advance(79_000)
    expect(state().state).toBe('paused')
    await floor.clock.advance(6_000)
    await eventually(() => expect(state()).toMatchObject({ state: 'ready', confirmed: true }))
    expect(state()).not.toHaveProperty('wrapUp')
    expect(orders()).toEqual(['paused wrap_up', 'ready null'])
  })

  test('ends at once when mai says so: the queue forgets the call by losing and getting the phone', async () => {
    callEnded()
    expect(await floor.queues.endWrapUp(mai)).toMatchObject({ state: 'ready', confirmed: true })
    expect(orders()).toEqual(['offline null', 'ready null'])
    expect(state()).not.toHaveProperty('wrapUp')
    await floor.queues.endWrapUp(mai)
    expect(orders()).toHaveLength(2)
  })

  test('that was prolonged ends at once too', async () => {
    callEnded()
    await floor.queues.prolongWrapUp(mai)
    await floor.clock.advance(30_000)
    await floor.queues.endWrapUp(mai)
    expect(orders()).toEqual(['paused wrap_up', 'ready null'])
    expect(state()).toMatchObject({ state: 'ready', confirmed: true })
  })

  test('cannot be prolonged when there is none', async () => {
    await expect(floor.queues.prolongWrapUp(mai)).rejects.toMatchObject({
      errors: [{ code: 'no_wrap_up' }],
    })
  })

  test('outlives the service, and is told to a PBX that comes back', async () => {
    const endsAt = plusSeconds(callEnded(), 60)
    await floor.queues.prolongWrapUp(mai)
    await floor.queues.stop()
    const next = await openQueueFloor(database)
    await next.open()
    expect(next.queues.stateOf(mai.id)).toMatchObject({ wrapUp: { endsAt } })
    expect(next.telephony.memberships.map(({ reason }) => reason)).toEqual(['wrap_up'])
    await next.queues.stop()
  })
})
