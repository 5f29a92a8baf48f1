import type { PbxStatus } from '#contract/queues.ts'
import type { CallEvent, PbxSnapshot } from '../calls/conversation/call-event.ts'
import type { CallInDoubt } from '../calls/book/doubt.ts'
import type { Logger } from '../logger.ts'
import {
  ActionRefused,
  OutcomeUnknown,
  PbxNotReady,
  type Cancel,
  type Clock,
  type MembershipOrder,
  type Telephony,
} from '../ports.ts'
import type { QueueEvent } from '../queues/queue-event.ts'
import { openAmiConnection, type OpenAmiConnection } from './ami-connection.ts'
import { headerOf, type AmiFrame } from './ami-frame.ts'
import {
  createAmiSession,
  type AmiSession,
  type AmiSessionStatus,
  type Count,
} from './ami-session.ts'
import { versionProblem } from './asterisk-version.ts'
import { dialplanProblem } from './dialplan/dialplan-version.ts'
import { callbackEntry, callbackFamilies, journalQuestion } from './journal.ts'
import { membershipActions, originateAction } from './pbx-actions.ts'
import { tagsProblem } from './dialplan/tags-seen.ts'
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

/** One PBX as the settings name it. */
export function toPbxOptions({
  id,
  host,
  port,
  username,
  secret,
  dialer,
}: {
  id: string
  host: string
  port: number
  username: string
  secret: string
  dialer: { username: string; secret: string }
}): PbxOptions {
  return {
    pbxId: id,
    tracker: { host, port, user: username, secret },
    dialler: { host, port, user: dialer.username, secret: dialer.secret },
  }
}

export interface AmiTelephonyOptions {
  pbxs: readonly PbxOptions[]
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

  return {
    start: () => pbxs.forEach((pbx) => pbx.start()),
    async stop() {
      await Promise.all([...pbxs.values()].map((pbx) => pbx.stop()))
    },
    status: statuses,
    async originateCallback(order) {
      const { dialler, dialplan, clockOffsetMs } = pbxOf(order.pbxId)
      const problem = dialplanProblem(dialplan() ?? null)
      if (problem !== null) throw new PbxNotReady(problem)
      const expiresMs = options.clock.nowMs() + clockOffsetMs() + order.expiresInSeconds * 1000
      await dialler.request(originateAction(order, expiresMs))
    },
    bootedAt: (pbxId) => pbxs.get(pbxId)?.bootedAt() ?? null,
    async isChannelLive(pbxId, uniqueid) {
      const channels = await listFrom(pbxOf(pbxId).tracker, { name: 'CoreShowChannels' })
      return channels.some((frame) => headerOf(frame, 'uniqueid') === uniqueid)
    },
    async readCallbackJournal(pbxId, channelId, submittedAt) {
      const { tracker } = pbxOf(pbxId)
      for (const family of callbackFamilies(submittedAt)) {
        const question = journalQuestion(family, `callback/${channelId}`)
        const ended = callbackEntry(family, channelId, await listFrom(tracker, question))
        if (ended === null) continue
        const { at: endedAt, cause: hangupCause, agentAnswered, dialStatus, talkSeconds } = ended
        return { endedAt, agentAnswered, dialStatus, hangupCause, talkSeconds }
      }
      return null
    },
    resync: (pbxId) => pbxOf(pbxId).tracker.restart('events were left out'),
    async setMembership(order) {
      const targets = order.pbxId === undefined ? [...pbxs.values()] : [pbxOf(order.pbxId)]
      const done = await Promise.allSettled(targets.map((pbx) => applyMembership(pbx, order)))
      for (const one of done) if (one.status === 'rejected') throw one.reason
    },
  }
}

interface Pbx extends Pick<Resync, 'dialplan' | 'clockOffsetMs' | 'bootedAt'> {
  tracker: AmiSession
  dialler: AmiSession
  start(): void
  stop(): Promise<void>
  status(): PbxStatus
}

function createPbx(pbx: PbxOptions, options: AmiTelephonyOptions, onStatus: () => void): Pbx {
  const { pbxId } = pbx
  const { clock, logger, count, random = Math.random, open = openAmiConnection } = options
  const common = { clock, logger, count, random, open }
  let cancelReconcile: Cancel | null = null

  const resync = createResync({
    ...options,
    pbxId,
    onReload: () => reconcileIn(RELOAD_SETTLE_MS),
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
      if (status.link === 'ready') reconcileIn(RECONCILE_MS)
      else cancelReconcile?.()
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

  async function reconcile(): Promise<void> {
    if (tracker.status().link !== 'ready') return
    try {
      await resync.reconcile(tracker)
      reconcileIn(RECONCILE_MS)
      onStatus()
    } catch (error) {
      count('ami_reconcile_failures')
      tracker.restart(`the PBX did not answer a check: ${String(error)}`)
    }
  }

  return {
    tracker,
    dialler,
    start() {
      tracker.start()
      dialler.start()
    },
    async stop() {
      cancelReconcile?.()
      await Promise.all([tracker.stop(), dialler.stop()])
    },
    dialplan: () => resync.dialplan(),
    clockOffsetMs: () => resync.clockOffsetMs(),
    bootedAt: () => resync.bootedAt(),
    status: () => statusOf(pbxId, tracker.status(), dialler.status(), resync),
  }
}

/** A PBX is ready when both links are: membership and callbacks need the dialler. */
function statusOf(
  pbxId: string,
  tracker: AmiSessionStatus,
  dialler: AmiSessionStatus,
  pbx: Pick<Resync, 'version' | 'dialplan' | 'tagsMissing'>,
): PbxStatus {
  const [version, dialplan, tagsMissing] = [pbx.version(), pbx.dialplan(), pbx.tagsMissing()]
  const tooOld = dialplan === undefined ? null : dialplanProblem(dialplan)
  const isListening = tracker.link === 'ready'
  const { link } = isListening ? dialler : tracker
  const since = isListening && dialler.since > tracker.since ? dialler.since : tracker.since
  const problem = [
    tracker.problem,
    dialler.problem === null ? null : `user for dialling: ${dialler.problem}`,
    versionProblem(version),
    tooOld,
    tagsProblem(tagsMissing),
  ].filter((line) => line !== null)
  const mayDial = tooOld === null
  const status = { pbxId, link, since, version, problem: problem.join('; ') || null, mayDial }
  return tagsMissing === null ? status : { ...status, tagsMissing }
}

async function applyMembership(pbx: Pbx, order: MembershipOrder): Promise<void> {
  for (const { action, fine } of membershipActions(order)) {
    try {
      await pbx.dialler.request(action)
    } catch (error) {
      if (!(error instanceof ActionRefused && fine?.test(error.message))) throw error
    }
  }
}

/** A question that changes nothing: no answer means the PBX is not usable now. */
async function listFrom(session: AmiSession, action: { name: string }): Promise<AmiFrame[]> {
  try {
    return await session.list(action)
  } catch (error) {
    if (error instanceof OutcomeUnknown) throw new PbxNotReady(error.message)
    throw error
  }
}
