import { setTimeout as delay } from 'node:timers/promises'
import { textOf } from '../ami-frames.ts'
import type { Phone } from '../phone.ts'
import type { Scenario } from './scenario.ts'
import type { Stage } from './stage.ts'

const CUSTOMER = '0912345678'
/** Feature codes are read digit by digit, and a number ends 3 s after its last one. */
const BETWEEN_DIGITS_MS = 200

/** Presses keys on a phone, as the PBX would hear them. */
async function press(stage: Stage, channel: string, digits: string): Promise<void> {
  for (const Digit of digits) {
    // oxlint-disable-next-line no-await-in-loop
    const reply = await stage.lab.ami.send({
      Action: 'PlayDTMF',
      Channel: channel,
      Digit,
      Duration: '100',
      Receive: 'true',
    })
    if (reply['Response'] !== 'Success') throw new Error(textOf(reply, 'Message'))
    // oxlint-disable-next-line no-await-in-loop
    await delay(BETWEEN_DIGITS_MS)
  }
}

/** A customer calls and talks with the agent on this phone. */
async function talk(stage: Stage, first: Phone) {
  const call = await stage.call({ from: CUSTOMER })
  const atFirst = await first.waitForCall()
  atFirst.answer()
  const connected = await stage.until({ Event: 'AgentConnect' })
  await stage.untilBridged()
  return { call, atFirst, connected }
}

async function addLocalMember(stage: Stage, Interface: string): Promise<void> {
  const { ami } = stage.lab
  const mark = ami.mark()
  const member = { Queue: 'hotline', Interface, MemberName: 'Lan', StateInterface: 'PJSIP/101' }
  await ami.send({ Action: 'QueueAdd', ...member })
  // The reply overtakes the event, which would be heard as news of the scenario.
  await ami.waitFor({ Event: 'QueueMemberAdded', Queue: 'hotline', Interface }, mark)
}

/** A member that is reached by a Local channel, and what becomes of its call after a blind transfer. */
function localMember(name: string, device: string): Scenario {
  return {
    name,
    prepare: async (stage) => {
      const first = await stage.phone('101')
      const second = await stage.phone('102')
      await addLocalMember(stage, device)
      return async () => {
        const { call, atFirst } = await talk(stage, first)
        await delay(500)
        await atFirst.transfer('102')
        const atSecond = await second.waitForCall()
        atSecond.answer()
        await stage.untilBridged()
        await delay(500)
        await call.hangup()
      }
    },
  }
}

/** Calls that run through Local channels: members by Local, and transfers by feature code. */
export const LOCAL_SCENARIOS: readonly Scenario[] = [
  localMember('local-member-blind-transfer', 'Local/101@agents/n'),
  localMember('local-member-optimized', 'Local/101@agents'),
  {
    name: 'feature-code-blind-transfer',
    prepare: async (stage) => {
      const first = await stage.member('101')
      const second = await stage.phone('102')
      return async () => {
        const { call, connected } = await talk(stage, first)
        await press(stage, textOf(connected, 'DestChannel'), '##')
        await delay(2_000)
        await press(stage, textOf(connected, 'DestChannel'), '102')
        const atSecond = await second.waitForCall()
        atSecond.answer()
        await stage.untilBridged()
        await call.hangup()
      }
    },
  },
  {
    name: 'feature-code-attended-transfer-to-queue',
    prepare: async (stage) => {
      const first = await stage.member('101')
      const second = await stage.member('102', 'hotline-tech')
      return async () => {
        const { call, atFirst, connected } = await talk(stage, first)
        await press(stage, textOf(connected, 'DestChannel'), '*2')
        await delay(2_000)
        await press(stage, textOf(connected, 'DestChannel'), '8001')
        const atSecond = await second.waitForCall()
        atSecond.answer()
        await stage.until({ Event: 'AgentConnect' })
        await delay(500)
        await atFirst.hangup()
        await stage.until({ Event: 'AttendedTransfer' })
        await delay(1_000)
        await call.hangup()
      }
    },
  },
]
