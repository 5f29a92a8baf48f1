import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import type { Db } from '../../server/db/schema.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import type { Database } from '../../server/db/transaction.ts'
import * as outages from '../../server/outages/outage-store.ts'
import * as releases from '../../server/outages/release-store.ts'
import * as watch from '../../server/outages/watch-store.ts'
import { outageCreate } from '../../server/contract/casework/outages.ts'
import { customerCreate } from '../../server/contract/customers.ts'
import { sql } from 'kysely'
import { DIALECTS, openEmptyTestDatabase, openTestDatabase } from '../support/database.ts'
import { openLiveHouse } from '../support/live-house.ts'
import { readPlan, recordStatements } from '../support/query-plan.ts'

const NOW = '2026-11-23T02:00:00.000Z'
/** A handful of rows in all, or one per person who works here. */
const SMALL = ['outage', 'staff', 'team', 'team_member', 'ticket_of_outage']

const READS: Record<string, (db: Db) => Promise<unknown>> = {
  'calls of the last windows': (db) => watch.selectRecentCalls(db, NOW),
  'whose numbers called': (db) => watch.selectOwners(db, ['+84', '+85']),
  'areas of customers': (db) => watch.selectAreasOf(db, ['a', 'b']),
  'what is known': (db) => watch.selectKnown(db, NOW),
  'the shift': (db) => watch.selectShift(db),
  'open outages': (db) => outages.selectOpenOutages(db),
  'list of outages': (db) => outages.listOutages(db, 'open'),
  'how many children': (db) => outages.countChildren(db, ['t', 'u']),
  'parents to release': (db) => releases.selectUnreleased(db),
  'children to release': (db) => releases.selectChildren(db, 't', { afterId: 'a', limit: 20 }),
}

describe.each(DIALECTS)('what outages read on %s', (dialect) => {
  let database: Database
  beforeAll(async () => {
    database = await openEmptyTestDatabase(dialect)
    await migrateToLatestOrThrow(database)
  })
  afterAll(() => database.close())

  it.each(Object.entries(READS))('%s: an index is used', async (_what, ask) => {
    const statements = await recordStatements(database, ask)
    expect(statements.length).toBeGreaterThan(0)
    const plans = await Promise.all(statements.map((one) => readPlan(database, one)))
    const scans = plans.flatMap((plan) => plan.scans)
    expect(scans.filter(({ of }) => !SMALL.includes(of))).toEqual([])
  })
})

const RINGS = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2`
const ANSWERED = `
  00:05.000  agent_connected  trunk#1  101#2  hold=5
  00:05.010  bridge_entered   trunk#1
  00:05.020  bridge_entered   101#2`

describe.each(DIALECTS)('the pop of a caller on %s', (dialect) => {
  test('says that their area has an outage as it becomes known, and asks for no area while there is none', async () => {
    const database = await openTestDatabase(dialect)
    const house = await openLiveHouse(database)
    const order = { name: 'An', phones: [{ number: '0912345678' }], contracts: [] }
    const { id } = await house.customers.service.create(customerCreate.parse(order))
    const contract = { id: 'c', customer_id: id, contract_no: 'c', service_plan: 'Internet' }
    const place = { installation_address: '', area_class: 'urban', circuit_id: null, suspended: 0 }
    await database.db
      .insertInto('contract')
      .values({ ...contract, ...place })
      .execute()
    await sql`update contract set area = 'Cầu Giấy'`.execute(database.db)
    const shown = () =>
      house.notifier.of('screenPop').map(([, { stage, outage }]) => [stage, outage])

    const asked = (db: Db) => house.outages.outagesFor(db, [id])
    expect(await recordStatements(database, asked)).toEqual([])
    await house.hear(RINGS)
    expect(shown()).toEqual([['ringing', null]])

    const declared = { area: 'Cầu Giấy', message: 'Đứt cáp', expectedUntil: '2026-11-23T06:00:00Z' }
    const outage = await house.outages.service.open(
      outageCreate.parse(declared),
      house.person('lan'),
    )
    expect(await recordStatements(database, asked)).toHaveLength(1)
    await house.settled()
    const inForce = { message: 'Đứt cáp', expectedUntil: '2026-11-23T06:00:00.000Z' }
    expect(shown().slice(1)).toEqual([['ringing', expect.objectContaining(inForce)]])
    expect(house.notifier.of('outagesChanged')).toHaveLength(1)
    await house.hear(ANSWERED)
    const known = {
      ...outage.ticket,
      message: 'Đứt cáp',
      expectedUntil: '2026-11-23T06:00:00.000Z',
    }
    const { id: ticketId, ...rest } = { id: '', ...known }
    expect(shown().at(-1)).toEqual(['answered', { ticketId, ...rest }])

    const parent = outage.ticket?.id ?? ''
    const later = { version: outage.version, message: 'Đang hàn', expectedUntil: null }
    await house.outages.service.patch(parent, later, house.person('lan'))
    await house.settled()
    expect(shown().at(-1)).toEqual([
      'answered',
      { ticketId, ...rest, message: 'Đang hàn', expectedUntil: null },
    ])
    await database.transaction((trx) => house.outages.end(trx, parent, false))
    await house.settled()
    expect(shown().at(-1)).toEqual(['answered', null])
    expect(house.notifier.of('outagesChanged')).toHaveLength(3)
    await house.stop()
    await database.close()
  })
})
