import type { PhoneNumber } from '#contract/customers.ts'
import type { Instant } from '#contract/primitives.ts'
import type { LiveQueue, MemberState, PbxStatus, QueuesSnapshot } from '#contract/queues.ts'
import { addDays, localDay, startOfLocalDay } from '../calendar/working-days.ts'
import type { Call } from '../calls/conversation/call.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import type { Logger } from '../logger.ts'
import type { Cancel, Clock, Notifier } from '../ports.ts'
import type { Membership } from './agent-state.ts'
import {
  applyQueueEvent,
  emptyPbx,
  endWrapUps,
  type LiveMember,
  type LivePbx,
  nextWrapUpEnd,
} from './live-queue.ts'
import { mostTelling } from './member-state.ts'
import type { QueueEvent } from './queue-event.ts'
import { countDay } from './queue-store.ts'
import { diffQueues, viewQueues } from './queues-view.ts'
import {
  type Counted,
  countCall,
  countsOf,
  emptyCounts,
  turnDay,
  type TodayCounts,
  withCounts,
} from './today-counts.ts'

export interface QueueServiceDeps {
  database: Database
  clock: Clock
  notifier: Notifier
  logger: Logger
  /** HOTLINE_QUEUES: other queues of the PBX are none of ours. */
  hotlineQueues: readonly string[]
  /** Every configured PBX, in the order of the page. */
  pbxIds: readonly string[]
  readNumber: (raw: string | null, withheld: boolean) => PhoneNumber
  /** Names of the customers of these numbers, those that are known and unambiguous. */
  customerNames: (db: Db, phoneKeys: string[]) => Promise<ReadonlyMap<string, string>>
  staffName: (extension: string) => string | null
  /** Members came, went, paused or rested on a PBX; null means any of them (a snapshot). */
  onMembers: (pbxId: string, extensions: readonly string[] | null) => void
}

/** At most five patches a second, however many events a burst brings. */
const PUBLISH_EVERY_MS = 200
/** Timers are a hint: the wall clock is looked at again at least this often before midnight. */
const LONGEST_WAIT_MS = 60 * 60_000

export type QueueService = ReturnType<typeof createQueueService>

