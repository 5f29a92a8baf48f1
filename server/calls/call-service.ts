import type { CallDetail, CallQuery, CallRow } from '#contract/calls.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Database } from '../db/transaction.ts'
import { InvalidInput, NotFound } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { CallRules } from './conversation/agent-extension.ts'
import { type CallBook, createCallBook, liveCalls, restoreCalls } from './book/call-book.ts'
import { type Applied, NOTHING } from './book/applied.ts'
import { applyEvent } from './book/apply-event.ts'
import type { CallEvent } from './conversation/call-event.ts'
import {
  cursorOf,
  readCursor,
  rowToContract,
  segmentToContract,
  type StaffByExtension,
  timelineToContract,
} from './call-record.ts'
import { type SaverDeps, saveApplied } from './call-saver-service.ts'
import {
  findCall,
  findCalls,
  listCalls,
  listTimeline,
  loadCalls,
  parseDetail,
  parseState,
  type StoredCalls,
} from './call-store.ts'
import { instantOfMs } from '../time.ts'

export interface CallServiceDeps extends SaverDeps {
  database: Database
  logger: Logger
  rules: CallRules
  staffByExtension: StaffByExtension
}

/** What waits for one PBX; its events are heard strictly one after the other. */
interface Line {
  book: CallBook
  /** Ids of the calls in the book by Uniqueid. */
  ids: Map<string, string>
  waiting: CallEvent[]
  working: Promise<void> | null
}

/** Events folded into one transaction: a burst costs one fsync, a storm still moves on. */
const BATCH = 500
const RETRY_MS = 1_000
const KEPT_AFTER_END_MS = 15 * 60_000

export type CallService = ReturnType<typeof createCallService>

