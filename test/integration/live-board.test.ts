import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { outageCreate } from '../../server/contract/casework/outages.ts'
import { customerCreate } from '../../server/contract/customers.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'
import { aCaller, aMember } from '../support/queue-events.ts'

const ANSWERED = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2  hold=5
  00:05.010  bridge_entered   trunk#1
  00:05.020  bridge_entered   101#2`
const NOBODY = { calledBack: [], missed: [] }

describe.each(HOUSE_DIALECTS)('the live board on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  const board = () => house.queues.snapshot()
  const waiting = () => board().queues[0]?.waiting ?? []
  const member = (extension = '101') =>
    board().queues[0]?.members.find((one) => one.extension === extension)
  const addCustomer = () =>
    house.customers.service.create(
      customerCreate.parse({
        name: 'Công ty Sao Mai',
        phones: [{ number: '0912345678' }, { number: '0987654321' }],
        contracts: [{ contractNo: 'HD-1', servicePlan: 'Internet', area: 'Cầu Giấy' }],
      }),
      CHIEF,
    )
  const wait = () => house.happen({ type: 'caller_joined', caller: aCaller('c1') })
  const pass = async (ms: number) => {
    await house.advance(ms)
    await house.queues.flush()
  }

  test('says of who waits which customer it is, what they were promised, and the outage', async () => {
    await addCustomer()
    wait()
    await pass(200)
    expect(waiting()).toMatchObject([{ uniqueid: 'c1', customerName: 'Công ty Sao Mai' }])
    expect(waiting()[0]).not.toHaveProperty('promise')
    const { id: ticketId } = await house.openTicket(CHIEF, { number: '0987654321' })
    const order = { note: '', inMinutes: 5 }
    const { dueAt } = await house.callbacks.service.promise(house.person('mai'), ticketId, order)
    const outage = outageCreate.parse({ area: 'Cầu Giấy', message: 'Đứt cáp', expectedUntil: null })
    const { ticket } = await house.outages.service.open(outage, CHIEF)
    house.queues.pageOpened('chief')
    await house.startSchedule()
    await pass(1000)
    expect(waiting()).toMatchObject([
      { promise: { dueAt, ticketId }, outage: { ticketId: ticket?.id, code: ticket?.code } },
    ])
  })

  test('shows whom a member talks to, with customer and ticket', async () => {
    await addCustomer()
    await house.hear(ANSWERED.replace('trunk#1\n', 'trunk#1  from=0912345678\n'))
    house.happen({
      type: 'member_status',
      member: aMember('101', { deviceStatus: 2, inCall: true }),
    })
    await pass(200)
    expect(member()).toMatchObject({
      state: 'in_call',
      onCall: { customerName: expect.any(String), ticket: { code: expect.stringMatching(/^KN-/) } },
    })
  })

  test('says which supervisor paused somebody, until that pause is over', async () => {
    house.happen({ type: 'member_added', member: aMember('101') })
    const of = { queue: 'hotline', extension: '101' }
    await house.queues.commandMember(CHIEF, of, { paused: true, reason: 'meeting' })
    await pass(200)
    expect(member()).toMatchObject({ state: 'paused', pauseReason: 'meeting', pausedBy: 'Chief' })
    house.happen({ type: 'member_status', member: aMember('101') })
    house.happen({
      type: 'member_status',
      member: aMember('101', { paused: true, pauseReason: 'lunch' }),
    })
    await pass(200)
    expect(member()).toMatchObject({ pauseReason: 'lunch' })
    expect(member()).not.toHaveProperty('pausedBy')
  })

  const PAUSED = aMember('101', { paused: true, pauseReason: 'meeting' })
  const shows = (shown: ReturnType<typeof aMember>) =>
    house.happen({ type: 'member_status', member: shown })
  async function pauseAndRestart(between: () => Promise<void> = async () => undefined) {
    house.happen({ type: 'member_added', member: aMember('101') })
    const of = { queue: 'hotline', extension: '101' }
    await house.queues.commandMember(CHIEF, of, { paused: true, reason: 'meeting' })
    await pass(200)
    await between()
    await house.stop()
    house = await openLiveHouse(database, { clock: house.clock, hire: false })
  }

  test('knows after a restart which supervisor paused somebody, until that pause is over', async () => {
    await pauseAndRestart()
    shows(PAUSED)
    await pass(200)
    expect(member()).toMatchObject({ state: 'paused', pausedBy: 'Chief' })
    shows(aMember('101'))
    shows(PAUSED)
    await pass(200)
    expect(member()).not.toHaveProperty('pausedBy')
  })

  test('names nobody for a pause that is over when the service comes again', async () => {
    await pauseAndRestart()
    shows(aMember('101'))
    await pass(200)
    shows(PAUSED)
    await pass(200)
    expect(member()).toMatchObject({ state: 'paused' })
    expect(member()).not.toHaveProperty('pausedBy')
  })

  test('names nobody after a restart for a pause that its agent began later', async () => {
    await pauseAndRestart(async () => {
      shows(aMember('101'))
      await pass(20_000)
      shows(PAUSED)
      await pass(200)
    })
    shows(PAUSED)
    await pass(200)
    expect(member()).toMatchObject({ state: 'paused' })
    expect(member()).not.toHaveProperty('pausedBy')
  })

  test('reads what customers are owed only while a supervisor looks, and says when', async () => {
    await house.startSchedule()
    await house.promise(house.person('mai'))
    house.queues.pageOpened('mai')
    await pass(3000)
    expect(board()).not.toHaveProperty('owed')
    house.queues.pageOpened('chief')
    await pass(1000)
    const overdue = { tickets: 0, byStage: [] }
    const none = { due: 0, atRisk: 0, late: 0, keptToday: 0, lateToday: 0, brokenToday: 0 }
    expect(board().owed).toMatchObject({ promises: { due: 0 }, overdue, ...NOBODY })
    expect(Object.keys(board().owed?.promises ?? {}).toSorted()).toEqual(
      Object.keys(none).toSorted(),
    )
    await pass(90_000)
    expect(board().owed?.promises).toMatchObject({ due: 1 })
    expect(Date.parse(house.clock.now()) - Date.parse(board().owed?.asOf ?? '')).toBeLessThan(
      11_000,
    )
  })

  test('a stage that has run out is counted, its ticket once, and what is over not at all', async () => {
    const { id } = await house.openTicket(CHIEF)
    const { id: closed } = await house.openTicket(CHIEF, { number: '0987654321' })
    const { db } = database
    const past = { due_at: '2026-01-01T00:00:00.000Z' }
    await db.updateTable('ticket_clock').set(past).where('kind', '=', 'overall').execute()
    const change = (kind: string, values: object) =>
      db.updateTable('ticket_clock').set(values).where('kind', '=', kind).execute()
    await change('acknowledgement', { ...past, kind: 'noc' })
    await change('restoration', { ...past, kind: 'field', stopped_at: house.clock.now() })
    await db.updateTable('ticket').set({ status: 'closed' }).where('id', '=', closed).execute()
    expect(id).not.toBe(closed)
    await house.startSchedule()
    house.queues.pageOpened('chief')
    await pass(1000)
    expect(board().owed?.overdue).toEqual({
      tickets: 1,
      byStage: [
        { clock: 'noc', count: 1 },
        { clock: 'overall', count: 1 },
      ],
    })
  })

  test('missed callers who are still to be reached are counted by the queue that they left', async () => {
    await house.startSchedule()
    await house.hear(`
      00:00.000  queue_joined     trunk#1
      00:12.000  queue_abandoned  trunk#1
      00:12.100  hung_up          trunk#1`)
    house.queues.pageOpened('chief')
    await pass(1000)
    expect(board().owed?.missed).toEqual([{ queue: 'hotline', count: 1 }])
  })
})
