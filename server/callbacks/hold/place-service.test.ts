import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS, openTestDatabase } from '../../../test/support/database.ts'
import { aCallRow } from '../../../test/support/domain/a-call-row.ts'
import { createTestClock } from '../../../test/support/clock.ts'
import { createTestIds } from '../../../test/support/ids.ts'
import { createPromiseLedger } from '../../../test/support/promise-ledger.ts'
import { startCall } from '../../calls/conversation/call.ts'
import type { Database } from '../../db/transaction.ts'

describe.each(SERVICE_DIALECTS)('places in a queue on %s', (dialect) => {
  let database: Database
  let ledger: ReturnType<typeof createPromiseLedger>
  /** How long the process stands still while it takes the next place. */
  let standsStillMs: number

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    standsStillMs = 0
    const clock = createTestClock()
    const nextId = createTestIds()
    const newId = () => {
      clock.set(new Date(clock.nowMs() + standsStillMs).toISOString())
      standsStillMs = 0
      return nextId()
    }
    ledger = createPromiseLedger(database, { clock, newId })
    await ledger.addPerson('lan', '101')
  })
  afterEach(() => database.close())

  /** A caller who came a minute ago presses 1. */
  async function ask(callId: string, number: string): Promise<void> {
    const at = new Date(ledger.clock.nowMs() - 60_000).toISOString()
    const row = aCallRow(callId, { entered_at: at, ended_at: at })
    await database.db.insertInto('call').values(row).execute()
    const from = { callerIdNum: number, callerIdName: null, withheld: false, tagged: true }
    const ids = { pbxId: 'pbx1', uniqueid: callId, linkedid: callId }
    const call = { ...startCall({ ...ids, ...from, at }), queue: 'hotline' }
    await database.transaction((trx) => ledger.feature.hold.ask(trx, { callId, call, number, at }))
  }

  const promises = () =>
    database.db.selectFrom('callback').selectAll().orderBy('created_at').execute()
  const lastPlace = () => ledger.telephony.places.at(-1)

  test('who stood still while a place was taken orders it no more', async () => {
    await ask('c1', '0912345678')
    standsStillMs = 6_000
    await ledger.tick()
    expect(ledger.telephony.places).toEqual([])
    expect(await promises()).toMatchObject([{ status: 'scheduled', verdict: null }])
    await ledger.tick()
    expect(ledger.telephony.places).toHaveLength(1)
  })

  test('an order is good for the rest of the minute in which nobody repeats it', async () => {
    await ask('c1', '0912345678')
    standsStillMs = 5_000
    await ledger.tick()
    const { waitSeconds = 0, expiresInSeconds = 0 } = lastPlace() ?? {}
    expect(expiresInSeconds - waitSeconds).toBe(50)
  })

  test('whom the team calls without a place is nobody to stand behind', async () => {
    await ask('c1', '0912345678')
    await ledger.tick()
    await ledger.hear('ended', { stage: 'in_queue' }, lastPlace()?.channelId)
    ledger.clock.set(new Date(ledger.clock.nowMs() + 10_000).toISOString())
    await ask('c2', '0987654321')
    await ledger.tick()
    expect(ledger.telephony.originated).toMatchObject([{ number: '0912345678', extension: '101' }])
    expect(lastPlace()).toMatchObject({ number: '0987654321', position: 1 })
  })

  test('a promise of a ticket for whose place a phone of nobody answered is given to somebody', async () => {
    await ask('c1', '0912345678')
    await ledger.tick()
    const channelId = lastPlace()?.channelId
    const placedAgent = { uniqueid: 'x', extension: '199' }
    await ledger.hear('talking', { placedAgent }, channelId)
    await ledger.addTicket('KN-9')
    const [promise] = await promises()
    await database.transaction((trx) =>
      ledger.feature.missed.giveTicket(trx, promise?.id ?? '', 'KN-9'),
    )
    const ended = { placedAgent, dialStatus: 'ANSWER', talkSeconds: 3 }
    await ledger.hear('ended', ended, channelId)
    expect(await promises()).toMatchObject([{ status: 'failed', assignee_id: null }])
    await database.transaction((trx) => ledger.feature.settleOrphaned(trx, null))
    expect(await promises()).toMatchObject([{ status: 'failed', assignee_id: 'lan' }])
  })
})
