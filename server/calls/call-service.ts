import type { Database } from '../db/transaction.ts'
import { type Weather, WeatherUnended } from '../db/weather.ts'
import { messageOf } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { instantOfMs, laterOf } from '../time.ts'
import { type Applied, NOTHING } from './book/applied.ts'
import { applyEvent } from './book/apply-event.ts'
import { KEPT_AFTER_END_MS } from './book/call-index.ts'
import { type CallBook, createCallBook, restoreCalls } from './book/call-book.ts'
import { type SaverDeps, saveApplied, toSave } from './call-saver-service.ts'
import { findCalls, loadCalls, type StoredCalls } from './call-store.ts'
import type { Call } from './conversation/call.ts'
import type { CallEvent, PbxSnapshot } from './conversation/call-event.ts'
import { liveCallsOf } from './book/live-calls.ts'
import { type CallInDoubt, callsInDoubt, untoldInDoubt } from './book/doubt.ts'

export interface CallServiceDeps extends SaverDeps {
  database: Database
  logger: Logger
  weather: Weather
  hotlineQueues: readonly string[]
  /** Whether an endpoint of this PBX is the extension of a person or a member of a queue. */
  isPhone: (pbxId: string, endpoint: string) => boolean
  /** Keeps what cannot be saved, with its reason, where administrators see it. Throws weather only. */
  setAside: Schedule['setAside']['record']
  /** Asks the PBX anew for everything: its snapshot and its journal come as events. */
  resync: (pbxId: string) => void
  /** Asks the PBX's journal about one caller: its word comes as an event. */
  askJournal: (pbxId: string, caller: CallInDoubt) => void
}

/** What waits for one PBX; its events are applied strictly one after the other. */
interface Line {
  book: CallBook
  /** Ids of the calls in the book by Uniqueid. */
  ids: Map<string, string>
  /** The calls as they were saved last. */
  saved: Map<string, Call>
  waiting: CallEvent[]
  /** Events were left out while the database was away: the PBX is asked anew when it is back. */
  hasGap: boolean
  working: Promise<void> | null
}

/** Events folded into one transaction: a burst costs one fsync, a storm still moves on. */
const BATCH = 500
/** More than this is not kept in memory while the database is away: minutes of a busy PBX. */
const WAITING_AT_MOST = 20_000

export type CallService = ReturnType<typeof createCallService>

