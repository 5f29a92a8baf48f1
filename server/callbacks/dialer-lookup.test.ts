import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { DIALECTS, openTestDatabase, type TestDialect } from '../../test/support/database.ts'
import { createTestIds } from '../../test/support/ids.ts'
import { settle } from '../../test/support/clock.ts'
import { createPromiseLedger } from '../../test/support/promise-ledger.ts'
import { OutcomeUnknown } from '../ports.ts'

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
  describe(`looking up an attempt on ${dialect}`, () => {
    let ledger: Awaited<ReturnType<typeof setUp>>
    const view = async () => (await ledger.service.ofTicket('KN-1'))[0]
    const orders = () => ledger.telephony.originated
    const channelId = () => orders().at(-1)?.channelId ?? 'none'
    const dialAtDue = async () => {
      await ledger.clock.advance(HALF_HOUR)
      await ledger.tick()
    }
    const dialUnknown = async () => {
      ledger.telephony.failNextOriginate(new OutcomeUnknown('no answer'))
      await dialAtDue()
    }
    const advanceTicking = async (ms: number) => {
      for (let passed = 0; passed < ms; passed += 1000) {
        await ledger.clock.advance(1000)
        await ledger.tick()
      }
    }
    beforeEach(async () => {
      ledger = await setUp(dialect)
    })
    afterEach(async () => {
      await ledger.dialer.stop()
      await ledger.database.close()
    })

    describe('an order without an answer', () => {
      test('is shown as unknown and looked up: live first, then the journal', async () => {
        await dialUnknown()
        expect(await view()).toMatchObject({ status: 'dialing', attempts: [{ stage: 'unknown' }] })
        await ledger.tick()
        const key = `pbx1/${channelId()}`
        expect(ledger.telephony.lookups).toEqual([`live ${key}`, `journal ${key}`])
        expect(orders()).toHaveLength(1)
      })

      test('is left alone while its channel lives', async () => {
        await dialUnknown()
        ledger.telephony.liveChannels.add(`pbx1/${channelId()}`)
        for (let minute = 0; minute < 10; minute++) {
          await ledger.tick()
          await ledger.clock.advance(60_000)
        }
        expect(await view()).toMatchObject({ status: 'dialing' })
        expect(orders()).toHaveLength(1)
      })

      test('is decided by the journal', async () => {
        await dialUnknown()
        const spoken = {
          agentAnswered: true,
          dialStatus: 'ANSWER',
          hangupCause: 16,
          talkSeconds: 9,
        }
        ledger.telephony.journal.set(`pbx1/${channelId()}`, { endedAt: 'x', ...spoken })
        await ledger.clock.advance(5000)
        await ledger.tick()
        expect(await view()).toMatchObject({ status: 'done', attempts: [{ outcome: 'reached' }] })
      })

      test('counts as not placed only after a minute without a trace, and is then dialled', async () => {
        await dialUnknown()
        await advanceTicking(59_000)
        expect(orders()).toHaveLength(1)
        await advanceTicking(6000)
        await ledger.tick()
        expect(orders()).toHaveLength(2)
        expect((await view())?.attempts.map((attempt) => attempt.outcome)).toEqual([
          'not_placed',
          null,
        ])
      })

      test('waits while the PBX cannot be asked', async () => {
        await dialUnknown()
        ledger.telephony.setLink('pbx1', 'syncing')
        await advanceTicking(300_000)
        expect(await view()).toMatchObject({ status: 'dialing', attempts: [{ stage: 'unknown' }] })
        ledger.telephony.setLink('pbx1', 'ready')
        await advanceTicking(10_000)
        expect((await view())?.attempts[0]?.outcome).toBe('not_placed')
      })

      test('a call that was seen talking and then vanished is not dialled again', async () => {
        await dialUnknown()
        await ledger.hear('talking')
        await advanceTicking(70_000)
        expect(await view()).toMatchObject({ status: 'done' })
        expect(orders()).toHaveLength(1)
      })
    })

    test('a call that only a snapshot says is over is looked up before it is decided', async () => {
      await dialAtDue()
      const spoken = { agentAnswered: true, dialStatus: 'BUSY', hangupCause: 17, talkSeconds: 0 }
      ledger.telephony.journal.set(`pbx1/${channelId()}`, { endedAt: 'x', ...spoken })
      await ledger.hear('ended', {}, channelId(), false)
      expect(await view()).toMatchObject({ status: 'dialing' })
      await ledger.tick()
      expect(await view()).toMatchObject({ status: 'failed', attempts: [{ outcome: 'busy' }] })
    })

    test('a service that starts again looks up what was in flight before it dials anything', async () => {
      await dialAtDue()
      const { database, clock, telephony } = ledger
      const restarted = createPromiseLedger(database, {
        clock,
        telephony,
        newId: createTestIds('second'),
      })
      for (const [staffId, reach] of ledger.reach) restarted.reach.set(staffId, reach)
      telephony.liveChannels.add(`pbx1/${channelId()}`)
      await restarted.dialer.start()
      await untilIdle(() => telephony.lookups.length > 0)
      await restarted.dialer.stop()
      expect(telephony.lookups).toEqual([`live pbx1/${channelId()}`])
      expect(orders()).toHaveLength(1)
    })
  })
}

/** Lets real database answers arrive until `done`; the clock itself stands still. */
async function untilIdle(done: () => boolean): Promise<void> {
  for (let turn = 0; turn < 50_000 && !done(); turn++) await settle()
}
