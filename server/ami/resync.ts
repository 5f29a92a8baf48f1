import type { Instant } from '#contract/primitives.ts'
import type { PbxTagsMissing } from '#contract/queues.ts'
import type { CallEvent, PbxSnapshot } from '../calls/conversation/call-event.ts'
import type { CallInDoubt } from '../calls/book/doubt.ts'
import type { Logger } from '../logger.ts'
import { ActionRefused, type Clock } from '../ports.ts'
import type { QueueEvent } from '../queues/queue-event.ts'
import { IGNORED_EVENTS, parseAmiEvent, type AmiEvent, type UnreadEvent } from './ami-event.ts'
import { headerOf, type AmiFrame } from './ami-frame.ts'
import type { AmiRequests, Count } from './ami-session.ts'
import { epochMsOf, instantOf } from './channel-view.ts'
import { askDialplanTags, askDialplanVersion } from './dialplan-reader.ts'
import { callerFamilies, journalEvents, journalFamilies, journalQuestion } from './journal.ts'
import { readSnapshot } from './snapshot.ts'
import { type TagsSeen, tagsMissing, tagsSeen } from './dialplan/tags-seen.ts'
import { toCallEvent } from './to-call-event.ts'
import { toQueueEvent } from './to-queue-event.ts'
import { instantOfMs } from '../time.ts'

export interface ResyncOptions {
  pbxId: string
  clock: Clock
  logger: Logger
  count: Count
  onCallEvent(event: CallEvent): void
  onQueueEvent(event: QueueEvent): void
  /** Which calls the journal is asked about when it is not read whole. */
  callsInDoubt(pbxId: string, snapshot: PbxSnapshot): CallInDoubt[]
  /** What `tagsMissing` says has changed. */
  onTagsMissing?(): void
  /** Something of the PBX was reloaded: what it holds may have changed without an event. */
  onReload(): void
}

/**
 * What one PBX's tracker hears, turned into our events. After each login the PBX's own memory comes
 * first (journal of callers, snapshot, journal of callbacks), then the events that arrived meanwhile,
 * then everything as it comes (`design.md` §5 rule 7).
 */
export interface Resync {
  /** A new connection: forgets what was held back and waits for FullyBooted again. */
  reset(): void
  onEvent(frame: AmiFrame): void
  /** The connection is lost; it was last heard of at this moment of our clock. */
  onLost(lastHeardMs: number): void
  /** After a login. Rejects when the PBX does not answer; nothing was passed on then. */
  sync(requests: AmiRequests): Promise<void>
  /** Compares again, with the journal of the calls in doubt: a loss on AMI is silent. */
  reconcile(requests: AmiRequests): Promise<void>
  /** What this PBX lacks of the tags of its callers; null when nothing. */
  tagsMissing(): PbxTagsMissing | null
  /** Asterisk's version, `22.10.1`; null before the first login. */
  version(): string | null
  /** What the dialplan says of itself; null when it may not be asked, undefined before the first login. */
  dialplan(): number | null | undefined
  /** How far the PBX's clock is ahead of ours, in milliseconds; 0 while that is not known. */
  clockOffsetMs(): number
  /** When the PBX was started, by our clock, at the latest; null while that is not known. */
  bootedAt(): Instant | null
}

/** A PBX that starts with many modules takes its time. */
export const FULLY_BOOTED_MS = 60_000
/** With more calls in doubt the days are read whole: four questions a call would take longer. */
const ASKED_ONE_BY_ONE = 25

interface Heard {
  event: AmiEvent
  at: Instant
}

