import type { PbxStatus } from '#contract/queues.ts'
import type { CallEvent, PbxSnapshot } from '../calls/conversation/call-event.ts'
import type { CallInDoubt } from '../calls/book/doubt.ts'
import type { Logger } from '../logger.ts'
import { PbxNotReady, type Cancel, type Clock, type Telephony } from '../ports.ts'
import type { QueueEvent } from '../queues/queue-event.ts'
import type { AmiAction } from './ami-action.ts'
import { openAmiConnection, type OpenAmiConnection } from './ami-connection.ts'
import { headerOf } from './ami-frame.ts'
import { createAmiSession, type AmiSession, type Count } from './ami-session.ts'
import * as needed from './dialplan/dialplan-version.ts'
import { readCallback } from './journal/journal-reader.ts'
import {
  confirmAction,
  customerFirstAction,
  hangUpAction,
  originateAction,
  placeAction,
} from './pbx-actions.ts'
import { actionOrRefuse, applyMembership, listFrom } from './pbx-reader.ts'
import { statusOf } from './pbx-status.ts'
import { createResync, type Resync } from './resync.ts'

export interface AmiLogin {
  host: string
  port: number
  user: string
  secret: string
}

/** Two AMI users per PBX: one listens (read), one dials and moves members (write). */
export interface PbxOptions {
  pbxId: string
  tracker: AmiLogin
  dialler: AmiLogin
}

interface PbxSettings {
  id: string
  host: string
  port: number
  username: string
  secret: string
  dialer: { username: string; secret: string }
}

/** One PBX as the settings name it. */
export function toPbxOptions({ id, dialer, ...tracker }: PbxSettings): PbxOptions {
  const { host, port, username: user, secret } = tracker
  return {
    pbxId: id,
    tracker: { host, port, user, secret },
    dialler: { host, port, user: dialer.username, secret: dialer.secret },
  }
}

export interface AmiTelephonyOptions {
  pbxs: readonly PbxOptions[]
  /** CALLBACK_CONFIRM: agents are to confirm callbacks, which an older dialplan does not ask for. */
  mustConfirm: boolean
  clock: Clock
  logger: Logger
  count: Count
  /** 0 to 1; for jitter and ActionIDs. */
  random?: () => number
  open?: OpenAmiConnection
  onCallEvent(event: CallEvent): void
  onQueueEvent(event: QueueEvent): void
  /** Calls whose answer or end was not heard: the journal is asked about them at each check. */
  callsInDoubt(pbxId: string, snapshot: PbxSnapshot): CallInDoubt[]
  /** Any PBX's status changed; the argument is all of them. */
  onStatus(status: PbxStatus[]): void
}

export interface AmiTelephony extends Telephony {
  /** Connects and keeps connecting; returns at once. */
  start(): void
  /** Logs off everywhere, at most 500 ms. */
  stop(): Promise<void>
}

export const RECONCILE_MS = 60_000
/** Members that a reload took away ring nobody: they are missed within this time. */
export const LOOK_AT_MEMBERS_MS = 10_000
/** A reload reports one module after the other. */
const RELOAD_SETTLE_MS = 1_000

/** The Telephony port over asterisk-manager, for every configured PBX. */
export function createAmiTelephony(options: AmiTelephonyOptions): AmiTelephony {
  const pbxs = new Map(
    options.pbxs.map((pbx) => [pbx.pbxId, createPbx(pbx, options, () => publish())]),
  )
  const statuses = () => [...pbxs.values()].map((pbx) => pbx.status())
  let published = ''
  /** Two links make one status: not every change of one shows. */
  function publish(): void {
    const now = statuses()
    const text = JSON.stringify(now)
    if (text === published) return
    published = text
    options.onStatus(now)
  }

  function pbxOf(pbxId: string): Pbx {
    const pbx = pbxs.get(pbxId)
    if (pbx === undefined) throw new PbxNotReady(`there is no PBX "${pbxId}"`)
    return pbx
  }

  function diallerOf(pbxId: string, problemOf: typeof needed.mobileProblem): AmiSession {
    const { dialler, dialplan } = pbxOf(pbxId)
    const problem = problemOf(dialplan() ?? null)
    if (problem !== null) throw new PbxNotReady(problem)
    return dialler
  }

  return {
    start: () => pbxs.forEach((pbx) => pbx.start()),
    async stop() {
      await Promise.all([...pbxs.values()].map((pbx) => pbx.stop()))
    },
    status: statuses,
    async originateCallback(order) {
      const { dialler, dialplan, pbxClock } = pbxOf(order.pbxId)
      const version = dialplan() ?? null
      const problem =
        needed.dialplanProblem(version) ??
        (order.isMobile === true ? needed.mobileProblem(version) : null)
      if (problem !== null) throw new PbxNotReady(problem)
      const expiresMs = pbxClock.theirs(options.clock.nowMs()) + order.expiresInSeconds * 1000
      await dialler.request(originateAction(order, expiresMs))
    },
    async keepPlace(order) {
      const dialler = diallerOf(order.pbxId, needed.holdProblem)
      const { pbxClock } = pbxOf(order.pbxId)
      const expiresMs = pbxClock.theirs(options.clock.nowMs()) + order.expiresInSeconds * 1000
      await dialler.request(actionOrRefuse(() => placeAction(order, expiresMs)))
    },
    async ringCustomer(order) {
      const dialler = diallerOf(order.pbxId, needed.customerFirstProblem)
      const { pbxClock } = pbxOf(order.pbxId)
      const expiresMs = pbxClock.theirs(options.clock.nowMs()) + order.expiresInSeconds * 1000
      await dialler.request(actionOrRefuse(() => customerFirstAction(order, expiresMs)))
    },
    async hangUp(pbxId, channelId) {
      await diallerOf(pbxId, needed.mobileProblem).request(hangUpAction(channelId))
    },
    async confirmCallback(pbxId, channelId) {
      await diallerOf(pbxId, needed.confirmProblem).request(confirmAction(channelId))
    },
    bootedAt: (pbxId) => pbxs.get(pbxId)?.bootedAt() ?? null,
    async isChannelLive(pbxId, uniqueid) {
      const channels = await listFrom(pbxOf(pbxId).tracker, { name: 'CoreShowChannels' })
      return channels.some((frame) => headerOf(frame, 'uniqueid') === uniqueid)
    },
    async readCallbackJournal(pbxId, channelId, submittedAt) {
      const { tracker, pbxClock } = pbxOf(pbxId)
      const ask = (question: AmiAction) => listFrom(tracker, question)
      return readCallback(ask, pbxClock, { channelId, submittedAt })
    },
    askJournal: (pbxId, caller) => void pbxOf(pbxId).askJournal(caller),
    resync: (pbxId) => pbxOf(pbxId).tracker.restart('events were left out'),
    async setMembership(order) {
      const targets = order.pbxId === undefined ? [...pbxs.values()] : [pbxOf(order.pbxId)]
      const done = await Promise.allSettled(
        targets.map((pbx) => applyMembership(pbx.dialler, order)),
      )
      for (const one of done) if (one.status === 'rejected') throw one.reason
    },
  }
}

