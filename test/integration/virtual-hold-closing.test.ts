import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { TestHouseOptions } from '../support/house.ts'

const NUMBER = '0912345678'
/** 20 seconds before the end of the calling hours. */
const BEFORE_CLOSING = '2026-11-23T14:29:40.000Z'
const HOURS = { from: '07:00', to: '21:30' }
const MORNING = '2026-11-24T00:00:00.000Z'
const PLACE = 'Local/hotline@callback-place'

describe.each(HOUSE_DIALECTS)('who keeps a place at closing time, on %s,', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database, { start: BEFORE_CLOSING, callbackHours: HOURS })
    await house.startSchedule()
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const promises = () => database.db.selectFrom('callback').selectAll().execute()

  const ask = async () => {
    await house.hear(`
      10:00.000  queue_joined    trunk#1  num=${NUMBER}
      10:20.000  queue_left      trunk#1
      10:20.010  callback_asked  trunk#1  to=${NUMBER}
      10:30.000  hung_up         trunk#1`)
    await house.advance(500)
  }
  const again = async (options: TestHouseOptions) => {
    await house.stop()
    house = await openLiveHouse(database, {
      ...options,
      callbackHours: HOURS,
      hire: false,
      telephony: house.telephony,
    })
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    await house.startSchedule()
    await house.advance(1000)
  }
  /** mai's phone rings in the morning, and the customer is talked to. */
  const talk = async () => {
    const leg = `101=${house.placed()}`
    await house.hear(`
      11:20.000  channel_created      ${leg}
      11:23.000  dial_ended           -  ${leg}
      11:23.010  originate_responded  ${leg}
      12:05.000  dial_begun      ${leg}  trunk#9  dial=PJSIP/${NUMBER}@trunk
      12:12.000  dial_ended      ${leg}  trunk#9
      12:12.010  bridge_entered  trunk#9  bridge=b
      12:12.020  bridge_entered  ${leg}  bridge=b
      12:45.000  hung_up         trunk#9
      12:45.010  hung_up         ${leg}`)
  }
  /** The queue lets the place go. */
  const placeEnds = async () => {
    const channelId = house.telephony.places.at(-1)?.channelId ?? 'none'
    await house.hear(`
      11:00.000  channel_created      ${PLACE}=${channelId}
      13:00.000  originate_responded  ${PLACE}=${channelId}  failed=1
      13:00.010  hung_up              ${PLACE}=${channelId}  cause=19`)
  }

  test('is promised the next morning, and judged by that', async () => {
    await ask()
    expect(house.telephony.places).toMatchObject([{ waitSeconds: 20 }])
    await house.advance(21_000)
    await placeEnds()
    house.callbacks.wake()
    await house.advance(1000)
    const dated = { promised_for: MORNING, due_at: MORNING, verdict: null, status: 'scheduled' }
    expect(await promises()).toMatchObject([{ ...dated, late_until: '2026-11-24T14:30:00.000Z' }])
    await again({ start: '2026-11-24T00:00:00.000Z' })
    expect(house.telephony.originated).toMatchObject([{ extension: '101', number: NUMBER }])
    await talk()
    expect(await promises()).toMatchObject([{ status: 'done', verdict: 'kept' }])
  })

  test('stands behind who came in the same millisecond and was heard of first, whoever joins meanwhile', async () => {
    await house.hear(`
      10:00.000  queue_joined    trunk#1  num=${NUMBER}
      10:00.000  queue_joined    trunk#2  num=0987654321
      10:20.000  queue_left      trunk#1
      10:20.000  queue_left      trunk#2
      10:20.010  callback_asked  trunk#1  to=${NUMBER}
      10:20.010  callback_asked  trunk#2  to=0987654321
      10:20.011  queue_joined    trunk#3  num=0911222333`)
    await house.advance(500)
    expect(house.telephony.places).toMatchObject([
      { number: NUMBER, position: 1 },
      { number: '0987654321', position: 2 },
    ])
  })

  test('is not placed anew by a process that was suspended before it ordered that', async () => {
    let isSuspended = true
    const tell = house.notifier.callbackUpdated.bind(house.notifier)
    vi.spyOn(house.notifier, 'callbackUpdated').mockImplementation((people, promise) => {
      tell(people, promise)
      if (promise.status !== 'dialing' || !isSuspended) return
      isSuspended = false
      house.clock.set('2026-11-23T14:30:40.000Z')
    })
    await ask()
    expect(isSuspended).toBe(false)
    expect(house.telephony.places).toEqual([])
    house.callbacks.wake()
    await house.advance(1000)
    expect(await promises()).toMatchObject([{ status: 'scheduled', promised_for: MORNING }])
  })

  test('while no service is there is called late in the morning, and that is not broken', async () => {
    house.setLink('pbx1', 'connecting')
    await ask()
    expect(house.telephony.places).toEqual([])
    await again({ start: '2026-11-24T00:30:00.000Z' })
    expect(house.telephony.originated).toMatchObject([{ extension: '101', number: NUMBER }])
    await talk()
    expect(await promises()).toMatchObject([
      { promised_for: MORNING, status: 'done', verdict: 'late' },
    ])
  })
})
