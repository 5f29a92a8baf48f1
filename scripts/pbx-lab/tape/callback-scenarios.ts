import type { PhoneBehaviour } from '../phone.ts'
import type { Scenario } from './scenario.ts'
import type { Stage } from './stage.ts'

const ORDER = {
  channelId: 'cb-0198c0de-0000-7000-8000-000000000001-1',
  extension: '101',
  number: '0912345678',
}

/** Promised callbacks: the agent's phone rings first, then the customer's. */
export const CALLBACK_SCENARIOS: readonly Scenario[] = [
  {
    name: 'callback-answered',
    prepare: async (stage) => {
      const { phone, customer } = await twoSides(stage, { behaviour: 'manual' })
      return async () => {
        await stage.callback(ORDER)
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        const atCustomer = await customer.waitForCall()
        atCustomer.answer()
        await stage.untilBridged()
        await atCustomer.hangup()
        await atAgent.ended
      }
    },
  },
  {
    name: 'callback-agent-leaves',
    prepare: async (stage) => {
      const { phone, customer } = await twoSides(stage, { behaviour: 'manual' })
      return async () => {
        await stage.callback(ORDER)
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        const atCustomer = await customer.waitForCall()
        atCustomer.answer()
        await stage.untilBridged()
        await atAgent.hangup()
        await atCustomer.ended
      }
    },
  },
  unreached('callback-busy', { behaviour: 'busy' }, {}),
  unreached('callback-no-answer', { behaviour: 'ignore' }, { HOTLINE_RING_SECONDS: '2' }),
  {
    name: 'callback-agent-no-answer',
    prepare: async (stage) => {
      const { phone } = await twoSides(stage, { behaviour: 'manual' })
      return async () => {
        await stage.callback({ ...ORDER, ringMs: 2000 })
        await (
          await phone.waitForCall()
        ).ended
        await stage.until({ Event: 'OriginateResponse' })
      }
    },
  },
]

/** The agent answers; the customer does not. */
function unreached(
  name: string,
  behaviour: PhoneBehaviour,
  globals: Readonly<Record<string, string>>,
): Scenario {
  return {
    name,
    globals,
    prepare: async (stage) => {
      const { phone } = await twoSides(stage, behaviour)
      return async () => {
        await stage.callback(ORDER)
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        await atAgent.ended
      }
    },
  }
}

async function twoSides(stage: Stage, behaviour: PhoneBehaviour) {
  const phone = await stage.member(ORDER.extension)
  const customer = await stage.customer(ORDER.number, behaviour)
  return { phone, customer }
}