interface Pbx extends Pick<Resync, 'dialplan' | 'bootedAt' | 'askJournal'> {
  tracker: AmiSession
  dialler: AmiSession
  pbxClock: Resync['pbxClock']
  start(): void
  stop(): Promise<void>
  status(): PbxStatus
}

function createPbx(pbx: PbxOptions, options: AmiTelephonyOptions, onStatus: () => void): Pbx {
  const { pbxId } = pbx
  const { clock, logger, count, random = Math.random, open = openAmiConnection } = options
  const common = { clock, logger, count, random, open }
  let cancelReconcile: Cancel | null = null
  let cancelLook: Cancel | null = null

  const resync = createResync({
    ...options,
    pbxId,
    onReload() {
      void look()
      reconcileIn(RELOAD_SETTLE_MS)
    },
    onClockChange() {
      reconcileIn(0)
      onStatus()
    },
    onTagsMissing: onStatus,
  })
  const tracker = createAmiSession({
    ...common,
    ...pbx.tracker,
    label: `${pbxId} tracker`,
    events: 'system,call,agent,user',
    sync: (requests) => resync.sync(requests),
    onConnecting: () => resync.reset(),
    onLost: (lastHeardMs) => resync.onLost(lastHeardMs),
    onEvent: (frame) => resync.onEvent(frame),
    onStatus(status) {
      stopTimers()
      if (status.link === 'ready') {
        reconcileIn(RECONCILE_MS)
        lookIn(LOOK_AT_MEMBERS_MS)
      }
      onStatus()
    },
  })
  const dialler = createAmiSession({
    ...common,
    ...pbx.dialler,
    label: `${pbxId} dialler`,
    events: 'off',
    sync: async () => undefined,
    onConnecting: () => undefined,
    onEvent: () => undefined,
    onStatus,
  })

  function reconcileIn(ms: number): void {
    cancelReconcile?.()
    cancelReconcile = clock.after(ms, () => void reconcile())
  }

  function lookIn(ms: number): void {
    cancelLook?.()
    cancelLook = clock.after(ms, () => void look())
  }

  async function reconcile(): Promise<void> {
    await ask(
      () => resync.reconcile(tracker),
      () => reconcileIn(RECONCILE_MS),
    )
  }

  async function look(): Promise<void> {
    await ask(
      () => resync.lookAtMembers(tracker),
      () => lookIn(LOOK_AT_MEMBERS_MS),
    )
  }

  async function ask(question: () => Promise<void>, again: () => void): Promise<void> {
    if (tracker.status().link !== 'ready') return
    try {
      await question()
      if (tracker.status().link !== 'ready') return
      again()
      onStatus()
    } catch (error) {
      count('ami_reconcile_failures')
      tracker.restart(`the PBX did not answer a check: ${String(error)}`)
    }
  }

  function stopTimers(): void {
    cancelReconcile?.()
    cancelLook?.()
  }

  return {
    tracker,
    dialler,
    pbxClock: resync.pbxClock,
    start() {
      tracker.start()
      dialler.start()
    },
    async stop() {
      stopTimers()
      await Promise.all([tracker.stop(), dialler.stop()])
    },
    dialplan: () => resync.dialplan(),
    bootedAt: () => resync.bootedAt(),
    askJournal: (caller) => resync.askJournal(caller),
    status: () =>
      statusOf(pbxId, tracker.status(), dialler.status(), {
        version: resync.version(),
        dialplan: resync.dialplan(),
        mustConfirm: options.mustConfirm,
        tagsMissing: resync.tagsMissing(),
        clockAheadMs: resync.pbxClock.correctionMs(),
      }),
  }
}
