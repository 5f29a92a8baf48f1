import { ticketStatus } from '#contract/tickets.ts'
import type { AttemptStage } from '#contract/callbacks.ts'
import type { Instant } from '#contract/primitives.ts'
import type { PauseReason, AgentStateName } from '#contract/desk.ts'
import type { MemberState } from '#contract/queues.ts'
import type { SessionUser } from '#contract/staff.ts'
import { createCallbacks } from '../../server/callbacks/callbacks-feature.ts'
import type { DayHours } from '../../server/callbacks/policy/calling-hours.ts'
import type { AgentReach } from '../../server/callbacks/dialling/dial-decision.ts'
import { startCallback } from '../../server/calls/callback-call/callback-evidence.ts'
import type { Call, CallbackEvidence } from '../../server/calls/conversation/call.ts'
import { normalizeVn } from '../../server/customers/phone-number.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { DomainFact } from '../../server/domain-fact.ts'
import type { NewId } from '../../server/ports.ts'
import { createSchedule } from '../../server/schedule/schedule-feature.ts'
import { createTestClock, type TestClock } from './clock.ts'
import { ANY_HOUR } from './domain/any-hour.ts'
import { aCallRow } from './domain/a-call-row.ts'
import { storeTicket } from './domain/a-stored-ticket.ts'
import { insertPerson } from './house.ts'
import { createTestIds } from './ids.ts'
import { silentLogger } from './logger.ts'
import { createFakeNotifier } from './notifier.ts'
import { createFakeTelephony, type FakeTelephony } from './telephony.ts'

/** The promises on a real database, with a scripted PBX and a driven clock. */
export function createPromiseLedger(
  database: Database,
  given: {
    clock?: TestClock
    newId?: NewId
    telephony?: FakeTelephony
    isAlone?: boolean
    hours?: DayHours
    retries?: number
  } = {},
) {
  const clock = given.clock ?? createTestClock()
  const newId = given.newId ?? createTestIds()
  const telephony = given.telephony ?? createFakeTelephony()
  const notifier = createFakeNotifier()
  const people = new Map<string, SessionUser>()
  const reach = new Map<string, AgentReach>()
  const facts: DomainFact[] = []
  const onLine = new Set<string>()
  const talking = new Set<string>()
  const waiting: { uniqueid: string; joinedAt: Instant }[] = []
  const talks = new Map<string, string>()
  const feature = createCallbacks({
    database,
    clock,
    newId,
    notifier,
    logger: silentLogger,
    telephony,
    state: async (_trx, fact) => void facts.push(fact),
    readNumber: normalizeVn,
    mayResolveOnCall: true,
    findTicket: async (db, ticketId) => {
      const row = await db
        .selectFrom('ticket')
        .select(['id', 'number_raw', 'assignee_id', 'status'])
        .where('id', '=', ticketId)
        .executeTakeFirst()
      if (row === undefined) return null
      const status = ticketStatus.parse(row.status)
      const isOpen = status !== 'closed'
      const awaitsAnswer = status === 'customer_reply'
      const { number_raw: numberRaw, assignee_id: assigneeId } = row
      return { id: row.id, numberRaw, assigneeId, status, isOpen, awaitsAnswer }
    },
    ticketToCall: async () => null,
    mobileOf: () => null,
    heirs: () => [...people.values()].filter(({ extension }) => extension !== null),
    membersOf: () => [...people.values()].map(({ id, role }) => ({ id, isLead: role !== 'agent' })),
    reachOf: (staffIds) => staffIds.flatMap((staffId) => reach.get(staffId) ?? []),
    rules: () => ({
      hours: given.hours ?? ANY_HOUR,
      delayMinutes: 30,
      retries: given.retries ?? 0,
      customerFirstQueue: null,
    }),
    teamsOf: (staffId) => (people.get(staffId)?.role === 'admin' ? [] : ['cskh']),
    mustConfirm: true,
    leadsOf: async () => ['lead'],
    shortestTalkSeconds: 10,
    numbersOnLine: () => [...onLine],
    numbersStaying: () => [...talking],
    hasPlaces: () => false,
    waitingIn: () => [...waiting],
    readyIn: () => [],
    personOf: (extension) =>
      [...people.values()].find((one) => one.extension === extension)?.id ?? null,
    talkingOn: (extension) => talks.get(extension) ?? null,
    schedule: createSchedule({
      database,
      clock,
      newId,
      logger: silentLogger,
    }),
    isAlone: given.isAlone ?? true,
    namesOf: async () => new Map(),
    hotlineQueues: ['hotline'],
  })
  const { service } = feature

  /** A person; with an extension their phone is a free, ready queue member. */
  async function addPerson(
    name: string,
    extension: string | null,
    role: SessionUser['role'] = 'agent',
  ): Promise<SessionUser> {
    const user = { id: name, username: name, displayName: name, role, extension }
    await insertPerson(database, user)
    people.set(name, user)
    if (extension !== null) setReach(user, 'ready', 'ready')
    return user
  }

  function setReach(
    user: SessionUser,
    device: MemberState | null,
    wanted: AgentStateName,
    reason: PauseReason | null = null,
  ): void {
    reach.set(user.id, {
      staffId: user.id,
      extension: user.extension ?? '',
      wanted: { state: wanted, reason },
      member: device === null ? null : { pbxId: 'pbx1', state: device },
    })
  }

  /** One look at the clock's time; the orders that it placed are answered after it. */
  async function tick(): Promise<void> {
    const answer = telephony.holdAnswers()
    await feature.loop.run()
    answer()
    await feature.settled()
  }

  /** What the call book would say of the last attempt placed. */
  async function hear(
    stage: AttemptStage,
    evidence: Partial<CallbackEvidence> = {},
    channelId: string = telephony.originated.at(-1)?.channelId ?? 'none',
    endHeard = stage === 'ended',
  ) {
    const callId = `call-of-${channelId}`
    await insertCall(database, callId, channelId)
    const call = { ...aCallbackCall(channelId, stage, evidence), endHeard }
    return database.transaction((trx) => feature.onCallProgress(trx, { callId, call, stage }))
  }

  const parts = { database, clock, telephony, notifier, feature, service }
  const fakes = { facts, people, reach, onLine, talking, waiting, talks }
  return { ...parts, ...fakes, addPerson, addTicket, setReach, tick, hear }

  async function addTicket(
    ticketId: string,
    ticket: { number?: string | null; status?: string; assigneeId?: string } = {},
  ): Promise<string> {
    const { number = '0912345678', status = 'guiding', assigneeId = null } = ticket
    const row = { number_raw: number, status, assignee_id: assigneeId }
    await storeTicket(database.db, ticketId, row)
    return ticketId
  }
}

const AT = '2026-11-23T01:00:00.000Z'

async function insertCall(database: Database, callId: string, uniqueid: string): Promise<void> {
  const row = aCallRow(callId, { uniqueid, direction: 'callback', queue: null })
  await database.db
    .insertInto('call')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** A callback's call as the call book would hand it over. */
export function aCallbackCall(
  uniqueid: string,
  stage: AttemptStage,
  evidence: Partial<CallbackEvidence> = {},
): Call {
  const call = startCallback('pbx1', uniqueid, AT)
  return {
    ...call,
    status: stage === 'ended' ? 'ended' : 'ringing',
    endHeard: stage === 'ended',
    callback: {
      ...call.callback,
      stage: stage === 'ended' ? 'submitted' : stage,
      ...evidence,
    },
  }
}
