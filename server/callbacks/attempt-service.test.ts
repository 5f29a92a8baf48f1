import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS, openTestDatabase, type TestDialect } from '../../test/support/database.ts'
import { OutcomeUnknown } from '../ports.ts'
import { createPromiseLedger } from '../../test/support/promise-ledger.ts'

const HALF_HOUR = 30 * 60_000
const plain = { note: '' }

async function setUp(dialect: TestDialect) {
  const made = createPromiseLedger(await openTestDatabase(dialect))
  const mai = await made.addPerson('mai', '101')
  const lan = await made.addPerson('lan', '102')
  await made.addTicket('KN-1')
  const promised = await made.service.promise(mai, 'KN-1', plain)
  return { ...made, mai, lan, id: promised.id }
}

for (const dialect of DIALECTS) {
  describe(`following an attempt on ${dialect}`, () => {
    let ledger: Awaited<ReturnType<typeof setUp>>
    const view = async () => (await ledger.service.ofTicket('KN-1'))[0]
    const orders = () => ledger.telephony.originated
    const channelId = () => orders().at(-1)?.channelId ?? 'none'
    const dialAtDue = async () => {
      await ledger.clock.advance(HALF_HOUR)
      await ledger.tick()
    }
    const reached = { agentAnsweredAt: 'x', customerAnsweredAt: 'x', talkSeconds: 9 }
    const dialAgain = async () => {
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.tick()
    }
    /** The order's answer never comes, and no trace of it is found. */
    const vanish = async () => {
      ledger.telephony.failNextOriginate(new OutcomeUnknown('no answer'))
      await dialAtDue()
      ledger.setReach(ledger.mai, 'in_call', 'ready')
      await ledger.clock.advance(61_000)
      await ledger.tick()
      expect(await view()).toMatchObject({
        status: 'scheduled',
        attempts: [{ outcome: 'not_placed' }],
      })
    }
    beforeEach(async () => {
      ledger = await setUp(dialect)
    })
    afterEach(async () => {
      await ledger.feature.stop()
      await ledger.database.close()
    })

    test('a kept promise: every stage is shown, the call joins the ticket, the end is noted', async () => {
      await dialAtDue()
      const heard = await ledger.hear('agent_ringing')
      expect(heard).toEqual({ ticketId: 'KN-1', staffId: 'mai' })
      const at = ledger.clock.now()
      await ledger.hear('agent_answered', { agentAnsweredAt: at })
      await ledger.hear('talking', { agentAnsweredAt: at, customerAnsweredAt: at })
      await ledger.hear('ended', { agentAnsweredAt: at, customerAnsweredAt: at, customerCause: 16 })
      expect(await view()).toMatchObject({
        status: 'done',
        attempts: [{ stage: 'ended', outcome: 'reached', hangupCause: 16 }],
      })
      const stages = ledger.notifier
        .of('callbackUpdated')
        .map(([, sent]) => sent.attempts[0]?.stage)
      expect(stages).toEqual([
        undefined,
        'submitted',
        'agent_ringing',
        'agent_answered',
        'talking',
        'ended',
      ])
      expect(ledger.facts.slice(1)).toEqual([
        { type: 'promise_call_begun', callId: `call-of-${channelId()}`, ticketId: 'KN-1' },
        {
          type: 'promise_attempted',
          promiseId: ledger.id,
          ticketId: 'KN-1',
          assigneeId: 'mai',
          attempt: 1,
          extension: '101',
          outcome: 'reached',
        },
      ])
      await ledger.tick()
      expect(orders()).toHaveLength(1)
    })

    test('late and doubled progress turns nothing back', async () => {
      await dialAtDue()
      const at = ledger.clock.now()
      const busy = { agentAnsweredAt: at, customerUniqueid: 'c', customerCause: 17 }
      await ledger.hear('customer_ringing', { agentAnsweredAt: at })
      await ledger.hear('agent_ringing')
      await ledger.hear('ended', busy)
      const before = await view()
      await ledger.hear('ended', busy)
      await ledger.hear('talking')
      expect(await view()).toEqual(before)
      expect(before).toMatchObject({ status: 'failed', attempts: [{ outcome: 'busy' }] })
      expect(ledger.facts.filter((fact) => fact.type === 'promise_attempted')).toHaveLength(1)
    })

    test('evidence of a talk that comes after a wrong end makes the promise kept', async () => {
      await dialAtDue()
      const at = ledger.clock.now()
      await ledger.hear('ended', { agentAnsweredAt: at, customerCause: 19 })
      await ledger.hear('ended', { agentAnsweredAt: at, customerCause: 19, talkSeconds: 30 })
      expect(await view()).toMatchObject({ status: 'done', attempts: [{ outcome: 'reached' }] })
    })

    describe('a word about an attempt that is over', () => {
      test('that the customer was rung gives the promise to a person, it is not dialled by itself', async () => {
        await vanish()
        await ledger.hear('ended', {
          agentAnsweredAt: 'x',
          customerUniqueid: 'c',
          customerCause: 17,
        })
        expect(await view()).toMatchObject({ status: 'failed', attempts: [{ outcome: 'busy' }] })
        expect(ledger.facts.at(-1)).toMatchObject({ type: 'promise_attempted', outcome: 'busy' })
        ledger.setReach(ledger.mai, 'ready', 'ready')
        await ledger.tick()
        expect(orders()).toHaveLength(1)
      })

      test('that the customer was reached keeps the promise', async () => {
        await vanish()
        await ledger.hear('ended', reached)
        expect(await view()).toMatchObject({ status: 'done', attempts: [{ outcome: 'reached' }] })
      })

      test('neither closes a promise that is dialled again nor one whose next attempt failed', async () => {
        await dialAtDue()
        const first = channelId()
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 17 })
        await dialAgain()
        await ledger.hear('ended', reached, first)
        expect(await view()).toMatchObject({
          status: 'dialing',
          attempts: [{ outcome: 'reached' }, { outcome: null }],
        })
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 19 })
        await ledger.hear('ended', { ...reached, talkSeconds: 30 }, first)
        expect(await view()).toMatchObject({
          status: 'failed',
          attempts: [{ outcome: 'reached' }, { outcome: 'no_answer' }],
        })
      })

      test('does not close a promise that a person moved since', async () => {
        await dialAtDue()
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 17 })
        const failed = await view()
        const dueAt = '2026-11-23T04:00:00.000Z'
        await ledger.service.reschedule(ledger.mai, ledger.id, {
          version: failed?.version ?? 0,
          dueAt,
        })
        await ledger.hear('ended', reached)
        expect(await view()).toMatchObject({ status: 'scheduled', dueAt })
      })

      test('leaves the row to nobody once the attempt has ended', async () => {
        await dialAtDue()
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 17 })
        const row = await ledger.database.db
          .selectFrom('callback')
          .select(['due_owner', 'due_lease_until'])
          .executeTakeFirst()
        expect(row).toEqual({ due_owner: null, due_lease_until: null })
      })
    })

    test('a channel that is none of ours is left alone', async () => {
      expect(await ledger.hear('agent_ringing', {}, 'somebody-else')).toBeNull()
    })
  })
}
