import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const NUMBER = '0912345678'
const PLACE = 'Local/hotline@callback-place'

describe.each(HOUSE_DIALECTS)(
  'a place that was ordered before its caller called again, on %s,',
  (dialect) => {
    let database: Database
    let house: LiveHouse
    beforeEach(async () => {
      database = await openTestDatabase(dialect)
      house = await openLiveHouse(database)
      await house.startSchedule()
      await house.hear(`
      10:00.000  queue_joined    trunk#1  num=${NUMBER}
      10:20.000  queue_left      trunk#1
      10:20.010  callback_asked  trunk#1  to=${NUMBER}
      10:30.000  hung_up         trunk#1`)
      await house.advance(500)
    })
    afterEach(async () => {
      await house.stop()
      await database.close()
    })

    const ordered = () => house.telephony.places[0]?.channelId ?? 'none'
    const comesIntoTheQueue = () =>
      house.hear(`
      11:02.000  channel_created  ${PLACE}=${ordered()}
      11:02.001  queue_joined     ${PLACE}=${ordered().replace(/^cb-/, 'pl-')}  num=${NUMBER}`)

    test('and comes into the queue after them, is taken out at once', async () => {
      await house.hear(`11:00.000  queue_joined  trunk#5  num=${NUMBER}`)
      expect(house.telephony.hungUp).toEqual([])
      await comesIntoTheQueue()
      expect(house.telephony.hungUp).toEqual([`pbx1/${ordered()}`])
    })

    test('is kept while somebody else is with us', async () => {
      await house.hear(`11:00.000  queue_joined  trunk#5  num=0912345679`)
      await comesIntoTheQueue()
      expect(house.telephony.hungUp).toEqual([])
    })
  },
)