export function createResync(options: ResyncOptions): Resync {
  const { pbxId, clock, logger, count } = options
  let held: Heard[] | null = []
  let version: string | null = null
  let dialplan: number | null | undefined
  let offsetMs = 0
  let bootedMs: number | null = null
  let isInStep = false
  let tags: TagsSeen = 'unknown'
  let dialplanTags = false
  /** The last word of the connection before this one, by the PBX's clock. */
  let lastHeardAt: Instant | null = null
  let onBooted: (() => void) | null = null
  const reported = new Set<string>()

  function reset(): void {
    held = []
    isInStep = false
    tags = 'unknown'
    bootedMs = null
    onBooted = null
  }

  function onEvent(frame: AmiFrame): void {
    const event = parseAmiEvent(frame)
    if (event.event === null) return reportUnread(event)
    const heard = { event, at: instantOf(event.timestamp) ?? clock.now() }
    if (event.event === 'FullyBooted') onFullyBooted(event.uptime ?? 0)
    else if (event.event === 'Reload') options.onReload()
    else if (held === null) deliver(heard)
    else held.push(heard)
  }

  /** Uptime is cut to whole seconds, so the PBX may be up to one second older than it says. */
  function onFullyBooted(uptimeSeconds: number): void {
    bootedMs = clock.nowMs() - (uptimeSeconds + 1) * 1000
    onBooted?.()
  }

  /** A connection that never was in step had nothing to say about calls. */
  function onLost(lastHeardMs: number): void {
    if (isInStep) lastHeardAt = instantOfMs(lastHeardMs + offsetMs)
    isInStep = false
  }

  function deliver({ event, at }: Heard): void {
    watchTags(event)
    const call = toCallEvent(pbxId, event, at)
    if (call !== null) guard(() => options.onCallEvent(call))
    const queue = toQueueEvent(pbxId, event, at)
    if (queue !== null) guard(() => options.onQueueEvent(queue))
  }

  const missing = () => tagsMissing(tags, dialplanTags)

  function watchTags(event: AmiEvent): void {
    if (tags === 'sent') return
    const before = missing()
    tags = tagsSeen(tags, event)
    if (missing() !== before) options.onTagsMissing?.()
  }

  /** A handler's fault must cost neither the connection nor the events behind it. */
  function guard(handle: () => void): void {
    try {
      handle()
    } catch (error) {
      count('ami_handler_errors')
      logger.error({ err: error, pbx: pbxId }, 'an event handler failed')
    }
  }

  function reportUnread({ name, problem, header }: UnreadEvent): void {
    if (IGNORED_EVENTS.has(name)) return
    count(`ami_events_${problem}`, problem === 'malformed' ? { event: name } : undefined)
    if (reported.size > 500 || reported.has(`${problem} ${name}`)) return
    reported.add(`${problem} ${name}`)
    if (problem === 'malformed') logger.warn({ pbx: pbxId, name, header }, 'malformed AMI event')
    else logger.debug({ pbx: pbxId, name }, 'unknown AMI event')
  }

  async function sync(requests: AmiRequests): Promise<void> {
    version = await askVersion(requests)
    await fullyBooted()
    dialplanTags = await askDialplanTags(requests)
    dialplan = await askDialplanVersion(requests)
    offsetMs = await askClockOffset(requests)
    await compare(requests, () => readDays(requests))
    isInStep = true
  }

  async function reconcile(requests: AmiRequests): Promise<void> {
    if (held !== null) return
    held = []
    dialplan = await askDialplanVersion(requests)
    offsetMs = await askClockOffset(requests)
    await compare(requests, async (snapshot) => {
      const doubts = options.callsInDoubt(pbxId, snapshot)
      if (doubts.length > ASKED_ONE_BY_ONE) return readDays(requests)
      return Promise.all(doubts.map((doubt) => readCall(requests, doubt)))
    })
  }

  /**
   * Asks, passes on the answers, then what was held back meanwhile. What the journal knows of callers
   * is older and more exact than the snapshot, so it comes first: who answered owns the ticket, whom
   * the snapshot shows may have come later.
   */
  async function compare(
    requests: AmiRequests,
    readMore: (snapshot: PbxSnapshot) => Promise<CallEvent[][]>,
  ): Promise<void> {
    const own = held
    const at = instantOfMs(clock.nowMs() + offsetMs)
    const [queues, channels] = await Promise.all([
      requests.list({ name: 'QueueStatus' }),
      requests.list({ name: 'CoreShowChannels' }),
    ])
    const bootedAt = bootedMs === null ? null : instantOfMs(bootedMs + offsetMs)
    const snapshot = readSnapshot(queues, channels, at, bootedAt)
    const more = (await readMore(snapshot.calls)).flat()
    if (held === null || held !== own) return
    if (snapshot.bad > 0) count('ami_snapshot_items_malformed', {}, snapshot.bad)
    const { queues: rows, members, callers } = snapshot
    const calls = { ...snapshot.calls, lastHeardAt, dialplanTags }
    for (const event of more) if (!isOfCallback(event)) guard(() => options.onCallEvent(event))
    guard(() => options.onCallEvent({ pbxId, at, type: 'snapshot_taken', snapshot: calls }))
    const queueSnapshot = { type: 'queue_snapshot', queues: rows, members, callers } as const
    guard(() => options.onQueueEvent({ pbxId, at, ...queueSnapshot }))
    for (const event of more) if (isOfCallback(event)) guard(() => options.onCallEvent(event))
    for (const heard of held) deliver(heard)
    held = null
  }

  function readDays(requests: AmiRequests): Promise<CallEvent[][]> {
    const families = journalFamilies(instantOfMs(clock.nowMs() + offsetMs))
    return Promise.all(families.map((family) => readJournal(requests, family)))
  }

  async function readCall(requests: AmiRequests, doubt: CallInDoubt): Promise<CallEvent[]> {
    const questions = callerFamilies(doubt.enteredAt).flatMap((family) =>
      ['answered', 'joined', 'ended'].map((kind) =>
        readJournal(requests, family, `${kind}/${doubt.uniqueid}`),
      ),
    )
    return (await Promise.all(questions)).flat()
  }

  async function readJournal(
    requests: AmiRequests,
    family: string,
    path?: string,
  ): Promise<CallEvent[]> {
    const frames = await requests.list(journalQuestion(family, path))
    const { events, bad } = journalEvents(pbxId, family, frames)
    if (bad > 0) count('ami_journal_entries_malformed', {}, bad)
    return events
  }

  function fullyBooted(): Promise<void> {
    if (bootedMs !== null) return Promise.resolve()
    return new Promise((resolve, reject) => {
      const cancel = clock.after(FULLY_BOOTED_MS, () => {
        reject(new Error('no FullyBooted came: does the AMI user have read = system?'))
      })
      onBooted = () => {
        cancel()
        resolve()
      }
    })
  }

  /** How far the PBX's clock is ahead of ours. */
  async function askClockOffset(requests: AmiRequests): Promise<number> {
    const reply = await requests.request({ name: 'Ping' })
    const pbxMs = epochMsOf(headerOf(reply, 'timestamp') ?? '')
    return pbxMs === null ? 0 : pbxMs - clock.nowMs()
  }

  return {
    reset,
    onEvent,
    onLost,
    sync,
    reconcile,
    tagsMissing: missing,
    version: () => version,
    dialplan: () => dialplan,
    clockOffsetMs: () => offsetMs,
    bootedAt: () => (bootedMs === null ? null : instantOfMs(bootedMs + 1000)),
  }
}

const isOfCallback = (event: CallEvent) => event.type === 'journal_callback_ended'

/** Null when this AMI user may not ask, which harms nothing else. */
async function askVersion(requests: AmiRequests): Promise<string | null> {
  try {
    const reply = await requests.request({ name: 'CoreSettings' })
    return /\d+(?:\.\d+)*/.exec(headerOf(reply, 'asteriskversion') ?? '')?.[0] ?? null
  } catch (error) {
    if (error instanceof ActionRefused) return null
    throw error
  }
}
