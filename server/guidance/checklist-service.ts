import { z } from 'zod'
import {
  checklistCode,
  type ChecklistCode,
  type ChecklistComparison,
  type ChecklistContent,
  checklistContent,
  type ChecklistVersion,
  type ChecklistVersionRow,
  type CompareQuery,
  type DraftChange,
} from '#contract/casework/guidance.ts'
import type { Db } from '../db/schema.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, InvalidInput, NotFound } from '../errors.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import { contentFaults } from './checklist.ts'
import * as store from './checklist-store.ts'
import { compareContents, comparisonDetail } from './comparison.ts'
import seedRows from './seed-checklists.json' with { type: 'json' }

export interface ChecklistDeps {
  database: Database
  clock: Clock
  newId: NewId
  /** Takes `checklist_published`, in the transaction of the publishing. */
  state: StateFact
  staffById: (staffId: string) => { id: string; displayName: string } | null
}

/** One version that tickets may have; it never changes any more. */
export interface PublishedVersion {
  id: string
  category: ChecklistCode
  number: number
  content: ChecklistContent
}

export type ChecklistService = ReturnType<typeof createChecklistService>

const seed = z.array(z.object({ code: checklistCode, content: checklistContent }))
const MOST_KEPT = 500

/** Checklists by their versions: written as a draft, published, compared. Those in force are in memory. */
export function createChecklistService(deps: ChecklistDeps) {
  const { database, clock, newId, state } = deps
  const inForce = new Map<ChecklistCode, PublishedVersion>()
  const byId = new Map<string, PublishedVersion>()

  /** Reads the checklists in force; stores version 1 of those that there are not yet. */
  async function load(): Promise<void> {
    await database.transaction(async ({ db }) => {
      const known = await store.selectCodes(db)
      const at = clock.now()
      const missing = seed.parse(seedRows).filter(({ code }) => !known.has(code))
      await store.insertVersions(
        db,
        missing.map(({ code, content }) => ({
          id: newId(),
          category: code,
          number: 1,
          status: 'published',
          version: 1,
          content: JSON.stringify(content),
          created_by: null,
          created_at: at,
          published_at: at,
        })),
      )
    })
    for (const row of await store.selectPublished(database.db)) use(toPublished(row))
  }

  function use(next: PublishedVersion): void {
    inForce.set(next.category, next)
  }

  /** The version in force. Throws when nothing was loaded. */
  function current(code: ChecklistCode): PublishedVersion {
    const found = inForce.get(code)
    if (!found) throw new Error(`the checklist ${code} was not loaded`)
    return found
  }

  /** A version that a ticket has. */
  async function published(db: Db, id: string): Promise<PublishedVersion> {
    const known = byId.get(id)
    if (known) return known
    const row = await store.selectVersionById(db, id)
    if (!row) throw new Error(`there is no version ${id} of a checklist`)
    const found = toPublished(row)
    if (byId.size >= MOST_KEPT) byId.clear()
    byId.set(id, found)
    return found
  }

  function toRow(row: Omit<store.StoredVersion, 'content'>): ChecklistVersionRow {
    const author = row.created_by === null ? null : deps.staffById(row.created_by)
    return {
      category: checklistCode.parse(row.category),
      number: row.number,
      status: row.status === 'draft' ? 'draft' : 'published',
      version: row.version,
      createdBy: author && { id: author.id, displayName: author.displayName },
      createdAt: row.created_at,
      publishedAt: row.published_at,
    }
  }

  function toVersion(row: store.StoredVersion): ChecklistVersion {
    return { ...toRow(row), content: contentOf(row) }
  }

  /** The checklists in force, the common one first. */
  async function list(): Promise<{ items: ChecklistVersion[] }> {
    const rows = (await store.selectPublished(database.db)).map(toVersion)
    return { items: rows.toSorted((a, b) => placeOf(a.category) - placeOf(b.category)) }
  }

  async function versions(code: ChecklistCode): Promise<{ items: ChecklistVersionRow[] }> {
    return { items: (await store.selectVersionsOf(database.db, code)).map(toRow) }
  }

  /** Throws NotFound. */
  async function version(code: ChecklistCode, number: number): Promise<ChecklistVersion> {
    const row = await store.selectVersion(database.db, code, number)
    if (!row) throw new NotFound(`version of ${code}`, String(number))
    return toVersion(row)
  }

  /** What changed between two versions, drafts too. Throws NotFound. */
  async function compare(code: ChecklistCode, query: CompareQuery): Promise<ChecklistComparison> {
    const before = await version(code, query.from)
    const after = await version(code, query.to)
    return compareContents(before.content, after.content)
  }

  /**
   * Writes the draft of the next version, or begins it. Throws InvalidInput (422) for contents that
   * contradict themselves and Conflict when somebody was faster.
   */
  async function saveDraft(
    code: ChecklistCode,
    change: DraftChange,
    actorId: string,
  ): Promise<ChecklistVersion> {
    const { content } = change
    refuseFaults(code, content)
    const number = await database.transaction(async ({ db }) => {
      const newest = await store.selectNewest(db, code)
      const draft = newest?.status === 'draft' ? newest : null
      if ((draft?.version ?? null) !== change.version) throw stale(draft?.version ?? null)
      if (draft !== null) {
        const isWritten = await store.updateDraft(db, draft, { content })
        if (!isWritten) throw stale(draft.version + 1)
        return draft.number
      }
      const next = (newest?.number ?? 0) + 1
      const stored = await store.insertVersions(db, [draftRow(code, next, content, actorId)])
      if (stored === 0) throw stale(1)
      return next
    })
    return version(code, number)
  }

  function draftRow(
    code: ChecklistCode,
    number: number,
    content: ChecklistContent,
    actorId: string,
  ): store.StoredVersion {
    return {
      id: newId(),
      category: code,
      number,
      status: 'draft',
      version: 1,
      content: JSON.stringify(content),
      created_by: actorId,
      created_at: clock.now(),
      published_at: null,
    }
  }

  /** Puts the draft into force for guidances that begin from now on. Throws Conflict. */
  async function publish(
    code: ChecklistCode,
    draftVersion: number,
    actorId: string,
  ): Promise<ChecklistVersion> {
    const number = await database.transaction(async (trx) => {
      const draft = await store.selectNewest(trx.db, code)
      if (draft?.status !== 'draft') throw new Conflict(`${code} has no draft to publish`)
      if (draft.version !== draftVersion) throw stale(draft.version)
      const isWritten = await store.updateDraft(trx.db, draft, { publishedAt: clock.now() })
      if (!isWritten) throw stale(draft.version + 1)
      await tell(trx, code, draft, actorId)
      trx.afterCommit(() => use(toPublished(draft)))
      return draft.number
    })
    return version(code, number)
  }

  function tell(
    trx: Trx,
    category: ChecklistCode,
    draft: store.StoredVersion,
    actorId: string,
  ): Promise<void> {
    const detail = comparisonDetail(compareContents(current(category).content, contentOf(draft)))
    const { number } = draft
    return state(trx, { type: 'checklist_published', actorId, category, number, detail })
  }

  const routes = { list, versions, version, compare, saveDraft, publish }
  return { load, current, published, ...routes }
}

function placeOf(code: ChecklistCode): number {
  return checklistCode.options.indexOf(code)
}

function toPublished(row: store.StoredVersion): PublishedVersion {
  const { id, number } = row
  return { id, number, category: checklistCode.parse(row.category), content: contentOf(row) }
}

/** Through the schema: both databases then give the keys of one content one order. */
function contentOf(row: store.StoredVersion): ChecklistContent {
  return checklistContent.parse(JSON.parse(row.content))
}

function refuseFaults(code: ChecklistCode, content: ChecklistContent): void {
  const errors = contentFaults(code, content)
  if (errors.length > 0) throw new InvalidInput('the checklist contradicts itself', errors, 422)
}

function stale(version: number | null): Conflict {
  return new Conflict(
    version === null
      ? 'there is no draft (any more): send version null to begin one'
      : `the draft was changed meanwhile (version is ${version} now)`,
  )
}
