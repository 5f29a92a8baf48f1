import type { Instant } from '#contract/primitives.ts'
import type { CallEvent } from '../calls/conversation/call-event.ts'
import type { Logger } from '../logger.ts'
import { ActionRefused, type Clock } from '../ports.ts'
import type { QueueEvent } from '../queues/queue-event.ts'
import { IGNORED_EVENTS, parseAmiEvent, type AmiEvent, type UnreadEvent } from './ami-event.ts'
import { headerOf, type AmiFrame } from './ami-frame.ts'
import type { AmiRequests, Count } from './ami-session.ts'
import { epochMsOf } from './channel-view.ts'
import { type ClockReader, createClockReader } from './clock/clock-reader.ts'
import { journalEvents, journalFamilies, journalQuestion } from './journal.ts'
import type { EventTime } from './clock/pbx-clock.ts'
import { readMembers, readSnapshot } from './snapshot.ts'
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
  /** Something of the PBX was reloaded: what it holds may have changed without an event. */
  onReload(): void
  /** Its clock was found to differ from ours by another amount than before. */
  onClockChange(): void
}

/**
 * What one PBX's tracker hears, turned into our events. After each login the PBX's own memory comes
 * first (snapshot, then journal), then the events that arrived meanwhile, then everything as it
 * comes (`design.md` §5 rule 7).
 */
export interface Resync {
  /** A new connection: forgets what was held back and waits for FullyBooted again. */
  reset(): void
  onEvent(frame: AmiFrame): void
  /** After a login. Rejects when the PBX does not answer; nothing was passed on then. */
  sync(requests: AmiRequests): Promise<void>
  /** Compares again without the journal: AMI has no sequence numbers, so a loss is silent. */
  reconcile(requests: AmiRequests): Promise<void>
  /** Compares the queues' members alone, and the clocks: cheap enough for every few seconds. */
  lookAtMembers(requests: AmiRequests): Promise<void>
  /** How far this PBX's clock is from ours. */
  readonly pbxClock: Pick<ClockReader, 'ours' | 'correctionMs'>
  /** Asterisk's version, `22.10.1`; null before the first login. */
  version(): string | null
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
  /** On the monotonic clock: ours may be set. */
  let bootedMs: number | null = null
  let asker: AmiRequests | null = null
  let isLooking = false
  let onBooted: (() => void) | null = null
  const reported = new Set<string>()
  const pbxClock = createClockReader({ ...options, onChange: options.onClockChange })

  function reset(): void {
    held = []
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

  function deliver({ event, pbxMs, heardMs }: Heard): void {
    const at = instantOfMs(pbxMs === null ? heardMs : pbxClock.ours(pbxMs))
    const call = toCallEvent(pbxId, event, at)
    if (call !== null) guard(() => options.onCallEvent(call))
    const queue = toQueueEvent(pbxId, event, at, pbxClock.callEndOf)
    if (queue !== null) guard(() => options.onQueueEvent(queue))
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
    const offsetMs = await pbxClock.read(requests)
    await compare(requests, offsetMs, async () => {
      const families = journalFamilies(instantOfMs(clock.nowMs() + offsetMs))
      return Promise.all(families.map((family) => readJournal(requests, family)))
    })
  }

  async function reconcile(requests: AmiRequests): Promise<void> {
    if (held !== null) return
    held = []
    await compare(requests, await pbxClock.read(requests), async () => [])
  }

  /** Nothing is held back for it: what was heard since the question is newer than the answer. */
  async function lookAtMembers(requests: AmiRequests): Promise<void> {
    if (held !== null || isLooking) return
    isLooking = true
    try {
      const at = instantOfMs(clock.nowMs() + aheadMs(await pbxClock.read(requests)))
      const frames = await requests.list({ name: 'QueueStatus' })
      if (held !== null) return
      const seen = readMembers(frames, pbxClock.callEndOf)
      guard(() => options.onQueueEvent({ pbxId, at, type: 'members_seen', ...seen }))
    } finally {
      isLooking = false
    }
  }

  /** What is left of an offset after correction. */
  const aheadMs = (offsetMs: number): number => offsetMs - pbxClock.correctionMs()

  /** Asks, passes on the answers, then what was held back meanwhile. */
  async function compare(
    requests: AmiRequests,
    offsetMs: number,
    readMore: () => Promise<CallEvent[][]>,
  ): Promise<void> {
    const own = held
    const at = instantOfMs(clock.nowMs() + aheadMs(offsetMs))
    const [queues, channels] = await Promise.all([
      requests.list({ name: 'QueueStatus' }),
      requests.list({ name: 'CoreShowChannels' }),
    ])
    const more = await readMore()
    if (held === null || held !== own) return
    const snapshot = readSnapshot(queues, channels, at, bootedAt(offsetMs), pbxClock.callEndOf)
    if (snapshot.bad > 0) count('ami_snapshot_items_malformed', {}, snapshot.bad)
    const { calls, queues: rows, members, callers } = snapshot
    guard(() => options.onCallEvent({ pbxId, at, type: 'snapshot_taken', snapshot: calls }))
    const queueSnapshot = { type: 'queue_snapshot', queues: rows, members, callers } as const
    guard(() => options.onQueueEvent({ pbxId, at, ...queueSnapshot }))
    for (const event of more.flat()) guard(() => options.onCallEvent(event))
    release(held)
  }

  function bootedAt(offsetMs: number): Instant | null {
    if (bootedMs === null) return null
    return instantOfMs(clock.nowMs() - (clock.monotonicMs() - bootedMs) + aheadMs(offsetMs))
  }

  async function readJournal(requests: AmiRequests, family: string): Promise<CallEvent[]> {
    const frames = await requests.list(journalQuestion(family))
    const { events, bad } = journalEvents(pbxId, family, frames, pbxClock.ours)
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

  return { reset, onEvent, sync, reconcile, lookAtMembers, pbxClock, version: () => version }
}

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
