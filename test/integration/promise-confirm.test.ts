import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { callbackRoutes } from '../../server/callbacks/callback-routes.ts'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { createTestApp } from '../support/http.ts'
import { openPromised, type PromisedLedger } from '../support/promised-ledger.ts'

for (const dialect of HOUSE_DIALECTS) {
  describe(`the agent's word before the customer is dialled, on ${dialect}`, () => {
    let ledger: PromisedLedger
    beforeEach(async () => {
      ledger = await openPromised(dialect)
      await ledger.dialAtDue()
      await ledger.hear('agent_ringing')
    })
    afterEach(() => ledger.close())

    const confirm = (who: PromisedLedger['mai']) =>
      createTestApp(callbackRoutes(ledger.service)).as(who).post(`/callbacks/${ledger.id}/confirm`)
    const asked = () =>
      ledger.hear('confirming', { agentAnsweredAt: ledger.clock.now(), confirmation: 'asked' })

    test('is asked for by the order, and visible as a stage', async () => {
      expect(ledger.orders()).toMatchObject([{ mustConfirm: true }])
      await asked()
      expect(await ledger.view()).toMatchObject({
        status: 'dialing',
        attempts: [{ stage: 'confirming', outcome: null }],
      })
    })

    test('is given with one key in the page, by whose phone was rung and nobody else', async () => {
      expect((await confirm(ledger.mai)).status).toBe(409)
      await asked()
      expect((await confirm(ledger.lan)).status).toBe(403)
      expect(ledger.telephony.confirmed).toEqual([])
      expect((await confirm(ledger.mai)).status).toBe(202)
      expect(ledger.telephony.confirmed).toEqual([`pbx1/${ledger.channelId()}`])
      await ledger.hear('customer_ringing', { customerUniqueid: 'cust-1' })
      expect((await confirm(ledger.mai)).status).toBe(409)
    })

    test('that nobody gives leaves the promise to a person: the customer was not called', async () => {
      await asked()
      await ledger.hear('ended', { agentAnsweredAt: ledger.clock.now(), agentCause: 18 })
      expect(await ledger.view()).toMatchObject({
        status: 'failed',
        attempts: [{ outcome: 'not_confirmed' }],
      })
      expect(ledger.facts.at(-1)).toMatchObject({
        type: 'promise_attempted',
        outcome: 'not_confirmed',
        calledCustomer: false,
      })
    })
  })
}
