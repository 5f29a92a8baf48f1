import type { OutgoingCall, OutgoingCallOrder } from '#contract/outgoing-calls.ts'
import type { SessionUser } from '#contract/staff.ts'
import { dialableDigits, dialableNumber } from '../../customers/phone-number.ts'
import type { Db } from '../../db/schema.ts'
import type { Database } from '../../db/transaction.ts'
import { Conflict, NotFound, refuse, Unavailable, unprocessable } from '../../errors.ts'
import type { Logger } from '../../logger.ts'
import {
  ActionRefused,
  type Clock,
  type NewId,
  OutcomeUnknown,
  PbxNotReady,
  type Telephony,
} from '../../ports.ts'
import { plusMs } from '../../time.ts'
import { busyExtensions } from '../attempt-store.ts'
import { channelIdOf } from '../callback.ts'
import { type AgentReach, choosePbx, secondsGood } from '../dialling/dial-decision.ts'
import { numbersDialled } from '../dialling/dialled-numbers-store.ts'
import type { PlaceExit } from '../hold/place-exit-service.ts'
import type { ReadNumber } from '../ledger-store.ts'
import { type Device, deviceOf, refusalOfBusy, refusalOfOrder } from './outgoing-guard.ts'
import type { OutgoingProgress } from './outgoing-progress-service.ts'
import {
  changeOutgoing,
  findOutgoing,
  findOutgoingByCall,
  insertOutgoing,
  liveOutgoing,
  type NewOutgoing,
  readOutgoing,
} from './outgoing-store.ts'
import type { AtTurn } from './turn-service.ts'

/** What a call to a customer needs to know of its ticket. */
export interface TicketToCall {
  id: string
  /** The confirmed contact number, else the number that called. */
  numberRaw: string | null
  isOpen: boolean
  isOwnWork: boolean
}

export interface OutgoingDeps {
  database: Database
  clock: Clock
  newId: NewId
  logger: Logger
  telephony: Pick<Telephony, 'status' | 'originateCallback'>
  readNumber: ReadNumber
  progress: Pick<OutgoingProgress, 'end'>
  ticketToCall: (db: Db, ticketId: string, user: SessionUser) => Promise<TicketToCall | null>
  mobileOf: (staffId: string) => string | null
  reachOf: (staffIds: string[]) => AgentReach[]
  /** The numbers of all callers who talk to us or wait for us now, as the PBX shows them. */
  numbersOnLine: () => string[]
  /** Takes the callers of these numbers out of the queues. */
  leaveForNumbers: PlaceExit['leaveForNumbers']
  /** The call that this phone talks on now. */
  talkingOn: (extension: string) => string | null
  atTurn: AtTurn
  ringSeconds: number
  expiresInSeconds: number
  /** Within it only the call's own events end it. */
  leaseMs: number
}

export type OutgoingService = ReturnType<typeof createOutgoingService>

/**
 * Calls to customers that a person orders at once. As a promise is dialled: the row with its channel
 * before Originate, never held while no PBX is connected, never a second call to the same customer
 * or phone; one attempt, whose failure is said and not repeated.
 */
