import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS, openTestDatabase, type TestDialect } from '../../test/support/database.ts'
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
    beforeEach(async () => {
      ledger = await setUp(dialect)
    })
    afterEach(async () => {
      await ledger.dialer.stop()
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
      expect(ledger.attached).toEqual([{ callId: `call-of-${channelId()}`, ticketId: 'KN-1' }])
      expect(ledger.notes.at(-1)).toMatchObject({
        kind: 'callback_ended',
        fields: { outcome: 'reached', extension: '101' },
      })
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
      expect(ledger.notes.filter((note) => note.kind === 'callback_attempt')).toHaveLength(1)
    })

    test('evidence of a talk that comes after a wrong end makes the promise kept', async () => {
      await dialAtDue()
      const at = ledger.clock.now()
      await ledger.hear('ended', { agentAnsweredAt: at, customerCause: 19 })
      await ledger.hear('ended', { agentAnsweredAt: at, customerCause: 19, talkSeconds: 30 })
      expect(await view()).toMatchObject({ status: 'done', attempts: [{ outcome: 'reached' }] })
    })

    test('a channel that is none of ours is left alone', async () => {
      expect(await ledger.hear('agent_ringing', {}, 'somebody-else')).toBeNull()
    })
  })
}
