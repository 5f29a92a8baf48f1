import type { Instant } from '#contract/primitives.ts'
import type { PbxTagsMissing } from '#contract/queues.ts'
import type { CallEvent, PbxSnapshot } from '../calls/conversation/call-event.ts'
import type { CallInDoubt } from '../calls/book/doubt.ts'
import type { Logger } from '../logger.ts'
import type { Clock } from '../ports.ts'
import type { QueueEvent } from '../queues/queue-event.ts'
import type { SpyEvent } from '../control/steering/steering-order.ts'
import { IGNORED_EVENTS, parseAmiEvent, type AmiEvent, type UnreadEvent } from './ami-event.ts'
import type { AmiFrame } from './ami-frame.ts'
import type { AmiRequests, Count } from './ami-session.ts'
import { epochMsOf } from './channel-view.ts'
import { type ClockReader, createClockReader } from './clock/clock-reader.ts'
import type { EventTime } from './clock/pbx-clock.ts'
import { type TagsSeen, tagsMissing, tagsSeen } from './dialplan/tags-seen.ts'
import { ASKED_ONE_BY_ONE, createJournalReader } from './journal/journal-reader.ts'
import { askDialplanTags, askDialplanVersion, askVersion } from './pbx-reader.ts'
import { readMembers, readSnapshot } from './snapshot.ts'
import { toSpyEvent } from './steering/to-spy-event.ts'
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
  onSpyEvent(event: SpyEvent): void
  /** Which calls the journal is asked about when it is not read whole. */
  callsInDoubt(pbxId: string, snapshot: PbxSnapshot): CallInDoubt[]
  /** What `tagsMissing` says has changed. */
  onTagsMissing?(): void
  /** Something of the PBX was reloaded: what it holds may have changed without an event. */
  onReload(): void
  /** Its clock was found to differ from ours by another amount than before. */
  onClockChange(): void
}

/** What one PBX's tracker hears as our events; after each login its own memory comes first (`compare`). */
export interface Resync {
  /** A new connection: forgets what was held back and waits for FullyBooted again. */
  reset(): void
  onEvent(frame: AmiFrame): void
  /** It was last heard of at this moment of our clock. */
  onLost(lastHeardMs: number): void
  /** After a login. Rejects when the PBX does not answer; nothing was passed on then. */
  sync(requests: AmiRequests): Promise<void>
  /** Compares again, with the journal of the calls in doubt: a loss on AMI is silent. */
  reconcile(requests: AmiRequests): Promise<void>
  /** Compares the queues' members alone, and the clocks: cheap enough for every few seconds. */
  lookAtMembers(requests: AmiRequests): Promise<void>
  /** The journal's word on one caller, as soon as it comes; every check asks again. */
  askJournal(caller: CallInDoubt): Promise<void>
  /** How far this PBX's clock is from ours. */
  readonly pbxClock: Pick<ClockReader, 'now' | 'ours' | 'theirs' | 'correctionMs'>
  /** What this PBX lacks of the tags of its callers; null when nothing. */
  tagsMissing(): PbxTagsMissing | null
  /** Asterisk's version, `22.10.1`; null before the first login. */
  version(): string | null
  /** What the dialplan says of itself; null when it may not be asked, undefined before the first login. */
  dialplan(): number | null | undefined
  /** When the PBX was started, by our clock, at the latest; null while that is not known. */
  bootedAt(): Instant | null
}

/** A PBX that starts with many modules takes its time. */
export const FULLY_BOOTED_MS = 60_000

/** Between two readings of the clock because of events whose times look wrong. */
const READ_CLOCK_AGAIN_MS = 1_000

/** `pbxMs` as the PBX told it, so that it can be corrected by what is known when it is passed on. */
interface Heard {
  event: AmiEvent
  pbxMs: number | null
  heardMs: number
}

