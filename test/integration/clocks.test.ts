import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { SessionUser } from '../../server/contract/staff.ts'
import type { ClockKind } from '../../server/contract/casework/process.ts'
import { ticketQuery } from '../../server/contract/tickets.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { ProcessEffect } from '../../server/process/effect.ts'
import VECTORS from '../../server/calendar/deadline-vectors.json' with { type: 'json' }
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type TestHouse, openTestHouse } from '../support/house.ts'
import { createTestClock, type TestClock } from '../support/clock.ts'
import { CHIEF } from '../support/live-house.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
/** 9:00 on a Monday in Vietnam. */
const START = '2026-11-23T02:00:00.000Z'
const hour = (hours: number) => new Date(Date.parse(START) + hours * HOUR_MS).toISOString()

const LAN: SessionUser = {
  id: 'lan',
  username: 'lan',
  displayName: 'Lan',
  role: 'agent',
  extension: '102',
}
const person = (id: string, role: SessionUser['role']): SessionUser => {
  return { id, username: id, displayName: id, role, extension: null }
}

const storedFields = z.object({ clock: z.string(), step: z.string() })
const endOf = (day: string) => `${day}T16:59:59.999Z`
const start = (clock: ClockKind): ProcessEffect => ({ type: 'start_clock', clock })
const stop = (clock: ClockKind): ProcessEffect => ({ type: 'stop_clock', clock })

