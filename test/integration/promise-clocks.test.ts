import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { SessionUser } from '../../server/contract/staff.ts'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { CHIEF, type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const MINUTE_MS = 60_000

describe.each(HOUSE_DIALECTS)('the clocks of calls and promises on %s', (dialect) => {
  let database: Database
  let house: LiveHouse
  let mai: SessionUser
  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openLiveHouse(database)
    mai = house.person('mai')
  })
  afterEach(async () => {
    await house.stop()
    await database.close()
  })

  async function clocksOf(ticketId: string) {
    return (await house.clocks.of([ticketId])).get(ticketId) ?? []
  }

  test('an answered call is its own acknowledgement', async () => {
    await house.hear(`
      00:00.000  queue_joined     trunk#1
      00:01.000  agent_called     trunk#1  101#2
      00:05.000  agent_connected  trunk#1  101#2  hold=5`)
    const { id } = await database.db.selectFrom('ticket').select('id').executeTakeFirstOrThrow()
    const [overall, acknowledgement, restoration] = await clocksOf(id)
    expect(overall).toMatchObject({ kind: 'overall', stoppedAt: null })
    expect(acknowledgement).toMatchObject({ kind: 'acknowledgement', rawSeconds: 5 })
    expect(acknowledgement?.stoppedAt).not.toBe(null)
    expect(restoration).toMatchObject({ kind: 'restoration', stoppedAt: null })
  })

  test('a promise runs from when it is made to the first attempt', async () => {
    const { ticketId } = await house.promise(mai)
    expect((await clocksOf(ticketId)).at(-1)).toMatchObject({ kind: 'promise', stoppedAt: null })
    await house.startSchedule()
    await house.queues.setState(mai, { state: 'ready' })
    await house.advance(MINUTE_MS + 2000)
    await house.hear(`00:00.100  channel_created  101=${house.placed()}`)
    const promise = (await clocksOf(ticketId)).at(-1)
    expect(promise?.stoppedAt).not.toBe(null)
    expect(promise?.rawSeconds).toBeLessThan(65)
  })

  test('a call back that reaches the customer acknowledges the complaint', async () => {
    const { id: ticketId } = await house.openTicket(mai, { kind: 'complaint' })
    const state = (await clocksOf(ticketId)).map(({ kind, stoppedAt }) => [kind, stoppedAt])
    expect(state).toEqual([
      ['overall', null],
      ['acknowledgement', null],
    ])
    const whose = { promiseId: 'p', ticketId, assigneeId: 'mai', numberDial: '0912345678' }
    const tried = { callId: null, attempt: 1, extension: '101', calledCustomer: true }
    const attempt = { ...whose, ...tried, submittedAt: house.clock.now() }
    const tell = (outcome: 'no_answer' | 'reached') =>
      database.transaction((trx) =>
        house.workflow.onFact(trx, { type: 'promise_attempted', ...attempt, outcome }),
      )
    await tell('no_answer')
    expect((await clocksOf(ticketId))[1]?.stoppedAt).toBe(null)
    await tell('reached')
    expect((await clocksOf(ticketId))[1]?.stoppedAt).toBe(house.clock.now())
  })

  test('a promise that nobody keeps is told ten and five minutes before and when it is due', async () => {
    await house.hire({ ...CHIEF, id: 'boss', username: 'boss', role: 'supervisor' })
    const { id: ticketId } = await house.openTicket(mai, { kind: 'request' })
    const promise = await house.callbacks.service.promise(mai, ticketId, {
      note: '',
      inMinutes: 30,
    })
    const told = async (minutes: number) => {
      house.clock.set(new Date(Date.parse(promise.dueAt) + minutes * MINUTE_MS).toISOString())
      const { length } = house.notifier.of('notification')
      await house.clocks.loop.run()
      return house.notifier
        .of('notification')
        .slice(length)
        .map(([staffId, { fields }]) => `${staffId} ${fields['step']}`)
    }
    expect(await told(-11)).toEqual([])
    expect(await told(-10)).toEqual(['mai minutes_10'])
    expect(await told(-5)).toEqual(['boss minutes_5'])
    expect(await told(0)).toEqual([])
    expect(await told(0.1)).toEqual(['boss due'])
    expect(await told(60 * 25)).toEqual([])
  })

  test('a promise that is moved is told of by its new moment, one that is cancelled never', async () => {
    const { id: ticketId } = await house.openTicket(mai, { kind: 'request' })
    const order = { note: '', inMinutes: 30 }
    const made = await house.callbacks.service.promise(mai, ticketId, order)
    const dueAt = new Date(Date.parse(made.dueAt) + 60 * MINUTE_MS).toISOString()
    const { id, version } = made
    await house.callbacks.service.reschedule(mai, id, { version, dueAt })
    expect(await clocksOf(ticketId)).toMatchObject([{ kind: 'promise', dueAt }])
    house.clock.set(made.dueAt)
    await house.clocks.loop.run()
    expect(house.notifier.of('notification')).toEqual([])
    await house.callbacks.service.cancel(mai, id, 'x')
    house.clock.set(dueAt)
    await house.clocks.loop.run()
    expect(house.notifier.of('notification')).toEqual([])
  })
})
