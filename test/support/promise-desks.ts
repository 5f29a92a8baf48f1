import { expect } from 'vitest'
import { z } from 'zod'
import { type Lab, startLab } from '../../scripts/pbx-lab/lab.ts'
import type { CallInbox, Phone, PhoneBehaviour } from '../../scripts/pbx-lab/phone.ts'
import type { SipCall } from '../../scripts/pbx-lab/sip/call.ts'
import type { CallbackView } from '../../server/contract/callbacks.ts'
import type { ProcessAction } from '../../server/contract/casework/process.ts'
import { agentState, deskSnapshot } from '../../server/contract/desk.ts'
import { type Ticket, ticket as ticketSchema } from '../../server/contract/tickets.ts'
import { type KillableHotline, startKillableHotline } from './killable-hotline.ts'
import type { Person } from './person.ts'
import { eventually } from './eventually.ts'

/** An agent at a SIP phone that rings until the test acts. */
export interface Desk {
  extension: string
  person: Person
  phone: Phone
  /** When each of its calls began, by the service's clock. */
  rangAt: Map<SipCall, number>
}

/** A ticket that waits for the callback which its agent promised half an hour ahead. */
export interface Promised {
  desk: Desk
  ticketId: string
  number: string
  customer: CallInbox
  dueMs: number
}

export type PromiseDesks = Awaited<ReturnType<typeof openPromiseDesks>>

