import { type Kysely, sql } from 'kysely'

export interface AddedColumn {
  name: string
  type: 'text' | 'integer'
  /** Not null, with this default; nullable when left out. */
  default?: number
}

/**
 * Adds the columns that the table does not have yet: SQLite knows no `add column if not exists`, and
 * a migration may run again after a half-done try.
 */
export async function addColumns(
  db: Kysely<unknown>,
  table: string,
  added: AddedColumn[],
): Promise<void> {
  const known = await columnsOf(db, table)
  for (const { name, type, default: value } of added.filter((column) => !known.has(column.name))) {
    // oxlint-disable-next-line no-await-in-loop -- one statement per column, in order
    await db.schema
      .alterTable(table)
      .addColumn(name, type, (column) =>
        value === undefined ? column : column.notNull().defaultTo(value),
      )
      .execute()
  }
}

/** An outer join that finds nothing answers one row of nulls, with every column's name. */
export async function columnsOf(db: Kysely<unknown>, table: string): Promise<Set<string>> {
  const { rows } = await sql<Record<string, unknown>>`
    select t.* from (select 1 as one) as o left join ${sql.table(table)} as t on 1 = 0
  `.execute(db)
  return new Set(Object.keys(rows[0] ?? {}))
}
