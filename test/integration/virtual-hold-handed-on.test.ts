import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Database } from '../../server/db/transaction.ts'
import { HOUSE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { type LiveHouse, openLiveHouse } from '../support/live-house.ts'

const NUMBER = '0912345678'
/** After the calls of the tables below. */
const START = '2026-11-23T02:12:00.000Z'

describe.each(HOUSE_DIALECTS)(
  'a customer who was talked to waits anew in a queue that is closed, on %s,',
  (dialect) => {
    let database: Database
    let house: LiveHouse
    beforeEach(async () => {
      database = await openTestDatabase(dialect)
      house = await openLiveHouse(database, { start: START })
      await house.startSchedule()
    })
    afterEach(async () => {
      await house.stop()
      await database.close()
    })

    const promises = () =>
      database.db.selectFrom('callback').selectAll().orderBy('created_at').orderBy('id').execute()
    const asked = async () => (await promises()).filter(({ reason }) => reason === 'asked')
    const tickets = () => database.db.selectFrom('ticket').selectAll().execute()
    const linesOf = async (kind: 'callback_promised' | 'call') => {
      const rows = await database.db.selectFrom('ticket_timeline').selectAll().execute()
      return rows.filter((row) => row.kind === kind)
    }

    /** Mai answers at minute 10 and hands the caller on into the second line. */
    const handedOn = () =>
      house.hear(`
      10:00.000  queue_joined     trunk#1  num=${NUMBER}
      10:01.000  agent_called     trunk#1  101#2
      10:04.000  agent_connected  trunk#1  101#2
      10:04.010  bridge_entered   trunk#1
      10:04.020  bridge_entered   101#2
      10:40.000  hung_up          101#2
      10:40.100  queue_joined     trunk#1  queue=tech num=${NUMBER}`)
    const closed = () =>
      house.hear(`
      11:00.000  queue_left      trunk#1  queue=tech
      11:00.010  callback_asked  trunk#1  queue=tech to=${NUMBER}`)
    const gone = () => house.hear(`11:09.000  hung_up  trunk#1`)

    const placed = () => house.telephony.places.at(-1)?.channelId ?? 'none'
    /** The place comes into the queue, lan answers for it and talks to the customer. */
    const reached = async () => {
      const leg = `Local/tech@callback-place=${placed()}`
      const half = `Local/tech@callback-place=${placed().replace('cb-', 'pl-')}`
      await house.hear(`
      12:00.000  channel_created  ${leg}
      12:00.010  queue_joined     ${half}  queue=tech num=${NUMBER}
      12:00.020  agent_called     ${half}  102#9  queue=tech num=${NUMBER}
      12:04.000  agent_connected  ${half}  102#9  queue=tech hold=4
      12:05.000  dial_begun       ${leg}  trunk#9  dial=PJSIP/${NUMBER}@trunk
      12:12.000  dial_ended       ${leg}  trunk#9
      12:12.010  bridge_entered   trunk#9  bridge=b
      12:12.020  bridge_entered   ${leg}  bridge=b`)
      return () =>
        house.hear(`
      12:45.000  hung_up          trunk#9
      12:45.010  hung_up          ${leg}`)
    }
    const reachedAndOver = async () => (await reached())()

    test('and is promised a call in that queue, which their own talk does not count as', async () => {
      await handedOn()
      await closed()
      await gone()
      await house.advance(500)
      expect(await promises()).toMatchObject([
        { reason: 'asked', status: 'dialing', queue: 'tech', number_dial: NUMBER },
      ])
      expect(house.telephony.places).toMatchObject([{ queue: 'tech', number: NUMBER, position: 1 }])
      const calls = await database.db.selectFrom('call').selectAll().execute()
      expect(calls).toMatchObject([{ outcome: 'answered', queue: 'hotline' }])
    })

    test('and their ticket says so, and is that of the call back', async () => {
      await handedOn()
      await closed()
      await gone()
      await house.advance(500)
      const [promise] = await promises()
      const [ticket] = await tickets()
      const lines = await linesOf('callback_promised')
      expect(lines).toMatchObject([{ ticket_id: ticket?.id, actor_id: null }])
      expect(JSON.parse(lines[0]?.fields ?? '{}')).toEqual({
        callbackId: promise?.id,
        dueAt: promise?.due_at,
      })
      await reachedAndOver()
      expect(await tickets()).toHaveLength(1)
      expect(await promises()).toMatchObject([
        { status: 'done', verdict: 'kept', ticket_id: ticket?.id },
      ])
      const calls = await database.db.selectFrom('call').selectAll().execute()
      expect(calls.map(({ ticket_id }) => ticket_id)).toEqual([ticket?.id, ticket?.id])
      expect(await linesOf('call')).toMatchObject([{ ticket_id: ticket?.id, actor_id: 'lan' }])
    })

    test('and is called back on another ticket once theirs was closed', async () => {
      await handedOn()
      await closed()
      await gone()
      await house.advance(500)
      await database.db.updateTable('ticket').set({ status: 'closed' }).execute()
      await reachedAndOver()
      const [theirs, other] = (await tickets()).toSorted((a, b) => a.code.localeCompare(b.code))
      expect(theirs).toMatchObject({ status: 'closed' })
      expect(await promises()).toMatchObject([{ status: 'done', ticket_id: other?.id }])
    })

    test('and a promise that is open on their ticket is not in the way of the call back', async () => {
      await handedOn()
      const [ticket] = await tickets()
      const dueAt = '2026-11-23T04:00:00.000Z'
      const order = { note: '', dueAt }
      await house.callbacks.service.promise(house.person('mai'), ticket?.id ?? '', order)
      await closed()
      await gone()
      await house.advance(500)
      const hangUp = await reached()
      expect(await linesOf('call')).toMatchObject([{ ticket_id: ticket?.id, actor_id: 'lan' }])
      await hangUp()
      expect(await tickets()).toHaveLength(1)
      expect(await asked()).toMatchObject([{ status: 'done', verdict: 'kept' }])
    })

    test('and is promised it once by event, journal and restart', async () => {
      await handedOn()
      await house.stop()
      house = await openLiveHouse(database, {
        hire: false,
        start: START,
        telephony: house.telephony,
      })
      const journal = `
      10:04.000  journal_answered  trunk#1  received=10:00.000 num=${NUMBER}
      11:00.010  journal_asked     trunk#1  queue=tech to=${NUMBER} received=10:00.000 num=${NUMBER}
      11:09.000  journal_ended     trunk#1  outcome=answered queue=tech received=10:00.000 num=${NUMBER}`
      await house.hear(journal)
      expect(await promises()).toMatchObject([{ reason: 'asked', queue: 'tech', ticket_id: null }])
      await closed()
      await house.hear(journal)
      await house.startSchedule()
      await house.advance(500)
      expect(await promises()).toHaveLength(1)
      expect(house.telephony.places).toHaveLength(1)
    })

    test('and is promised it by the journal alone, in the queue that it names', async () => {
      await house.hear(`
        10:00.000  queue_joined     trunk#1  num=${NUMBER}
        10:01.000  agent_called     trunk#1  101#2
        10:04.000  agent_connected  trunk#1  101#2`)
      await house.stop()
      house = await openLiveHouse(database, {
        hire: false,
        start: START,
        telephony: house.telephony,
      })
      await house.hear(`
        11:00.010  journal_asked  trunk#1  queue=tech to=${NUMBER} received=10:00.000 num=${NUMBER}
        11:09.000  journal_ended  trunk#1  outcome=answered queue=tech received=10:00.000 num=${NUMBER}`)
      expect(await asked()).toMatchObject([{ status: 'scheduled', queue: 'tech' }])
      // somebody else's part of the talk, heard of late, takes nothing back
      await house.hear(
        `10:30.000  journal_answered  trunk#1  later=yes extension=102 received=10:00.000 num=${NUMBER}`,
      )
      expect(await asked()).toMatchObject([{ status: 'scheduled' }])
    })

    test('and is not called any more when they called again after that and were answered', async () => {
      await handedOn()
      await closed()
      await gone()
      await house.hear(`
      13:20.000  queue_joined     trunk#5  num=${NUMBER}
      13:21.000  agent_called     trunk#5  101#6
      13:24.000  agent_connected  trunk#5  101#6
      13:24.010  bridge_entered   trunk#5  bridge=c
      13:24.020  bridge_entered   101#6  bridge=c
      13:59.000  hung_up          101#6
      13:59.010  hung_up          trunk#5`)
      expect(await promises()).toMatchObject([{ status: 'cancelled' }])
    })

    /** Mai calls the customer for a promise and hands them on into the second line. */
    const calledAndHandedOn = async () => {
      const { ticketId } = await house.promise(house.person('mai'))
      await house.queues.setState(house.person('mai'), { state: 'ready' })
      await house.advance(60_500)
      const leg = `101=${house.placed()}`
      await house.hear(`
      10:00.000  channel_created      ${leg}
      10:03.000  dial_ended           -  ${leg}
      10:03.010  originate_responded  ${leg}
      10:04.000  dial_begun           ${leg}  trunk#3  dial=PJSIP/${NUMBER}@trunk
      10:08.000  dial_ended           ${leg}  trunk#3
      10:08.010  bridge_entered       trunk#3
      10:08.020  bridge_entered       ${leg}
      10:40.000  hung_up              ${leg}
      10:40.100  queue_joined         trunk#3  queue=tech num=${NUMBER}
      11:00.000  queue_left           trunk#3  queue=tech`)
      return { ticketId, call: house.placed() }
    }

    test('whom we called and handed on is promised another call, on the same ticket', async () => {
      const { ticketId, call } = await calledAndHandedOn()
      await house.hear(`11:00.010  callback_asked  ${call}  queue=tech to=${NUMBER}`)
      await house.advance(1500)
      // the customer still hears that they are called back
      expect(house.telephony.places).toEqual([])
      await house.hear(`11:09.000  hung_up  trunk#3`)
      await house.advance(1500)
      expect(await promises()).toMatchObject([
        { reason: 'guidance', status: 'done', ticket_id: ticketId },
        { reason: 'asked', status: 'dialing', queue: 'tech' },
      ])
      expect(house.telephony.places).toMatchObject([{ queue: 'tech', number: NUMBER }])
      await reachedAndOver()
      expect(await tickets()).toHaveLength(1)
      expect(await asked()).toMatchObject([
        { status: 'done', verdict: 'kept', ticket_id: ticketId },
      ])
    })

    test('whom we called and handed on is promised it by the journal alone, too', async () => {
      const { call } = await calledAndHandedOn()
      await house.stop()
      house = await openLiveHouse(database, {
        hire: false,
        start: START,
        telephony: house.telephony,
      })
      await house.startSchedule()
      await house.hear(`
      10:40.000  journal_callback_ended  ${call}  status=ANSWER cause=16 talk=32
      11:00.010  journal_asked  ${call}  queue=tech to=${NUMBER} received=10:04.000 num=${NUMBER}`)
      await house.hear(`11:09.000  hung_up  trunk#3`)
      await house.advance(1500)
      expect(await asked()).toMatchObject([{ status: 'dialing', queue: 'tech' }])
      expect(await database.db.selectFrom('call').selectAll().execute()).toMatchObject([
        { direction: 'callback' },
      ])
    })
  },
)
