import { createServer, type Server } from 'node:http'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { alarmPage, alarmRule, openAlarms, webhookView } from '#contract/supervision/alarms.ts'
import type { QueuesSnapshot, WaitingCaller } from '#contract/queues.ts'
import { NO_CALLS } from '#contract/supervision/figures.ts'
import { createTestClock, settle, type TestClock } from '../../test/support/clock.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { anAlarmRule } from '../../test/support/domain/an-alarm-rule.ts'
import { eventually } from '../../test/support/eventually.ts'
import { insertPerson } from '../../test/support/house.ts'
import { aUser, createTestApp } from '../../test/support/http.ts'
import { createTestIds } from '../../test/support/ids.ts'
import { silentLogger } from '../../test/support/logger.ts'
import { createFakeNotifier } from '../../test/support/notifier.ts'
import type { Database } from '../db/transaction.ts'
import type { DomainFact, LiveFact } from '../domain-fact.ts'
import { createSchedule, type Schedule } from '../schedule/schedule-feature.ts'
import { type Alarms, createAlarms } from './alarms-feature.ts'

const BOSS = aUser({ id: 'boss', role: 'admin', displayName: 'Lê Minh Hà' })
const LEAD = aUser({ id: 'lead', role: 'supervisor', displayName: 'Trần Lan' })
const KEY = 'a key that is long enough for everybody here'

function order(change: Parameters<typeof anAlarmRule>[0] = {}) {
  const { id: _, version: __, updatedAt: ___, ...fields } = anAlarmRule(change)
  return fields
}

