import type { PbxLink } from '#contract/queues.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Logger } from '../logger.ts'
import { ActionRefused, OutcomeUnknown, PbxNotReady, type Cancel, type Clock } from '../ports.ts'
import { encodeAction, type AmiAction } from './orders/ami-action.ts'
import type { AmiConnection, OpenAmiConnection } from './ami-connection.ts'
import { headerOf, isSuspicious, withFirstValues, type AmiFrame } from './ami-frame.ts'
import { createPendingActions, type PendingActions } from './pending-actions.ts'
import { reconnectDelayMs } from './reconnect-delay.ts'

/** Counts something by name, by 1 unless said; `http/metrics.ts` shows it. */
export type Count = (name: string, labels?: Record<string, string>, by?: number) => void

export interface AmiRequests {
  /**
   * Sends an action and waits for its reply. Rejects `PbxNotReady` (nothing written),
   * `OutcomeUnknown` (written, no answer), `ActionRefused` or `UnsafeAction` (nothing written).
   */
  request(action: AmiAction): Promise<AmiFrame>
  /** The same for an action that answers with a list. */
  list(action: AmiAction): Promise<AmiFrame[]>
}

export interface AmiSessionStatus {
  link: PbxLink
  since: Instant
  problem: string | null
}

export interface AmiSession extends AmiRequests {
  start(): void
  /** Logs off, waiting at most 500 ms, and stays closed. */
  stop(): Promise<void>
  status(): AmiSessionStatus
  /** Ends the connection because what came over it cannot be trusted; it is made anew. */
  restart(reason: string): void
}

export interface AmiSessionOptions {
  /** For people: `pbx1 tracker`. */
  label: string
  host: string
  port: number
  user: string
  secret: string
  /** What events to hear: `system,call,agent,user`, or `off`. */
  events: string
  clock: Clock
  /** 0 to 1, for jitter and ActionIDs. */
  random: () => number
  logger: Logger
  count: Count
  open: OpenAmiConnection
  /** A new connection is about to be made: what was heard on the last one is history. */
  onConnecting(): void
  /** The connection is gone; until `lastHeardMs` of our wall clock the other side was there. */
  onLost?(lastHeardMs: number): void
  /** Runs after each login; its requests work before `ready`. When it fails, all starts anew. */
  sync(requests: AmiRequests): Promise<void>
  /** Events in arrival order, from the login on. */
  onEvent(frame: AmiFrame): void
  onStatus(status: AmiSessionStatus): void
}

type State = 'idle' | 'connecting' | 'logging_in' | 'syncing' | 'ready' | 'closed' | 'stopped'

export const GREETING_MS = 5_000
export const LOGIN_MS = 8_000
export const HEARTBEAT_MS = 12_000
export const LOGOFF_MS = 500
/** Longest wait for an answer, by action; lists can be long. */
const DEADLINES_MS: Record<string, number> = { Ping: 5_000, Login: LOGIN_MS, Originate: 5_000 }
const REPLY_MS = 5_000
const LIST_MS = 15_000

