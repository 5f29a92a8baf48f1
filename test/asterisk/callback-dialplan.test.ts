import { afterAll, beforeAll, expect, test } from 'vitest'
import { textOf, type AmiFrame } from '../../scripts/pbx-lab/ami-frames.ts'
import type { AmiReader } from '../../scripts/pbx-lab/ami-reader.ts'
import { startLab, type Lab } from '../../scripts/pbx-lab/lab.ts'
import type { CallInbox, Phone } from '../../scripts/pbx-lab/phone.ts'
import { originateCallback } from '../../scripts/pbx-lab/tape/stage.ts'

const CUSTOMER = '0912345678'
/** Whole seconds between the answer and the end that follows it, also on a busy machine. */
const A_MOMENT: unknown = expect.stringMatching(/^[0-5]$/)

let lab: Lab
let dialler: AmiReader
let phone: Phone
let customer: CallInbox
let attempts = 0
let customersCalls = 0

beforeAll(async () => {
  lab = await startLab({ globals: { HOTLINE_RING_SECONDS: '1' } })
  dialler = await lab.openAmi('hotline-dialler')
  phone = await lab.startPhone({ extension: '101', behaviour: 'manual' })
  customer = await lab.customerPhone({ number: CUSTOMER, behaviour: 'manual' })
})
afterAll(async () => {
  dialler.close()
  await lab.stop()
})

/** Orders a callback; `customersCalls` is how often the carrier had an INVITE before. */
async function orderedCallback(order: { expiresInSeconds?: number | null } = {}) {
  attempts += 1
  customersCalls = customer.calls.length
  const channelId = `cb-0198c0de-0000-7000-8000-00000000000a-${attempts}`
  const mark = lab.ami.mark()
  await originateCallback(dialler, { channelId, extension: '101', number: CUSTOMER, ...order })
  return { channelId, mark }
}

/** Orders a callback and answers it as the agent. */
async function startedCallback(order: { expiresInSeconds?: number | null } = {}) {
  const { channelId, mark } = await orderedCallback(order)
  const atAgent = await phone.waitForCall()
  atAgent.answer()
  return { channelId, mark, atAgent }
}

/** The fields that the hangup handler wrote, without version and time. */
async function journal(channelId: string, mark: number): Promise<string[] | undefined> {
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: channelId }, mark)
  const day = new Date().toISOString().slice(0, 10).replaceAll('-', '')
  return (await lab.journal(day)).get(`callback/${channelId}`)?.split('|').slice(2)
}

test("the agent's phone shows the customer and the customer sees 19000382", async () => {
  const { channelId, mark, atAgent } = await startedCallback()
  const atCustomer = await customer.waitForCall()
  expect(atAgent.caller).toContain(CUSTOMER)
  expect(atCustomer.caller).toContain('sip:19000382@')
  expect(atCustomer.dialled).toBe(CUSTOMER)
  atCustomer.answer()
  await lab.ami.waitFor({ Event: 'BridgeEnter', BridgeNumChannels: '2' }, mark)
  await atCustomer.hangup()
  expect(await journal(channelId, mark)).toEqual(['1', 'ANSWER', '16', A_MOMENT])
})

test('a callback that the agent ends is in the journal too', async () => {
  const { channelId, mark, atAgent } = await startedCallback()
  const atCustomer = await customer.waitForCall()
  atCustomer.answer()
  await lab.ami.waitFor({ Event: 'BridgeEnter', BridgeNumChannels: '2' }, mark)
  await atAgent.hangup()
  await atCustomer.ended
  expect(await journal(channelId, mark)).toEqual(['1', 'ANSWER', '16', A_MOMENT])
})

test('an agent who hangs up while the customer rings ends the attempt as cancelled', async () => {
  const { channelId, mark, atAgent } = await startedCallback()
  const atCustomer = await customer.waitForCall()
  await atAgent.hangup()
  expect(await atCustomer.ended).toMatchObject({ by: 'them', wasUp: false })
  expect((await journal(channelId, mark))?.slice(0, 2)).toEqual(['1', 'CANCEL'])
})

