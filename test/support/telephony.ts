import type { ControlLack, PbxLink, PbxStatus } from '#contract/queues.ts'
import type { Instant } from '#contract/primitives.ts'
import {
  type CallbackJournalEntry,
  type ConsultOrder,
  type CustomerFirstOrder,
  type MembershipOrder,
  type OriginateOrder,
  type PlaceOrder,
  PbxNotReady,
  type TransferOrder,
  type Telephony,
} from '../../server/ports.ts'
import { createFakeSteering, type FakeSteering } from './steering.ts'

export interface FakeTelephony extends Telephony, FakeSteering {
  /** Every Originate that was written, also those whose answer was then scripted to be an error. */
  readonly originated: OriginateOrder[]
  /** Every place that was ordered. */
  readonly places: PlaceOrder[]
  /** Every customer who was ordered to be rung first. */
  readonly customersRung: CustomerFirstOrder[]
  readonly memberships: MembershipOrder[]
  /** Channels that were hung up, as `pbxId/channelId`. */
  readonly hungUp: string[]
  /** Channels of talks that were ended, as `pbxId/uniqueid`. */
  readonly endedChannels: string[]
  readonly transfers: TransferOrder[]
  readonly consults: ConsultOrder[]
  /** Uniqueids that the PBX says are gone. */
  readonly goneChannels: Set<string>
  /** PBXs where calls cannot be hung up or transferred in the page. */
  readonly controlLacks: Map<string, ControlLack>
  /** Channels that were sent on to the customer, as `pbxId/channelId`. */
  readonly confirmed: string[]
  /** Uniqueids of channels that live now, as `pbxId/uniqueid`. */
  readonly liveChannels: Set<string>
  /** The PBX's own memory of ended callbacks, as `pbxId/channelId`. */
  readonly journal: Map<string, CallbackJournalEntry>
  /** PBXs that were asked anew, in order. */
  readonly resyncs: string[]
  /** Callers of whom the journal was asked: `pbx1/1700000000.1`. */
  readonly asked: string[]
  /** Questions asked about a channel, in order: `live pbx1/cb-1`, `journal pbx1/cb-1`. */
  readonly lookups: string[]
  /** Around which moments the journal was asked, in order. */
  readonly journalDays: Instant[]
  /** When each PBX was started, where a test says so. */
  readonly booted: Map<string, Instant>
  /** PBXs whose dialplan is too old to dial. */
  readonly tooOld: Set<string>
  /** PBXs whose dialplan rings no customer before an agent. */
  readonly agentsFirst: Set<string>
  /** PBXs whose dialplan lets no supervisor hear calls and take callers out of queues. */
  readonly unsteered: Set<string>
  setLink(pbxId: string, link: PbxLink): void
  /** The next Originate is written and then answered with this error. */
  failNextOriginate(error: Error): void
  /** Orders get no answer until what comes back is called. */
  holdAnswers(): () => void
  /** Runs at every `status()`. */
  onStatus(look: () => void): void
  /** Every `status()` throws what this makes, until null. */
  failStatus(makeError: (() => Error) | null): void
  /** The next setMembership is answered with this error; it changes nothing. */
  failNextMembership(error: Error): void
  /** Runs for every PBX that a membership was set on: what that PBX does about it. */
  onMembership(react: (order: MembershipOrder, pbxId: string) => void): void
  /** Runs once a caller was sent on: what the PBX does then. */
  onTransfer(react: (order: TransferOrder) => void): void
  /** Runs in place of the default (accept) for every Originate from now on. */
  answerOriginateWith(answer: (order: OriginateOrder) => Promise<void>): void
}

