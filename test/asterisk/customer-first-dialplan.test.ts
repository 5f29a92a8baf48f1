import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AmiReader } from '../../scripts/pbx-lab/ami-reader.ts'
import { type Lab, startLab } from '../../scripts/pbx-lab/lab.ts'
import type { CallInbox } from '../../scripts/pbx-lab/phone.ts'

const CUSTOMER = '0912345678'
const GOOD_SECONDS = 55

let lab: Lab
let dialler: AmiReader
let customer: CallInbox
let orders = 0

beforeAll(async () => {
  lab = await startLab({ globals: { HOTLINE_RING_SECONDS: '1' } })
  dialler = await lab.openAmi('hotline-dialler')
  customer = await lab.customerPhone({ number: CUSTOMER, behaviour: 'manual' })
})
afterAll(async () => {
  dialler.close()
  await lab.stop()
})

/** Orders the customer to be rung first; what it answers, and the journal of it once it is over. */
async function ordered({ number = CUSTOMER, ringer = 'cu-', seconds = GOOD_SECONDS } = {}) {
  orders += 1
  const id = `0198c0de-0000-7000-8000-00000000000c-${orders}`
  const mark = lab.ami.mark()
  const expires = Math.floor(Date.now() / 1000) + seconds
  await dialler.send({
    Action: 'Originate',
    Channel: `Local/${number}@callback-customer/n`,
    OtherChannelId: `${ringer}${id}`,
    ChannelId: `cb-${id}`,
    Context: 'callback-consent',
    Exten: 'hotline',
    Priority: '1',
    Timeout: '90000',
    Async: 'true',
    Variable: `CALLBACK_EXPIRES=${expires},CALLBACK_NUMBER=${number}`,
  })
  return {
    async over() {
      const end = await lab.ami.waitFor({ Event: 'OriginateResponse', Uniqueid: `cb-${id}` }, mark)
      return end['Response']
    },
    async journal() {
      await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: `cu-${id}` }, mark)
      const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
      const entry = (await lab.journal(day)).get(`callback/cb-${id}`)?.split('|')
      return entry?.toSpliced(1, 1)
    },
  }
}

test.each([
  ['too late', { seconds: -1 }],
  ['on a channel that is not cu-…', { ringer: 'mb-' }],
])('nobody is rung by an order that comes %s', async (_how, order) => {
  const before = customer.calls.length
  expect(await (await ordered(order)).over()).toBe('Failure')
  expect(customer.calls).toHaveLength(before)
})

test.each([
  ['busy', 486, ['v2', 'BUSY', '17', 'none', '', '0']],
  ['declined', 603, ['v2', 'CHANUNAVAIL', '21', 'none', '', '0']],
])('a customer who is %s is in the journal as that', async (_how, code, entry) => {
  const order = await ordered()
  const call = await customer.waitForCall()
  call.reject(code)
  expect(await order.journal()).toEqual(entry)
})

test('a customer who does not answer is in the journal as that', async () => {
  const order = await ordered()
  await customer.waitForCall()
  expect((await order.journal())?.slice(0, 2)).toEqual(['v2', 'NOANSWER'])
})
