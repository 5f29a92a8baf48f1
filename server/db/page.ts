import { type RawBuilder, sql, type SqlBool } from 'kysely'
import type { PageCursor } from '../page.ts'

/**
 * Whether a row comes after the cursor's in the order of these two columns; compared as one value,
 * which both databases look up in an index.
 */
export function isPast(
  order: 'asc' | 'desc',
  columns: { at: string; id: string },
  cursor: PageCursor,
): RawBuilder<SqlBool> {
  const sign = sql.raw(order === 'asc' ? '>' : '<')
  return sql`(${sql.ref(columns.at)}, ${sql.ref(columns.id)}) ${sign} (${cursor.at}, ${cursor.id})`
}
