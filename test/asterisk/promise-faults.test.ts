import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import type { SipCall } from '../../scripts/pbx-lab/sip/call.ts'
import { type CallbackView, promiseFigures } from '../../server/contract/callbacks.ts'
import {
  type NotificationKind,
  notificationPage,
} from '../../server/contract/casework/notifications.ts'
import type { Ticket } from '../../server/contract/tickets.ts'
import type { Person } from '../support/person.ts'
import {
  type Desk,
  openPromiseDesks,
  type PromiseDesks,
  type Promised,
  SOON,
} from '../support/promise-desks.ts'

const MINUTE_MS = 60_000
const EXTENSIONS = ['101', '102', '103', '104', '105', '106', '107', '108', '109', '110']
/** The owner's place is taken by somebody else this long before the promise is due. */
const STAND_IN_MS = 5 * MINUTE_MS

/** How the customers' telephones behave whom these agents have promised a call. */
const CUSTOMERS = {
  101: 'manual',
  102: 'busy',
  103: 'ignore',
  104: 'reject',
  105: 'manual',
  107: 'manual',
  108: 'manual',
  109: 'manual',
} as const

let floor: PromiseDesks
let boss: Person
/** Whoever answers for it presses nothing: that takes its time, while others are dialled. */
let unconfirmed: Promised
/** Every promise of the file, for the figures. */
const made: Promised[] = []

beforeAll(async () => {
  const short = { HOTLINE_RING_SECONDS: '2', HOTLINE_CONFIRM_SECONDS: '1' }
  floor = await openPromiseDesks(EXTENSIONS, short)
  boss = await floor.hotline.hire('boss', 'supervisor')
})
afterAll(() => floor.stop())

async function promise(...given: Parameters<PromiseDesks['promise']>): Promise<Promised> {
  const promised = await floor.promise(...given)
  made.push(promised)
  return promised
}

/** Promises that are due together, by the phone of who made them. */
function createWave() {
  const promises = new Map<string, Promised>()
  const all = (): Promised[] => [...promises.values()]
  const add = async (...given: Parameters<PromiseDesks['promise']>): Promise<void> => {
    promises.set(given[0], await promise(...given))
  }
  const of = (extension: string): Promised => {
    const promised = promises.get(extension)
    if (promised === undefined) throw new Error(`${extension} has promised nothing`)
    return promised
  }
  return { all, add, of }
}

/** How often a person was told this of the ticket. */
async function told(
  who: Person | undefined,
  kind: NotificationKind,
  { ticketId }: Promised,
): Promise<number> {
  if (who === undefined) return 0
  const { items } = await who.get('/notifications?limit=100', notificationPage)
  return items.filter((one) => one.kind === kind && one.ticket?.id === ticketId).length
}

/** Waits until a person was told so. */
function untilTold(...whom: Parameters<typeof told>): Promise<void> {
  return vi.waitFor(async () => {
    if ((await told(...whom)) === 0) throw new Error('nobody was told')
  }, SOON)
}

function linesOf({ timeline }: Ticket, kind: Ticket['timeline'][number]['kind']) {
  return timeline.filter((line) => line.kind === kind)
}

/** Milliseconds between two moments of the ledger. */
const between = (from: string | null | undefined, to: string | null | undefined): number =>
  Date.parse(to ?? '') - Date.parse(from ?? '')

/** From the end of the last attempt until it is due again. */
const minutesToRetry = (view: CallbackView | undefined): number =>
  between(view?.attempts.at(-1)?.endedAt, view?.dueAt) / MINUTE_MS

/** What the telephones of a promise that is being dialled have. */
interface Calls {
  agent?: SipCall
  customer?: SipCall
}