/** A PBX that does what the test says: ready unless told otherwise, accepts every action. */
export function createFakeTelephony(
  pbxIds: string[] = ['pbx1'],
  since: Instant = '2026-11-23T01:00:00.000Z',
): FakeTelephony {
  const links = new Map<string, PbxLink>(pbxIds.map((pbxId) => [pbxId, 'ready']))
  const originateErrors: Error[] = []
  const membershipErrors: Error[] = []
  let answers: Promise<void> = Promise.resolve()
  let statusAsked: () => void = ignore
  let statusError: (() => Error) | null = null
  let react: (order: MembershipOrder, pbxId: string) => void = ignore
  let transferred: (order: TransferOrder) => void = ignore
  let answerOriginate: (order: OriginateOrder) => Promise<void> = accept

  const fake: FakeTelephony = {
    ...createFakeSteering((pbxId) => requireReady(links, pbxId)),
    originated: [],
    places: [],
    customersRung: [],
    agentsFirst: new Set(),
    unsteered: new Set(),
    memberships: [],
    hungUp: [],
    confirmed: [],
    endedChannels: [],
    transfers: [],
    consults: [],
    controlLacks: new Map(),
    goneChannels: new Set(),
    liveChannels: new Set(),
    journal: new Map(),
    lookups: [],
    resyncs: [],
    asked: [],
    booted: new Map(),
    tooOld: new Set(),
    bootedAt: (pbxId) => fake.booted.get(pbxId) ?? null,
    resync: (pbxId) => void fake.resyncs.push(pbxId),
    askJournal: (pbxId, { uniqueid }) => void fake.asked.push(`${pbxId}/${uniqueid}`),
    journalDays: [],
    setLink: (pbxId, link) => void links.set(pbxId, link),
    failNextOriginate: (error) => void originateErrors.push(error),
    failNextMembership: (error) => void membershipErrors.push(error),
    answerOriginateWith: (answer) => void (answerOriginate = answer),
    onMembership: (reaction) => void (react = reaction),
    onTransfer: (reaction) => void (transferred = reaction),
    onStatus: (look) => void (statusAsked = look),
    failStatus: (makeError) => void (statusError = makeError),
    status() {
      statusAsked()
      if (statusError !== null) throw statusError()
      return [...links].map(([pbxId, link]) => ({
        ...statusOf(pbxId, link, since),
        ...(fake.tooOld.has(pbxId) ? { mayDial: false } : {}),
        ...(fake.agentsFirst.has(pbxId) ? { mayRingCustomers: false } : {}),
        ...(fake.unsteered.has(pbxId) ? { maySteer: false } : {}),
        ...lackOf(fake.controlLacks.get(pbxId)),
      }))
    },
    holdAnswers() {
      const held = Promise.withResolvers<void>()
      answers = held.promise
      return held.resolve
    },
    async originateCallback(order) {
      const error = originateErrors.shift()
      await answers
      requireReady(links, order.pbxId)
      if (error instanceof PbxNotReady) throw error
      fake.originated.push(order)
      if (error !== undefined) throw error
      await answerOriginate(order)
    },
    async keepPlace(order) {
      requireReady(links, order.pbxId)
      fake.places.push(order)
    },
    async ringCustomer(order) {
      const error = originateErrors.shift()
      requireReady(links, order.pbxId)
      if (error instanceof PbxNotReady) throw error
      fake.customersRung.push(order)
      if (error !== undefined) throw error
    },
    async hangUp(pbxId, channelId) {
      requireReady(links, pbxId)
      fake.hungUp.push(`${pbxId}/${channelId}`)
    },
    async confirmCallback(pbxId, channelId) {
      requireReady(links, pbxId)
      fake.confirmed.push(`${pbxId}/${channelId}`)
    },
    async endChannel(pbxId, uniqueid) {
      requireReady(links, pbxId)
      if (fake.goneChannels.has(uniqueid)) return false
      fake.endedChannels.push(`${pbxId}/${uniqueid}`)
      return true
    },
    async transferCaller(order) {
      requireReady(links, order.pbxId)
      if (fake.goneChannels.has(order.uniqueid)) return false
      fake.transfers.push(order)
      transferred(order)
      return true
    },
    async consult(order) {
      requireReady(links, order.pbxId)
      if (fake.goneChannels.has(order.agentUniqueid)) return false
      fake.consults.push(order)
      return true
    },
    async isChannelLive(pbxId, uniqueid) {
      fake.lookups.push(`live ${pbxId}/${uniqueid}`)
      requireReady(links, pbxId)
      return fake.liveChannels.has(`${pbxId}/${uniqueid}`)
    },
    async readCallbackJournal(pbxId, channelId, submittedAt) {
      fake.journalDays.push(submittedAt)
      fake.lookups.push(`journal ${pbxId}/${channelId}`)
      requireReady(links, pbxId)
      return fake.journal.get(`${pbxId}/${channelId}`) ?? null
    },
    async setMembership(order) {
      const targets = order.pbxId === undefined ? [...links.keys()] : [order.pbxId]
      for (const pbxId of targets) requireReady(links, pbxId)
      const error = membershipErrors.shift()
      if (error !== undefined) throw error
      fake.memberships.push(order)
      for (const pbxId of targets) react(order, pbxId)
    },
  }
  return fake
}

function lackOf(controlLacks: ControlLack | undefined) {
  return controlLacks === undefined ? {} : { controlLacks }
}

function ignore(): void {}

async function accept(): Promise<void> {}

function requireReady(links: Map<string, PbxLink>, pbxId: string): void {
  if (links.get(pbxId) !== 'ready') throw new PbxNotReady(`${pbxId} is not connected`)
}

function statusOf(pbxId: string, link: PbxLink, since: Instant): PbxStatus {
  return {
    pbxId,
    link,
    since,
    version: link === 'ready' ? '22.10.1' : null,
    problem: link === 'ready' ? null : 'not connected',
  }
}
