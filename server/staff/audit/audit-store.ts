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
  return rows.map(toEntry)
}

/** So many are looked through, about those of a day: there is no index by action. */
const MOST_LOOKED_THROUGH = 2000

/** Of the newest entries those of one action, newest first. */
export async function listNewestOf(db: Db, action: string): Promise<StoredEntry[]> {
  const newest = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(MOST_LOOKED_THROUGH)
  const rows = await db
    .selectFrom(newest.as('newest'))
    .leftJoin('staff', 'staff.id', 'newest.actor_id')
    .selectAll('newest')
    .select('staff.display_name')
    .where('newest.action', '=', action)
    .orderBy('newest.id', 'desc')
    .execute()
  return rows.map(toEntry)
}

function toEntry(row: AuditTable & { display_name: string | null }): StoredEntry {
  return {
    id: row.id,
    at: row.at,
    actor: row.actor_id === null ? null : { id: row.actor_id, displayName: row.display_name ?? '' },
    action: row.action,
    subject: row.subject,
    detail: detail.parse(JSON.parse(row.detail)),
  }
}