test('a busy customer is busy with cause 17', async () => {
  const { channelId, mark, atAgent } = await startedCallback()
  const atCustomer = await customer.waitForCall()
  atCustomer.reject(486)
  await atAgent.ended
  expect(await journal(channelId, mark)).toEqual(['1', 'BUSY', '17', '0'])
})

test('a customer who does not answer is no answer', async () => {
  const { channelId, mark, atAgent } = await startedCallback()
  const atCustomer = await customer.waitForCall()
  await atAgent.ended
  expect(await atCustomer.ended).toMatchObject({ by: 'them', wasUp: false })
  expect((await journal(channelId, mark))?.slice(0, 2)).toEqual(['1', 'NOANSWER'])
})

test.each(['19000382', '0012025550123', '101', '8000', '113', '091234567', '0912345678x'])(
  'the callback context does not dial %s',
  async (number) => {
    const order = { channelId: 'cb-refused-1', extension: '101', number }
    await expect(originateCallback(dialler, order)).rejects.toThrow('Extension does not exist')
  },
)

const expiry = [
  ['came too late', -1],
  ['does not say when it is void', null],
] as const

test.each(expiry)(
  'an order that %s rings nobody but the agent',
  async (_what, expiresInSeconds) => {
    const { channelId, mark, atAgent } = await startedCallback({ expiresInSeconds })
    expect(await atAgent.ended).toMatchObject({ by: 'them' })
    expect(await journal(channelId, mark)).toEqual(['1', 'none', '102', '0'])
    expect(customer.calls).toHaveLength(customersCalls)
  },
)

test('a phone that forwards a callback (302) dials no customer, and the attempt says why', async () => {
  const { channelId, mark } = await orderedCallback()
  const colleague = await lab.startPhone({ extension: '102', behaviour: 'manual' })
  const atAgent = await phone.waitForCall()
  atAgent.redirect('sip:102@127.0.0.1')
  const atColleague = await colleague.waitForCall()
  atColleague.answer()
  expect(await atColleague.ended).toMatchObject({ by: 'them' })
  const dialEnd = await lab.ami.waitFor({ Event: 'DialEnd', DestUniqueid: channelId }, mark)
  expect(dialEnd).toMatchObject({ Forward: '102' })
  // Asterisk hangs the channel up as soon as it sees the forward, at times before it knows the cause
  const hangup = await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: channelId }, mark)
  expect(['0', '23']).toContain(hangup['Cause'])
  expect(customer.calls).toHaveLength(customersCalls)
  colleague.stop()
})

test('a colleague who picks a ringing callback up (*8) dials no customer', async () => {
  const { channelId, mark } = await orderedCallback()
  const colleague = await lab.startPhone({ extension: '102', behaviour: 'manual' })
  await phone.waitForCall()
  const pickup = colleague.call('*8')
  await pickup.ended
  const hangup = await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: channelId }, mark)
  expect(hangup).toMatchObject({ Cause: '26' })
  expect(customer.calls).toHaveLength(customersCalls)
  colleague.stop()
})

/** The kinds of events among some. */
function names(events: readonly AmiFrame[]): Set<string> {
  return new Set(events.map((event) => textOf(event, 'Event')))
}

/** The answer's message when a user asks for something. */
async function refusal(user: AmiReader, action: Record<string, string>): Promise<string> {
  const reply = await user.send(action)
  return `${textOf(reply, 'Response')}: ${textOf(reply, 'Message')}`
}

const CALL = { Channel: 'PJSIP/101', Context: 'callback-out', Exten: CUSTOMER, Priority: '1' }
const FORBIDDEN: readonly Record<string, string>[] = [
  { Action: 'Command', Command: 'core show version' },
  { Action: 'Setvar', Variable: 'HOTLINE_NOTICE', Value: 'x' },
  { Action: 'DBPut', Family: 'hotline', Key: 'a', Val: 'b' },
  { Action: 'DBDelTree', Family: 'hotline' },
  { Action: 'GetConfig', Filename: 'manager.conf' },
  { Action: 'Redirect', Channel: 'x', Exten: 'x', Context: 'x', Priority: '1' },
  { Action: 'Hangup', Channel: 'x' },
  { Action: 'ModuleLoad', LoadType: 'reload' },
]

