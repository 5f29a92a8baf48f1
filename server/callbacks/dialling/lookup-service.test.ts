import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { SERVICE_DIALECTS } from '../../../test/support/database.ts'
import {
  openPromised,
  type PromisedLedger,
  untilIdle,
} from '../../../test/support/promised-ledger.ts'
import { OutcomeUnknown } from '../../ports.ts'
import { plusMs } from '../../time.ts'

/** 25 s for the agent's phone, 60 s for the customer's, and 30 s more. */
const LEASE = 145_000
const FAR = '2026-11-23T09:00:00.000Z'

for (const dialect of SERVICE_DIALECTS) {
  describe(`looking up an attempt on ${dialect}`, () => {
    let ledger: PromisedLedger
    const dialUnknown = async () => {
      ledger.telephony.failNextOriginate(new OutcomeUnknown('no answer'))
      await ledger.dialAtDue()
    }
    const advanceTicking = async (ms: number, stepMs = 5000) => {
      for (let left = ms; left > 0; left -= stepMs) {
        await ledger.clock.advance(Math.min(left, stepMs))
        await ledger.tick()
      }
    }
    /** As a fault would leave it. */
    const lose = async () => {
      const row = { status: 'dialing', attempts: 1, due_owner: 'x', due_lease_until: FAR }
      await ledger.database.db.updateTable('callback').set(row).execute()
    }
    beforeEach(async () => {
      ledger = await openPromised(dialect)
    })
    afterEach(() => ledger.close())

    describe('an order without an answer', () => {
      test('is shown as unknown and looked up: live first, then the journal', async () => {
        await dialUnknown()
        expect(await ledger.view()).toMatchObject({
          status: 'dialing',
          attempts: [{ stage: 'unknown' }],
        })
        await ledger.tick()
        const key = `pbx1/${ledger.channelId()}`
        expect(ledger.telephony.lookups).toEqual([`live ${key}`, `journal ${key}`])
        expect(ledger.orders()).toHaveLength(1)
      })

      test('is left alone while its channel lives', async () => {
        await dialUnknown()
        ledger.telephony.liveChannels.add(`pbx1/${ledger.channelId()}`)
        for (let minute = 0; minute < 10; minute++) {
          await ledger.tick()
          await ledger.clock.advance(60_000)
        }
        expect(await ledger.view()).toMatchObject({ status: 'dialing' })
        expect(ledger.orders()).toHaveLength(1)
      })

      test('is asked about again only when both phones could have rung out', async () => {
        await dialUnknown()
        ledger.telephony.liveChannels.add(`pbx1/${ledger.channelId()}`)
        await ledger.tick()
        await advanceTicking(LEASE - 1000)
        expect(ledger.telephony.lookups).toHaveLength(1)
        await advanceTicking(1000)
        expect(ledger.telephony.lookups).toHaveLength(2)
      })

      test('is decided by the journal', async () => {
        await dialUnknown()
        const spoken = {
          agentAnswered: true,
          dialStatus: 'ANSWER',
          hangupCause: 16,
          talkSeconds: 30,
        }
        ledger.telephony.journal.set(`pbx1/${ledger.channelId()}`, { endedAt: 'x', ...spoken })
        await ledger.clock.advance(5000)
        await ledger.tick()
        expect(await ledger.view()).toMatchObject({
          status: 'done',
          attempts: [{ outcome: 'reached' }],
        })
      })

      test('counts as not placed only after a minute without a trace, and is then dialled', async () => {
        await dialUnknown()
        await advanceTicking(59_000)
        expect(ledger.orders()).toHaveLength(1)
        await advanceTicking(6000)
        await ledger.tick()
        expect(ledger.orders()).toHaveLength(2)
        expect((await ledger.view())?.attempts.map((attempt) => attempt.outcome)).toEqual([
          'not_placed',
          null,
        ])
      })

      test.each([60 * 60_000, -60 * 60_000])(
        'is no older by a clock that is set by %i ms meanwhile',
        async (ms) => {
          await dialUnknown()
          ledger.clock.set(plusMs(ledger.clock.now(), ms))
          await advanceTicking(55_000)
          expect(ledger.orders()).toHaveLength(1)
          await advanceTicking(10_000)
          await ledger.tick()
          expect((await ledger.view())?.attempts[0]?.outcome).toBe('not_placed')
        },
      )

      test('waits while the PBX cannot be asked', async () => {
        await dialUnknown()
        ledger.telephony.setLink('pbx1', 'syncing')
        await advanceTicking(300_000, 30_000)
        expect(await ledger.view()).toMatchObject({
          status: 'dialing',
          attempts: [{ stage: 'unknown' }],
        })
        ledger.telephony.setLink('pbx1', 'ready')
        await advanceTicking(10_000)
        expect((await ledger.view())?.attempts[0]?.outcome).toBe('not_placed')
      })

      test('a call that was seen talking and then vanished is not dialled again', async () => {
        await dialUnknown()
        await ledger.hear('talking')
        await advanceTicking(70_000)
        expect(await ledger.view()).toMatchObject({ status: 'done' })
        expect(ledger.orders()).toHaveLength(1)
      })
    })

    test('a talk that was short when it was last heard of is as long as the journal says', async () => {
      await ledger.dialAtDue()
      const spoken = { agentAnswered: true, dialStatus: 'ANSWER', hangupCause: 16, talkSeconds: 55 }
      ledger.telephony.journal.set(`pbx1/${ledger.channelId()}`, { endedAt: 'x', ...spoken })
      const at = ledger.clock.now()
      const heard = { agentAnsweredAt: at, customerAnsweredAt: at, talkSeconds: 3 }
      await ledger.hear('ended', heard, ledger.channelId(), false)
      await ledger.tick()
      expect(await ledger.view()).toMatchObject({
        status: 'done',
        attempts: [{ outcome: 'reached' }],
      })
    })

    test('a call that only a snapshot says is over is looked up before it is decided', async () => {
      await ledger.dialAtDue()
      const spoken = { agentAnswered: true, dialStatus: 'BUSY', hangupCause: 17, talkSeconds: 0 }
      ledger.telephony.journal.set(`pbx1/${ledger.channelId()}`, { endedAt: 'x', ...spoken })
      await ledger.hear('ended', {}, ledger.channelId(), false)
      expect(await ledger.view()).toMatchObject({ status: 'dialing' })
      await ledger.tick()
      expect(await ledger.view()).toMatchObject({
        status: 'failed',
        attempts: [{ outcome: 'busy' }],
      })
    })

    test('a service that starts again looks up what was in flight before it dials anything', async () => {
      await ledger.dialAtDue()
      const { telephony } = ledger
      const restarted = ledger.openBeside('second')
      for (const [staffId, reach] of ledger.reach) restarted.reach.set(staffId, reach)
      telephony.liveChannels.add(`pbx1/${ledger.channelId()}`)
      await restarted.feature.start()
      await untilIdle(() => telephony.lookups.length > 0)
      await restarted.feature.stop()
      expect(telephony.lookups).toEqual([`live pbx1/${ledger.channelId()}`])
      expect(ledger.orders()).toHaveLength(1)
    })

    test('two processes side by side leave each other’s attempts alone until their time is over', async () => {
      await ledger.dialAtDue()
      const { clock, telephony } = ledger
      const beside = ledger.openBeside('second', false)
      await beside.feature.start()
      await beside.tick()
      await clock.advance(LEASE - 1)
      await beside.tick()
      expect(telephony.lookups).toEqual([])
      await clock.advance(1)
      await beside.tick()
      expect(telephony.lookups).toContain(`live pbx1/${ledger.channelId()}`)
      await beside.feature.stop()
    })

    test('only when both phones could have rung out is an attempt looked up', async () => {
      await ledger.dialAtDue()
      await ledger.clock.advance(LEASE - 1)
      await ledger.tick()
      expect(ledger.telephony.lookups).toEqual([])
      await ledger.clock.advance(1)
      await ledger.tick()
      expect(ledger.telephony.lookups).toContain(`live pbx1/${ledger.channelId()}`)
    })

    test('a clock that is set back by hours does not put the look-up off by hours', async () => {
      await ledger.dialAtDue()
      ledger.clock.set('2026-11-22T20:00:00.000Z')
      await ledger.tick()
      expect(ledger.telephony.lookups).toContain(`live pbx1/${ledger.channelId()}`)
    })

    test('after a weekend the journal is asked about the day of the attempt, and nobody is called twice', async () => {
      await dialUnknown()
      const submittedAt = ledger.clock.now()
      const spoken = { agentAnswered: true, dialStatus: 'ANSWER', hangupCause: 16, talkSeconds: 30 }
      ledger.telephony.journal.set(`pbx1/${ledger.channelId()}`, { endedAt: 'x', ...spoken })
      ledger.clock.set('2026-11-26T01:00:00.000Z')
      await ledger.tick()
      expect(ledger.telephony.journalDays).toEqual([submittedAt])
      expect(await ledger.view()).toMatchObject({
        status: 'done',
        attempts: [{ outcome: 'reached' }],
      })
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
    })

    test('a PBX that is asked a day later and knows nothing proves nothing: a person decides', async () => {
      await dialUnknown()
      ledger.clock.set('2026-11-26T01:00:00.000Z')
      await advanceTicking(65_000)
      expect(await ledger.view()).toMatchObject({
        status: 'failed',
        attempts: [{ outcome: 'not_placed' }],
      })
      await ledger.tick()
      expect(ledger.orders()).toHaveLength(1)
    })

    test('an answer for somebody who has lost the row meanwhile is not written', async () => {
      await dialUnknown()
      const { database, telephony } = ledger
      Object.assign(telephony, {
        async isChannelLive() {
          const fence = await database.db
            .selectFrom('callback')
            .select('due_fence')
            .executeTakeFirstOrThrow()
          const taken = { due_owner: 'another process', due_fence: fence.due_fence + 1 }
          await database.db.updateTable('callback').set(taken).execute()
          return false
        },
      })
      const spoken = { agentAnswered: true, dialStatus: 'ANSWER', hangupCause: 16, talkSeconds: 30 }
      telephony.journal.set(`pbx1/${ledger.channelId()}`, { endedAt: 'x', ...spoken })
      await ledger.tick()
      expect(await ledger.view()).toMatchObject({
        status: 'dialing',
        attempts: [{ outcome: null }],
      })
    })

    describe('what was written before leases had owners', () => {
      beforeEach(async () => {
        await ledger.dialAtDue()
        const old = {
          due_owner: null,
          due_lease_until: null,
          due_fence: 0,
          lease_until: '2026-11-23T09:00:00.000Z',
        }
        await ledger.database.db.updateTable('callback').set(old).execute()
      })

      test('is looked up at once, and goes on', async () => {
        ledger.telephony.liveChannels.add(`pbx1/${ledger.channelId()}`)
        await ledger.tick()
        expect(ledger.telephony.lookups).toEqual([`live pbx1/${ledger.channelId()}`])
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerAnsweredAt: 'x' })
        expect(await ledger.view()).toMatchObject({ status: 'done' })
      })

      test('ends by its own events before that', async () => {
        await ledger.hear('ended', { agentAnsweredAt: 'x', customerCause: 17 })
        expect(await ledger.view()).toMatchObject({
          status: 'failed',
          attempts: [{ outcome: 'busy' }],
        })
      })
    })

    describe('a promise "being dialled" without an attempt', () => {
      test('is given to a person at the first look, and can be moved again', async () => {
        await lose()
        await ledger.tick()
        const failed = await ledger.view()
        expect(failed).toMatchObject({ status: 'failed', version: 2 })
        expect(ledger.notifier.of('callbackUpdated').at(-1)).toEqual([['mai'], failed])
        await ledger.service.reschedule(ledger.mai, ledger.id, {
          version: 2,
          dueAt: '2026-11-23T02:10:00.000Z',
        })
        await ledger.clock.advance(10 * 60_000)
        await ledger.tick()
        expect(ledger.orders()).toHaveLength(1)
      })

      test('is searched for once a minute', async () => {
        await ledger.tick()
        await lose()
        await ledger.clock.advance(59_999)
        await ledger.tick()
        expect(await ledger.view()).toMatchObject({ status: 'dialing' })
        await ledger.clock.advance(1)
        await ledger.tick()
        expect(await ledger.view()).toMatchObject({ status: 'failed' })
      })

      test('is found also while no PBX can be asked', async () => {
        ledger.telephony.setLink('pbx1', 'closed')
        await lose()
        await ledger.tick()
        expect(await ledger.view()).toMatchObject({ status: 'failed' })
      })
    })
  })
}
