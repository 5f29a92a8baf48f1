import { z } from 'zod'
import type {
  Draft,
  DraftDrop,
  DraftKept,
  DraftList,
  DraftWrite,
} from '#contract/casework/drafts.ts'
import type { Instant } from '#contract/primitives.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database } from '../db/transaction.ts'
import { NotFound, unprocessable } from '../errors.ts'
import type { Clock } from '../ports.ts'
import { plusMs } from '../time.ts'
import * as store from './draft-store.ts'

export interface DraftDeps {
  database: Database
  clock: Clock
}

const MOST_OF_A_PERSON = 200
const KEPT_DAYS = 30
const DAY_MS = 86_400_000

const storedWords = z.record(z.string(), z.unknown())

export type DraftService = ReturnType<typeof createDraftService>

/** Words that people typed and did not save: each sees their own alone, the newest of their devices. */
export function createDraftService({ database, clock }: DraftDeps) {
  async function list(user: SessionUser): Promise<DraftList> {
    const rows = await store.listDrafts(database.db, user.id, MOST_OF_A_PERSON)
    return { items: rows.map(toDraft) }
  }

  /** Throws NotFound. */
  async function get(user: SessionUser, key: string): Promise<Draft> {
    const row = await store.selectDraft(database.db, user.id, key)
    if (!row) throw new NotFound('draft', key)
    return toDraft(row)
  }

  /**
   * Answers what stands there then, of two devices the newer words; and the older ones, when whoever
   * typed these had not seen them. Throws InvalidInput (422) when full.
   */
  async function keep(user: SessionUser, key: string, write: DraftWrite): Promise<DraftKept> {
    const now = clock.now()
    const row = {
      staff_id: user.id,
      key,
      words: JSON.stringify(write.words),
      // a clock that is ahead must not win for as long as it is
      written_at: write.writtenAt < now ? write.writtenAt : now,
    }
    return database.transaction(async ({ db }) => {
      const known = await store.selectDraft(db, user.id, key)
      if (!known && (await store.countDrafts(db, user.id)) >= MOST_OF_A_PERSON) {
        const full = `you have ${MOST_OF_A_PERSON} drafts: save or drop some first`
        throw unprocessable('', full, 'drafts_full')
      }
      await store.upsertDraft(db, row)
      const stands = (await store.selectDraft(db, user.id, key)) ?? row
      const isUnseen = known && known.written_at !== write.over && known.words !== row.words
      const isDisplaced = isUnseen === true && stands.words === row.words
      return { ...toDraft(stands), displaced: isDisplaced ? toDraft(known) : null }
    })
  }

  async function drop(user: SessionUser, key: string, { until }: DraftDrop): Promise<void> {
    const order = { staffId: user.id, key, until: until ?? clock.now() }
    await database.transaction(({ db }) => store.deleteDraft(db, order))
  }

  async function forgetOld(now: Instant): Promise<void> {
    const before = plusMs(now, -KEPT_DAYS * DAY_MS)
    await database.transaction(({ db }) => store.deleteDraftsBefore(db, before))
  }

  return { list, get, keep, drop, forgetOld }
}

function toDraft({ key, words, written_at }: store.StoredDraft): Draft {
  return { key, words: storedWords.parse(JSON.parse(words)), writtenAt: written_at }
}