export function createCallService(deps: CallServiceDeps) {
  const { database, clock, logger, rules } = deps
  const lines = new Map<string, Line>()
  let isStopping = false

  function lineOf(pbxId: string): Line {
    const known = lines.get(pbxId)
    if (known !== undefined) return known
    const line: Line = {
      book: createCallBook(pbxId, rules),
      ids: new Map(),
      waiting: [],
      working: null,
    }
    lines.set(pbxId, line)
    return line
  }

  /** Takes an event in; what it causes happens soon, in order, in one transaction with its neighbours. */
  function handle(event: CallEvent): void {
    const line = lineOf(event.pbxId)
    line.waiting.push(event)
    line.working ??= work(line)
  }

  async function work(line: Line): Promise<void> {
    // Whatever the PBX said in the same breath is heard together.
    await Promise.resolve()
    while (line.waiting.length > 0) {
      const events = line.waiting.splice(0, BATCH)
      await recall(line, events)
      await save(line, hear(line, events))
    }
    line.working = null
  }

  /** Journal entries speak of calls long ended: those that were saved must not begin again. */
  async function recall(line: Line, events: CallEvent[]): Promise<void> {
    const missing = new Set<string>()
    for (const event of events) {
      const uniqueid = journalIdentity(event)
      if (uniqueid !== null && !line.book.index.has(uniqueid)) missing.add(uniqueid)
    }
    if (missing.size === 0) return
    await untilUsable(async () => {
      restore(await findCalls(database.db, line.book.pbxId, [...missing]))
    })
  }

  function hear(line: Line, events: CallEvent[]): Applied[] {
    return events.map((event) => {
      try {
        return applyEvent(line.book, event)
      } catch (err) {
        logger.error({ err, pbxId: event.pbxId, event: event.type }, 'an event could not be heard')
        return NOTHING
      }
    })
  }

  async function save(line: Line, applied: Applied[]): Promise<void> {
    const news = applied.filter((one) => one.changed.length > 0 || one.timeline.length > 0)
    if (news.length > 0)
      await untilUsable(
        () => commit(line, news),
        () => saveSingly(line, news),
      )
    for (const { dropped } of applied) {
      for (const uniqueid of dropped) line.ids.delete(uniqueid)
    }
  }

  async function commit(line: Line, applied: Applied[]): Promise<void> {
    const saved = await database.transaction((trx) => saveApplied(trx, deps, line.ids, applied))
    for (const [uniqueid, id] of saved) line.ids.set(uniqueid, id)
  }

  /** One event in the batch is poison: every other one is saved, and of that one its calls at least. */
  async function saveSingly(line: Line, applied: Applied[]): Promise<void> {
    for (const one of applied) {
      try {
        await commit(line, [one])
      } catch (err) {
        const callIds = one.changed.map((call) => call.uniqueid)
        const facts = one.facts.map((fact) => fact.type)
        logger.error({ err, pbxId: line.book.pbxId, callIds, facts }, 'an event could not be saved')
        await commit(line, [{ ...one, facts: [] }]).catch(() => undefined)
      }
    }
  }

  /**
   * Tries until the database can be used: its outage must not lose a ticket. `otherwise` runs when
   * the database works and the task still fails.
   */
  async function untilUsable(
    task: () => Promise<void>,
    otherwise: () => Promise<void> = async () => undefined,
  ): Promise<void> {
    let isToldOf = false
    for (;;) {
      try {
        return await task()
      } catch (err) {
        if (await isUsable()) return otherwise()
        if (!isToldOf) logger.error({ err }, 'the database cannot be used; calls wait for it')
        if (isStopping) return
        isToldOf = true
        await new Promise<void>((resolve) => void clock.after(RETRY_MS, resolve))
      }
    }
  }

  function isUsable(): Promise<boolean> {
    return database.ping().then(
      () => true,
      () => false,
    )
  }

  function restore({ calls: stored, unreadable }: StoredCalls): void {
    if (unreadable.length > 0) logger.error({ callIds: unreadable }, 'stored calls are unreadable')
    const byPbx = Map.groupBy(stored, ({ call }) => call.pbxId)
    for (const [pbxId, calls] of byPbx) {
      const line = lineOf(pbxId)
      for (const { id, call } of calls) line.ids.set(call.uniqueid, id)
      restoreCalls(
        line.book,
        calls.map(({ call }) => call),
      )
    }
  }

  return {
    handle,

    /** Reads the calls that are not over, and those that ended just now, before the PBX is heard. */
    async load(): Promise<void> {
      const endedSince = instantOfMs(clock.nowMs() - KEPT_AFTER_END_MS)
      restore(await loadCalls(database.db, endedSince))
    },

    /** Resolves when every event taken in so far is saved and told. */
    async idle(): Promise<void> {
      for (;;) {
        const working = [...lines.values()].flatMap((line) => line.working ?? [])
        if (working.length === 0) return
        await Promise.all(working)
      }
    },

    /** Saves what waits and then no longer waits for a database that cannot be used. */
    async stop(): Promise<void> {
      isStopping = true
      await this.idle()
    },

    /** Newest first. Throws InvalidInput for a cursor that is not ours. */
    async list(query: CallQuery): Promise<{ items: CallRow[]; nextCursor: string | null }> {
      const after = query.cursor === undefined ? null : parseCursor(query.cursor)
      const found = await listCalls(database.db, query, after)
      const page = found.slice(0, query.limit)
      const last = found.length > page.length ? page.at(-1) : undefined
      return {
        items: page.map((listed) => rowToContract(listed, deps.describeNumber)),
        nextCursor: last === undefined ? null : cursorOf(last.row),
      }
    },

    /** The call with its agents and its history. Throws NotFound. */
    async detail(id: string): Promise<CallDetail> {
      const listed = await findCall(database.db, id)
      if (listed === null) throw new NotFound('call', id)
      const timeline = await listTimeline(database.db, id)
      return {
        ...rowToContract(listed, deps.describeNumber),
        segments: parseState(listed.row.state).segments.map((segment) =>
          segmentToContract(segment, deps.staffByExtension),
        ),
        timeline: timeline.map((line) =>
          timelineToContract(line.at, line.kind, parseDetail(line.detail)),
        ),
      }
    },

    /** The call as its row says now, or null. */
    async rowOf(id: string): Promise<CallRow | null> {
      const listed = await findCall(database.db, id)
      return listed === null ? null : rowToContract(listed, deps.describeNumber)
    },

    /** The id of the call that this phone talks on now, or null. */
    talkingOn(extension: string): string | null {
      for (const { book, ids } of lines.values()) {
        for (const call of liveCalls(book)) {
          const isTalking = call.segments.some(
            (segment) => segment.extension === extension && segment.endedAt === null,
          )
          if (isTalking) return ids.get(call.uniqueid) ?? null
        }
      }
      return null
    },

    /** How many events are taken in and not yet saved; for the metrics. */
    backlog(): number {
      let events = 0
      for (const line of lines.values()) events += line.waiting.length
      return events
    },
  }
}

function journalIdentity(event: CallEvent): string | null {
  if (event.type === 'journal_callback_ended') return event.channelId
  const isJournal = event.type === 'journal_answered' || event.type === 'journal_ended'
  return isJournal ? event.uniqueid : null
}

function parseCursor(cursor: string): { enteredAt: Instant; id: string } {
  const after = readCursor(cursor)
  if (after !== null) return after
  throw new InvalidInput('the cursor is not one of a page of calls', [
    { path: 'cursor', message: 'give the nextCursor of the page before' },
  ])
}