describe.each(HOUSE_DIALECTS)('the clocks of tickets on %s', (dialect) => {
  let database: Database
  let clock: TestClock
  let house: TestHouse

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    clock = createTestClock(START)
    house = await openTestHouse(database, { clock })
    await house.hire(LAN)
    await house.hire(CHIEF)
    await house.hire(person('boss', 'supervisor'))
    await house.hire(person('noc', 'noc'))
  })
  afterEach(() => database.close())

  /** The same house after a restart, with nothing in its memory. */
  async function restart(): Promise<TestHouse> {
    return openTestHouse(database, { clock })
  }

  async function open(kind: 'incident' | 'request' = 'request'): Promise<string> {
    const order = { channel: 'counter', kind, subject: '', description: '' } as const
    const { id } = await house.tickets.service.create(
      { ...order, customerId: null, number: '0912345678' },
      LAN,
    )
    return id
  }

  /** One step of the process with these effects. */
  function walk(ticketId: string, ...effects: ProcessEffect[]): Promise<void> {
    return database.transaction((trx) =>
      house.workflow.onFact(trx, {
        type: 'ticket_walked',
        ticketId,
        action: 'accept',
        from: 'noc_queued',
        to: 'noc_diagnosing',
        actorId: 'lan',
        at: clock.now(),
        loopNo: 1,
        input: {},
        effects,
      }),
    )
  }

  async function clocksOf(ticketId: string) {
    const all = (await house.clocks.of([ticketId])).get(ticketId) ?? []
    return all.map(({ kind, startedAt, stoppedAt, dueAt }) => [kind, startedAt, stoppedAt, dueAt])
  }

  const listed = async () => (await house.tickets.service.list(ticketQuery.parse({}), LAN)).items

  async function told(): Promise<string[]> {
    const rows = await database.db
      .selectFrom('notification')
      .select(['staff_id', 'fields'])
      .orderBy('at')
      .orderBy('staff_id')
      .execute()
    return rows.map(({ staff_id, fields }) => {
      const { clock: kind, step } = storedFields.parse(JSON.parse(fields))
      return `${staff_id} ${kind} ${step}`
    })
  }

  async function at(hours: number, of: TestHouse = house): Promise<string[]> {
    clock.set(hour(hours))
    const before = await told()
    await of.clocks.loop.run()
    return (await told()).slice(before.length)
  }

  /** Of the team that the house has from its start. */
  async function makeLead(staffId: string, kind: 'cskh' | 'noc'): Promise<void> {
    const member = { team_id: `team-${kind}`, staff_id: staffId, is_lead: 1 }
    await database.db.insertInto('team_member').values(member).execute()
  }

  async function signIn(staffId: string): Promise<void> {
    const session = { id: `s-${staffId}`, staff_id: staffId, address: '', user_agent: '' }
    const times = { created_at: START, last_seen_at: START, expires_at: hour(999) }
    await database.db
      .insertInto('session')
      .values({ ...session, ...times })
      .execute()
  }

  test('a fault that somebody reports at the counter has three, a request none', async () => {
    expect(await clocksOf(await open('incident'))).toEqual([
      ['overall', START, null, '2026-12-22T16:59:59.999Z'],
      ['acknowledgement', START, null, '2026-11-26T16:59:59.999Z'],
      ['restoration', START, null, hour(24)],
    ])
    expect(await clocksOf(await open('request'))).toEqual([])
  })

  test('end with the published deadlines across Tết, 30/4 and 2/9, at half on the tenth day', async () => {
    const found: unknown[] = []
    for (const { received } of VECTORS.twentyWorkingDays) {
      clock.set(`${received}T03:00:00.000Z`)
      // oxlint-disable-next-line no-await-in-loop
      const id = await open('incident')
      const row = database.db.selectFrom('ticket_clock').select(['due_at', 'alarm_at'])
      // oxlint-disable-next-line no-await-in-loop
      const { due_at, alarm_at } = await row
        .where('ticket_id', '=', id)
        .where('kind', '=', 'overall')
        .executeTakeFirstOrThrow()
      found.push([received, due_at, alarm_at])
    }
    expect(found).toEqual(
      VECTORS.twentyWorkingDays.map(({ received, statutory, day10 }) => [
        received,
        endOf(statutory),
        endOf(day10),
      ]),
    )
  })

  test('go with the kind of the ticket, and the deadline counts from its receipt', async () => {
    const id = await open('request')
    clock.set(hour(48))
    const { version } = await house.tickets.service.get(id, LAN)
    await house.tickets.service.patch(id, { version, kind: 'complaint' }, LAN)
    expect(await clocksOf(id)).toEqual([
      ['overall', START, null, '2026-12-22T16:59:59.999Z'],
      ['acknowledgement', hour(48), null, '2026-11-27T16:59:59.999Z'],
    ])
    await house.tickets.service.patch(id, { version: version + 1, kind: 'info' }, LAN)
    expect((await clocksOf(id)).map(([, , stoppedAt]) => stoppedAt)).toEqual([hour(48), hour(48)])
  })

  test('tell assignee, lead, supervisor and management, each once', async () => {
    await makeLead('noc', 'cskh')
    await signIn('noc')
    const id = await open()
    await walk(id, start('noc'))
    expect(await at(11.9)).toEqual([])
    expect(await at(12)).toEqual(['lan noc half'])
    expect(await at(13)).toEqual([])
    expect(await at(19.2)).toEqual(['noc noc most'])
    expect(await at(24)).toEqual(['boss noc due'])
    expect(await at(47)).toEqual([])
    expect(await at(48)).toEqual(['chief noc management'])
    expect(await at(480)).toEqual([])
  })

  test('tell the supervisor while no lead is signed in, and the lead of a ticket that nobody has', async () => {
    await makeLead('noc', 'cskh')
    const id = await open()
    await walk(id, start('noc'))
    await at(12)
    expect(await at(19.2)).toEqual(['boss noc most'])
    await signIn('noc')
    const free = await open()
    await database.db
      .updateTable('ticket')
      .set({ assignee_id: null })
      .where('id', '=', free)
      .execute()
    await walk(free, start('noc'))
    expect(await at(24)).toEqual(['boss noc due'])
    expect(await at(31.2)).toEqual(['noc noc half'])
  })

  test('tell only the latest alarm after hours in which nobody looked, everybody once', async () => {
    const id = await open()
    await walk(id, start('noc'))
    expect(await at(30)).toEqual(['boss noc due', 'lan noc due'])
    expect(await at(31)).toEqual([])
  })

  test('of the stage stands beside the ticket in lists, as long as it runs', async () => {
    const id = await open('incident')
    expect(await listed()).toMatchObject([{ id, stageClock: null }])
    await walk(id, start('noc'), { type: 'pause_clocks', why: 'outage', until: null })
    expect(await listed()).toMatchObject([
      { id, stageClock: { kind: 'noc', dueAt: null, pausedSince: START, pausedBy: 'outage' } },
    ])
    await walk(id, stop('noc'))
    expect(await listed()).toMatchObject([{ id, stageClock: null }])
  })

  test('are told of over the socket of that person, after the commit', async () => {
    await walk(await open(), start('noc'))
    await at(12)
    expect(house.notifier.of('notification')).toMatchObject([
      [
        'lan',
        {
          kind: 'clock_alarm',
          ticket: { code: 'KN-2026-000001' },
          fields: { clock: 'noc', step: 'half', at: hour(12), dueAt: hour(24) },
          readAt: null,
        },
      ],
    ])
  })

  test('are silent while they wait for the customer, and go on with their net time', async () => {
    const id = await open()
    await walk(id, start('noc'))
    clock.set(hour(10))
    await walk(id, { type: 'pause_clocks', why: 'customer_info', until: null })
    expect(await at(40)).toEqual([])
    await walk(id, { type: 'resume_clocks', why: 'customer_info' })
    expect(await at(41.9)).toEqual([])
    expect(await at(42)).toEqual(['lan noc half'])
  })

  test('go on by themselves at the hour of a postponed visit', async () => {
    const id = await open()
    await walk(id, start('field'))
    await walk(id, { type: 'pause_clocks', why: 'visit_postponed', until: hour(30) })
    expect(await at(41)).toEqual([])
    expect(await at(42)).toEqual(['lan field half'])
  })

  test('tell nothing of a stage that is over, of a closed ticket, nor of one that is part of another', async () => {
    const [over, closed, merged] = [await open(), await open(), await open()]
    await walk(over, start('noc'))
    await walk(over, stop('noc'))
    await walk(closed, start('recheck'))
    await walk(closed, { type: 'freeze_clocks' })
    await walk(merged, start('noc'))
    await database.db
      .updateTable('ticket')
      .set({ merged_into: over })
      .where('id', '=', merged)
      .execute()
    expect(await at(30)).toEqual([])
  })

  test('fire once over restarts at every point', async () => {
    await walk(await open(), start('noc'))
    const seen: string[] = []
    for (const hours of [11, 12, 12, 19, 19.2, 19.2, 24, 24, 30, 48, 48, 72]) {
      // oxlint-disable-next-line no-await-in-loop -- one start after the other
      seen.push(...(await at(hours, await restart())))
    }
    expect(seen).toEqual(['lan noc half', 'boss noc most', 'boss noc due', 'chief noc management'])
  })

  test('fire again when the process fell before its commit, and once all the same', async () => {
    await walk(await open(), start('noc'))
    clock.set(hour(12))
    let isDead = false
    const dying: Database = {
      ...database,
      transaction: (work) =>
        database.transaction(async (trx) => {
          if (isDead) throw new Error('the process is dead')
          const answer = await work(trx)
          const rows = await trx.db.selectFrom('notification').select('id').execute()
          isDead = rows.length > 0
          if (isDead) throw new Error('the process fell')
          return answer
        }),
    }
    const fallen = await openTestHouse(dying, { clock })
    await fallen.clocks.loop.run().catch(() => undefined)
    expect([isDead, await told()]).toEqual([true, []])
    expect(await at(12.1, await restart())).toEqual(['lan noc half'])
    expect(await at(12.2, await restart())).toEqual([])
  })

  test('fire once in two houses over one database', async () => {
    const other = await restart()
    const tickets = [await open(), await open(), await open()]
    for (const id of tickets) {
      // oxlint-disable-next-line no-await-in-loop
      await walk(id, start('noc'))
    }
    for (const hours of [12, 19.2, 24, 48]) {
      clock.set(hour(hours))
      // oxlint-disable-next-line no-await-in-loop -- both at the same moment
      await Promise.all([house.clocks.loop.run(), other.clocks.loop.run()])
    }
    const steps = ['lan noc half', 'boss noc most', 'boss noc due', 'chief noc management']
    expect(await told()).toEqual(steps.flatMap((one) => [one, one, one]))
  })

  test('move with the calendar, with a line in the audit, and those of closed tickets stay', async () => {
    const id = await open('incident')
    const closed = await open('incident')
    await walk(closed, { type: 'freeze_clocks' })
    await house.calendar.service.change({ cultureDayHoliday: false, version: 0 }, 'chief')
    expect(await clocksOf(id)).toMatchObject([
      ['overall', START, null, '2026-12-21T16:59:59.999Z'],
      ['acknowledgement', START, null, '2026-11-25T16:59:59.999Z'],
      ['restoration', START, null, hour(24)],
    ])
    expect((await clocksOf(closed))[0]?.[3]).toBe('2026-12-22T16:59:59.999Z')
    const audit = await database.db
      .selectFrom('audit')
      .select('detail')
      .where('action', '=', 'calendar.changed')
      .executeTakeFirstOrThrow()
    expect(JSON.parse(audit.detail)).toMatchObject({ clocksMoved: '2' })
    const alarms = await database.db
      .selectFrom('ticket_clock')
      .select(['kind', 'alarm', 'alarm_at'])
      .where('ticket_id', '=', id)
      .orderBy('kind')
      .execute()
    expect(alarms).toEqual([
      { kind: 'acknowledgement', alarm: 'half', alarm_at: '2026-11-24T16:59:59.999Z' },
      { kind: 'overall', alarm: 'half', alarm_at: '2026-12-07T16:59:59.999Z' },
      { kind: 'restoration', alarm: 'half', alarm_at: hour(12) },
    ])
  })

  test('whose end lies ahead again are told again when it comes', async () => {
    const id = await open('incident')
    await walk(id, stop('overall'), stop('restoration'))
    clock.set('2026-11-26T17:00:00.000Z')
    await house.clocks.loop.run()
    expect(await told()).toContain('boss acknowledgement due')
    const days = [
      ...house.calendar.service.view().days,
      { date: '2026-11-26', kind: 'holiday', name: 'x', confidence: 'A' } as const,
    ]
    await house.calendar.service.change({ days, version: 0 }, 'chief')
    clock.set('2026-11-27T17:00:00.000Z')
    await house.clocks.loop.run()
    const again = (await told()).filter((one) => one === 'boss acknowledgement due')
    expect(again).toHaveLength(2)
  })

  test('of tickets of before are those of the whole case, and nothing old is told', async () => {
    const old = await open('incident')
    const closed = await open('incident')
    await database.db.deleteFrom('ticket_clock').execute()
    await database.db
      .updateTable('ticket')
      .set({ status: 'closed' })
      .where('id', '=', closed)
      .execute()
    clock.set('2026-12-10T02:00:00.000Z')
    await (await restart()).schedule.rewriteAll()
    await (await restart()).schedule.rewriteAll()
    expect(await clocksOf(old)).toEqual([['overall', START, null, '2026-12-22T16:59:59.999Z']])
    expect(await clocksOf(closed)).toEqual([])
    await house.clocks.loop.run()
    expect(await told()).toEqual([])
    const rows = await database.db.selectFrom('ticket_clock').select('alarm').execute()
    expect(rows).toEqual([{ alarm: 'most' }])
  })

  test('of the restoration run as long as administrators say', async () => {
    const order = { restorationUrbanHours: 36, restorationRuralHours: 72, version: 0 }
    await house.clocks.settings.change(order, 'chief')
    expect((await clocksOf(await open('incident')))[2]?.[3]).toBe(hour(36))
    house = await restart()
    expect((await clocksOf(await open('incident')))[2]?.[3]).toBe(hour(36))
  })
})
