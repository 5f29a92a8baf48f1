import { expect } from 'vitest'
import type { CallEvent } from '../../server/calls/conversation/call-event.ts'
import { problem } from '#contract/primitives.ts'
import type { ClockView, ProcessAction } from '#contract/casework/process.ts'
import type { Role, SessionUser } from '#contract/staff.ts'
import { type Team, type Ticket, type TicketCreate, ticket } from '#contract/tickets.ts'
import { callEvents } from './call-table.ts'
import { openTestDatabase, type TestDialect } from './database.ts'
import type { TestHouseOptions } from './house.ts'
import { createTestApp } from './http.ts'
import { openLiveHouse } from './live-house.ts'

export type ProcessHouse = Awaited<ReturnType<typeof openProcessHouse>>

/** Who takes a step, which one, with what, and what can be seen of the ticket afterwards. */
export type PathStep = [who: string, action: ProcessAction, input: object, seen: string]

export const CUSTOMER = '0912345678'
/** How long customers talk in these paths. */
const TALK_MS = 42_000
const TABLE_START_MS = Date.parse('2026-11-23T02:00:00.000Z')
/** Who of each team looks at a ticket that the team owns. */
const OWNERS: Record<Team, string> = { cskh: 'mai', noc: 'noc', field: 'tech' }
const ROLES = { noc: 'noc', noc2: 'noc', tech: 'field', boss: 'supervisor' } as const

/**
 * The house in service, spoken to over HTTP by each role of the process: mai (101) and lan (102) of
 * CSKH, noc and noc2, tech of field, boss who supervises, chief who administers.
 */
