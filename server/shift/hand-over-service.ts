import type { Instant, PageQuery } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import {
  type Handover,
  HANDOVER_MOST,
  HANDOVER_ROWS,
  type HandoverNote,
  type HandoverOrder,
  type HandoverPage,
  type HandoverPatch,
  type HandoverSections,
} from '#contract/supervision/handover.ts'
import type { Alarm } from '#contract/supervision/alarms.ts'
import type { HelpView } from '#contract/supervision/help.ts'
import type { Db } from '../db/schema.ts'
import type { Database } from '../db/transaction.ts'
import { Conflict, NotFound } from '../errors.ts'
import { cutPage, readCursor, writeCursor } from '../page.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import { type Left, sectionsOf, shiftBegan, toSections } from './hand-over.ts'
import * as store from './hand-over-store.ts'

export interface HandOverDeps {
  database: Database
  clock: Clock
  newId: NewId
  /** Takes `handed_over`. */
  state: StateFact
  /** Also who works here no more. */
  staffById: (id: string) => { id: string; displayName: string } | null
  /** How many open tickets there are. */
  openTickets: (user: SessionUser) => Promise<Left['open']>
  lateStages: (now: string, limit: number) => Promise<Left['late']>
  /** Promises that are late or at risk, and missed callers, of each the first. */
  callbacksLeft: (user: SessionUser, limit: number) => Promise<Left['promises']>
  /** Alarms that last, the newest first. */
  openAlarms: () => readonly Alarm[]
  /** Alarms that nobody has acknowledged and that ended since then, the newest first. */
  endedAlarms: (since: Instant, limit: number) => Promise<readonly Alarm[]>
}

export type HandOverService = ReturnType<typeof createHandOverService>

/** What a shift leaves to the next: as it is now, and as it was each time that one was handed over. */
export function createHandOverService(
  deps: HandOverDeps & { openHelp: (db: Db) => Promise<HelpView[]> },
) {
  const { database, clock, newId, state } = deps

  async function sections(user: SessionUser): Promise<HandoverSections> {
    const asOf = clock.now()
    const left: Left = {
      open: await deps.openTickets(user),
      late: await deps.lateStages(asOf, HANDOVER_ROWS),
      promises: await deps.callbacksLeft(user, HANDOVER_ROWS),
      help: await deps.openHelp(database.db),
      // before those that ended: what ends meanwhile is in both, and counts once
      alarms: deps.openAlarms(),
      endedAlarms: await deps.endedAlarms(await began(asOf), HANDOVER_MOST + 1),
    }
    return sectionsOf(left, asOf)
  }

  async function began(now: Instant): Promise<Instant> {
    const [last] = await store.listHandOvers(database.db, { after: null, limit: 1 })
    return shiftBegan(last?.at ?? null, now)
  }

  /** Keeps what is left now, with the note of who leaves. */
  async function handOver(user: SessionUser, { note }: HandoverOrder): Promise<Handover> {
    const left = await sections(user)
    const id = newId()
    const at = clock.now()
    const row = { id, at, by_id: user.id, sections: JSON.stringify(left), version: 1 }
    const first = { hand_over_id: id, version: 1, note, by_id: user.id, at }
    await database.transaction(async (trx) => {
      await store.insertHandOver(trx.db, row, first)
      await state(trx, { type: 'handed_over', handoverId: id, actorId: user.id, version: 1 })
    })
    return get(id)
  }

  /** The note says something else. Throws NotFound, Conflict when somebody was faster. */
  async function rewrite(
    user: SessionUser,
    id: string,
    { version, note }: HandoverPatch,
  ): Promise<Handover> {
    await database.transaction(async (trx) => {
      const row = await store.selectHandOver(trx.db, id)
      if (row === undefined) throw new NotFound('hand-over', id)
      if (row.version !== version) throw stale(row.version)
      const next = { hand_over_id: id, version: version + 1, note, by_id: user.id, at: clock.now() }
      if (!(await store.addNote(trx.db, next))) throw stale(next.version)
      const fact = { handoverId: id, actorId: user.id, version: next.version }
      await state(trx, { type: 'handed_over', ...fact })
    })
    return get(id)
  }

  /** Throws NotFound. */
  async function get(id: string): Promise<Handover> {
    const row = await store.selectHandOver(database.db, id)
    const [latest, ...before] = (await store.listNotes(database.db, id)).map(noteOf)
    if (row === undefined || latest === undefined) throw new NotFound('hand-over', id)
    const { at, by_id } = row
    return { id, at, by: personOf(by_id), latest, before, sections: toSections(row.sections) }
  }

  /** The newest first. Throws InvalidInput for a wrong cursor. */
  async function list({ limit, cursor }: PageQuery): Promise<HandoverPage> {
    const after = cursor === undefined ? null : readCursor(cursor)
    const rows = await store.listHandOvers(database.db, { after, limit: limit + 1 })
    const page = cutPage(rows, limit, writeCursor)
    const items = page.items.map(({ id, at, by_id, version, note, note_by, note_at }) => {
      const latest = { version, note, by: personOf(note_by), at: note_at }
      return { id, at, by: personOf(by_id), latest }
    })
    return { ...page, items }
  }

  function noteOf({ version, note, by_id, at }: store.StoredNote): HandoverNote {
    return { version, note, by: personOf(by_id), at }
  }

  function personOf(id: string): HandoverNote['by'] {
    return { id, displayName: deps.staffById(id)?.displayName ?? '' }
  }

  return { sections, handOver, rewrite, get, list }
}

function stale(version: number): Conflict {
  const detail = `the note was changed meanwhile (version is ${version} now)`
  return new Conflict(detail, 'hand_over_stale')
}
