import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ticketCreate } from '#contract/tickets.ts'
import { DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { aCall } from '../../test/support/domain/a-call.ts'
import { addStaff, aUser } from '../../test/support/domain/a-staff.ts'
import { storeCall } from '../../test/support/domain/a-stored-call.ts'
import { openTestHouse, type TestHouse } from '../../test/support/house.ts'
import { isUniqueViolation } from '../db/database.ts'
import { assignIfFree, insertTickets, selectTicket, updateTicket } from './ticket-store.ts'

describe.each(DIALECTS)('a ticket on %s', (dialect) => {
  let house: TestHouse
  let id: string
  beforeEach(async () => {
    const database = await openTestDatabase(dialect)
    await addStaff(database, 'agent-1', 'agent-2')
    house = await openTestHouse(database)
    const order = ticketCreate.parse({ channel: 'counter', subject: 'Chậm' })
    id = (await house.tickets.service.create(order, aUser())).id
  })
  afterEach(() => house.database.close())

  it('is given to the first who comes and taken from nobody', async () => {
    const { db } = house.database
    await db.updateTable('ticket').set({ assignee_id: null, version: 1 }).execute()
    await assignIfFree(db, id, 'agent-2')
    await assignIfFree(db, id, 'agent-1')
    expect(await selectTicket(db, id)).toMatchObject({ assignee_id: 'agent-2', version: 2 })
  })

  it('is stored once per call; a code that stands twice is an error, never silence', async () => {
    const { db } = house.database
    const row = await selectTicket(db, id)
    if (row === undefined) throw new Error('there is no ticket')
    await storeCall(db, 'call-1', aCall())
    const ofCall = { ...row, id: 'x', code: 'KN-2026-000777', opened_by_call_id: 'call-1' }
    expect(await insertTickets(db, [ofCall])).toBe(1)
    const again = { ...ofCall, id: 'y', code: 'KN-2026-000778' }
    expect(await insertTickets(db, [again])).toBe(0)
    const doubled = insertTickets(db, [{ ...row, id: 'z' }])
    await expect(doubled).rejects.toSatisfy(isUniqueViolation)
  })

  it('is not written when it is of another version by now', async () => {
    const { db } = house.database
    expect(await updateTicket(db, id, 7, { subject: 'Nhanh' })).toBe(undefined)
    expect(await selectTicket(db, id)).toMatchObject({ subject: 'Chậm', version: 1 })
    expect(await updateTicket(db, id, 1, { subject: 'Nhanh' })).toMatchObject({ version: 2 })
  })
})
