import type { Kysely, Selectable } from 'kysely'
import { z } from 'zod'
import type { Db, Tables } from '../db/schema.ts'
import { readSetting, writeSetting } from '../db/setting.ts'

/** Tables whose rows are rewritten: they carry a `version`. */
export type RewrittenTable = 'customer' | 'ticket'

/** What the statements here see of either table. */
type RewrittenRows = Record<RewrittenTable, { id: string; version: number }>

/** How far rows of one kind have been gone through; `after` is null when all have been. */
export interface RewritePlace {
  rules: string
  after: string | null
}

const storedPlace = z.object({ rules: z.string(), after: z.string().nullable() })

export function selectPlace(db: Db, name: string): Promise<RewritePlace | null> {
  return readSetting(db, keyOf(name), storedPlace)
}

export function savePlace(db: Db, name: string, place: RewritePlace): Promise<void> {
  return writeSetting(db, keyOf(name), place)
}

/** The next rows in the order of their ids. */
export async function selectRowsAfter<T extends RewrittenTable>(
  db: Db,
  table: T,
  afterId: string,
  limit: number,
): Promise<Selectable<Tables[T]>[]> {
  const rows = await rewrittenDb(db)
    .selectFrom(asTable(table))
    .selectAll()
    .where('id', '>', afterId)
    .orderBy('id')
    .limit(limit)
    .execute()
  // oxlint-disable-next-line no-unsafe-type-assertion -- all columns of that table
  return rows as unknown as Selectable<Tables[T]>[]
}

/**
 * Writes the columns that differ, of the version that was read alone: who changed the row meanwhile
 * has written it by the new rules.
 */
export async function rewriteRow<R extends { id: string; version: number }>(
  db: Db,
  table: RewrittenTable,
  row: R,
  columns: Partial<R>,
): Promise<void> {
  if (Object.entries(columns).every(([name, value]) => Reflect.get(row, name) === value)) return
  await rewrittenDb(db)
    .updateTable(table)
    .set(columns)
    .where('id', '=', row.id)
    .where('version', '=', row.version)
    .execute()
}

function asTable(table: RewrittenTable): RewrittenTable {
  return table
}

function rewrittenDb(db: Db): Kysely<RewrittenRows> {
  return db
}

function keyOf(name: string): string {
  return `rewritten.${name}`
}