export function createResync(options: ResyncOptions): Resync {
  const { pbxId, clock, logger, count } = options
  let held: Heard[] | null = []
  let version: string | null = null
  let dialplan: number | null | undefined
  /** On the monotonic clock: ours may be set. */
  let bootedMs: number | null = null
  let asker: AmiRequests | null = null
  let isLooking = false
  let isInStep = false
  let tags: TagsSeen = 'unknown'
  let dialplanTags = false
  /** The last word of the connection before this one, as its events would date it. */
  let lastHeardAt: Instant | null = null
  let onBooted: (() => void) | null = null
  const reported = new Set<string>()
  const pbxClock = createClockReader({ ...options, onChange: () => options.onClockChange() })
  const journal = createJournalReader({ ...options, pbxClock })

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
    if (event.event === 'FullyBooted') return onFullyBooted(event.uptime ?? 0)
    if (event.event === 'Reload') return options.onReload()
    const heard = { event, pbxMs: epochMsOf(event.timestamp ?? ''), heardMs: clock.nowMs() }
    if (held !== null) return void held.push(heard)
    const time = heard.pbxMs === null ? 'fine' : pbxClock.judge(heard.pbxMs)
    if (time !== 'fine' && pbxClock.sinceRead() > READ_CLOCK_AGAIN_MS) doubtClock(heard, time)
    else deliver(heard)
  }

  /** An event whose time cannot be waits, with all that follow, until the clock there was asked. */
  function doubtClock(heard: Heard, time: EventTime): void {
    if (time === 'late') deliver(heard)
    else held = [heard]
    const own = held
    const asked = asker === null ? Promise.resolve() : pbxClock.read(asker)
    void asked
      .catch(() => count('ami_ping_failures'))
      .then(() => (own !== null && held === own ? release(own) : undefined))
  }

  function release(waiting: readonly Heard[]): void {
    for (const heard of waiting) deliver(heard)
    held = null
  }

  /** Uptime is cut to whole seconds, so the PBX may be up to one second older than it says. */
  function onFullyBooted(uptimeSeconds: number): void {
    bootedMs = clock.monotonicMs() - (uptimeSeconds + 1) * 1000
    onBooted?.()
  }

  /** A connection that never was in step had nothing to say about calls. */
  function onLost(lastHeardMs: number): void {
    if (isInStep) lastHeardAt = instantOfMs(lastHeardMs + pbxClock.uncorrectedMs())
    isInStep = false
  }

  function deliver({ event, pbxMs, heardMs }: Heard): void {
    watchTags(event)
    const at = instantOfMs(pbxMs === null ? heardMs : pbxClock.ours(pbxMs))
    const call = toCallEvent(pbxId, event, at)
    if (call !== null) guard(() => options.onCallEvent(call))
    const queue = toQueueEvent(pbxId, event, at, pbxClock.callEndOf)
    if (queue !== null) guard(() => options.onQueueEvent(queue))
    const spy = toSpyEvent(pbxId, event, at)
    if (spy !== null) guard(() => options.onSpyEvent(spy))
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
    asker = requests
    version = await askVersion(requests)
    await fullyBooted()
    dialplanTags = await askDialplanTags(requests)
    dialplan = await askDialplanVersion(requests)
    await pbxClock.read(requests)
    await compare(requests, () => journal.days(requests))
    isInStep = true
  }

  async function reconcile(requests: AmiRequests): Promise<void> {
    if (held !== null) return
    held = []
    dialplan = await askDialplanVersion(requests)
    await pbxClock.read(requests)
    await compare(requests, (snapshot) => {
      const doubts = options.callsInDoubt(pbxId, snapshot)
      if (doubts.length > ASKED_ONE_BY_ONE) return journal.days(requests)
      return Promise.all(doubts.map((doubt) => journal.call(requests, doubt)))
    })
  }

  /** Late news of a call that is over: they change nothing of what is held back meanwhile. */
  async function askJournal(caller: CallInDoubt): Promise<void> {
    const word = asker === null ? [] : await journal.wordOn(asker, caller)
    for (const event of word) guard(() => options.onCallEvent(event))
  }

  /** Nothing is held back for it: what was heard since the question is newer than the answer. */
  async function lookAtMembers(requests: AmiRequests): Promise<void> {
    if (held !== null || isLooking) return
    isLooking = true
    try {
      await pbxClock.read(requests)
      const at = pbxClock.now()
      const frames = await requests.list({ name: 'QueueStatus' })
      if (held !== null) return
      const seen = readMembers(frames, pbxClock.callEndOf)
      guard(() => options.onQueueEvent({ pbxId, at, type: 'members_seen', ...seen }))
    } finally {
      isLooking = false
    }
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
    const at = pbxClock.now()
    const [queues, channels] = await Promise.all([
      requests.list({ name: 'QueueStatus' }),
      requests.list({ name: 'CoreShowChannels' }),
    ])
    const snapshot = readSnapshot(queues, channels, at, bootedAt(), pbxClock.callEndOf)
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
    release(held)
  }

  /** As early as it may have been, as its events would date it. */
  function bootedAt(): Instant | null {
    if (bootedMs === null) return null
    return instantOfMs(wallMsOf(bootedMs) + pbxClock.uncorrectedMs())
  }

  const wallMsOf = (monotonicMs: number) => clock.nowMs() - (clock.monotonicMs() - monotonicMs)

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

  return {
    reset,
    onEvent,
    onLost,
    sync,
    reconcile,
    lookAtMembers,
    askJournal,
    pbxClock,
    tagsMissing: missing,
    version: () => version,
    dialplan: () => dialplan,
    bootedAt: () => (bootedMs === null ? null : instantOfMs(wallMsOf(bootedMs) + 1000)),
  }
}

const isOfCallback = (event: CallEvent) => event.type === 'journal_callback_ended'