export function createOutgoingService(deps: OutgoingDeps) {
  const { database, clock, telephony, logger } = deps

  /**
   * Rings the person's phone, then calls the customer. Throws Forbidden, NotFound, InvalidInput
   * (422), Conflict for who is busy, Unavailable when no PBX can be told.
   */
  async function place(order: OutgoingCallOrder, user: SessionUser): Promise<OutgoingCall> {
    const stored = await deps.atTurn(() => store(order, user))
    await originate(stored)
    const view = await readOutgoing(database.db, stored.id, deps.readNumber)
    if (view === null) throw new NotFound('call', stored.id)
    return view
  }

  async function store(order: OutgoingCallOrder, user: SessionUser): Promise<NewOutgoing> {
    const ticket = await ticketOf(order, user)
    refuse(refusalOfOrder(user.role, order, ticket))
    const device = requireDevice(user)
    const number = requireNumber(order.number ?? ticket?.numberRaw ?? null)
    const reach = deps.reachOf([user.id])[0] ?? null
    const pbxId = requirePbx(device.device === 'mobile' ? null : reach)
    return database.transaction(async (trx) => {
      await deps.leaveForNumbers(trx, [{ number: number.numberDial }])
      await refuseBusy(trx.db, device, number.numberDial, reach)
      const id = deps.newId()
      const now = clock.now()
      const row = {
        ...number,
        ...device,
        id,
        ticketId: ticket?.id ?? null,
        staffId: user.id,
        pbxId,
        channelId: channelIdOf(id, 1),
        submittedAt: now,
        lookUpAt: plusMs(now, deps.leaseMs),
      }
      if (await insertOutgoing(trx.db, row)) return row
      throw new Conflict('your phone or the customer has a call already', 'phone_busy')
    })
  }

  async function ticketOf({ ticketId }: OutgoingCallOrder, user: SessionUser) {
    if (ticketId === undefined) return null
    const ticket = await deps.ticketToCall(database.db, ticketId, user)
    if (ticket === null) throw new NotFound('ticket', ticketId)
    return ticket
  }

  function requireDevice({ id, role, extension }: SessionUser): Device {
    const device = deviceOf({ role, extension, mobile: deps.mobileOf(id) })
    if (device !== null) return device
    throw unprocessable(
      '',
      'you have no phone to be rung on: an administrator enters it',
      'no_phone',
    )
  }

  function requireNumber(raw: string | null) {
    if (raw === null) throw unprocessable('number', 'the ticket has no number', 'no_number')
    const dialable = dialableNumber(raw, (text) => deps.readNumber(text ?? ''))
    if ('problem' in dialable) throw unprocessable('number', dialable.problem, dialable.code)
    return { numberRaw: raw, numberDial: dialable.digits }
  }

  function requirePbx(reach: AgentReach | null): string {
    const connected = telephony.status().filter(({ link }) => link === 'ready')
    if (connected.length === 0) throw new Unavailable('no PBX is connected: nothing was dialled')
    const mayDial = connected.filter((pbx) => pbx.mayDial !== false).map(({ pbxId }) => pbxId)
    const pbxId = reach === null ? (mayDial[0] ?? null) : choosePbx(reach, mayDial)
    if (pbxId !== null) return pbxId
    throw new Unavailable('the PBX of your phone cannot dial now: nothing was dialled')
  }

  async function refuseBusy(
    db: Db,
    device: Device,
    number: string,
    reach: AgentReach | null,
  ): Promise<void> {
    const live = await liveOutgoing(db)
    const onLine = dialableDigits(deps.numbersOnLine())
    const isTalking = device.device === 'extension' && deps.talkingOn(device.phone) !== null
    const busyPhones = [
      ...live.map(({ phone }) => phone),
      ...(await busyExtensions(db, [device.phone])),
    ]
    const busyNumbers = [
      ...onLine,
      ...live.map((one) => one.number),
      ...(await numbersDialled(db, [])),
    ]
    refuse(refusalOfBusy({ device, number, reach, isTalking, busyPhones, busyNumbers }))
  }

  async function originate(row: NewOutgoing): Promise<void> {
    const { pbxId, channelId, device, phone, numberDial: number } = row
    const { ringSeconds } = deps
    const expiresInSeconds = secondsGood(deps.expiresInSeconds, row.submittedAt, clock.nowMs())
    if (expiresInSeconds === 0) {
      await endUnplaced(row.id)
      throw new Unavailable(
        'the service stood still meanwhile: nothing was dialled, order it again',
      )
    }
    const order = { pbxId, channelId, extension: phone, number, ringSeconds, expiresInSeconds }
    try {
      await telephony.originateCallback({ ...order, isMobile: device === 'mobile' })
    } catch (error) {
      logger.warn({ channelId, err: error }, 'a call to a customer was not placed as ordered')
      if (error instanceof OutcomeUnknown) return lookUpSoon(row.id)
      if (error instanceof PbxNotReady || error instanceof ActionRefused) await endUnplaced(row.id)
      else await lookUpSoon(row.id)
      throw error
    }
  }

  async function endUnplaced(id: string): Promise<void> {
    await database.transaction(async (trx) => {
      const one = await findOutgoing(trx.db, id)
      const known = { outcome: 'not_placed', hangupCause: null } as const
      if (one !== null) await deps.progress.end(trx, one, known)
    })
  }

  async function lookUpSoon(id: string): Promise<void> {
    await database.transaction((trx) => changeOutgoing(trx.db, id, { lookUpAt: clock.now() }))
  }

  /** A call that somebody ordered, by its own id or that of `GET /api/calls`; null for any other. */
  async function ordered(id: string) {
    const { db } = database
    const one = (await findOutgoing(db, id)) ?? (await findOutgoingByCall(db, id))
    if (one === null) return null
    const { staffId, pbxId, channelId, endedAt } = one
    return { staffId, pbxId, channelId, isOver: endedAt !== null }
  }

  return { place, ordered }
}