describe('an owner whose phone is off while nobody else is there', () => {
  let promised: Promised
  let whileOff: CallbackView
  beforeAll(async () => {
    await floor.become('101', 'ready')
    promised = await promise('101')
    await floor.switchOff('101')
    await floor.shiftTo(promised, STAND_IN_MS)
    await untilTold(boss, 'promise_at_risk', promised)
    await floor.shiftTo(promised, -1000)
    whileOff = await floor.until(promised, ({ waitingFor }) => waitingFor === 'agent')
    await floor.switchOn('101')
    await floor.keep(promised)
  })

  test('is waited for, rings nobody, and the lead is told once before it is due', async () => {
    expect(whileOff).toMatchObject({ status: 'scheduled', attempts: [], verdict: null })
    expect(await told(boss, 'promise_at_risk', promised)).toBe(1)
  })

  test('is rung when the phone is back, and the promise is kept', async () => {
    const view = await floor.ledger(promised)
    const attempts = [{ outcome: 'reached', hangupCause: 16 }]
    expect(view).toMatchObject({ status: 'done', verdict: 'kept', attempts })
    expect(promised.desk.phone.calls).toHaveLength(1)
    expect(promised.customer.calls).toHaveLength(1)
  })
})

/** Who keeps it now in its owner's place. */
async function heirOf(promised: Promised): Promise<Desk> {
  const owner = promised.desk.person.user.id
  const { assignee } = await floor.until(promised, (view) => view.assignee?.id !== owner)
  return floor.desk(assignee?.displayName.replace('agent', '') ?? 'none')
}

