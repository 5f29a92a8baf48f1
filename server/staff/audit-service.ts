import type { AuditEntry, AuditQuery } from '#contract/audit.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { cutPage } from '../page.ts'
import type { Clock, NewId } from '../ports.ts'
import { insertAudit, listAudit } from './audit-store.ts'

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
    return cutPage(await listAudit(database.db, query), query.limit, (entry) => entry.id)
  }

  return { record, list }
}
