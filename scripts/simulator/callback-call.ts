import { enterBridge, leaveBridge } from './hotline-call.ts'
import type { Headers } from './frames.ts'
import {
  channelHeaders,
  closeChannel,
  IDLE,
  IN_USE,
  journalDay,
  openChannel,
  RINGING,
  setDevice,
  type Channel,
  type Pbx,
} from './pbx.ts'

export interface CallbackPlan {
  channelId: string
  extension: string
  number: string
  ringMs: number
  /** How long the agent's phone rings before it is picked up; null: it is not. */
  agentAnswersAfterMs: number | null
  /** How long the customer's phone rings; null: nobody answers. */
  customerAnswersAfterMs: number | null
  talkMs: number
}

const CUSTOMER_RING_MS = 45_000
/** "The customer could not be reached", played to the agent. */
const PROMPT_MS = 4_000

/** An originated callback: the agent's phone first, then the customer's. */
export function placeCallback(pbx: Pbx, plan: CallbackPlan): void {
  const device = `PJSIP/${plan.extension}`
  const agent = openChannel(pbx, {
    endpoint: plan.extension,
    uniqueid: plan.channelId,
    context: 'callback-out',
    exten: plan.number,
    application: 'AppDial2',
    applicationData: '(Outgoing Line)',
  })
  dialEvent(pbx, 'DialBegin', null, agent, [['DialString', plan.extension]])
  if ((pbx.devices.get(device) ?? IDLE) !== IDLE) return refuse(pbx, agent, 17, 'BUSY')
  agent.state = 5
  setDevice(pbx, device, RINGING)
  const after = plan.agentAnswersAfterMs
  if (after === null || after >= plan.ringMs) {
    pbx.clock.after(plan.ringMs, () => {
      setDevice(pbx, device, IDLE)
      refuse(pbx, agent, 19, 'NOANSWER')
    })
    return
  }
  pbx.clock.after(after, () => agentAnswered(pbx, plan, agent))
}

function refuse(pbx: Pbx, agent: Channel, cause: number, status: string): void {
  dialEvent(pbx, 'DialEnd', null, agent, [['DialStatus', status]])
  closeChannel(pbx, agent, cause)
  respondOriginate(pbx, agent, 'Failure', cause === 19 ? 3 : 0)
}

export function respondOriginate(pbx: Pbx, agent: Channel, response: string, reason: number): void {
  pbx.emit('call', 'OriginateResponse', [
    ['Response', response],
    ['Channel', agent.name],
    ['Context', 'callback-out'],
    ['Exten', agent.exten],
    ['Reason', String(reason)],
    ['Uniqueid', agent.uniqueid],
    ['CallerIDNum', agent.exten],
    ['CallerIDName', '<unknown>'],
  ])
}

function agentAnswered(pbx: Pbx, plan: CallbackPlan, agent: Channel): void {
  agent.state = 6
  setDevice(pbx, `PJSIP/${plan.extension}`, IN_USE)
  dialEvent(pbx, 'DialEnd', null, agent, [['DialStatus', 'ANSWER']])
  respondOriginate(pbx, agent, 'Success', 4)
  agent.context = 'callback-dial'
  agent.application = 'Dial'
  agent.applicationData = `PJSIP/${plan.number}@trunk,45`
  const customer = openChannel(
    pbx,
    {
      endpoint: 'trunk',
      context: 'from-trunk',
      exten: plan.number,
      number: plan.number,
      application: 'AppDial',
    },
    agent,
  )
  dialEvent(pbx, 'DialBegin', agent, customer, [['DialString', `${plan.number}@trunk`]])
  customer.state = 5
  const after = plan.customerAnswersAfterMs
  if (after === null || after >= CUSTOMER_RING_MS)
    pbx.clock.after(CUSTOMER_RING_MS, () => customerMissed(pbx, plan, agent, customer))
  else pbx.clock.after(after, () => talk(pbx, plan, agent, customer))
}

function customerMissed(pbx: Pbx, plan: CallbackPlan, agent: Channel, customer: Channel): void {
  dialEvent(pbx, 'DialEnd', agent, customer, [['DialStatus', 'NOANSWER']])
  closeChannel(pbx, customer, 19)
  pbx.clock.after(PROMPT_MS, () => finish(pbx, plan, agent, 'NOANSWER', 19, 0))
}

function talk(pbx: Pbx, plan: CallbackPlan, agent: Channel, customer: Channel): void {
  customer.state = 6
  dialEvent(pbx, 'DialEnd', agent, customer, [['DialStatus', 'ANSWER']])
  const bridgeId = `bridge-${pbx.nextNumber()}`
  for (const channel of [agent, customer]) enterBridge(pbx, channel, bridgeId)
  pbx.clock.after(plan.talkMs, () => {
    leaveBridge(pbx, customer)
    leaveBridge(pbx, agent)
    closeChannel(pbx, customer, 16)
    finish(pbx, plan, agent, 'ANSWER', 16, Math.round(plan.talkMs / 1000))
  })
}

function finish(
  pbx: Pbx,
  plan: CallbackPlan,
  agent: Channel,
  status: string,
  cause: number,
  talkSeconds: number,
): void {
  const key = `hotline/${journalDay(agent.createdAtMs)}/callback/${plan.channelId}`
  pbx.journal.set(key, ['v1', pbx.clock.nowMs(), 1, status, cause, talkSeconds].join('|'))
  closeChannel(pbx, agent, 16)
  setDevice(pbx, `PJSIP/${plan.extension}`, IDLE)
}

function dialEvent(
  pbx: Pbx,
  name: 'DialBegin' | 'DialEnd',
  caller: Channel | null,
  called: Channel,
  headers: Headers,
): void {
  pbx.emit('call', name, [
    ...(caller === null ? [] : channelHeaders('', caller)),
    ...channelHeaders('Dest', called),
    ...headers,
  ])
}
