import type { PhoneDevice } from '#contract/staff.ts'
import type { PbxStatus } from '#contract/queues.ts'
import type { CallInDoubt } from '../calls/book/doubt.ts'
import type { CallEvent, PbxSnapshot } from '../calls/conversation/call-event.ts'
import type { Logger } from '../logger.ts'
import type { CallingHours, Cancel, Clock } from '../ports.ts'
import type { QueueEvent } from '../queues/queue-event.ts'
import type { SpyEvent } from '../control/steering/steering-order.ts'
import { openAmiConnection, type OpenAmiConnection } from './ami-connection.ts'
import { createAmiSession, type AmiSession, type Count } from './ami-session.ts'
import { createHoursSession } from './dialplan/hours-session.ts'
import { statusOf } from './pbx-status.ts'
import { createResync, type Resync } from './resync.ts'

export interface AmiLogin {
  host: string
  port: number
  user: string
  secret: string
}

/** AMI users per PBX: one listens, one dials and moves members, one hangs up and transfers. */
export interface PbxOptions {
  pbxId: string
  tracker: AmiLogin
  dialler: AmiLogin
  /** Null: nobody hangs up and transfers in the page. */
  control?: AmiLogin | null
}

interface PbxSettings {
  id: string
  host: string
  port: number
  username: string
  secret: string
  dialer: { username: string; secret: string }
  control?: { username: string; secret: string } | undefined
}

/** One PBX as the settings name it. */
export function toPbxOptions({ id, dialer, control, ...tracker }: PbxSettings): PbxOptions {
  const { host, port, username: user, secret } = tracker
  return {
    pbxId: id,
    tracker: { host, port, user, secret },
    dialler: { host, port, user: dialer.username, secret: dialer.secret },
    control: control ? { host, port, user: control.username, secret: control.secret } : null,
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
  onSpyEvent(event: SpyEvent): void
  /** Calls whose answer or end was not heard: the journal is asked about them at each check. */
  callsInDoubt(pbxId: string, snapshot: PbxSnapshot): CallInDoubt[]
  /** In which customers are called: the dialplan tells callers who ask after them. */
  callingHours(): CallingHours
  /** At which of their phones the person of this extension is. */
  deviceOf(extension: string): PhoneDevice
  /** Whether their other phone may be in the queues too: they have or had one, or a PBX shows it. */
  hasOtherPhone(extension: string): boolean
  /** Any PBX's status changed; the argument is all of them. */
  onStatus(status: PbxStatus[]): void
}

export const RECONCILE_MS = 60_000
/** Members that a reload took away ring nobody: they are missed within this time. */
export const LOOK_AT_MEMBERS_MS = 10_000
/** A reload reports one module after the other. */
const RELOAD_SETTLE_MS = 1_000

/** The links to one PBX, and what is asked over them by and by. */
export interface Pbx extends Pick<Resync, 'dialplan' | 'bootedAt' | 'askJournal'> {
  tracker: AmiSession
  dialler: AmiSession
  /** Null without a user for it. */
  control: AmiSession | null
  pbxClock: Resync['pbxClock']
  start(): void
  stop(): Promise<void>
  status(): PbxStatus
}

export function createPbx(
  pbx: PbxOptions,
  options: AmiTelephonyOptions,
  onStatus: () => void,
): Pbx {
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
  const deaf = {
    events: 'off',
    sync: async () => undefined,
    onConnecting: () => undefined,
    onEvent: () => undefined,
    onStatus,
  }
  const label = `${pbxId} dialler`
  const dialler = createAmiSession({ ...common, ...deaf, ...pbx.dialler, label })
  const control = pbx.control
    ? createAmiSession({ ...common, ...deaf, ...pbx.control, label: `${pbxId} control` })
    : null

  const hours = createHoursSession({ ...options, pbxId, resync, links: () => [tracker, dialler] })

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
      await hours.tell()
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
    control,
    pbxClock: resync.pbxClock,
    start() {
      tracker.start()
      dialler.start()
      control?.start()
    },
    async stop() {
      stopTimers()
      await Promise.all([tracker.stop(), dialler.stop(), control?.stop()])
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
        control: control?.status() ?? null,
      }),
  }
}