export function createAmiSession(options: AmiSessionOptions): AmiSession {
  const { clock, logger, label } = options
  const instance = randomText(options.random)
  let state: State = 'idle'
  let status: AmiSessionStatus = { link: 'closed', since: clock.now(), problem: null }
  let connection: AmiConnection | null = null
  let pending: PendingActions = createPendingActions(clock)
  let timers: Cancel[] = []
  let actions = 0
  const forgeries = new Set<string>()
  let failures = 0
  let lastFrameMs = 0
  let isCutByUs = false
  let wasRefused = false
  let onStopped: (() => void) | null = null

  function setState(next: State, link: PbxLink, problem: string | null): void {
    state = next
    if (status.link === link && status.problem === problem) return
    const since = status.link === link ? status.since : clock.now()
    status = { link, since, problem }
    options.onStatus(status)
  }

  /** While attempts fail one after the other, people see one outage and since when. */
  function linkMeanwhile(): PbxLink {
    return failures === 0 ? 'connecting' : status.link
  }

  function connect(): void {
    setState('connecting', linkMeanwhile(), status.problem)
    timers = [clock.after(GREETING_MS, () => destroy(`no greeting within ${GREETING_MS / 1000} s`))]
    pending = createPendingActions(clock)
    isCutByUs = false
    options.onConnecting()
    connection = options.open(options.host, options.port, {
      onGreeting: () => void login(),
      onFrame,
      onClose,
      onHandlerError,
    })
  }

  async function login(): Promise<void> {
    if (isStopped()) return
    stopTimers()
    setState('logging_in', linkMeanwhile(), status.problem)
    const own = connection
    const { user: Username, secret: Secret, events: Events } = options
    try {
      await send({ name: 'Login', headers: { Username, Secret, Events } })
      if (connection === own && !isStopped()) await synchronise()
    } catch (error) {
      if (connection !== own || isStopped()) return
      const isLogin = state === 'logging_in'
      wasRefused = isLogin && error instanceof ActionRefused
      const verb = error instanceof ActionRefused ? 'refused' : 'did not answer'
      const what = isLogin ? 'the login' : 'one of the first questions'
      destroy(`the PBX ${verb} ${what}: ${text(error)}`)
    }
  }

  /** Whoever waited asks again: a stop comes at any time. */
  function isStopped(): boolean {
    return state === 'stopped'
  }

  async function synchronise(): Promise<void> {
    const own = connection
    setState('syncing', 'syncing', null)
    watchHeartbeat()
    await options.sync({ request: send, list: sendList })
    if (connection !== own || state !== 'syncing') return
    failures = 0
    wasRefused = false
    setState('ready', 'ready', null)
  }

  function onFrame(received: AmiFrame): void {
    let frame = received
    lastFrameMs = clock.nowMs()
    if (isSuspicious(frame)) {
      options.count('ami_suspicious_frames')
      frame = withFirstValues(frame)
    }
    if (headerOf(frame, 'actionid') !== undefined && pending.settle(frame)) return
    if (headerOf(frame, 'event') !== undefined) onEvent(frame)
    else if (headerOf(frame, 'response') !== undefined) options.count('ami_late_replies')
    else reportForgery('no_event_or_response')
  }

  /**
   * Asterisk marks every event with its Privilege. A caller's number can smuggle whole frames into
   * the stream, but only 79 characters of them: with this header little is left to forge.
   */
  function onEvent(frame: AmiFrame): void {
    if (headerOf(frame, 'privilege') === undefined) return reportForgery('no_privilege')
    // FullyBooted can come in the same read as the answer to the login
    options.onEvent(frame)
  }

  function reportForgery(kind: string): void {
    options.count('ami_malformed_frames', { kind })
    if (forgeries.has(kind)) return
    forgeries.add(kind)
    logger.error(
      { pbx: label, kind },
      'an AMI frame that Asterisk does not send: forged by a caller?',
    )
  }

  function onHandlerError(error: unknown): void {
    options.count('ami_handler_errors')
    logger.error({ err: error, pbx: label }, 'a handler of AMI frames failed')
  }

  function onClose(reason: string): void {
    stopTimers()
    connection = null
    if (isStopped()) {
      pending.abandonAll(reason)
      onStopped?.()
      return
    }
    failures += 1
    // that the other side closes is its last word
    options.onLost?.(isCutByUs ? lastFrameMs : clock.nowMs())
    setState('closed', wasRefused ? 'login_refused' : 'closed', reason)
    pending.abandonAll(reason)
    const delayMs = reconnectDelayMs(failures, wasRefused, options.random())
    if (wasRefused) logger.error({ pbx: label, reason, delayMs }, 'AMI login refused')
    else if (failures === 1) logger.warn({ pbx: label, reason, delayMs }, 'AMI connection lost')
    timers = [clock.after(delayMs, connect)]
  }

  function watchHeartbeat(): void {
    let heard = connection?.received() ?? 0
    let silentTicks = 0
    const tick = () => {
      const now = connection?.received() ?? 0
      silentTicks = now === heard ? silentTicks + 1 : 0
      heard = now
      if (silentTicks >= 2) return destroy(`nothing heard for ${(2 * HEARTBEAT_MS) / 1000} s`)
      timers = [clock.after(HEARTBEAT_MS, tick)]
      if (silentTicks > 0) send({ name: 'Ping' }).catch(() => options.count('ami_ping_failures'))
    }
    timers = [clock.after(HEARTBEAT_MS, tick)]
  }

  function stopTimers(): void {
    for (const cancel of timers) cancel()
    timers = []
  }

  function destroy(reason: string): void {
    isCutByUs = true
    connection?.destroy(reason)
  }

  function send(action: AmiAction): Promise<AmiFrame> {
    const deadlineMs = DEADLINES_MS[action.name] ?? REPLY_MS
    return written(action, (actionId) => pending.awaitReply(actionId, deadlineMs))
  }

  function sendList(action: AmiAction): Promise<AmiFrame[]> {
    return written(action, (actionId) => pending.awaitList(actionId, LIST_MS))
  }

  async function written<T>(action: AmiAction, wait: (id: string) => Promise<T>): Promise<T> {
    actions += 1
    const actionId = `${instance}-${actions}-${randomText(options.random)}`
    const bytes = encodeAction(action, actionId)
    if (connection === null || !connection.write(bytes)) throw notReady()
    try {
      return await wait(actionId)
    } catch (error) {
      throw withName(action.name, error)
    }
  }

  function notReady(): PbxNotReady {
    return new PbxNotReady(`${label} is not connected (${status.link})`)
  }

  return {
    start() {
      if (state === 'idle') connect()
    },
    stop: () =>
      new Promise((resolve) => {
        stopTimers()
        setState('stopped', 'closed', null)
        if (connection === null) return resolve()
        onStopped = () => (stopTimers(), resolve())
        timers = [clock.after(LOGOFF_MS, () => destroy('stopped'))]
        send({ name: 'Logoff' }).catch(() => undefined)
      }),
    status: () => status,
    restart: destroy,
    request: async (action) => (state === 'ready' ? send(action) : Promise.reject(notReady())),
    list: async (action) => (state === 'ready' ? sendList(action) : Promise.reject(notReady())),
  }
}

/** Says which question it was: an AMI user may lack the class for one of many. */
function withName(action: string, error: unknown): unknown {
  if (action === 'Login') return error
  if (error instanceof ActionRefused) return new ActionRefused(`${action}: ${error.message}`)
  if (error instanceof OutcomeUnknown) return new OutcomeUnknown(`${action}: ${error.message}`)
  return error
}

/** Eight letters and digits. */
function randomText(random: () => number): string {
  return Math.floor(random() * 36 ** 8)
    .toString(36)
    .padStart(8, '0')
}

function text(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