describe('owners who are not there five minutes before, and a service that is killed then', () => {
  const absent = ['101', '102', '103']
  const here = ['104', '105', '106']
  const { add, of, all } = createWave()
  /** Who keeps the promise of each absent owner. */
  const heirs = new Map<string, Desk>()
  const rung = new Map<string, number>()
  beforeAll(async () => {
    await Promise.all([...absent, ...here, '110'].map((one) => floor.become(one, 'ready')))
    unconfirmed = await promise('110')
    for (const one of absent) rung.set(one, floor.desk(one).phone.calls.length)
    await Promise.all(absent.map((one) => add(one)))
    await floor.become('101', 'paused', 'break')
    await floor.become('102', 'offline')
    await floor.switchOff('103')
    await floor.shiftTo(of('101'), STAND_IN_MS - 2000)
    for (const promised of all()) heirs.set(promised.desk.extension, await heirOf(promised))
    await floor.hotline.kill()
    await floor.hotline.start()
    await floor.shiftTo(unconfirmed, 0)
    await floor.answer(unconfirmed.desk)
    await Promise.all(absent.map((one) => floor.keep(of(one), heirs.get(one))))
    await floor.switchOn('103')
  })

  test.each([
    ['paused', '101'],
    ['signed out', '102'],
    ['without a registered phone', '103'],
  ])('%s: one of the team keeps the promise, told and recorded once', async (_, owner) => {
    const heir = heirs.get(owner)
    expect(here).toContain(heir?.extension)
    const ticket = await floor.read(of(owner).ticketId)
    expect(linesOf(ticket, 'callback_handed_over')).toMatchObject([
      { actor: null, fields: { to: `agent${heir?.extension}` } },
    ])
    expect(await told(heir?.person, 'promise_given', of(owner))).toBe(1)
    const attempts = [{ outcome: 'reached', extension: heir?.extension }]
    expect(ticket.callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
    expect(of(owner).customer.calls).toHaveLength(1)
    expect(floor.desk(owner).phone.calls).toHaveLength(rung.get(owner) ?? -1)
  })

  test('each of them has another heir', () => {
    const keepers = [...heirs.values()].map(({ extension }) => extension)
    expect(new Set(keepers)).toEqual(new Set(here))
  })
})

describe('promises that fall due together', () => {
  const { add, of, all } = createWave()
  /** When the agent's phone rang first for it. */
  const rangAt = new Map<string, number>()
  let moved: Ticket
  beforeAll(async () => {
    await Promise.all(EXTENSIONS.map((one) => floor.become(one, 'ready')))
    for (const [extension, behaviour] of Object.entries(CUSTOMERS)) {
      await add(extension, behaviour)
    }
    await callsFirst('108')
    const before = new Map(all().map(({ desk }) => [desk, desk.phone.calls.length]))
    await floor.shiftTo(of('101'), 1000)
    await Promise.all([
      floor.keep(of('101')),
      ...['102', '103', '104'].map((one) => floor.confirm(of(one))),
      refused('105', 404),
      refused('107', 503),
      declined('109'),
    ])
    for (const promised of all()) {
      const { desk } = promised
      if (desk.extension === '108') continue
      await floor.until(promised, ({ attempts }) => attempts[0]?.outcome != null)
      const first = desk.phone.calls[before.get(desk) ?? -1]
      if (first !== undefined) rangAt.set(desk.extension, desk.rangAt.get(first) ?? 0)
    }
    moved = await floor.act(of('101'), 'callback_result', { result: 'ok' })
  })
  afterAll(() => Promise.all(all().map(floor.drop)))

  /** Before we call, the customer calls the agent, and they talk. */
  async function callsFirst(extension: string): Promise<void> {
    const { number, desk } = of(extension)
    const call = await floor.lab.placeCall({ from: number, to: `024730001${extension.slice(1)}` })
    await floor.answer(desk)
    await call.sip.up
    await call.hangup()
    await floor.until(of(extension), ({ status }) => status === 'cancelled')
  }

  /** The agent confirms, and the customer's side refuses the call. */
  async function refused(extension: string, status: number): Promise<void> {
    await floor.confirm(of(extension))
    const atCustomer = await of(extension).customer.waitForCall()
    atCustomer.reject(status)
  }

  async function declined(extension: string): Promise<void> {
    const atAgent = await of(extension).desk.phone.waitForCall()
    atAgent.reject(486)
  }

  test('are on the wire within the second in which they are due, and none before', () => {
    expect([...rangAt.keys()]).toEqual(['101', '102', '103', '104', '105', '107', '109'])
    for (const [extension, at] of rangAt) {
      expect(at).toBeGreaterThanOrEqual(of(extension).dueMs)
      expect(at).toBeLessThan(of(extension).dueMs + 1000)
    }
  })

  test('both legs talked: kept, and the agent’s word moves the ticket', async () => {
    const { callbacks, calls } = await floor.read(of('101').ticketId)
    const attempts = [{ outcome: 'reached', hangupCause: 16, extension: '101' }]
    expect(callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
    expect(calls).toMatchObject([{ direction: 'callback', agents: ['agent101'] }])
    expect(of('101').customer.calls).toHaveLength(1)
    expect(moved.status).toBe('confirmed')
    expect(linesOf(moved, 'callback_ended')).toMatchObject([{ fields: { outcome: 'reached' } }])
  })

  test.each([
    ['who is busy in 5 minutes', '102', 'busy', 17, 5],
    ['who does not answer in 15 minutes', '103', 'no_answer', 0, 15],
    ['who rejects the call in 15 minutes', '104', 'rejected', 21, 15],
  ])(
    'a customer %s is called again, as row 8 has it',
    async (_, extension, outcome, hangupCause, minutes) => {
      const promised = of(extension)
      const ticket = await floor.read(promised.ticketId)
      const attempts = [{ outcome, hangupCause, extension }]
      expect(ticket.callbacks).toMatchObject([{ status: 'scheduled', verdict: 'kept', attempts }])
      expect(minutesToRetry(ticket.callbacks[0])).toBeCloseTo(minutes, 1)
      expect(promised.customer.calls).toHaveLength(1)
      expect(ticket.status).toBe('callback_due')
      expect(linesOf(ticket, 'callback_attempt')).toMatchObject([{ fields: { outcome } }])
      expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({
        fields: { action: 'callback_no_answer' },
      })
    },
  )

  test('a trunk that is out of lines is tried again in 2 minutes and counts as no attempt of row 8', async () => {
    const ticket = await floor.read(of('107').ticketId)
    const attempts = [{ outcome: 'trunk_fault', hangupCause: 34 }]
    expect(ticket.callbacks).toMatchObject([{ status: 'scheduled', attempts }])
    expect(minutesToRetry(ticket.callbacks[0])).toBeCloseTo(2, 1)
    expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({ fields: { action: 'save_guidance' } })
  })

  test.each([
    ['a number that is nobody’s', '105', 'bad_number', 1, 1],
    ['an agent’s phone that declines', '109', 'agent_no_answer', 17, 0],
  ])('%s is a person’s to decide', async (_, extension, outcome, hangupCause, rang) => {
    const ticket = await floor.read(of(extension).ticketId)
    const attempts = [{ outcome, hangupCause }]
    expect(ticket.callbacks).toMatchObject([{ status: 'failed', attempts }])
    expect(ticket.status).toBe('callback_due')
    expect(of(extension).customer.calls).toHaveLength(rang)
  })

  test('whoever answers the agent’s phone and presses nothing meets no customer', async () => {
    const { attempts } = await floor.until(unconfirmed, ({ status }) => status === 'failed')
    expect(attempts).toMatchObject([{ outcome: 'not_confirmed', hangupCause: 18 }])
    expect((await floor.read(unconfirmed.ticketId)).status).toBe('callback_due')
    expect(unconfirmed.customer.calls).toEqual([])
  })

  test('a customer who called first is called no more: superseded, and not counted', async () => {
    const { callbacks, timeline } = await floor.read(of('108').ticketId)
    expect(callbacks).toMatchObject([{ status: 'cancelled', verdict: 'superseded', attempts: [] }])
    expect(timeline.at(-1)).toMatchObject({ kind: 'callback_ended', note: 'superseded' })
    expect(of('108').customer.calls).toEqual([])
  })
})

/** Of calls that people take their time for. */
async function takeTime(): Promise<void> {
  await floor.tune('HOTLINE_RING_SECONDS', '45')
  await floor.tune('HOTLINE_CONFIRM_SECONDS', '5')
}

/** The promise comes to where its agent's phone rings. */
async function ringing(promised: Promised): Promise<Calls> {
  const agent = await promised.desk.phone.waitForCall()
  await floor.until(promised, isAt('agent_ringing'))
  return { agent }
}
/** … where the agent is asked for the key 1. */
async function asked(promised: Promised): Promise<Calls> {
  const agent = await floor.answer(promised.desk)
  await floor.until(promised, isAt('confirming'))
  return { agent }
}
/** … where the customer's telephone rings. */
async function customerRinging(promised: Promised): Promise<Calls> {
  const agent = await floor.confirm(promised)
  const customer = await promised.customer.waitForCall()
  await floor.until(promised, isAt('customer_ringing'))
  return { agent, customer }
}
/** … where both talk. */
async function talking(promised: Promised): Promise<Calls> {
  return { customer: await floor.talk(promised) }
}

/** Where the promises of these agents are when the service is killed; each stage goes on, and ends unheard. */
const BEFORE_THE_KILL = {
  103: ringing,
  104: ringing,
  105: asked,
  106: asked,
  107: customerRinging,
  108: customerRinging,
  109: talking,
  110: talking,
}

const isAt =
  (stage: string) =>
  ({ attempts }: CallbackView): boolean =>
    attempts.at(-1)?.stage === stage

/** The orders are written to a PBX that stands still, and the service dies before it hears a word. */
async function submitUnheard(promises: Promised[]): Promise<void> {
  const { pid } = floor.lab
  if (pid === null) throw new Error('the PBX is away')
  process.kill(pid, 'SIGSTOP')
  try {
    await Promise.all(promises.map(floor.dialNow))
    await Promise.all(promises.map((one) => floor.until(one, isAt('submitted'))))
    await floor.hotline.kill()
  } finally {
    process.kill(pid, 'SIGCONT')
  }
}

describe('a service that is killed while promises are at every stage', () => {
  const { add, of, all } = createWave()
  const at = new Map<string, Calls>()
  const before = new Map<string, number>()
  const rungFor = (extension: string): number =>
    floor.desk(extension).phone.calls.length - (before.get(extension) ?? 0)
  beforeAll(async () => {
    await takeTime()
    await Promise.all(EXTENSIONS.map((one) => floor.become(one, 'ready')))
    for (const one of EXTENSIONS) before.set(one, floor.desk(one).phone.calls.length)
    for (const extension of EXTENSIONS.slice(2)) await add(extension)
    await floor.shiftTo(of('110'), 0)
    for (const extension of EXTENSIONS.slice(0, 2)) await add(extension)
    await Promise.all(
      Object.entries(BEFORE_THE_KILL).map(async ([extension, come]) => {
        at.set(extension, await come(of(extension)))
      }),
    )
    await submitUnheard([of('101'), of('102')])
    await endUnheard()
    await floor.hotline.start()
    await goOn()
    await floor.until(of('110'), ({ status }) => status === 'done')
    await floor.until(of('108'), ({ attempts }) => attempts[0]?.outcome === 'busy')
    await floor.until(of('106'), ({ status }) => status === 'failed')
    // Of whom the PBX shows no trace for a minute, nothing comes any more.
    await floor.hotline.shift(MINUTE_MS)
    await floor.until(of('104'), ({ status }) => status === 'failed')
    await floor.keep(of('102'))
  })
  afterAll(() => Promise.all(all().map(floor.drop)))

  /** What happens while no service is there. */
  async function endUnheard(): Promise<void> {
    const mark = floor.lab.ami.mark()
    at.set('101', { agent: await of('101').desk.phone.waitForCall() })
    const declined = await of('102').desk.phone.waitForCall()
    declined.reject(486)
    at.get('104')?.agent?.reject(486)
    await at.get('106')?.agent?.hangup()
    at.get('108')?.customer?.reject(486)
    const isBusy = { Event: 'DialEnd', DialStatus: 'BUSY', CallerIDNum: '19000382' }
    await floor.lab.ami.waitFor(isBusy, mark)
    await at.get('108')?.agent?.hangup()
    await at.get('110')?.customer?.hangup()
    await at.get('105')?.agent?.press('1')
    at.set('105', { customer: await of('105').customer.waitForCall() })
  }

  /** The others come to their end under the service that was started again. */
  async function goOn(): Promise<void> {
    for (const extension of ['101', '103']) at.get(extension)?.agent?.answer()
    await Promise.all(
      ['101', '103'].map(async (extension) => {
        await floor.until(of(extension), isAt('confirming'))
        await at.get(extension)?.agent?.press('1')
        at.set(extension, { customer: await of(extension).customer.waitForCall() })
      }),
    )
    const lasting = ['101', '103', '105', '107', '109']
    for (const extension of lasting) at.get(extension)?.customer?.answer()
    await Promise.all(lasting.map((one) => floor.until(of(one), isAt('talking'))))
    for (const extension of lasting) await at.get(extension)?.customer?.hangup()
    await Promise.all(lasting.map((one) => floor.until(of(one), ({ status }) => status === 'done')))
  }

  test.each([
    ['submitted', '101'],
    ['at the ringing phone of the agent', '103'],
    ['at the question for the key', '105'],
    ['at the ringing phone of the customer', '107'],
    ['in the talk', '109'],
  ])('%s: goes on under the next one, and the customer is called once', async (_, extension) => {
    const { callbacks, calls } = await floor.read(of(extension).ticketId)
    const attempts = [{ outcome: 'reached', hangupCause: 16, stage: 'ended' }]
    expect(callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
    expect(calls).toMatchObject([{ direction: 'callback', agents: [`agent${extension}`] }])
    expect(of(extension).customer.calls).toHaveLength(1)
    expect(rungFor(extension)).toBe(1)
  })

  test.each([
    ['the agent’s ringing phone declines', '104', 'agent_no_answer', null, 0],
    ['the agent hangs up instead of confirming', '106', 'abandoned_by_agent', 0, 0],
  ])(
    '%s while no service is there: a person decides',
    async (_, extension, outcome, hangupCause, rang) => {
      const { callbacks, status } = await floor.read(of(extension).ticketId)
      const attempts = [{ outcome, hangupCause }]
      expect(callbacks).toMatchObject([{ status: 'failed', verdict: 'kept', attempts }])
      expect(status).toBe('callback_due')
      expect(of(extension).customer.calls).toHaveLength(rang)
      expect(rungFor(extension)).toBe(1)
    },
  )

  test('the agent’s phone declines an order that nobody heard of: dialled again, the customer once', async () => {
    const { callbacks } = await floor.read(of('102').ticketId)
    const attempts = [{ outcome: 'not_placed' }, { outcome: 'reached' }]
    expect(callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
    expect(of('102').customer.calls).toHaveLength(1)
    expect(rungFor('102')).toBe(2)
  })

  test('the customer is busy while no service is there: called again in 5 minutes, once so far', async () => {
    const ticket = await floor.read(of('108').ticketId)
    const attempts = [{ outcome: 'busy', hangupCause: 17 }]
    expect(ticket.callbacks).toMatchObject([{ status: 'scheduled', attempts }])
    expect(minutesToRetry(ticket.callbacks[0])).toBeCloseTo(5, 1)
    expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({
      fields: { action: 'callback_no_answer' },
    })
    expect(of('108').customer.calls).toHaveLength(1)
  })

  test('a talk that ends while no service is there is reached, by the PBX’s journal', async () => {
    const ticket = await floor.read(of('110').ticketId)
    const attempts = [{ outcome: 'reached' }]
    expect(ticket.callbacks).toMatchObject([{ status: 'done', verdict: 'kept', attempts }])
    expect(linesOf(ticket, 'callback_ended')).toHaveLength(1)
    expect(of('110').customer.calls).toHaveLength(1)
  })
})

describe('a PBX that is killed between the legs', () => {
  const { add, of, all } = createWave()
  const lost = new Map<string, CallbackView>()
  beforeAll(async () => {
    await takeTime()
    await Promise.all(EXTENSIONS.map((one) => floor.become(one, 'ready')))
    for (const extension of ['101', '102', '103', '104']) await add(extension)
    await floor.shiftTo(of('104'), 0)
    const stages = { 101: customerRinging, 102: asked, 103: ringing, 104: talking }
    const calls = await Promise.all(
      Object.entries(stages).map(([extension, come]) => come(of(extension))),
    )
    await floor.lab.killPbx()
    for (const { agent, customer } of calls) for (const leg of [agent, customer]) leg?.lost()
    await floor.lab.boot()
    await Promise.all(all().map(({ desk }) => floor.switchOn(desk.extension)))
    for (const extension of ['101', '102', '103']) {
      lost.set(extension, await floor.until(of(extension), ({ status }) => status !== 'dialing'))
    }
    await floor.until(of('104'), ({ status }) => status === 'done')
    await floor.hotline.ready()
    await floor.hotline.shift(2 * MINUTE_MS)
    await Promise.all(['101', '102', '103'].map((one) => floor.keep(of(one))))
  })

  test.each([
    ['the customer’s telephone rang', '101', 2],
    ['the agent was asked for the key', '102', 1],
    ['the agent’s phone rang', '103', 1],
  ])('while %s: tried again after 2 minutes, and kept', async (_, extension, rang) => {
    expect(lost.get(extension)).toMatchObject({
      status: 'scheduled',
      verdict: 'kept',
      attempts: [{ outcome: 'pbx_lost', hangupCause: null }],
    })
    expect(minutesToRetry(lost.get(extension))).toBe(2)
    const ticket = await floor.read(of(extension).ticketId)
    const attempts = [{ outcome: 'pbx_lost' }, { outcome: 'reached' }]
    expect(ticket.callbacks).toMatchObject([{ status: 'done', attempts }])
    expect(linesOf(ticket, 'moved').at(-1)).toMatchObject({ fields: { action: 'save_guidance' } })
    expect(of(extension).customer.calls).toHaveLength(rang)
  })

  test('while both talked: the customer was reached and is not called again', async () => {
    const { callbacks } = await floor.read(of('104').ticketId)
    expect(callbacks).toMatchObject([{ status: 'done', attempts: [{ outcome: 'reached' }] }])
    expect(of('104').customer.calls).toHaveLength(1)
  })
})

test('the figures count each promise of the ledger once, for who keeps it', async () => {
  const views = await Promise.all(made.map(floor.ledger))
  const day = (ahead: number): string =>
    new Date(floor.hotline.nowMs() + ahead * 24 * 60 * MINUTE_MS).toISOString().slice(0, 10)
  const query = `from=${day(-1)}&to=${day(2)}&by=agent`
  const { items, total } = await floor.hotline.admin.get(
    `/callbacks/figures?${query}`,
    promiseFigures,
  )
  const kept = views.filter(({ verdict }) => verdict === 'kept')
  expect(total).toMatchObject({
    kept: kept.length,
    late: 0,
    broken: 0,
    superseded: 1,
    cancelled: 0,
  })
  expect(kept).toHaveLength(made.length - 1)
  for (const { agent, kept: count } of items) {
    expect(count).toBe(kept.filter(({ assignee }) => assignee?.id === agent?.id).length)
  }
})
