import { sql } from 'kysely'
import type { Database } from '../../server/db/transaction.ts'

/** A table in words that do not depend on the database that keeps it. */
export interface TableView {
  columns: Record<string, { type: string; required: boolean }>
  /** `unique? (columns) where?` of each index and unique rule, sorted. */
  indexes: string[]
  /** `column → table.column` of each foreign key, sorted. */
  references: string[]
}

/** Every table of ours, so that the schemas of two databases can be compared. */
export async function describeSchema(database: Database): Promise<Record<string, TableView>> {
  const columns = await readColumns(database)
  const views: Record<string, TableView> = {}
  for (const name of [...new Set(columns.map(({ table }) => table))].toSorted()) {
    const keys = new Set(await primaryKey(database, name))
    const own = columns.filter(({ table }) => table === name)
    views[name] = {
      columns: Object.fromEntries(
        own
          .toSorted((a, b) => (a.name < b.name ? -1 : 1))
          .map((column) => [
            column.name,
            {
              type: column.type.toLowerCase().replace(/^int[48]$/, 'integer'),
              // SQLite lets a text key be null by itself; ours are always given.
              required: column.required === 1 || keys.has(column.name),
            },
          ]),
      ),
      indexes: (await indexes(database, name)).toSorted(),
      references: (await references(database, name)).toSorted(),
    }
  }
  return views
}

interface Column {
  table: string
  name: string
  type: string
  required: number
}

/** Kysely's own introspection asks PostgreSQL about schemas that another test may be dropping. */
function readColumns(database: Database): Promise<Column[]> {
  const query =
    database.dialect === 'sqlite'
      ? `select t.name as "table", c.name, c.type, c."notnull" as required
         from sqlite_master t, pragma_table_info(t.name) c
         where t.type in ('table', 'view') and substr(t.name, 1, 7) <> 'sqlite_'`
      : `select table_name as "table", column_name as name, udt_name as type,
           (is_nullable = 'NO')::int as required
         from information_schema.columns where table_schema = current_schema()`
  return ask<Column>(database, query).then((rows) =>
    rows.filter(({ table }) => !table.startsWith('kysely_migration')),
  )
}

function primaryKey(database: Database, table: string): Promise<string[]> {
  const query =
    database.dialect === 'sqlite'
      ? `select name from pragma_table_info('${table}') where pk > 0 order by pk`
      : `select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid
           and a.attnum = any(i.indkey) where i.indrelid = '"${table}"'::regclass and i.indisprimary`
  return ask<{ name: string }>(database, query).then((rows) => rows.map(({ name }) => name))
}

interface IndexRow {
  is_unique: number
  columns: string
  predicate: string | null
}

async function indexes(database: Database, table: string): Promise<string[]> {
  const query =
    database.dialect === 'sqlite'
      ? `select l."unique" as is_unique,
           (select group_concat(name, ',') from (select name from pragma_index_info(l.name) order by seqno)) as columns,
           substr(m.sql, nullif(instr(m.sql, ' where '), 0) + 7) as predicate
         from pragma_index_list('${table}') l left join sqlite_master m on m.name = l.name`
      : `select i.indisunique::int as is_unique,
           (select string_agg(a.attname, ',' order by k.n) from unnest(i.indkey) with ordinality k(attnum, n)
              join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum) as columns,
           pg_get_expr(i.indpred, i.indrelid) as predicate
         from pg_index i where i.indrelid = '"${table}"'::regclass`
  const rows = await ask<IndexRow>(database, query)
  return rows.map(
    (row) =>
      `${row.is_unique ? 'unique ' : ''}(${row.columns})${row.predicate ? ` where ${plain(row.predicate)}` : ''}`,
  )
}

/** PostgreSQL writes `status IN ('a')` as `status = ANY (ARRAY['a'::text])`: only names stay. */
function plain(predicate: string): string {
  const words = predicate.replace(/::text/g, '').match(/\w+|'[^']*'|<>/g) ?? []
  const names = words.filter((word) => !/^(any|array|in|and|or|is)$/i.test(word))
  return names.map((word) => (word.startsWith("'") ? word : word.toLowerCase())).join(' ')
}

async function references(database: Database, table: string): Promise<string[]> {
  const query =
    database.dialect === 'sqlite'
      ? `select "from" as source, "table" as target, "to" as key from pragma_foreign_key_list('${table}')`
      : `select a.attname as source, c.confrelid::regclass::text as target, f.attname as key
         from pg_constraint c
           join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
           join pg_attribute f on f.attrelid = c.confrelid and f.attnum = c.confkey[1]
         where c.conrelid = '"${table}"'::regclass and c.contype = 'f'`
  const rows = await ask<{ source: string; target: string; key: string }>(database, query)
  return rows.map(({ source, target, key }) => `${source} → ${target.replaceAll('"', '')}.${key}`)
}

async function ask<R>(database: Database, query: string): Promise<R[]> {
  return (await sql.raw<R>(query).execute(database.db)).rows
}
