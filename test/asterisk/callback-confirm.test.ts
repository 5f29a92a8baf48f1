import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { textOf } from '../../scripts/pbx-lab/ami-frames.ts'
import type { AmiReader } from '../../scripts/pbx-lab/ami-reader.ts'
import { startLab, type Lab } from '../../scripts/pbx-lab/lab.ts'
import type { CallInbox, Phone } from '../../scripts/pbx-lab/phone.ts'
import { originateCallback } from '../../scripts/pbx-lab/tape/stage.ts'

const CUSTOMER = '0912345678'
/** So many that one is looked at while the first has not moved the channel yet. */
const PRESSES = 20

let lab: Lab
let tracker: AmiReader
let dialler: AmiReader
let phone: Phone
let customer: CallInbox
let customersCalls = 0
let attempts = 0

beforeAll(async () => {
  lab = await startLab({ globals: { HOTLINE_CONFIRM_SECONDS: '1' } })
  tracker = await lab.openAmi('hotline-tracker')
  dialler = await lab.openAmi('hotline-dialler')
  phone = await lab.startPhone({ extension: '101', behaviour: 'manual' })
  customer = await lab.customerPhone({ number: CUSTOMER, behaviour: 'manual' })
})
afterAll(async () => {
  tracker.close()
  dialler.close()
  await lab.stop()
})
beforeEach(() => void (customersCalls = customer.calls.length))

/** Orders a callback, answers it as the agent and waits until the PBX asks. */
async function askedCallback() {
  attempts += 1
  const channelId = `cb-0198c0de-0000-7000-8000-00000000000c-${attempts}`
  const order = { channelId, extension: '101', number: CUSTOMER, mustConfirm: true }
  const mark = tracker.mark()
  await originateCallback(dialler, order)
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  await confirmation(channelId, 'asked', mark)
  return { channelId, mark, atAgent }
}

/** What the service hears of it. */
function confirmation(channelId: string, state: string, mark: number) {
  const said = { UserEvent: 'HotlineCallback', Channelid: channelId, Confirmation: state }
  return tracker.waitFor({ Event: 'UserEvent', ...said }, mark)
}

/** One key in the page, as the service orders it. */
async function confirmInPage(channelId: string): Promise<void> {
  const reply = await dialler.send({
    Action: 'Originate',
    Channel: `Local/${channelId}@callback-confirm`,
    Context: 'callback-confirm',
    Exten: 'done',
    Priority: '1',
    Timeout: '5000',
    Async: 'true',
  })
  expect(textOf(reply, 'Response')).toBe('Success')
}

async function journal(channelId: string, mark: number): Promise<string[] | undefined> {
  await tracker.waitFor({ Event: 'Hangup', Uniqueid: channelId }, mark)
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  return (await lab.journal(day)).get(`callback/${channelId}`)?.split('|').slice(2)
}

test('key 1 on the phone dials the customer, and no key before it', async () => {
  const { channelId, mark, atAgent } = await askedCallback()
  await atAgent.press('5')
  await atAgent.press('1')
  await confirmation(channelId, 'key', mark)
  const atCustomer = await customer.waitForCall()
  expect(atCustomer.caller).toContain('sip:19000382@')
  atCustomer.answer()
  await tracker.waitFor({ Event: 'BridgeEnter', Uniqueid: channelId }, mark)
  await atCustomer.hangup()
  expect((await journal(channelId, mark))?.slice(0, 3)).toEqual(['1', 'ANSWER', '16'])
})

test('one key in the page dials the customer, however often it is pressed', async () => {
  const { channelId, mark } = await askedCallback()
  await Promise.all(Array.from({ length: PRESSES }, () => confirmInPage(channelId)))
  await confirmation(channelId, 'page', mark)
  const atCustomer = await customer.waitForCall()
  await confirmInPage(channelId)
  atCustomer.answer()
  await tracker.waitFor({ Event: 'BridgeEnter', Uniqueid: channelId }, mark)
  await atCustomer.hangup()
  expect((await journal(channelId, mark))?.slice(0, 3)).toEqual(['1', 'ANSWER', '16'])
  expect(customer.calls).toHaveLength(customersCalls + 1)
})

test('the key and the page at the same moment dial the customer once', async () => {
  const { channelId, mark, atAgent } = await askedCallback()
  await Promise.all([atAgent.press('1'), confirmInPage(channelId)])
  const atCustomer = await customer.waitForCall()
  atCustomer.answer()
  await tracker.waitFor({ Event: 'BridgeEnter', Uniqueid: channelId }, mark)
  await atCustomer.hangup()
  expect((await journal(channelId, mark))?.slice(0, 3)).toEqual(['1', 'ANSWER', '16'])
  expect(customer.calls).toHaveLength(customersCalls + 1)
})

test(
  'a voicemail that presses nothing never meets the customer: cause 18',
  { timeout: 60_000 },
  async () => {
    const { channelId, mark, atAgent } = await askedCallback()
    expect(await atAgent.ended).toMatchObject({ by: 'them' })
    expect(await journal(channelId, mark)).toEqual(['1', 'none', '18', '0'])
    expect(customer.calls).toHaveLength(customersCalls)
  },
)

test('an agent who hangs up instead calls nobody', async () => {
  const { channelId, mark, atAgent } = await askedCallback()
  await atAgent.hangup()
  expect((await journal(channelId, mark))?.slice(0, 2)).toEqual(['1', 'none'])
  expect(customer.calls).toHaveLength(customersCalls)
})

test('the page moves no channel that waits for no confirmation', async () => {
  const channelId = `cb-0198c0de-0000-7000-8000-00000000000d-1`
  const mark = tracker.mark()
  await originateCallback(dialler, { channelId, extension: '101', number: CUSTOMER })
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  const atCustomer = await customer.waitForCall()
  await confirmInPage(channelId)
  atCustomer.answer()
  await tracker.waitFor({ Event: 'BridgeEnter', Uniqueid: channelId }, mark)
  await atAgent.hangup()
  expect((await journal(channelId, mark))?.slice(0, 2)).toEqual(['1', 'ANSWER'])
  expect(customer.calls).toHaveLength(customersCalls + 1)
})