/** The live queues: what supervisors watch. All in memory; the PBX is the truth. */
export function createQueueService(deps: QueueServiceDeps) {
  const { clock, notifier, logger, hotlineQueues } = deps
  const pbxs = new Map<string, LivePbx>(deps.pbxIds.map((pbxId) => [pbxId, emptyPbx(pbxId)]))
  const heardAt = new Map<string, Instant>()
  const startedAt = clock.now()
  let pbxStatus: PbxStatus[] = []
  let counts: TodayCounts = emptyCounts(localDay(clock.now()))
  let names: ReadonlyMap<string, string> = new Map()
  let published: LiveQueue[] = []
  let publishedPbx = ''
  let rev = 0
  let lastPublishMs = Number.NEGATIVE_INFINITY
  let cancelPublish: Cancel | null = null
  let cancelWrapUp: Cancel | null = null
  let cancelMidnight: Cancel | null = null
  /** A snapshot that changes nothing is still a word from the PBX: "as of" moves on. */
  let hasNewWord = false
  /** Numbers whose names were asked for while their callers wait. */
  const asked = new Set<string>()

  /** Counts today's calls from the database; call it before the PBX is listened to. */
  async function start(): Promise<void> {
    const day = localDay(clock.now())
    const rows = await countDay(deps.database.db, day, hotlineQueues)
    counts = withCounts(emptyCounts(day), rows)
    published = view()
    watchMidnight()
  }

  function stop(): void {
    for (const cancel of [cancelPublish, cancelWrapUp, cancelMidnight]) cancel?.()
    cancelPublish = cancelWrapUp = cancelMidnight = null
  }

  function handle(event: QueueEvent): void {
    const before = pbxs.get(event.pbxId)
    if (before === undefined) return
    heardAt.set(event.pbxId, clock.now())
    const after = endWrapUps(applyQueueEvent(before, event), clock.now())
    pbxs.set(event.pbxId, after)
    if (event.type === 'queue_snapshot') hasNewWord = true
    watchWrapUps()
    schedulePublish()
    const members = membersTouched(event, before)
    if (members !== 'none') deps.onMembers(event.pbxId, members)
  }

  function setPbxStatus(status: PbxStatus[]): void {
    pbxStatus = status
    notifier.pbxStatus(status)
    schedulePublish()
  }

  /** One call of today more; a call of another day or queue changes nothing. */
  function countToday({ call, what }: { call: Call; what: Counted }): void {
    if (call.queue === null || call.direction !== 'inbound') return
    const day = localDay(call.enteredAt)
    counts = countCall(counts, { pbxId: call.pbxId, queue: call.queue, day }, what)
    schedulePublish()
  }

  function watchMidnight(): void {
    const day = localDay(clock.now())
    counts = turnDay(counts, day)
    const midnight = Date.parse(startOfLocalDay(addDays(day, 1)))
    const wait = Math.min(LONGEST_WAIT_MS, Math.max(1, midnight - clock.nowMs()))
    cancelMidnight = clock.after(wait, () => {
      watchMidnight()
      schedulePublish()
    })
  }

  function watchWrapUps(): void {
    cancelWrapUp?.()
    cancelWrapUp = null
    const ends = [...pbxs.values()].flatMap((pbx) => nextWrapUpEnd(pbx) ?? [])
    const next = ends.toSorted()[0]
    if (next === undefined) return
    cancelWrapUp = clock.after(Math.max(0, Date.parse(next) - clock.nowMs()), () => {
      for (const [pbxId, pbx] of pbxs) pbxs.set(pbxId, endWrapUps(pbx, clock.now()))
      watchWrapUps()
      schedulePublish()
    })
  }

  function schedulePublish(): void {
    if (cancelPublish !== null) return
    const wait = Math.max(0, lastPublishMs + PUBLISH_EVERY_MS - clock.nowMs())
    cancelPublish = clock.after(wait, () => {
      lastPublishMs = clock.nowMs()
      void publish().catch((error: unknown) => {
        logger.error({ err: error }, 'the live queues could not be published')
      })
    })
  }

  /** Sends what changed since the last time, as one patch. */
  async function publish(): Promise<void> {
    // Names are a nicety: without them the line is still shown.
    await learnNames().catch((error: unknown) => {
      logger.warn({ err: error }, 'the names of waiting callers could not be read')
    })
    cancelPublish = null
    const after = view()
    const queues = diffQueues(published, after)
    const pbx = JSON.stringify(pbxStatus)
    if (queues.length === 0 && pbx === publishedPbx && !hasNewWord) return
    const patch = { rev: ++rev, asOf: asOf(), queues }
    notifier.queuesPatch(pbx === publishedPbx ? patch : { ...patch, pbx: pbxStatus })
    published = after
    publishedPbx = pbx
    hasNewWord = false
  }

  /** One question for all callers whose number is new; who has left is forgotten. */
  async function learnNames(): Promise<void> {
    const keys = new Set(waitingKeys())
    const unknown = [...keys].filter((key) => !asked.has(key))
    for (const key of asked) if (!keys.has(key)) asked.delete(key)
    for (const key of unknown) asked.add(key)
    if (unknown.length === 0) return
    const found = await deps.customerNames(deps.database.db, unknown)
    names = new Map([...names, ...found].filter(([key]) => asked.has(key)))
  }

  function waitingKeys(): string[] {
    return [...pbxs.values()].flatMap((pbx) =>
      hotlineQueues.flatMap((queue) =>
        (pbx.queues.get(queue)?.callers ?? []).flatMap(
          (caller) => deps.readNumber(caller.callerIdNum, caller.withheld).key ?? [],
        ),
      ),
    )
  }

  function view(): LiveQueue[] {
    return [...pbxs.values()].flatMap((pbx) =>
      viewQueues(pbx, hotlineQueues, {
        readNumber: deps.readNumber,
        staffName: deps.staffName,
        customerName: (key) => (key === null ? null : (names.get(key) ?? null)),
        today: (pbxId, queue) => countsOf(counts, { pbxId, queue }),
      }),
    )
  }

  /** The oldest of the PBXs' last words: nothing on the page is older. */
  function asOf(): Instant {
    const words = [...pbxs.keys()].map((pbxId) => heardAt.get(pbxId) ?? startedAt)
    return words.toSorted()[0] ?? startedAt
  }

  /** What has been published so far: patches with the next `rev` continue exactly here. */
  function snapshot(): QueuesSnapshot {
    return { rev, asOf: asOf(), pbx: pbxStatus, queues: published }
  }

  function membersOf(extension: string) {
    return [...pbxs.values()].flatMap((pbx) =>
      hotlineQueues.flatMap((queue) =>
        [...(pbx.queues.get(queue)?.members.values() ?? [])]
          .filter((member) => member.view.extension === extension)
          .map((member) => ({ pbxId: pbx.pbxId, queue, member })),
      ),
    )
  }

  /** The hotline queues in which the PBXs show this extension. */
  function membershipsOf(extension: string): Membership[] {
    return membersOf(extension).map(({ pbxId, queue, member }) => ({
      pbxId,
      queue,
      paused: member.view.paused,
      pauseReason: member.view.pauseReason,
    }))
  }

  /** Where this extension's phone is and what it does; null when it is a member of no queue. */
  function memberOf(extension: string): { pbxId: string; state: MemberState } | null {
    const members = membersOf(extension)
    const state = mostTelling(members.map(({ member }) => member.state))
    const found = members.find(({ member }) => member.state === state)
    return found === undefined || state === null ? null : { pbxId: found.pbxId, state }
  }

  /** Every extension that is a member of a hotline queue on this PBX. */
  function extensionsOn(pbxId: string): string[] {
    const pbx = pbxs.get(pbxId)
    const lines = hotlineQueues.map((queue) => pbx?.queues.get(queue)?.members)
    const members = lines.flatMap((line): LiveMember[] => [...(line?.values() ?? [])])
    return [...new Set(members.flatMap((member) => member.view.extension ?? []))]
  }

  return {
    start,
    stop,
    handle,
    setPbxStatus,
    countCall: countToday,
    snapshot,
    membershipsOf,
    memberOf,
    extensionsOn,
  }
}

function membersTouched(event: QueueEvent, before: LivePbx): readonly string[] | null | 'none' {
  switch (event.type) {
    case 'caller_joined':
    case 'caller_left':
      return 'none'
    case 'member_added':
    case 'member_status':
      return event.member.extension === null ? [] : [event.member.extension]
    case 'member_removed': {
      const member = before.queues.get(event.queue)?.members.get(event.interface)
      return typeof member?.view.extension === 'string' ? [member.view.extension] : []
    }
    case 'queue_snapshot':
      return null
  }
}
