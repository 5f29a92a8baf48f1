import { afterEach, describe, expect, test } from 'vitest'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const STEPS = { steps: { NO_INTERNET_1: { answer: 'ok' } } }

describe('tries to call a customer back', () => {
  let house: ProcessHouse
  afterEach(() => house.close())

  /** A ticket that waits for its callback, called at that moment: how its agent's leg went. */
  async function callBack(callbackRetries = 0): Promise<string> {
    house = await openProcessHouse('sqlite', { callbackRetries })
    await house.startSchedule()
    await house.queues.setState(house.person('mai'), { state: 'ready' })
    const id = await house.openByCall()
    await house.step('mai', id, 'start_guidance', {
      category: 'NO_INTERNET',
      identityUnknown: true,
    })
    await house.step('mai', id, 'save_guidance', { result: 'unknown', ...STEPS })
    await dial(id)
    return id
  }
  async function dial(id: string): Promise<void> {
    const { callbacks } = await house.read(id)
    const before = house.telephony.originated.length
    await house.until(callbacks[0]?.dueAt ?? '')
    expect(house.telephony.originated).toHaveLength(before + 1)
  }
  const leg = () => `101=${house.placed()}`
  /** The customer's telephone is called and does not answer, with this hangup cause. */
  const unanswered = (status: string, cause: number) =>
    house.call(`
      00:00.500  channel_created      ${leg()}
      00:03.000  dial_ended           -  ${leg()}
      00:03.010  originate_responded  ${leg()}
      00:03.100  dial_begun  ${leg()}  trunk#2  dial=0912345678@trunk
      00:09.000  dial_ended  ${leg()}  trunk#2  status=${status}
      00:09.010  hung_up  trunk#2  cause=${cause}
      00:09.020  hung_up  ${leg()}`)
  const laterWord = () =>
    house.call(`
      00:30.000  journal_callback_ended  ${leg()}  status=ANSWER cause=16 talk=30`)
  /** Minutes from now to the call that the service makes next by itself; what else became of it. */
  async function nextCall(id: string): Promise<number | string | undefined> {
    const { callbacks } = await house.read(id)
    const { status, dueAt } = callbacks[0] ?? {}
    if (status !== 'scheduled' || dueAt === undefined) return status
    return Math.round((Date.parse(dueAt) - house.clock.nowMs()) / 60_000)
  }
  const tries = async (id: string) => {
    const of = house.database.db.selectFrom('reply_evidence').select('kind')
    return (await of.where('ticket_id', '=', id).where('kind', '=', 'attempt').execute()).length
  }
  async function promiseClock(id: string) {
    const { clocks } = await house.read(id)
    return clocks.find(({ kind }) => kind === 'promise')
  }

  describe('while the ticket waits for it', () => {
    test.each([0, 1, 5])(
      'are three, 15 and 60 minutes apart, whatever the settings say (%i)',
      async (retries) => {
        const id = await callBack(retries)
        await unanswered('NOANSWER', 19)
        expect([await nextCall(id), await tries(id)]).toEqual([15, 1])
        await dial(id)
        await unanswered('NOANSWER', 21)
        expect([await nextCall(id), await tries(id)]).toEqual([60, 2])
        await dial(id)
        await unanswered('NOANSWER', 19)
        expect([await nextCall(id), await tries(id)]).toEqual(['cancelled', 3])
      },
    )

    test.each([0, 2])('come sooner after a busy line, and it counts (%i)', async (retries) => {
      const id = await callBack(retries)
      await unanswered('BUSY', 17)
      expect([await nextCall(id), await tries(id)]).toEqual([5, 1])
      await dial(id)
      await unanswered('BUSY', 17)
      expect([await nextCall(id), await tries(id)]).toEqual([5, 2])
      await dial(id)
      await unanswered('BUSY', 17)
      expect([await nextCall(id), await tries(id)]).toEqual(['cancelled', 3])
    })

    test('count their own waits, not those of a trunk that failed', async () => {
      const id = await callBack(2)
      await unanswered('CONGESTION', 34)
      expect([await nextCall(id), await tries(id)]).toEqual([2, 0])
      await dial(id)
      await unanswered('NOANSWER', 19)
      expect([await nextCall(id), await tries(id)]).toEqual([15, 1])
    })

    test('end with a number that is nobody’s, until another one is promised a call', async () => {
      const id = await callBack(2)
      await unanswered('CHANUNAVAIL', 1)
      expect([await nextCall(id), await tries(id)]).toEqual(['failed', 0])
      const other = { inMinutes: 5, number: '0987654321' }
      await house.as('mai').post(`/tickets/${id}/callbacks`, other).expect(201)
      const open = (await house.read(id)).callbacks.filter(({ status }) => status === 'scheduled')
      expect(open.map(({ number }) => number.display)).toEqual(['0987 654 321'])
    })
  })

  describe('that were said to be in vain and were not:', () => {
    test('a late word of the PBX keeps the promise, takes back its next call and counts no try', async () => {
      const id = await callBack()
      await unanswered('NOANSWER', 19)
      await laterWord()
      expect([await nextCall(id), await tries(id)]).toEqual(['done', 0])
    })

    test('after the third one too, though the ticket stays where it went', async () => {
      const id = await callBack()
      for (let tried = 0; tried < 2; tried += 1) {
        // oxlint-disable-next-line no-await-in-loop
        await unanswered('NOANSWER', 19)
        // oxlint-disable-next-line no-await-in-loop
        await dial(id)
      }
      await unanswered('NOANSWER', 19)
      await laterWord()
      expect([await nextCall(id), await tries(id)]).toEqual(['done', 2])
      expect((await house.read(id)).status).toBe('need_customer_info')
    })

    test('who says so by hand corrects promise and ticket, there and back', async () => {
      const id = await callBack()
      await unanswered('NOANSWER', 19)
      const say = async (outcome: string) => {
        const [promise] = (await house.read(id)).callbacks
        const { version } = promise ?? {}
        await house
          .as('mai')
          .post(`/callbacks/${promise?.id}/outcome`, { version, outcome })
          .expect(200)
        return [await nextCall(id), await tries(id)]
      }
      expect(await say('reached')).toEqual(['done', 0])
      expect(await say('no_answer')).toEqual([15, 1])
    })
  })

  describe('and the clock of the promise', () => {
    test.each([
      ['the agent did not pick up', '00:25.000  hung_up  LEG  cause=19'],
      ['the agent’s phone was off', '00:01.000  hung_up  LEG  cause=20'],
    ])('runs on when %s', async (_why, end) => {
      const id = await callBack()
      await house.call(`
        00:00.500  channel_created  ${leg()}
        ${end.replace('LEG', leg())}`)
      expect(await promiseClock(id)).toMatchObject({ stoppedAt: null })
    })

    test.each([34, 1])('runs on when the customer was not rung (cause %i)', async (cause) => {
      const id = await callBack()
      await unanswered('CONGESTION', cause)
      expect(await promiseClock(id)).toMatchObject({ stoppedAt: null })
    })

    test('stops with the first one that rang the customer, and no later one starts it', async () => {
      const id = await callBack()
      const began = house.clock.nowMs()
      await unanswered('NOANSWER', 19)
      const stopped = (await promiseClock(id))?.stoppedAt ?? ''
      expect(Math.abs(Date.parse(stopped) - began)).toBeLessThan(5_000)
      await dial(id)
      await house.call(`
        00:00.500  channel_created  ${leg()}
        00:25.000  hung_up  ${leg()}  cause=19`)
      expect((await promiseClock(id))?.stoppedAt).toBe(stopped)
    })

    test('is told to be due when nobody was rung', async () => {
      const id = await callBack()
      await house.call(`
        00:00.500  channel_created  ${leg()}
        00:25.000  hung_up  ${leg()}  cause=19`)
      await house.until(new Date(house.clock.nowMs() + 60_000).toISOString())
      await house.clocks.loop.run()
      const told = house.notifier.of('notification').map(([, { fields, ticket }]) => {
        return `${ticket?.id} ${fields['clock']} ${fields['step']}`
      })
      expect(told).toContain(`${id} promise due`)
    })
  })
})
