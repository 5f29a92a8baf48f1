import { z } from 'zod'
import type { AuditQuery } from '#contract/audit.ts'
import type { Db } from '../../db/schema.ts'
import type { AuditTable } from '../../db/staff-tables.ts'
import type { StoredEntry } from './named-ids.ts'

export async function insertAudit(db: Db, row: AuditTable): Promise<void> {
  await db.insertInto('audit').values(row).execute()
}

const detail = z.record(z.string(), z.string())

/** Newest first, one more than the page holds; ids sort by creation and are the cursor. */
export async function listAudit(db: Db, query: AuditQuery): Promise<StoredEntry[]> {
  const { action, subject, cursor } = query
  const rows = await db
    .selectFrom('audit')
    .leftJoin('staff', 'staff.id', 'audit.actor_id')
    .selectAll('audit')
    .select('staff.display_name')
    .$if(action !== undefined, (q) => q.where('action', '=', action ?? ''))
    .$if(subject !== undefined, (q) => q.where('subject', '=', subject ?? ''))
    .$if(cursor !== undefined, (q) => q.where('audit.id', '<', cursor ?? ''))
    .orderBy('audit.id', 'desc')
    .limit(query.limit + 1)
    .execute()
  return rows.map((row) => ({
    id: row.id,
    at: row.at,
    actor: row.actor_id === null ? null : { id: row.actor_id, displayName: row.display_name ?? '' },
    action: row.action,
    subject: row.subject,
    detail: detail.parse(JSON.parse(row.detail)),
  }))
}