test.each([
  { Action: 'Originate', ...CALL },
  { Action: 'QueueAdd', Queue: 'hotline' },
  ...FORBIDDEN,
])('the tracker may not $Action', async (action) => {
  const tracker = await lab.openAmi('hotline-tracker')
  expect(await refusal(tracker, action)).toBe('Error: Permission denied')
  tracker.close()
})

/** Orders a place of ten minutes that is good for so many seconds; its far half, as the queue sees it. */
async function orderedPlace(expiresInSeconds: number) {
  attempts += 1
  const channelId = `cb-0198c0de-0000-7000-8000-00000000000b-${attempts}`
  const place = channelId.replace('cb-', 'pl-')
  const mark = lab.ami.mark()
  const expires = Math.floor(Date.now() / 1000 + expiresInSeconds)
  const reply = await dialler.send({
    Action: 'Originate',
    Variable: `CALLBACK_EXPIRES=${expires},CALLBACK_NUMBER=${CUSTOMER},CALLBACK_WAIT=600,CALLBACK_POSITION=1`,
    Channel: 'Local/hotline@callback-place/n',
    OtherChannelId: place,
    Context: 'callback-out',
    Exten: CUSTOMER,
    Priority: '1',
    Timeout: '600000',
    CallerID: CUSTOMER,
    ChannelId: channelId,
    Async: 'true',
  })
  expect(textOf(reply, 'Response')).toBe('Success')
  return { channelId, place, mark }
}

test('an order of a place that came late keeps none: its wait would outlast it', async () => {
  const late = await orderedPlace(590)
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: late.place, Cause: '102' }, late.mark)
  expect(names(lab.ami.since(late.mark))).not.toContain('QueueCallerJoin')
  const { place, channelId, mark } = await orderedPlace(655)
  await lab.ami.waitFor({ Event: 'QueueCallerJoin', Uniqueid: place }, mark)
  await dialler.send({
    Action: 'Originate',
    Channel: `Local/${channelId}@callback-hangup`,
    Context: 'callback-hangup',
    Exten: 'done',
    Priority: '1',
    Async: 'true',
  })
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: place }, mark)
})

test.each([...FORBIDDEN, { Action: 'CoreShowChannels' }, { Action: 'UserEvent', UserEvent: 'x' }])(
  'the dialler may not $Action',
  async (action) => {
    expect(await refusal(dialler, action)).toBe('Error: Permission denied')
  },
)

test('the tracker hears the calls without the flood, stamped by the PBX; the dialler hears none', async () => {
  const tracker = await lab.openAmi('hotline-tracker')
  // the greeting follows the login's answer, sooner or later, and is the one event without a stamp
  await tracker.waitFor({ Event: 'FullyBooted' }, 0)
  const [heard, silent] = [tracker.mark(), dialler.mark()]
  const { channelId, mark, atAgent } = await startedCallback()
  await atAgent.hangup()
  await lab.ami.waitFor({ Event: 'Hangup', Uniqueid: channelId }, mark)
  await tracker.waitFor({ Event: 'Hangup', Uniqueid: channelId }, heard)
  const all = names(lab.ami.since(mark))
  const filtered = names(tracker.since(heard))
  expect(all).toContain('Newstate')
  expect(filtered).not.toContain('Newstate')
  expect(filtered).not.toContain('VarSet')
  expect(filtered).toContain('Newchannel')
  const unstamped = tracker
    .since(heard)
    .filter((event) => !/^\d+\.\d+$/.test(textOf(event, 'Timestamp')))
  expect(unstamped).toEqual([])
  await dialler.send({ Action: 'Ping' })
  expect(dialler.since(silent)).toEqual([])
  tracker.close()
})
