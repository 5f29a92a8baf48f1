import { z } from 'zod'
import type { Instant } from '#contract/primitives.ts'
import type { Db } from '../db/schema.ts'

/** What a merge changed, enough to undo it exactly. */
export const mergeBefore = z.object({
  callIds: z.array(z.string()),
  popIds: z.array(z.string()),
  promises: z.object({
    moved: z.array(z.object({ id: z.string(), attempts: z.number().int() })),
    superseded: z.object({ id: z.string(), dueAt: z.string() }).nullable(),
  }),
  clockIds: z.array(z.string()),
  /** Clocks of promises: those that went along, and those of a promise that gave way. */
  promiseClocks: z.object({ moved: z.array(z.string()), stopped: z.array(z.string()) }),
  targetReceivedAt: z.string(),
})
export type MergeBefore = z.infer<typeof mergeBefore>

export interface Merge {
  id: string
  sourceId: string
  targetId: string
  before: MergeBefore
}

export async function insertMerge(
  db: Db,
  merge: Merge & { at: Instant; byId: string | null },
): Promise<void> {
  const { id, sourceId, targetId, at, byId, before } = merge
  const row = { id, source_id: sourceId, target_id: targetId, at, by_id: byId }
  await db
    .insertInto('ticket_merge')
    .values({ ...row, before: JSON.stringify(before), undone_at: null, undone_by: null })
    .execute()
}

/** The merge that stands, of a ticket that is part of another one. */
export async function findMerge(db: Db, sourceId: string): Promise<Merge | null> {
  const row = await db
    .selectFrom('ticket_merge')
    .selectAll()
    .where('source_id', '=', sourceId)
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (row === undefined) return null
  const { id, target_id: targetId, before } = row
  return { id, sourceId, targetId, before: mergeBefore.parse(JSON.parse(before)) }
}

export async function undoMerge(
  db: Db,
  undone: { id: string; at: Instant; byId: string | null },
): Promise<void> {
  await db
    .updateTable('ticket_merge')
    .set({ undone_at: undone.at, undone_by: undone.byId })
    .where('id', '=', undone.id)
    .execute()
}
