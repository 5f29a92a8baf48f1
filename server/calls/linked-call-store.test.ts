import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { aCall } from '../../test/support/domain/a-call.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { storeTicket } from '../../test/support/domain/a-stored-ticket.ts'
import type { Database } from '../db/transaction.ts'
import { callsById, ticketCalls } from './linked-call-store.ts'

describe.each(DIALECTS)('a stored call that cannot be read, on %s', (dialect) => {
  let database: Database

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    await storeCall(database.db, 'good', aCall({ uniqueid: 'pbx1-1' }))
    await storeCall(database.db, 'bad', aCall({ uniqueid: 'pbx1-2' }))
    await database.db.updateTable('call').set({ state: '{}' }).where('id', '=', 'bad').execute()
  })
  afterEach(() => database.close())

  it('is missing among the calls of pops, which show the others', async () => {
    const found = await callsById(database.db, ['good', 'bad', 'none'])
    expect([...found.keys()]).toEqual(['good'])
  })

  it('is missing among the calls of its ticket, which shows the others', async () => {
    await storeTicket(database.db, 'T')
    await database.db.updateTable('call').set({ ticket_id: 'T' }).execute()
    const found = await ticketCalls(database.db, 'T', (extension) => extension)
    expect(found.map(({ id }) => id)).toEqual(['good'])
  })
})
