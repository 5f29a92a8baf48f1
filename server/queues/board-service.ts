import type { LiveQueue, PbxStatus, QueuesSnapshot } from '#contract/queues.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Owed } from '#contract/supervision/owed.ts'
import type { Logger } from '../logger.ts'
import type { Cancel, Clock, Notifier } from '../ports.ts'
import { diffQueues } from './queues-view.ts'

export interface BoardDeps {
  clock: Clock
  notifier: Pick<Notifier, 'queuesPatch' | 'pbxStatus'>
  logger: Logger
  /** Reads what the view needs beyond memory; without it the view is still shown. */
  prepare: () => Promise<void>
  view: () => LiveQueue[]
  /** The same object while nothing of it has changed. */
  owed: () => Owed | null
  /** What was published has changed. */
  onBoard: () => void
  /** Nothing that the view shows is older. */
  asOf: () => Instant
}

/** At most five patches a second, however many events a burst brings. */
const PUBLISH_EVERY_MS = 200

/** The live board as browsers have it: one snapshot, then patches whose `rev` grows by one. */
export function createBoard(deps: BoardDeps) {
  const { clock, notifier, logger } = deps
  let pbxStatus: PbxStatus[] = []
  let published: LiveQueue[] = []
  let publishedPbx = ''
  let publishedOwed: Owed | null = null
  let rev = 0
  let lastPublishMs = Number.NEGATIVE_INFINITY
  let cancelPublish: Cancel | null = null
  let publishing: Promise<void> = Promise.resolve()
  /** A snapshot that changes nothing is still a word from the PBX: "as of" moves on. */
  let hasNewWord = false

  function start(): void {
    published = deps.view()
  }

  function stop(): void {
    cancelPublish?.()
    cancelPublish = null
  }

  function setPbxStatus(status: PbxStatus[]): void {
    pbxStatus = status
    notifier.pbxStatus(status)
    schedule()
  }

  function noteNewWord(): void {
    hasNewWord = true
    schedule()
  }

  function schedule(): void {
    if (cancelPublish !== null) return
    const wait = Math.max(0, lastPublishMs + PUBLISH_EVERY_MS - clock.monotonicMs())
    cancelPublish = clock.after(wait, publishNow)
  }

  function publishNow(): void {
    lastPublishMs = clock.monotonicMs()
    publishing = publish().catch((error: unknown) => {
      logger.error({ err: error }, 'the live queues could not be published')
    })
  }

  /** Resolves when everything heard so far is published: what waits for its turn goes at once. */
  async function flush(): Promise<void> {
    await publishing
    if (cancelPublish === null) return
    cancelPublish()
    publishNow()
    await publishing
  }

  /** Sends what changed since the last time, as one patch. */
  async function publish(): Promise<void> {
    await deps.prepare().catch((error: unknown) => {
      logger.warn({ err: error }, 'the names of waiting callers could not be read')
    })
    cancelPublish = null
    const after = deps.view()
    const queues = diffQueues(published, after)
    const pbx = JSON.stringify(pbxStatus)
    const owed = deps.owed()
    const isOwedNew = owed !== null && owed !== publishedOwed
    if (queues.length === 0 && pbx === publishedPbx && !isOwedNew && !hasNewWord) return
    notifier.queuesPatch({
      rev: ++rev,
      asOf: deps.asOf(),
      queues,
      ...(pbx === publishedPbx ? {} : { pbx: pbxStatus }),
      ...(isOwedNew ? { owed } : {}),
    })
    published = after
    publishedPbx = pbx
    publishedOwed = owed
    hasNewWord = false
    deps.onBoard()
  }

  /** What has been published so far: patches with the next `rev` continue exactly here. */
  function snapshot(): QueuesSnapshot {
    const shown = { rev, asOf: deps.asOf(), pbx: pbxStatus, queues: published }
    return publishedOwed === null ? shown : { ...shown, owed: publishedOwed }
  }

  const settled = (): Promise<void> => publishing
  return { start, stop, setPbxStatus, noteNewWord, schedule, flush, snapshot, settled }
}