describe.each(SERVICE_DIALECTS)('alarms on %s', (dialect) => {
  let database: Database
  let clock: TestClock
  let board: QueuesSnapshot
  let overdue: number
  let facts: DomainFact[]
  let news: LiveFact['type'][]
  let running: Schedule[]
  let processes = 0

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    clock = createTestClock()
    facts = []
    news = []
    overdue = 0
    running = []
    const since = clock.now()
    const pbx = { pbxId: 'pbx1', link: 'ready' as const, since, version: null, problem: null }
    const queue = { pbxId: 'pbx1', name: 'hotline', waiting: [], members: [], today: NO_CALLS }
    board = { rev: 1, asOf: since, pbx: [pbx], queues: [queue] }
    await insertPerson(database, BOSS)
    await insertPerson(database, LEAD)
  })
  afterEach(async () => {
    await Promise.all(running.map((one) => one.stop()))
    await database.close()
  })

  /** One process over the database. */
  async function start() {
    const newId = createTestIds(`process${(processes += 1)}`)
    const schedule = createSchedule({ database, clock, newId, logger: silentLogger })
    const notifier = createFakeNotifier()
    const alarms: Alarms = createAlarms({
      database,
      clock,
      newId,
      notifier,
      schedule,
      logger: silentLogger,
      state: async (trx, fact) => trx.afterCommit(() => void facts.push(fact)),
      live: ({ type }) => void news.push(type),
      staffById: (id) => [BOSS, LEAD].find((one) => one.id === id) ?? null,
      hotlineQueues: ['hotline'],
      board: () => board,
      countPromises: async () => ({ atRisk: 0 }),
      countOverdue: async () => overdue,
      sealingKey: KEY,
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    })
    await alarms.start()
    running.push(schedule)
    schedule.start(['alarms of the shift', 'messages of alarms'])
    const { as } = createTestApp(alarms.routes)
    return {
      alarms,
      notifier,
      schedule,
      boss: as(BOSS),
      lead: as(LEAD),
      agent: as(aUser({ id: 'lan' })),
    }
  }
  type Process = Awaited<ReturnType<typeof start>>

  const set = async (who: Process, change: Parameters<typeof anAlarmRule>[0] = {}) =>
    alarmRule.parse((await who.lead.post('/alarm-rules', order(change)).expect(201)).body)

  /** So many callers wait from now on, since this many seconds. */
  function wait(count: number, seconds = 0): void {
    const joinedAt = new Date(clock.nowMs() - seconds * 1000).toISOString()
    const number = { raw: '', kind: 'anonymous' as const, key: null, display: '' }
    const caller = { number, customerName: null, position: 1, joinedAt, isPlace: false }
    const waiting: WaitingCaller[] = Array.from({ length: count }, (_, n) => ({
      ...caller,
      uniqueid: `u${n}`,
    }))
    board = {
      ...board,
      rev: board.rev + 1,
      queues: board.queues.map((one) => ({ ...one, waiting })),
    }
  }

  /** In small steps, each until the database has answered. */
  async function pass(seconds: number): Promise<void> {
    for (let step = 0; step < seconds; step += 1) {
      // oxlint-disable-next-line no-await-in-loop
      await clock.advance(1000)
      // oxlint-disable-next-line no-await-in-loop
      for (const one of running) await one.settled()
      // oxlint-disable-next-line no-await-in-loop
      await settle()
    }
  }

  const open = async (who: Process) =>
    openAlarms.parse((await who.lead.get('/alarms/open')).body).items
  const log = async (who: Process, query = '') =>
    alarmPage.parse((await who.lead.get(`/alarms${query}`).expect(200)).body)

  test('one opens at its threshold, stays in between, keeps how bad it was, and ends at its end', async () => {
    const one = await start()
    await set(one)
    wait(5)
    one.alarms.refresh()
    await pass(2)
    expect(await open(one)).toMatchObject([{ value: 5, worst: 5, severity: 'warning' }])
    expect(one.notifier.of('alarmsChanged')).toHaveLength(1)
    expect(news).toEqual(['alarms_changed'])
    wait(9)
    await pass(6)
    wait(3)
    await pass(6)
    expect(await open(one)).toMatchObject([{ value: 5, worst: 9, endedAt: null }])
    wait(2)
    await pass(6)
    expect(await open(one)).toEqual([])
    expect((await log(one)).items).toMatchObject([{ worst: 9, endedAt: expect.any(String) }])
  })

  test('two processes and a restart open it once', async () => {
    const one = await start()
    const two = await start()
    await set(one)
    wait(5)
    one.alarms.refresh()
    two.alarms.refresh()
    await pass(6)
    expect((await log(two)).items).toHaveLength(1)
    await one.schedule.stop()
    await two.schedule.stop()
    const later = await start()
    await pass(6)
    expect(later.alarms.open()).toHaveLength(1)
    expect((await log(later)).items).toHaveLength(1)
    wait(0)
    await pass(6)
    expect((await log(later, '?state=open')).items).toEqual([])
  })

  test('a wait opens its alarm when it is long enough, and not seconds later', async () => {
    const one = await start()
    await set(one, { measure: 'longest_wait', threshold: 60, clearAt: 0 })
    wait(1, 31)
    one.alarms.refresh()
    await pass(28)
    expect(await open(one)).toEqual([])
    await pass(2)
    expect(await open(one)).toMatchObject([{ value: 60 }])
  })

  test('what is counted in the database rings, too', async () => {
    const one = await start()
    await set(one, { measure: 'tickets_overdue', severity: 'critical' })
    overdue = 7
    await pass(16)
    expect(await open(one)).toMatchObject([{ measure: 'tickets_overdue', value: 7 }])
    expect((await log(one, '?severity=warning')).items).toEqual([])
    expect((await log(one, '?measure=tickets_overdue')).items).toHaveLength(1)
  })

  test('somebody takes care of it: once, by name, and in the trail', async () => {
    const one = await start()
    await set(one)
    wait(5)
    one.alarms.refresh()
    await pass(2)
    const [{ id } = { id: '' }] = await open(one)
    await one.agent.post(`/alarms/${id}/acknowledge`).expect(403)
    await one.lead.post(`/alarms/${id}/acknowledge`).expect(200)
    const again = await one.boss.post(`/alarms/${id}/acknowledge`).expect(409)
    expect(again.body.detail).toContain('Trần Lan')
    await one.boss.post('/alarms/none/acknowledge').expect(404)
    expect(await open(one)).toMatchObject([{ acknowledgedBy: { displayName: 'Trần Lan' } }])
    expect(facts.at(-1)).toMatchObject({ type: 'alarm_act', act: 'acknowledged', actorId: 'lead' })
  })

  test('a threshold is changed by version and deleted with its alarm, each in the trail', async () => {
    const one = await start()
    const rule = await set(one)
    wait(5)
    one.alarms.refresh()
    await pass(2)
    const body = { version: rule.version, rule: order({ severity: 'critical' }) }
    await one.lead.put(`/alarm-rules/${rule.id}`, body).expect(200)
    await one.lead.put(`/alarm-rules/${rule.id}`, body).expect(409)
    await one.lead.put('/alarm-rules/none', body).expect(404)
    await one.lead.post('/alarm-rules', order({ queue: 'other' })).expect(422)
    await one.lead.post('/alarm-rules', order({ clearAt: 5 })).expect(400)
    await one.agent.post('/alarm-rules', order()).expect(403)
    await one.lead.delete(`/alarm-rules/${rule.id}`).expect(204)
    await one.lead.delete(`/alarm-rules/${rule.id}`).expect(404)
    await pass(6)
    expect(await open(one)).toEqual([])
    expect(facts.map((fact) => fact.type === 'alarm_act' && fact.act)).toEqual([
      'rule_made',
      'rule_changed',
      'rule_deleted',
    ])
  })

  test('one whose threshold was changed to watch something else ends, and what is watched now rings by itself', async () => {
    const one = await start()
    const rule = await set(one)
    wait(5)
    one.alarms.refresh()
    await pass(2)
    const changed = order({ measure: 'free_agents', threshold: 0, clearAt: 1, holdSeconds: 20 })
    await one.lead.put(`/alarm-rules/${rule.id}`, { version: 1, rule: changed }).expect(200)
    await pass(2)
    expect(await open(one)).toEqual([])
    await pass(20)
    expect(await open(one)).toMatchObject([{ measure: 'free_agents', value: 0, worst: 0 }])
    expect((await log(one)).items).toMatchObject([
      { measure: 'free_agents', endedAt: null },
      { measure: 'waiting', worst: 5, endedAt: expect.any(String) },
    ])
  })

  describe('a webhook', () => {
    let server: Server
    let url: string
    let heard: { id: string; type: string; data: { worst?: number } }[]
    let status: number

    beforeEach(async () => {
      heard = []
      status = 204
      server = createServer((request, response) => {
        let body = ''
        request.on('data', (piece) => (body += String(piece)))
        request.on('end', () => {
          heard.push({ id: String(request.headers['webhook-id']), ...JSON.parse(body) })
          response.writeHead(status).end()
        })
      })
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
      const address = server.address()
      url = `http://hooks.example.vn:${typeof address === 'object' ? address?.port : 0}/x`
    })
    afterEach(() => {
      server.closeAllConnections()
      server.close()
    })

    const save = (who: Process, change: object = {}) =>
      who.boss.put('/settings/alarm-webhook', { version: 0, url, allowPrivate: true, ...change })

    /** Five callers wait, and the webhook has been told once. */
    async function ring(): Promise<Process> {
      const one = await start()
      await save(one).expect(200)
      await set(one)
      wait(5)
      one.alarms.refresh()
      await pass(3)
      await eventually(() => expect(heard.map(({ type }) => type)).toEqual(['alarm.opened']))
      return one
    }

    test('is told that one was opened, acknowledged and ended, in this order', async () => {
      const one = await ring()
      const [{ id } = { id: '' }] = await open(one)
      await one.lead.post(`/alarms/${id}/acknowledge`).expect(200)
      wait(0)
      await pass(8)
      await eventually(() =>
        expect(heard.map(({ type }) => type)).toEqual([
          'alarm.opened',
          'alarm.acknowledged',
          'alarm.ended',
        ]),
      )
      await eventually(async () => {
        await pass(1)
        const view = webhookView.parse((await one.boss.get('/settings/alarm-webhook')).body)
        expect(view.pending).toBe(0)
      })
    })

    test('that fails is told again under the same id, later each time', async () => {
      status = 503
      const one = await ring()
      await eventually(async () => {
        const { body } = await one.boss.get('/settings/alarm-webhook')
        expect(body).toMatchObject({ pending: 1, lastError: 'the other side answered 503' })
      })
      await pass(1)
      expect(heard).toHaveLength(1)
      status = 204
      await pass(8)
      await eventually(() => expect(heard).toHaveLength(2))
      expect(new Set(heard.map(({ id }) => id)).size).toBe(1)
    })

    test('that is taken away leaves nothing to be told', async () => {
      status = 503
      const one = await ring()
      const none = await save(one, { version: 1, url: '', allowPrivate: false }).expect(200)
      expect(none.body).toMatchObject({ url: '', pending: 0 })
    })

    test('is told of many at once one after the other, without a pause in between', async () => {
      const one = await start()
      await save(one).expect(200)
      for (let n = 0; n < 8; n += 1) await set(one)
      wait(5)
      one.alarms.refresh()
      await pass(4)
      await eventually(() => expect(heard).toHaveLength(8))
    })

    test('two processes send a message once', async () => {
      const one = await start()
      await save(one).expect(200)
      const two = await start()
      await set(one)
      wait(5)
      one.alarms.refresh()
      two.alarms.refresh()
      await pass(8)
      await eventually(() => expect(heard.length).toBeGreaterThan(0))
      await pass(8)
      expect(heard).toHaveLength(1)
    })

    test('has a secret that is said once and sealed in the database', async () => {
      const one = await start()
      const made = webhookView.parse((await save(one).expect(200)).body)
      expect(made.secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
      const seen = webhookView.parse((await one.boss.get('/settings/alarm-webhook')).body)
      expect(seen).toMatchObject({ secret: null, hasSecret: true, version: 1 })
      const rows = await database.db.selectFrom('setting').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain(made.secret?.slice(6))
      expect(JSON.stringify(facts)).not.toContain(made.secret?.slice(6))
      const kept = webhookView.parse((await save(one, { version: 1 }).expect(200)).body)
      expect(kept.secret).toBeNull()
      const renewed = await save(one, { version: 2, renewSecret: true }).expect(200)
      expect(renewed.body.secret).not.toBe(made.secret)
      await save(one, { version: 2 }).expect(409)
      await one.lead.get('/settings/alarm-webhook').expect(403)
    })

    test('within the house is refused with its reason unless an administrator allows it', async () => {
      const one = await start()
      const refused = await save(one, { allowPrivate: false }).expect(422)
      expect(refused.body.errors).toEqual([
        {
          path: 'url',
          code: 'webhook_address',
          message: '127.0.0.1 is within the house: an administrator must allow it',
        },
      ])
      await save(one, { url: 'ftp://hooks.example.vn' }).expect(422)
      await save(one, { url: 'http://169.254.169.254/latest', allowPrivate: false }).expect(422)
      await one.boss.post('/settings/alarm-webhook/test').expect(409)
    })

    test('is tried by a button that says what went wrong', async () => {
      const one = await start()
      await save(one).expect(200)
      const tried = await one.boss.post('/settings/alarm-webhook/test').expect(200)
      expect([tried.body, heard[0]?.type]).toEqual([{ ok: true, problem: null }, 'alarm.test'])
      status = 302
      const failed = await one.boss.post('/settings/alarm-webhook/test').expect(200)
      expect(failed.body.problem).toContain('redirects are refused')
    })
  })
})
