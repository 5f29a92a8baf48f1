import type { AuditEntry, AuditQuery } from '#contract/audit.ts'
import type { Database, Trx } from '../../db/transaction.ts'
import { cutPage } from '../../page.ts'
import type { Clock, NewId } from '../../ports.ts'
import { selectNames } from './audit-name-store.ts'
import { insertAudit, listAudit, listNewestOf } from './audit-store.ts'
import { namedIds, namesFor, type StoredEntry } from './named-ids.ts'

export interface AuditDeps {
  database: Database
  clock: Clock
  newId: NewId
}

/** What was done: `action` as `staff.created`, `subject` what it was done to. No secrets in `detail`. */
export interface AuditRecord {
  actorId: string | null
  action: string
  subject: string
  detail?: Record<string, string>
}

export type RecordAudit = (trx: Trx, record: AuditRecord) => Promise<void>

export type AuditService = ReturnType<typeof createAuditService>

/** The trail of who did what, written in the transaction of what was done. */
export function createAuditService({ database, clock, newId }: AuditDeps) {
  const record: RecordAudit = async (trx, { actorId, action, subject, detail = {} }) =>
    insertAudit(trx.db, {
      id: newId(),
      at: clock.now(),
      actor_id: actorId,
      action,
      subject,
      detail: JSON.stringify(detail),
    })

  async function list(
    query: AuditQuery,
  ): Promise<{ items: AuditEntry[]; nextCursor: string | null }> {
    const { db } = database
    const page = cutPage(await listAudit(db, query), query.limit, (entry) => entry.id)
    const found = await selectNames(db, namedIds(page.items))
    const items = page.items.map((entry) => ({ ...entry, names: namesFor(entry, found) }))
    return { ...page, items }
  }

  /** Of the newest entries those of one action. */
  function newestOf(action: string): Promise<StoredEntry[]> {
    return listNewestOf(database.db, action)
  }

  return { record, list, newestOf }
}
