import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { liveChannel } from '../../test/support/call-snapshot.ts'
import { SITE, callEvents, channel } from '../../test/support/call-table.ts'
import { time } from '../../test/support/table-time.ts'
import { createTestClock } from '../../test/support/clock.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../../test/support/database.ts'
import { createTestIds } from '../../test/support/ids.ts'
import { createRecordingLogger } from '../../test/support/logger.ts'
import { normalizeVn } from '../customers/phone-number.ts'
import type { Database } from '../db/transaction.ts'
import type { DomainFact } from '../domain-fact.ts'
import { createWeather } from '../db/weather.ts'
import { createSchedule } from '../schedule/schedule-feature.ts'
import { InvalidInput, NotFound } from '../errors.ts'
import type { CallFact } from './conversation/call-fact.ts'
import { createCalls } from './calls-feature.ts'
import { eventually } from '../../test/support/eventually.ts'

const SUPERVISOR = { role: 'supervisor' } as const

const ANSWERED = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2  hold=5`
const HUNG_UP = `
  00:45.000  hung_up  101#2
  00:45.001  hung_up  trunk#1`

const away = (): Promise<never> =>
  Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }))

function callFactsIn(fact: DomainFact): (CallFact & { callId: string })[] {
  if (fact.type === 'calls_answered') return [...fact.answers]
  return 'call' in fact ? [fact] : []
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`call service on ${dialect}`, () => {
    let database: Database
    let services = 0
    const clock = createTestClock('2026-11-23T02:00:10.000Z')
    beforeEach(async () => {
      database = await openTestDatabase(dialect)
    })
    afterEach(() => database.close())

    function serve(onFact: (fact: CallFact) => void = () => undefined, over = database) {
      const { logger, lines } = createRecordingLogger()
      const told: string[] = []
      const setAside: { subject: string; reason: string; detail: string }[] = []
      const asideIsAway = { value: false }
      const resyncs: string[] = []
      const asked: string[] = []
      const weather = createWeather({ clock, logger, onChange: () => undefined })
      const service = createCalls({
        database: over,
        clock,
        newId: createTestIds(`service-${(services += 1)}`),
        logger,
        weather,
        hotlineQueues: [...SITE.hotlineQueues],
        isPhone: (_pbxId, endpoint) => SITE.isPhone(endpoint),
        describeNumber: normalizeVn,
        staffByExtensionAt: (extension) =>
          extension === '101' ? { id: 'staff-1', displayName: 'Lan' } : null,
        phonesOf: () => ['101'],
        findTickets: async () => ({ hits: [], hasMore: false, complete: true }),
        numbersFound: async () => ({ phoneKeys: [], complete: true }),
        schedule: createSchedule({
          database: over,
          clock,
          newId: createTestIds(),
          logger,
        }),
        async setAside(poison) {
          if (asideIsAway.value) await away()
          setAside.push(poison)
        },
        resync: (pbxId) => void resyncs.push(pbxId),
        askJournal: (pbxId, { uniqueid }) => void asked.push(`${pbxId}/${uniqueid}`),
        async state(trx, fact) {
          for (const one of callFactsIn(fact)) {
            // oxlint-disable-next-line no-await-in-loop
            await trx.db
              .selectFrom('call')
              .select('id')
              .where('id', '=', one.callId)
              .executeTakeFirstOrThrow()
            onFact(one)
            if (one.type !== 'call_counted') told.push(one.type)
          }
        },
      })
      return { service, told, lines, setAside, asideIsAway, resyncs, asked, weather }
    }
    function hear(service: ReturnType<typeof serve>['service'], table: string): Promise<void> {
      for (const event of callEvents(table)) service.handle(event)
      return service.idle()
    }
    const idOfFirst = async (service: ReturnType<typeof serve>['service']): Promise<string> => {
      const page = await service.view.list({ limit: 1 }, SUPERVISOR)
      return page.items[0]?.id ?? ''
    }

    test('a call is one row, its facts are told in order, its history is kept', async () => {
      const { service, told } = serve()
      await hear(service, ANSWERED + HUNG_UP)
      expect(told).toEqual([
        'call_entered',
        'agent_ringing',
        'call_answered',
        'agent_left',
        'call_ended',
      ])
      const detail = await service.view.detail(await idOfFirst(service))
      expect(detail).toMatchObject({
        uniqueid: 'trunk#1',
        status: 'ended',
        outcome: 'answered',
        waitSeconds: 5,
        talkSeconds: 40,
        number: { key: '+84912345678' },
        segments: [{ extension: '101', staff: { displayName: 'Lan' }, how: 'queue' }],
      })
      expect(detail.timeline.map(({ kind }) => kind)).toEqual([
        'queue_joined',
        'agent_called',
        'agent_connected',
        'ticket_opened',
        'hung_up',
        'hung_up',
        'ended',
      ])
    })

    test('a burst is one transaction', async () => {
      let transactions = 0
      const { service, told } = serve(undefined, {
        ...database,
        transaction(work) {
          transactions += 1
          return database.transaction(work)
        },
      })
      await hear(service, ANSWERED)
      expect(transactions).toBe(1)
      expect(told).toHaveLength(3)
    })

    test('doubled events leave one row, one history, the same facts', async () => {
      const { service, told } = serve()
      for (const event of callEvents(ANSWERED + HUNG_UP)) {
        service.handle(event)
        service.handle(event)
      }
      await service.idle()
      expect(told).toHaveLength(5)
      expect((await service.view.list({ limit: 50 }, SUPERVISOR)).items).toHaveLength(1)
      expect((await service.view.detail(await idOfFirst(service))).timeline).toHaveLength(7)
    })

    test('a restarted service goes on with the same call', async () => {
      await hear(serve().service, ANSWERED)
      const { service, told } = serve()
      await service.start()
      await hear(service, HUNG_UP)
      expect(told).toEqual(['agent_left', 'call_ended'])
      expect((await service.view.list({ limit: 50 }, SUPERVISOR)).items).toHaveLength(1)
    })

    test('the journal of yesterday begins nothing that was saved', async () => {
      await hear(serve().service, ANSWERED + HUNG_UP)
      clock.set('2026-11-24T02:00:00.000Z')
      const { service, told } = serve()
      await service.start()
      await hear(
        service,
        `00:05.001  journal_answered  trunk#1  received=00:00.000
         00:45.001  journal_ended     trunk#1  received=00:00.000 outcome=answered`,
      )
      expect(told).toEqual([])
    })

    test('one event that cannot be saved loses nothing but its own facts, and is set aside', async () => {
      const { service, told, lines, setAside } = serve((fact) => {
        if (fact.type === 'agent_ringing') throw new TypeError('poison')
      })
      await hear(service, ANSWERED)
      expect(told.filter((type) => type === 'call_answered')).toHaveLength(1)
      expect(told.at(-1)).toBe('call_answered')
      expect(lines).toMatchObject([{ level: 50, facts: ['agent_ringing'] }])
      expect(setAside).toEqual([
        {
          kind: 'call_event',
          subject: 'pbx1 trunk#1',
          reason: 'poison',
          detail: '{"facts":["agent_ringing"]}',
        },
      ])
      expect((await service.view.list({ limit: 1 }, SUPERVISOR)).items[0]?.status).toBe('talking')
    })

    test('the last event of a call that cannot be saved leaves its row, and in it what is owed', async () => {
      const { service, setAside } = serve((fact) => {
        if (fact.type === 'call_answered') throw new TypeError('poison')
      })
      await hear(service, ANSWERED)
      expect(setAside).toHaveLength(1)
      const rows = await database.db.selectFrom('call').selectAll().execute()
      expect(rows).toMatchObject([
        { status: 'talking', ticket_id: null, ticket_moment_at: '2026-11-23T02:00:05.000Z' },
      ])
    })

    test('what cannot be set aside because the database is away waits for it', async () => {
      const { service, told, setAside, asideIsAway } = serve((fact) => {
        if (fact.type === 'agent_ringing') throw new TypeError('poison')
      })
      asideIsAway.value = true
      for (const event of callEvents(ANSWERED)) service.handle(event)
      await eventually(() => expect(clock.pending).toBe(1))
      expect(setAside).toEqual([])
      asideIsAway.value = false
      await clock.advance(2_000)
      await service.idle()
      expect(setAside).toHaveLength(1)
      expect(told.at(-1)).toBe('call_answered')
    })

    test('an error that nobody knows is tried three times before its event is set aside', async () => {
      let tries = 0
      const { service, told, setAside } = serve((fact) => {
        if (fact.type === 'agent_ringing' && (tries += 1) < 3) throw new Error('who knows')
      })
      for (const event of callEvents(ANSWERED)) service.handle(event)
      const saved = service.idle().then(() => 'saved')
      // The database takes its own time between two waits of the driven clock.
      for (;;) {
        const waited = clock.advance(100).then(() => 'waiting')
        // oxlint-disable-next-line no-await-in-loop
        if ((await Promise.race([saved, waited])) === 'saved') break
      }
      await saved
      expect(tries).toBe(3)
      expect(setAside).toEqual([])
      expect(told.at(-1)).toBe('call_answered')
    })

    test('calls wait for a database that is away, and nothing is lost', async () => {
      let isAway = true
      const { service, told, lines, weather } = serve(undefined, {
        ...database,
        transaction: (work) => (isAway ? away() : database.transaction(work)),
      })
      for (const event of callEvents(ANSWERED)) service.handle(event)
      await clock.advance(3_000)
      expect(told).toEqual([])
      expect(weather.status()).toMatchObject({
        database: 'waiting',
        reason: 'connect ECONNREFUSED',
      })
      isAway = false
      await clock.advance(2_000)
      await service.idle()
      expect(told).toEqual(['call_entered', 'agent_ringing', 'call_answered'])
      expect(lines).toHaveLength(2)
      expect(weather.status()).toEqual({ database: 'ok', since: null, reason: null })
    })

    test('of a long outage only so much is kept, and the PBX is asked anew for the rest', async () => {
      let isAway = true
      const { service, told, resyncs } = serve(undefined, {
        ...database,
        transaction: (work) => (isAway ? away() : database.transaction(work)),
      })
      const [joined, ...rest] = callEvents(ANSWERED)
      if (joined === undefined) throw new Error('the table begins with a join')
      service.handle(joined)
      await clock.advance(0)
      for (let n = 0; n < 21_000; n++) service.handle(joined)
      for (const event of rest) service.handle(event)
      expect(service.backlog()).toBe(20_000)
      isAway = false
      await clock.advance(2_000)
      await service.idle()
      expect(told).toEqual(['call_entered'])
      expect(resyncs).toEqual(['pbx1'])
    })

    test('whoever hangs up without a word is asked about at once, and nobody whose call is known', async () => {
      const { service, asked } = serve()
      const gone = { ...liveChannel('trunk#9'), hotline: '19000382' }
      const hangup = { cause: 16, causeText: '', context: '', channel: gone } as const
      service.handle({ pbxId: 'pbx1', at: time('00:05.000'), type: 'hung_up', ...hangup })
      await hear(service, ANSWERED + HUNG_UP)
      expect(asked).toEqual(['pbx1/trunk#9'])
    })

    test('stopping while the database is away ends, and saves what waits when it is back', async () => {
      let isAway = true
      const { service, told, weather } = serve(undefined, {
        ...database,
        transaction: (work) => (isAway ? away() : database.transaction(work)),
      })
      for (const event of callEvents(ANSWERED)) service.handle(event)
      await clock.advance(1_000)
      weather.stop()
      await service.idle()
      expect(told).toEqual([])
      isAway = false
      await hear(service, HUNG_UP)
      expect(service.backlog()).toBe(0)
    })

    test('pages of calls follow one another, newest first', async () => {
      const { service } = serve()
      await hear(
        service,
        `00:01.000  queue_joined  trunk#1
         00:02.000  queue_joined  trunk#2
         00:03.000  queue_joined  trunk#3`,
      )
      const first = await service.view.list({ limit: 2 }, SUPERVISOR)
      expect(first.items.map(({ uniqueid }) => uniqueid)).toEqual(['trunk#3', 'trunk#2'])
      const second = await service.view.list(
        { limit: 2, cursor: first.nextCursor ?? '' },
        SUPERVISOR,
      )
      expect(second.items.map(({ uniqueid }) => uniqueid)).toEqual(['trunk#1'])
      expect(second.nextCursor).toBeNull()
      expect((await service.view.list({ limit: 50, status: 'talking' }, SUPERVISOR)).items).toEqual(
        [],
      )
      await expect(service.view.list({ limit: 2, cursor: 'x' }, SUPERVISOR)).rejects.toThrow(
        InvalidInput,
      )
    })

    test('who talks on what is known at once', async () => {
      const { service } = serve()
      await hear(service, ANSWERED)
      const id = service.talkingOn('101')
      expect((await service.rowsOf([id ?? ''])).get(id ?? '')).toMatchObject({
        uniqueid: 'trunk#1',
      })
      expect(service.talkingOn('102')).toBeNull()
      expect(service.backlog()).toBe(0)
    })

    test('a call that does not exist is not found', async () => {
      await expect(serve().service.view.detail('nobody')).rejects.toThrow(NotFound)
    })

    test('a hidden number is stored nowhere', async () => {
      const { service } = serve()
      const [event] = callEvents(`00:00.000  queue_joined  trunk#1`)
      if (event?.type !== 'queue_joined') throw new Error('the table has one join')
      service.handle({ ...event, caller: channel('trunk#1', { withheld: true }) })
      await service.idle()
      const rows = await database.db.selectFrom('call').selectAll().execute()
      expect(JSON.stringify(rows)).not.toContain('912345678')
    })
  })
}
