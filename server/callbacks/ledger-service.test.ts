import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callbackQuery } from '#contract/callbacks.ts'
import { SERVICE_DIALECTS, type TestDialect } from '../../test/support/database.ts'
import { openUnpromised } from '../../test/support/promised-ledger.ts'
import { Forbidden, InvalidInput } from '../errors.ts'

const query = (given: object) => callbackQuery.parse(given)
/** All of them are promised and judged on one day in Vietnam. */
const DAY = { from: '2026-11-23', to: '2026-11-23' }

/** Mai promised calls on KN-1 and KN-2, Lan one on KN-3, each ten minutes after the one before. */
async function setUp(dialect: TestDialect) {
  const ledger = await openUnpromised(dialect, { hours: { from: '07:00', to: '21:30' } })
  const chief = await ledger.addPerson('chief', null, 'supervisor')
  const { mai, lan } = ledger
  const ids: Record<string, string> = {}
  for (const [ticket, user, inMinutes] of [
    ['KN-1', mai, 10],
    ['KN-2', mai, 20],
    ['KN-3', lan, 30],
  ] as const) {
    // oxlint-disable-next-line no-await-in-loop -- three, in their order
    if (ticket !== 'KN-1') await ledger.addTicket(ticket, { number: `091234567${ticket.at(-1)}` })
    // oxlint-disable-next-line no-await-in-loop
    const { id } = await ledger.service.promise(user, ticket, { inMinutes, note: '' })
    ids[ticket] = id
  }
  return { ...ledger, chief, ids }
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`looking into the ledger on ${dialect}`, () => {
    let ledger: Awaited<ReturnType<typeof setUp>>
    beforeEach(async () => {
      ledger = await setUp(dialect)
    })
    afterEach(() => ledger.database.close())

    const tickets = async (user: 'mai' | 'lan' | 'chief', given: object = {}) => {
      const { items } = await ledger.service.list(ledger[user], query(given))
      return items.map(({ ticket }) => ticket?.id)
    }
    async function dial(end: 'agent_no_answer' | 'nothing' = 'agent_no_answer') {
      await ledger.tick()
      for (const { channelId } of ledger.telephony.originated.splice(0)) {
        const known =
          end === 'nothing' ? { agentCause: 20, originateFailed: true } : { agentCause: 19 }
        // oxlint-disable-next-line no-await-in-loop -- one phone after the other
        await ledger.hear('ended', known, channelId)
      }
    }

    test('agents see their own, and those of their team when they ask for them', async () => {
      expect(await tickets('mai', { state: 'open' })).toEqual(['KN-1', 'KN-2'])
      expect(await tickets('mai', { state: 'open', team: 'cskh' })).toEqual([
        'KN-1',
        'KN-2',
        'KN-3',
      ])
      expect(await tickets('mai', { team: 'cskh', agent: 'lan' })).toEqual(['KN-3'])
      await expect(tickets('mai', { team: 'noc' })).rejects.toThrow(Forbidden)
      await expect(tickets('mai', { agent: 'lan' })).rejects.toThrow(Forbidden)
      expect(await tickets('chief', { agent: 'lan' })).toEqual(['KN-3'])
      expect(await tickets('chief', { team: 'noc' })).toEqual([])
      expect(await tickets('chief', { from: '2026-11-24' })).toEqual([])
      expect(await tickets('chief', { ...DAY, state: 'open' })).toHaveLength(3)
    })

    test('at risk is what is due soon while its keeper is away, and what is overdue', async () => {
      expect(await tickets('chief', { state: 'at_risk' })).toEqual([])
      ledger.setReach(ledger.mai, 'unavailable', 'ready')
      expect(await tickets('chief', { state: 'at_risk' })).toEqual(['KN-1'])
      await ledger.clock.advance(20 * 60_000)
      expect(await tickets('chief', { state: 'at_risk' })).toEqual(['KN-1', 'KN-2'])
      ledger.setReach(ledger.mai, 'ready', 'ready')
      expect(await tickets('chief', { state: 'at_risk' })).toEqual(['KN-1'])
      expect(await ledger.service.counts(ledger.chief, {})).toEqual({
        open: 3,
        atRisk: 1,
        late: 1,
        failed: 0,
      })
    })

    test('without a PBX that may dial nobody can keep what is due soon', async () => {
      ledger.telephony.setLink('pbx1', 'closed')
      expect(await tickets('chief', { state: 'at_risk' })).toEqual(['KN-1'])
      expect(await ledger.service.counts(ledger.lan, {})).toMatchObject({ open: 1, atRisk: 0 })
    })

    test('late is what nobody tried in time and nobody has made good', async () => {
      await ledger.clock.advance(10 * 60_000)
      await dial()
      await ledger.clock.advance(11 * 60_000 + 1)
      expect(await tickets('chief', { state: 'late' })).toEqual(['KN-2'])
      await dial()
      expect(await tickets('chief', { state: 'late' })).toEqual(['KN-2'])
      expect(await tickets('chief', { state: 'failed' })).toEqual(['KN-1', 'KN-2'])
      expect(await ledger.service.counts(ledger.mai, { mine: '1' })).toEqual({
        open: 2,
        atRisk: 0,
        late: 1,
        failed: 2,
      })
    })

    test('promises kept % of people, teams and days; cancelled tickets count nowhere', async () => {
      await ledger.clock.advance(10 * 60_000)
      await dial()
      await ledger.clock.advance(12 * 60_000)
      await dial()
      await ledger.clock.advance(8 * 60_000)
      await dial()
      const of = (by: 'agent' | 'team' | 'day', user = ledger.chief) =>
        ledger.service.figures(user, { ...DAY, by })
      const people = await of('agent')
      const lan = { agent: { id: 'lan', displayName: 'lan' }, kept: 1, keptPercent: 100 }
      const mai = { agent: { id: 'mai', displayName: 'mai' }, kept: 1, late: 1, keptPercent: 50 }
      expect(people.items).toMatchObject([lan, mai])
      expect(people.total).toMatchObject({ kept: 2, late: 1, keptPercent: 66.6 })
      expect((await of('team')).items).toMatchObject([{ team: 'cskh', keptPercent: 66.6 }])
      expect((await of('day')).items).toMatchObject([{ day: '2026-11-23', keptPercent: 66.6 }])
      expect((await of('agent', ledger.mai)).items).toMatchObject([mai])
      const gone = { status: 'cancelled' }
      await ledger.database.db.updateTable('ticket').set(gone).where('id', '=', 'KN-2').execute()
      expect((await of('agent')).total).toMatchObject({ kept: 2, late: 0, keptPercent: 100 })
    })

    test('what is owed now: what is due, late and at risk, and how today’s promises were kept', async () => {
      const owed = async () => (await ledger.service.owedNow()).promises
      const nobody = { keptToday: 0, lateToday: 0, brokenToday: 0 }
      expect(await owed()).toEqual({ due: 0, atRisk: 0, late: 0, ...nobody })
      await ledger.clock.advance(10 * 60_000)
      expect(await owed()).toMatchObject({ due: 1, late: 0 })
      await dial()
      await ledger.clock.advance(12 * 60_000)
      expect(await owed()).toMatchObject({ due: 1, late: 1, keptToday: 1 })
      await dial()
      await ledger.clock.advance(8 * 60_000)
      await dial()
      expect(await owed()).toMatchObject({ due: 0, keptToday: 2, lateToday: 1 })
      await ledger.clock.advance(24 * 3_600_000)
      expect(await owed()).toMatchObject(nobody)
    })

    test('who was reached by a callback of today is counted by the queue that they left', async () => {
      const { db } = ledger.database
      const old = { promised_for: '2026-11-20T02:00:00.000Z', queue: 'hotline' }
      await db.updateTable('callback').set(old).where('ticket_id', '=', 'KN-1').execute()
      await ledger.clock.advance(20 * 60_000)
      await ledger.tick()
      const reached = { agentAnsweredAt: 'x', customerAnsweredAt: 'x', talkSeconds: 30 }
      await ledger.hear('ended', reached)
      const calledBack = async () => (await ledger.service.owedNow()).calledBack
      await db.updateTable('call').set({ local_day: DAY.from }).execute()
      expect(await calledBack()).toEqual([{ queue: 'hotline', count: 1 }])
      await ledger.tick()
      await ledger.hear('ended', { agentCause: 19 })
      await db.updateTable('call').set({ local_day: DAY.from }).execute()
      expect(await calledBack()).toEqual([{ queue: 'hotline', count: 1 }])
      await ledger.clock.advance(24 * 3_600_000)
      expect(await calledBack()).toEqual([])
    })

    test.each([
      ['days the wrong way round', { from: '2026-11-24', to: '2026-11-23' }],
      ['more days than are counted at once', { from: '2026-01-01', to: '2026-11-23' }],
    ])('%s are refused', async (_what, days) => {
      const asked = ledger.service.figures(ledger.chief, { ...days, by: 'day' })
      await expect(asked).rejects.toThrow(InvalidInput)
    })
  })
}