/** Takes in what the PBXs say, and makes it calls, facts and rows, in order, losing nothing. */
export function createCallService(deps: CallServiceDeps) {
  const { database, clock, logger, weather } = deps
  const hotlineQueues = new Set(deps.hotlineQueues)
  const lines = new Map<string, Line>()

  function lineOf(pbxId: string): Line {
    const known = lines.get(pbxId)
    if (known !== undefined) return known
    const isPhone = (endpoint: string) => deps.isPhone(pbxId, endpoint)
    const book = createCallBook(pbxId, { hotlineQueues, isPhone })
    const memory = { book, ids: new Map(), saved: new Map() }
    const line: Line = { ...memory, waiting: [], hasGap: false, working: null }
    lines.set(pbxId, line)
    return line
  }

  /** Takes an event in; what it causes happens soon, in order, in one transaction with its neighbours. */
  function handle(event: CallEvent): void {
    const line = lineOf(event.pbxId)
    if (line.waiting.length >= WAITING_AT_MOST) line.hasGap = true
    else line.waiting.push(event)
    line.working ??= work(line)
  }

  async function work(line: Line): Promise<void> {
    // Whatever the PBX said in the same breath is applied together.
    await Promise.resolve()
    try {
      while (line.waiting.length > 0) await saveNext(line)
    } catch (error) {
      if (!(error instanceof WeatherUnended)) throw error
      logger.error(
        { err: error },
        'stopped while the database was away: the PBX is asked at the start',
      )
      line.waiting = []
    } finally {
      line.working = null
    }
  }

  async function saveNext(line: Line): Promise<void> {
    const events = line.waiting.splice(0, BATCH)
    await recall(line, events)
    await save(line, await applyAll(line, events))
    askOfUntold(line, events)
    if (!line.hasGap || line.waiting.length > 0) return
    line.hasGap = false
    logger.warn({ pbxId: line.book.pbxId }, 'events were left out: the PBX is asked anew')
    deps.resync(line.book.pbxId)
  }

  /** Who came and went without a word, as from a full queue, is missed at once. */
  function askOfUntold({ book }: Line, events: CallEvent[]): void {
    for (const event of events) {
      if (event.type !== 'hung_up') continue
      const caller = book.untold.get(event.channel.uniqueid)
      if (caller !== undefined) deps.askJournal(book.pbxId, caller)
    }
  }

  /** Journal entries speak of calls long ended: those that were saved must not begin again. */
  async function recall(line: Line, events: CallEvent[]): Promise<void> {
    const missing = new Set<string>()
    for (const event of events) {
      const uniqueid = journalIdentity(event)
      if (uniqueid !== null && !line.book.index.has(uniqueid)) missing.add(uniqueid)
    }
    if (missing.size === 0) return
    const { pbxId } = line.book
    restore(await weather.outlast(() => findCalls(database.db, pbxId, [...missing])))
  }

  async function applyAll(line: Line, events: CallEvent[]): Promise<Applied[]> {
    const applied: Applied[] = []
    for (const event of events) {
      try {
        applied.push(applyEvent(line.book, event))
      } catch (err) {
        logger.error(
          { err, pbxId: event.pbxId, event: event.type },
          'an event could not be applied',
        )
        // oxlint-disable-next-line no-await-in-loop
        await putAside(line, err, { subject: event.type, facts: [] })
        applied.push(NOTHING)
      }
    }
    return applied
  }

  async function save(line: Line, applied: Applied[]): Promise<void> {
    const news = applied.filter((one) => one.changed.length > 0 || one.timeline.length > 0)
    if (news.length > 0) await saveAll(line, news)
    for (const { dropped } of applied) {
      for (const uniqueid of dropped) {
        line.ids.delete(uniqueid)
        line.saved.delete(uniqueid)
      }
    }
  }

  async function saveAll(line: Line, news: Applied[]): Promise<void> {
    try {
      await commit(line, news)
    } catch (error) {
      if (error instanceof WeatherUnended) throw error
      for (const one of news) {
        // Facts of one call build on each other: the order stays.
        // oxlint-disable-next-line no-await-in-loop
        await saveOne(line, one)
      }
    }
  }

  async function commit(line: Line, applied: Applied[]): Promise<void> {
    let tries = 0
    const saved = await weather.outlast(() => {
      tries += 1
      const rows = toSave(deps, line, applied)
      return database.transaction((trx) => saveApplied(trx, deps, rows, tries > 1))
    })
    for (const [uniqueid, id] of saved) line.ids.set(uniqueid, id)
    for (const call of applied.flatMap(({ changed }) => changed)) {
      line.saved.set(call.uniqueid, call)
    }
  }

  /**
   * One event of the batch is poison: every other one is saved whole, and of that one its calls at
   * least. A ticket that is owed for it is found by its row.
   */
  async function saveOne(line: Line, one: Applied): Promise<void> {
    try {
      await commit(line, [one])
    } catch (err) {
      if (err instanceof WeatherUnended) throw err
      const facts = one.facts.map((fact) => fact.type)
      const calls = one.changed.map((call) => call.uniqueid)
      logger.error({ err, pbxId: line.book.pbxId, calls, facts }, 'an event could not be saved')
      await putAside(line, err, { subject: calls.join(' '), facts })
      if (facts.length > 0) await saveOne(line, { ...one, facts: [] })
    }
  }

  function putAside(
    line: Line,
    error: unknown,
    event: { subject: string; facts: string[] },
  ): Promise<void> {
    return weather.outlast(() =>
      deps.setAside({
        kind: 'call_event',
        subject: `${line.book.pbxId} ${event.subject}`,
        reason: messageOf(error),
        detail: JSON.stringify({ facts: event.facts }),
      }),
    )
  }

  function restore({ calls: stored, unreadable }: StoredCalls): void {
    if (unreadable.length > 0) logger.error({ callIds: unreadable }, 'stored calls are unreadable')
    const byPbx = Map.groupBy(stored, ({ call }) => call.pbxId)
    for (const [pbxId, calls] of byPbx) {
      const line = lineOf(pbxId)
      for (const { id, call } of calls) {
        line.ids.set(call.uniqueid, id)
        line.saved.set(call.uniqueid, call)
      }
      restoreCalls(
        line.book,
        calls.map(({ call }) => call),
      )
    }
  }

  /** Reads the calls that are not over, and those that ended just now, before the PBX is heard. */
  async function load(): Promise<void> {
    const found = await loadCalls(database.db, instantOfMs(clock.nowMs() - KEPT_AFTER_END_MS))
    restore(found)
    for (const { call, savedAt } of found.calls) {
      const { book } = lineOf(call.pbxId)
      book.heardBefore = laterOf(book.heardBefore ?? savedAt, savedAt)
    }
  }

  /** Calls whose answer or end may be known to the PBX's journal alone; see `callsInDoubt`. */
  function inDoubt(pbxId: string, snapshot: PbxSnapshot): CallInDoubt[] {
    const { book } = lineOf(pbxId)
    return [...callsInDoubt(book.index.all(), snapshot), ...untoldInDoubt(book.untold, snapshot)]
  }

  /** Resolves when every event taken in so far is saved and told. */
  async function idle(): Promise<void> {
    for (;;) {
      const working = [...lines.values()].flatMap((line) => line.working ?? [])
      if (working.length === 0) return
      // oxlint-disable-next-line no-await-in-loop
      await Promise.all(working)
    }
  }

  /** How many events are taken in and not yet saved; for the metrics. */
  function backlog(): number {
    let events = 0
    for (const line of lines.values()) events += line.waiting.length
    return events
  }

  return {
    handle,
    load,
    idle,
    ...liveCallsOf(lines),
    inDoubt,
    backlog,
  }
}

function journalIdentity(event: CallEvent): string | null {
  if (event.type === 'journal_callback_ended') return event.channelId
  const { type } = event
  const isJournal =
    type === 'journal_answered' || type === 'journal_ended' || type === 'journal_asked'
  return isJournal ? event.uniqueid : null
}
