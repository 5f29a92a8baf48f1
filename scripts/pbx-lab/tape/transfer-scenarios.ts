import { setTimeout as delay } from 'node:timers/promises'
import { type AmiFrame, textOf } from '../ami-frames.ts'
import type { Scenario } from './scenario.ts'

/** AstDB writes to its file once a second; what is younger is lost in a crash. */
const JOURNAL_IS_SAFE_MS = 1500
const CUSTOMER = '0912345678'

/** Calls that go from one agent to another, and one that a restart cuts. */
export const TRANSFER_SCENARIOS: readonly Scenario[] = [
  {
    name: 'blind-transfer-to-queue',
    prepare: async (stage) => {
      const first = await stage.member('101')
      const second = await stage.member('102', 'hotline-tech')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        const atFirst = await first.waitForCall()
        atFirst.answer()
        await stage.untilBridged()
        await atFirst.transfer('8001')
        const atSecond = await second.waitForCall()
        atSecond.answer()
        await stage.untilBridged()
        await call.hangup()
      }
    },
  },
  {
    name: 'blind-transfer-to-extension',
    prepare: async (stage) => {
      const first = await stage.member('101')
      const second = await stage.phone('102')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        const atFirst = await first.waitForCall()
        atFirst.answer()
        await stage.untilBridged()
        await atFirst.transfer('102')
        const atSecond = await second.waitForCall()
        atSecond.answer()
        await stage.untilBridged()
        await call.hangup()
      }
    },
  },
  {
    name: 'attended-transfer',
    prepare: async (stage) => {
      const first = await stage.member('101')
      const second = await stage.phone('102')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        const atFirst = await first.waitForCall()
        atFirst.answer()
        await stage.untilBridged()
        await atFirst.hold()
        const consult = first.call('102')
        const atSecond = await second.waitForCall()
        atSecond.answer()
        await consult.up
        await stage.untilBridged()
        await atFirst.transfer(consult)
        await stage.until({ Event: 'AttendedTransfer', Result: 'Success' })
        await call.hangup()
      }
    },
  },
  {
    name: 'attended-transfer-to-queue',
    prepare: async (stage) => {
      const first = await stage.member('101')
      const second = await stage.member('102', 'hotline-tech')
      return async () => {
        const call = await stage.call({ from: CUSTOMER })
        const atFirst = await first.waitForCall()
        atFirst.answer()
        await stage.untilBridged()
        await atFirst.hold()
        const consult = first.call('8001')
        const atSecond = await second.waitForCall()
        atSecond.answer()
        await consult.up
        await stage.untilBridged()
        const mark = stage.lab.ami.mark()
        await atFirst.transfer(consult)
        await stage.until({ Event: 'AttendedTransfer', Result: 'Success' })
        // the two bridges are one by a Local channel, which is answered in a thread of its own
        await stage.lab.ami.waitFor(isEndOfLocalDial, mark)
        await call.hangup()
      }
    },
  },
  {
    name: 'pbx-restart-mid-call',
    prepare: async (stage) => {
      const phone = await stage.member('101')
      return async (recorder) => {
        await stage.call({ from: CUSTOMER })
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        await stage.untilBridged()
        await recorder.whileAway(() => stage.lab.restartPbx())
      }
    },
  },
  {
    name: 'pbx-crash-mid-call',
    prepare: async (stage) => {
      const phone = await stage.member('101')
      return async (recorder) => {
        await stage.call({ from: CUSTOMER })
        const atAgent = await phone.waitForCall()
        atAgent.answer()
        await stage.untilBridged()
        await delay(JOURNAL_IS_SAFE_MS)
        await recorder.whileAway(async () => {
          await stage.lab.killPbx()
          await stage.lab.boot()
        })
      }
    },
  },
]

function isEndOfLocalDial(event: AmiFrame): boolean {
  return textOf(event, 'Event') === 'DialEnd' && textOf(event, 'DestChannel').startsWith('Local/')
}
