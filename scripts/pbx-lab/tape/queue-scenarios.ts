import type { PlacedCall } from '../carrier.ts'
import type { Scenario } from './scenario.ts'

const CUSTOMER = '0912345678'

/** Calls that reach the queue and end there, one way or the other. */
export const QUEUE_SCENARIOS: readonly Scenario[] = [
  oneAnsweredCall('answered', { from: CUSTOMER }),
  oneAnsweredCall('hidden-number', { from: '0900000001', withheld: true }),
  oneAnsweredCall('vietnamese-name', { from: '0900000002', name: 'Trần Thị Hồng Đào' }),
  oneAnsweredCall('broken-utf8-name', {
    from: '0900000003',
    name: Buffer.from([0x54, 0x72, 0xe2, 0x6e]),
  }),
  // percent-encoded line feeds reach AMI's Newchannel, before the dialplan can clean the number
  oneAnsweredCall('number-with-line-feed', {
    from: '0900000004%0aEvent%3a%20Hangup%0aCause%3a%20x',
  }),
  {
    name: 'ring-all-losers',
    prepare: async (stage) => {
      const first = await stage.member('101')
      const winner = await stage.member('102')
      const third = await stage.member('103')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        const losers = await Promise.all([first.waitForCall(), third.waitForCall()])
        const answered = await winner.waitForCall()
        answered.answer()
        await stage.untilBridged()
        await Promise.all(losers.map((loser) => loser.ended))
        await call.hangup()
      }
    },
  },
  {
    name: 'ring-no-answer-then-answered',
    queues: { timeout: '2' },
    prepare: async (stage) => {
      const phone = await stage.member('101')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        await (
          await phone.waitForCall()
        ).ended
        const second = await phone.waitForCall()
        second.answer()
        await stage.untilBridged()
        await call.hangup()
      }
    },
  },
  {
    name: 'abandon',
    prepare: async (stage) => async () => {
      const call = await stage.call({ from: CUSTOMER })
      await stage.until({ Event: 'QueueCallerJoin' })
      await call.hangup()
    },
  },
  {
    name: 'abandon-while-ringing',
    prepare: async (stage) => {
      const phone = await stage.member('101')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        const ringing = await phone.waitForCall()
        await stage.until({ Event: 'DialBegin' })
        await call.hangup()
        await ringing.ended
      }
    },
  },
  {
    name: 'queue-timeout',
    globals: { HOTLINE_WAIT_SECONDS: '3' },
    prepare: async (stage) => {
      await stage.member('101')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        await call.outcome
      }
    },
  },
  {
    name: 'short-call',
    globals: { HOTLINE_NOTICE: 'hotline/recording-notice' },
    prepare: async (stage) => async () => {
      const call = await stage.call({ from: CUSTOMER })
      await call.sip.up
      await call.hangup()
    },
  },
  {
    name: 'hold',
    prepare: async (stage) => {
      const phone = await stage.member('101')
      return async () => {
        await stage.call({ from: CUSTOMER })
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        await stage.untilBridged()
        await atAgent.hold()
        await stage.until({ Event: 'Hold' })
        await atAgent.hold('sendrecv')
        await stage.until({ Event: 'Unhold' })
        await atAgent.hangup()
      }
    },
  },
  {
    name: 'pickup',
    prepare: async (stage) => {
      const rung = await stage.member('101')
      const picker = await stage.phone('102')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        const ringing = await rung.waitForCall()
        await stage.until({ Event: 'AgentCalled' })
        picker.call('*8')
        await stage.untilBridged()
        await ringing.ended
        await call.hangup()
      }
    },
  },
  {
    name: 'direct-hotline-call',
    prepare: async (stage) => {
      const phone = await stage.phone('101')
      return async () => {
        const call = await stage.call({ from: CUSTOMER, to: '02473000101' })
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        await stage.untilBridged()
        await call.hangup()
      }
    },
  },
]

/** One member, one call, answered; the customer hangs up. */
function oneAnsweredCall(name: string, placed: PlacedCall): Scenario {
  return {
    name,
    prepare: async (stage) => {
      const phone = await stage.member('101')
      return async () => {
        const call = await stage.call(placed)
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        await stage.untilBridged()
        await call.hangup()
        await atAgent.ended
      }
    },
  }
}
