import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS } from '../../test/support/database.ts'
import { OutcomeUnknown } from '../ports.ts'
import { openPromised, type PromisedLedger } from '../../test/support/promised-ledger.ts'

for (const dialect of SERVICE_DIALECTS) {
  test(`a promise that failed on a merged ticket stays so beside one that waits, on ${dialect}`, async () => {
    const ledger = await openPromised(dialect)
    await ledger.dialAtDue()
    await ledger.hear('ended', { agentCause: 19 })
    await ledger.addTicket('KN-2', { number: '0987654321' })
    await ledger.service.promise(ledger.mai, 'KN-2', { note: '' })
    await ledger.database.transaction(async (trx) => {
      await ledger.feature.moving.move(trx, { from: 'KN-1', into: 'KN-2', actorId: 'mai' })
      await ledger.feature.retry(trx, 'KN-2', '2026-11-23T04:00:00.000Z')
    })
    const promises = await ledger.service.ofTicket('KN-2')
    expect(promises.map(({ status }) => status).toSorted()).toEqual(['failed', 'scheduled'])
    await ledger.close()
  })

  test(`two tickets that are both being called back cannot be merged, on ${dialect}`, async () => {
    const ledger = await openPromised(dialect)
    await ledger.addTicket('KN-2', { number: '0987654321' })
    await ledger.service.promise(ledger.lan, 'KN-2', { note: '' })
    await ledger.dialAtDue()
    const merge = ledger.database.transaction((trx) =>
      ledger.feature.moving.move(trx, { from: 'KN-1', into: 'KN-2', actorId: 'mai' }),
    )
    await expect(merge).rejects.toThrow(/both tickets are being called back/)
    await ledger.close()
  })
}

for (const dialect of SERVICE_DIALECTS) {
  describe(`following an attempt on ${dialect}`, () => {
    let ledger: PromisedLedger
    const reached = { agentAnsweredAt: 'x', customerAnsweredAt: 'x', talkSeconds: 30 }
    const dialAgain = async () => {
      await ledger.service.dialNow(ledger.mai, ledger.id)
      await ledger.tick()
    }
    /** The order's answer never comes, and no trace of it is found. */
    const vanish = async () => {
      ledger.telephony.failNextOriginate(new OutcomeUnknown('no answer'))
      await ledger.dialAtDue()
      ledger.setReach(ledger.mai, 'in_call', 'ready')
      await ledger.clock.advance(61_000)
      await ledger.tick()
      expect(await ledger.view()).toMatchObject({
        status: 'scheduled',
        attempts: [{ outcome: 'not_placed' }],
      })
    }
    beforeEach(async () => {
      ledger = await openPromised(dialect)
    })
    afterEach(() => ledger.close())

    test('a kept promise: every stage is shown, the call joins the ticket, the end is noted', async () => {
      await ledger.dialAtDue()
      const heard = await ledger.hear('agent_ringing')
      expect(heard).toEqual({ ticketId: 'KN-1', staffId: 'mai' })
      const at = ledger.clock.now()
      await ledger.hear('agent_answered', { agentAnsweredAt: at })
      await ledger.hear('talking', { agentAnsweredAt: at, customerAnsweredAt: at })
      await ledger.hear('ended', { agentAnsweredAt: at, customerAnsweredAt: at, customerCause: 16 })
      expect(await ledger.view()).toMatchObject({
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
        { type: 'promise_call_begun', callId: `call-of-${ledger.channelId()}`, ticketId: 'KN-1' },
        {
          type: 'promise_attempted',
          promiseId: ledger.id,
          ticketId: 'KN-1',
          assigneeId: 'mai',
          numberDial: '0912345678',
          callId: `call-of-${ledger.channelId()}`,
          attempt: 1,
          extension: '101',
          outcome: 'reached',
          submittedAt: at,
          calledCustomer: true,
        },
      ])
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
    })

    test('late and doubled progress turns nothing back', async () => {
      await ledger.dialAtDue()
      const at = ledger.clock.now()
      const busy = { agentAnsweredAt: at, customerUniqueid: 'c', customerCause: 17 }
      await ledger.hear('customer_ringing', { agentAnsweredAt: at })
      await ledger.hear('agent_ringing')
      await ledger.hear('ended', busy)
      const before = await ledger.view()
      await ledger.hear('ended', busy)
      await ledger.hear('talking')
      expect(await ledger.view()).toEqual(before)
      expect(before).toMatchObject({ status: 'failed', attempts: [{ outcome: 'busy' }] })
      expect(ledger.facts.filter((fact) => fact.type === 'promise_attempted')).toHaveLength(1)
    })

    test('evidence of a talk that comes after a wrong end makes the promise kept', async () => {
      await ledger.dialAtDue()
      const at = ledger.clock.now()
      await ledger.hear('ended', { agentAnsweredAt: at, customerCause: 19 })
      await ledger.hear('ended', { agentAnsweredAt: at, customerCause: 19, talkSeconds: 30 })
      expect(await ledger.view()).toMatchObject({
        status: 'done',
        attempts: [{ outcome: 'reached' }],
      })
    })

    describe('a word about an attempt that is over', () => {
      test('that the customer was rung gives the promise to a person, it is not dialled by itself', async () => {
        await vanish()
        await ledger.hear('ended', {
          agentAnsweredAt: 'x',
          customerUniqueid: 'c',
          customerCause: 17,
        })
        expect(await ledger.view()).toMatchObject({
          status: 'failed',
          attempts: [{ outcome: 'busy' }],
        })
        expect(ledger.facts.at(-1)).toMatchObject({ type: 'promise_attempted', outcome: 'busy' })
        ledger.setReach(ledger.mai, 'ready', 'ready')
        await ledger.tick()
        expect(ledger.orders()).toHaveLength(1)
      })

      test('that the customer was reached keeps the promise', async () => {
        await vanish()
        await ledger.hear('ended', reached)
        expect(await ledger.view()).toMatchObject({
          status: 'done',
          attempts: [{ outcome: 'reached' }],
        })
      })

      test('neither closes a promise that is dialled again nor one whose next attempt failed', async () => {
        await ledger.dialAtDue()
        const first = ledger.channelId()
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 17 })
        await dialAgain()
        await ledger.hear('ended', reached, first)
        expect(await ledger.view()).toMatchObject({
          status: 'dialing',
          attempts: [{ outcome: 'reached' }, { outcome: null }],
        })
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 19 })
        await ledger.hear('ended', { ...reached, talkSeconds: 30 }, first)
        expect(await ledger.view()).toMatchObject({
          status: 'failed',
          attempts: [{ outcome: 'reached' }, { outcome: 'no_answer' }],
        })
      })

      test('does not close a promise that a person moved since', async () => {
        await ledger.dialAtDue()
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 17 })
        const failed = await ledger.view()
        const dueAt = '2026-11-23T04:00:00.000Z'
        await ledger.service.reschedule(ledger.mai, ledger.id, {
          version: failed?.version ?? 0,
          dueAt,
        })
        await ledger.hear('ended', reached)
        expect(await ledger.view()).toMatchObject({ status: 'scheduled', dueAt })
      })

      test('leaves the row to nobody once the attempt has ended', async () => {
        await ledger.dialAtDue()
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