export async function openProcessHouse(dialect: TestDialect, options: TestHouseOptions = {}) {
  const database = await openTestDatabase(dialect)
  const house = await openLiveHouse(database, options)
  const http = createTestApp(house.routes)
  for (const [id, role] of Object.entries(ROLES)) {
    // oxlint-disable-next-line no-await-in-loop
    await house.hire(aPerson(id, role))
  }
  const as = (name: string) => http.as(house.person(name))

  async function read(id: string, name = 'mai'): Promise<Ticket> {
    const answer = await as(name).get(`/tickets/${id}`).expect(200)
    return ticket.parse(answer.body)
  }

  /** A ticket of CSKH, opened by mai at the counter unless the order says otherwise. */
  async function open(order: Partial<TicketCreate> = {}, name = 'mai'): Promise<string> {
    const given = { channel: 'counter', number: CUSTOMER, ...order }
    const answer = await as(name).post('/tickets', given).expect(201)
    return ticket.parse(answer.body).id
  }

  /** A ticket that the customer's call opened, answered by mai, who talked for 40 seconds. */
  async function openByCall(number = CUSTOMER): Promise<string> {
    await call(
      `
      00:00.000  queue_joined     trunk#1
      00:01.000  agent_called     trunk#1  101#1
      00:02.000  agent_connected  trunk#1  101#1  hold=2
      00:42.000  agent_completed  trunk#1  101#1  hold=2  talk=40
      00:42.000  hung_up          trunk#1
      00:42.010  hung_up          101#1`,
      number,
    )
    const row = database.db.selectFrom('ticket').select('id').orderBy('created_at', 'desc')
    return (await row.executeTakeFirstOrThrow()).id
  }

  let calls = 0

  /** A call as the PBX tells it: `00:00.000` is now, each of these calls has channels of its own. */
  async function call(table: string, from = CUSTOMER): Promise<void> {
    const offset = house.clock.nowMs() - TABLE_START_MS
    const number = ++calls
    house.clock.set(new Date(house.clock.nowMs() + TALK_MS).toISOString())
    const own = table.replaceAll(/#\d/g, (mark) => `${mark}${number}`)
    for (const event of callEvents(own).map((one) => asCalledBy(one, from))) {
      const at = new Date(Date.parse(event.at) + offset).toISOString()
      house.ears.onCallEvent({ ...event, at })
    }
    await house.settled()
    await house.advance(1_000)
  }

  /** The caller of the newest call, which mai (101) answered, hangs up. */
  function hangUpLast(): Promise<void> {
    calls -= 1
    return call(`
      00:40.000  hung_up  trunk#1
      00:40.010  hung_up  101#1`)
  }

  /** The customer answers the call that was placed, and talks for 33 seconds. */
  function talk(extension = '101', customer = CUSTOMER): Promise<void> {
    const leg = `${extension}=${house.placed()}`
    return call(
      `
      00:00.500  channel_created      ${leg}
      00:03.000  dial_ended           -  ${leg}
      00:03.010  originate_responded  ${leg}
      00:03.100  dial_begun      ${leg}  trunk#2  dial=${CUSTOMER}@trunk
      00:07.000  dial_ended      ${leg}  trunk#2
      00:07.010  bridge_entered  trunk#2
      00:07.020  bridge_entered  ${leg}
      00:40.000  hung_up  trunk#2
      00:40.010  hung_up  ${leg}`,
      customer,
    )
  }

  /** The customer's telephone rings, and nobody answers. */
  function noAnswer(extension = '101'): Promise<void> {
    const leg = `${extension}=${house.placed()}`
    return call(`
      00:00.500  channel_created      ${leg}
      00:03.000  dial_ended           -  ${leg}
      00:03.010  originate_responded  ${leg}
      00:03.100  dial_begun      ${leg}  trunk#2  dial=${CUSTOMER}@trunk
      00:33.000  dial_ended      ${leg}  trunk#2  status=NOANSWER
      00:33.010  hung_up  trunk#2  cause=19
      00:33.020  hung_up  ${leg}`)
  }

  /** Calls the ticket's contact. */
  async function callOut(id: string, name = 'mai'): Promise<void> {
    await as(name).post('/calls', { ticketId: id }).expect(201)
    await house.settled()
  }

  async function seen(id: string): Promise<string> {
    const one = await read(id)
    return seenOf(one.team === 'cskh' ? one : await read(id, OWNERS[one.team]))
  }

  function send(name: string, { id, version }: Pick<Ticket, 'id' | 'version'>, order: object) {
    return as(name).post(`/tickets/${id}/actions`, { version, ...order })
  }

  /** One step; fails with the refusal when it is not possible. Answers the ticket after it. */
  async function step(name: string, id: string, action: ProcessAction, input: object = {}) {
    return stepFrom(name, await read(id), action, input)
  }

  async function stepFrom(name: string, before: Ticket, action: ProcessAction, input: object) {
    const answer = await send(name, before, { action, ...input })
    if (answer.status !== 200) throw new Error(`${action} by ${name}: ${answer.text}`)
    await house.settled()
    return ticket.parse(answer.body)
  }

  /**
   * The steps as they were taken, with what is seen after each. The other teams and an administrator
   * try each step first and are refused; the timeline must say who took it, from where to where.
   */
  async function walk(id: string, steps: readonly PathStep[]): Promise<PathStep[]> {
    const taken: PathStep[] = []
    let before = await read(id)
    for (const [name, action, input] of steps) {
      for (const stranger of strangersOf(name, action)) {
        // oxlint-disable-next-line no-await-in-loop -- a path
        const { status } = await send(stranger, before, { action, ...input })
        expect([stranger, action, status]).toEqual([stranger, action, 403])
      }
      // oxlint-disable-next-line no-await-in-loop
      await stepFrom(name, before, action, input)
      // oxlint-disable-next-line no-await-in-loop
      const after = await read(id)
      const line = after.timeline.findLast(({ kind }) => kind === 'moved')
      const told = [line?.actor?.id, ...['action', 'from', 'to'].map((key) => line?.fields[key])]
      expect(told).toEqual([name, action, before.status, after.status])
      expect(after.version).toBe(before.version + 1)
      // oxlint-disable-next-line no-await-in-loop
      const shown = after.team === 'cskh' ? after : await read(id, OWNERS[after.team])
      taken.push([name, action, input, seenOf(shown)])
      before = after
    }
    return taken
  }

  /** Two people take the same step at once: what each was answered, the winner first. */
  async function race(names: [string, string], id: string, action: ProcessAction, input = {}) {
    const before = await read(id)
    const answers = await Promise.all(names.map((name) => send(name, before, { action, ...input })))
    await house.settled()
    return answers
      .map(({ status, body }) =>
        status === 200 ? 'taken' : `${status} ${body.code} ${body.state}`,
      )
      .toSorted((one, other) => (one === 'taken' ? -1 : other === 'taken' ? 1 : 0))
  }

  /** What a step that is not possible answers; it leaves nothing behind. */
  async function refusal(name: string, id: string, action: string, input: object = {}) {
    const before = await read(id)
    const answer = await send(name, before, { action, ...input })
    expect(answer.status).toBeGreaterThanOrEqual(400)
    expect(await read(id)).toEqual(before)
    return problem.parse(answer.body)
  }

  /** A refusal as one line: `409 not_now in new, possible: …` or `422 address, causeCode`. */
  async function refused(name: string, id: string, action: string, input: object = {}) {
    const {
      status,
      code,
      state,
      possible,
      errors = [],
      ...rest
    } = await refusal(name, id, action, input)
    expect([rest.action, rest.detail]).toEqual([action, expect.stringMatching(/\w{3}/)])
    if (status === 422) return `422 ${errors.map(({ path }) => path).join(' ')}`
    return `${status} ${code} in ${state}, possible: ${possible?.join(' ')}`
  }

  /** The wall clock jumps; what is due then is done. */
  async function until(at: string): Promise<void> {
    house.clock.set(at)
    await house.advance(3_000)
  }

  async function close(): Promise<void> {
    await house.stop()
    await database.close()
  }

  const acts = {
    as,
    read,
    open,
    openByCall,
    call,
    talk,
    noAnswer,
    callOut,
    seen,
    step,
    walk,
    hangUpLast,
  }
  return { ...house, http, ...acts, race, refusal, refused, until, close }
}

/** Whoever calls or is called in these tables has this number. */
function asCalledBy(event: CallEvent, number: string): CallEvent {
  return JSON.parse(JSON.stringify(event).replaceAll(CUSTOMER, number))
}

/** Nobody of these may take the step; a visit is put off by CSKH and field alike. */
function strangersOf(name: string, action: ProcessAction): string[] {
  const ours = name === 'boss' || name === 'lan' ? 'mai' : name
  const mayToo = action === 'postpone_visit' ? ['mai', 'tech'] : []
  return ['mai', 'noc', 'tech', 'chief'].filter((one) => one !== ours && !mayToo.includes(one))
}

function clockText({ kind, loopNo, pausedSince }: ClockView): string {
  return pausedSince === null ? `${kind} ${loopNo}` : `(${kind} ${loopNo})`
}

function aPerson(id: string, role: Role): SessionUser {
  return { id, username: id, displayName: id, role, extension: null }
}

/** What whoever has it sees: state, team and person, their main step, the clocks that run. */
function seenOf(one: Ticket): string {
  const { status, team, assignee, actions, clocks } = one
  const main = actions.find((offer) => offer.main)?.action ?? '-'
  const running = clocks.filter(({ stoppedAt }) => stoppedAt === null).map(clockText)
  return [status, `${team}/${assignee?.id ?? '-'}`, main, running.toSorted().join(' ')].join(' · ')
}
