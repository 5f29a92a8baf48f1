import { setTimeout as delay } from 'node:timers/promises'
import type { SipCall } from '../pbx-lab/sip/call.ts'
import type { Colleague, Office } from './office.ts'
import type { PlannedCall } from './plan.ts'

/** An agent talks with a customer. */
type Talk = {
  readonly call: SipCall
  readonly plan: PlannedCall
  readonly desk: Colleague
  readonly office: Office
}

const HOLD_MS = 1_800
const CONSULT_MS = 800
/** How long the PBX may take to free the phone that transferred its call. */
const HANDED_OVER_MS = 5_000

/** Which calls were passed on once; the next agent talks and ends them. */
const passedOn = new WeakSet<PlannedCall>()

/** Talks as the plan says: on hold meanwhile, passed on to another, or to the end. */
export async function converse(talk: Talk): Promise<void> {
  const { plan, call } = talk
  const isFirst = !passedOn.has(plan)
  await delay(plan.talkMs / 2)
  switch (isFirst ? plan.intent : 'plain') {
    case 'hold':
      await holdForAWhile(talk)
      break
    case 'blind to agent':
      return passOn(talk, talk.desk.freeColleague()?.extension)
    case 'blind to queue':
      return passOn(talk, plan.index % 2 === 0 ? '8000' : '8001')
    case 'attended to agent':
      return consult(talk, talk.desk.freeColleague()?.extension)
    case 'attended to queue':
      return consult(talk, '8001')
    case 'plain':
    case 'direct':
    case 'pickup':
    case 'callback':
    case 'abandon':
    case 'timeout':
    case 'left in notice':
    case 'virtual hold':
    case 'sent':
    case 'sent back':
    case 'outgoing':
    case 'internal':
  }
  await delay(plan.talkMs / 2)
  await (plan.endsBy === 'agent' ? call.hangup() : talk.office.hangUpCustomer(plan.index))
}

async function holdForAWhile({ call, plan, desk, office }: Talk): Promise<void> {
  await call.hold()
  const over = office.recorder.hold(plan.index, desk.extension)
  await delay(HOLD_MS)
  await call.hold('sendrecv')
  over()
}

async function passOn(talk: Talk, to: string | undefined): Promise<void> {
  const { call, plan } = talk
  if (to === undefined) return call.hangup()
  passedOn.add(plan)
  await call.transfer(to)
  await Promise.race([call.ended, delay(HANDED_OVER_MS)])
  await call.hangup()
}

/** Asks a colleague first, and hands the customer over when somebody answers. */
async function consult(talk: Talk, to: string | undefined): Promise<void> {
  const { call, plan, desk, office } = talk
  if (to === undefined) return call.hangup()
  passedOn.add(plan)
  await call.hold()
  const over = office.recorder.hold(plan.index, desk.extension)
  void call.ended.then(over)
  const consulted = desk.dial(to)
  if (!(await Promise.race([consulted.up, call.ended.then(() => false)]))) {
    await consulted.hangup()
    return call.hangup()
  }
  await delay(CONSULT_MS)
  await call.transfer(consulted)
  over()
  // the PBX ends the consultation, the phone itself the call that it gave away
  await Promise.race([consulted.ended, delay(HANDED_OVER_MS)])
  await Promise.all([call.hangup(), consulted.hangup()])
  await delay(plan.talkMs / 2)
  await office.hangUpCustomer(plan.index)
}