/** The service as a process at a real Asterisk, agents at the desks, and customers who are promised calls. */
export async function openPromiseDesks(
  extensions: readonly string[],
  globals: Record<string, string>,
) {
  const queues = { wrapuptime: '0' }
  const lab = await startLab({ queues, globals: { HOTLINE_NOTICE: '', ...globals } })
  await lab.carrier()
  const { amiUrl, dialerUrl } = lab
  const hotline = await startKillableHotline({ amiUrl, dialerUrl })
  const desks = new Map<string, Desk>()
  for (const extension of extensions) {
    // oxlint-disable-next-line no-await-in-loop -- one administrator
    desks.set(extension, await openDesk(lab, hotline, extension))
  }
  let customers = 0

  function desk(extension: string): Desk {
    const found = desks.get(extension)
    if (found === undefined) throw new Error(`no desk has the phone ${extension}`)
    return found
  }

  /** Sets what the agent wants to be and waits until the PBX shows it. */
  async function become(extension: string, state: string, reason?: string): Promise<void> {
    const { person } = desk(extension)
    await person.send('POST', '/desk/state', { state, reason }, agentState)
    await eventually(async () =>
      expect(await stateOf(extension)).toMatchObject({ state, confirmed: true }),
    )
  }

  async function stateOf(extension: string) {
    return (await desk(extension).person.get('/desk', deskSnapshot)).state
  }

  /** Switches the phone off: it signs out of the PBX, and the service has seen it. */
  async function switchOff(extension: string): Promise<void> {
    await desk(extension).phone.agent.unregister()
    const seen = { phone: 'unreachable' }
    await eventually(async () => expect(await stateOf(extension)).toMatchObject(seen))
  }

  /** Switches it on again. */
  async function switchOn(extension: string): Promise<void> {
    const { agent } = desk(extension).phone
    await agent.register({ user: extension, secret: lab.access.secret })
  }

  const read = (id: string): Promise<Ticket> => hotline.admin.get(`/tickets/${id}`, ticketSchema)

  async function act(
    { desk: { person }, ticketId }: Pick<Promised, 'desk' | 'ticketId'>,
    action: ProcessAction,
    input: object = {},
  ): Promise<Ticket> {
    const { version } = await read(ticketId)
    const order = { action, version, ...input }
    return person.send('POST', `/tickets/${ticketId}/actions`, order, ticketSchema)
  }

  /** A customer was guided and is promised a call in half an hour; `behaviour` is their telephone's. */
  async function promise(
    extension: string,
    behaviour: PhoneBehaviour['behaviour'] = 'manual',
  ): Promise<Promised> {
    customers += 1
    const number = `0912000${String(customers).padStart(3, '0')}`
    const customer = await lab.customerPhone({ number, behaviour })
    const owner = desk(extension)
    const order = { channel: 'counter', number }
    const { id: ticketId } = await owner.person.send('POST', '/tickets', order, ticketSchema)
    const whose = { desk: owner, ticketId }
    await act(whose, 'start_guidance', { category: 'NO_INTERNET', identityUnknown: true })
    const steps = { NO_INTERNET_1: { answer: 'ok' } }
    const { callbacks } = await act(whose, 'save_guidance', { result: 'ok', steps })
    const dueMs = Date.parse(callbacks[0]?.dueAt ?? '')
    return { ...whose, number, customer, dueMs }
  }

  /** The promise as the ledger has it now. */
  async function ledger({ ticketId }: Promised): Promise<CallbackView> {
    const { callbacks } = await read(ticketId)
    const [only] = callbacks
    if (only === undefined || callbacks.length > 1) throw new Error('not one promise on the ticket')
    return only
  }

  /** Waits until the ledger says so of the promise. */
  function until(promised: Promised, fits: (view: CallbackView) => boolean): Promise<CallbackView> {
    return eventually(async () => {
      const view = await ledger(promised)
      expect(view).toSatisfy(fits)
      return view
    })
  }

  /** The phone of the desk rings for the promise and is answered. */
  async function answer(at: Desk): Promise<SipCall> {
    const atAgent = await at.phone.waitForCall()
    atAgent.answer()
    return atAgent
  }

  /** The agent answers and presses 1 when asked. */
  async function confirm(promised: Promised, at: Desk = promised.desk): Promise<SipCall> {
    const atAgent = await answer(at)
    await until(promised, ({ attempts }) => attempts.at(-1)?.stage === 'confirming')
    await atAgent.press('1')
    return atAgent
  }

  /** Both talk. */
  async function talk(promised: Promised, at: Desk = promised.desk): Promise<SipCall> {
    await confirm(promised, at)
    const atCustomer = await promised.customer.waitForCall()
    atCustomer.answer()
    await until(promised, ({ attempts }) => attempts.at(-1)?.stage === 'talking')
    return atCustomer
  }

  /** Both talk, the customer hangs up, and the ledger knows. */
  async function keep(promised: Promised, at: Desk = promised.desk): Promise<void> {
    const atCustomer = await talk(promised, at)
    await atCustomer.hangup()
    await until(promised, ({ status }) => status === 'done')
  }

  /** The service's clock shows `ms` before the promise is due; negative: after it. */
  function shiftTo({ dueMs }: Promised, beforeMs: number): Promise<void> {
    return hotline.shift(dueMs - beforeMs - hotline.nowMs())
  }

  /** A global of the dialplan, from now on. */
  const tune = (name: string, value: string) =>
    lab.ami.send({ Action: 'Setvar', Variable: name, Value: value })

  /** Its owner orders it at once. */
  async function dialNow(promised: Promised): Promise<void> {
    const { id } = await ledger(promised)
    await promised.desk.person.send('POST', `/callbacks/${id}/dial`, {}, z.unknown())
  }

  /** Nobody is to be called for it any more. */
  async function drop(promised: Promised): Promise<void> {
    const { id, status } = await ledger(promised)
    if (status !== 'scheduled' && status !== 'failed') return
    await hotline.admin.send('POST', `/callbacks/${id}/cancel`, { reason: 'over' }, z.unknown())
  }

  async function stop(): Promise<void> {
    await hotline.stop()
    await lab.stop()
  }

  const acts = {
    become,
    switchOff,
    switchOn,
    read,
    act,
    promise,
    ledger,
    until,
    answer,
    confirm,
    talk,
    keep,
  }
  return { lab, hotline, desk, ...acts, shiftTo, tune, dialNow, drop, stop }
}

async function openDesk(lab: Lab, hotline: KillableHotline, extension: string): Promise<Desk> {
  const phone = await lab.startPhone({ extension, behaviour: 'manual' })
  const rangAt = new Map<SipCall, number>()
  const take = phone.agent.onCall
  phone.agent.onCall = (call) => {
    rangAt.set(call, hotline.nowMs())
    take(call)
  }
  const person = await hotline.hire(`agent${extension}`, 'agent', extension)
  return { extension, person, phone, rangAt }
}
