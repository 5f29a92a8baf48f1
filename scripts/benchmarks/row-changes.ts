import type BetterSqlite from 'better-sqlite3'

type Value = string | number | null
type StoredRow = Record<string, Value>
/** Rows of each table by primary key. */
export type Rows = ReadonlyMap<string, ReadonlyMap<string, StoredRow>>

/** One row inserted, updated or deleted, by a statement that can be prepared once. */
export interface RowChange {
  sql: string
  values: Value[]
}

/**
 * Every row of every table of ours, but for search: what is due is noted by triggers, in a copy too, and
 * the index of words is written later by a loop of its own.
 */
export function readRows(database: BetterSqlite.Database): Rows {
  return new Map(
    tablesInOrder(database).map((table) => {
      const key = keyOf(database, table)
      const rows = database.prepare<[], StoredRow>(`select * from "${table}"`).all()
      return [
        table,
        new Map(rows.map((row) => [JSON.stringify(key.map((name) => row[name])), row])),
      ]
    }),
  )
}

/** What turns `before` into `after`, one statement per row; inserts follow their references. */
export function changesBetween(
  database: BetterSqlite.Database,
  before: Rows,
  after: Rows,
): RowChange[] {
  return [...after].flatMap(([table, rows]) => {
    const old = before.get(table) ?? new Map<string, StoredRow>()
    const key = keyOf(database, table)
    const gone = [...old].filter(([id]) => !rows.has(id)).map(([, row]) => remove(table, key, row))
    const news = [...rows].flatMap(([id, row]) => {
      const known = old.get(id)
      return known === undefined ? [insert(table, row)] : update(table, key, known, row)
    })
    return [...news, ...gone]
  })
}

function insert(table: string, row: StoredRow): RowChange {
  const names = Object.keys(row)
  const places = names.map(() => '?').join(', ')
  const sql = `insert into "${table}" (${names.map(quoted).join(', ')}) values (${places})`
  return { sql, values: Object.values(row) }
}

function update(table: string, key: string[], old: StoredRow, row: StoredRow): RowChange[] {
  const names = Object.keys(row).filter((name) => row[name] !== old[name])
  if (names.length === 0) return []
  const set = names.map((name) => `${quoted(name)} = ?`).join(', ')
  const values = [...names, ...key].map((name) => row[name] ?? null)
  return [{ sql: `update "${table}" set ${set} where ${whereKey(key)}`, values }]
}

function remove(table: string, key: string[], row: StoredRow): RowChange {
  const values = key.map((name) => row[name] ?? null)
  return { sql: `delete from "${table}" where ${whereKey(key)}`, values }
}

function whereKey(key: string[]): string {
  return key.map((name) => `${quoted(name)} = ?`).join(' and ')
}

function quoted(name: string): string {
  return `"${name}"`
}

function keyOf(database: BetterSqlite.Database, table: string): string[] {
  const sql = 'select name from pragma_table_info(?) where pk > 0 order by pk'
  return database
    .prepare<[string], { name: string }>(sql)
    .all(table)
    .map(({ name }) => name)
}

/** Referenced tables come first. */
function tablesInOrder(database: BetterSqlite.Database): string[] {
  const tables = database
    .prepare<[], { name: string }>(
      `select name from sqlite_master where type = 'table' and name not like 'sqlite_%'
        and name not like 'kysely_%' and name not like 'search_due%' and name not like '%_words%'
        and name not like '%_doc'`,
    )
    .all()
    .map(({ name }) => name)
  const references = database.prepare<[string], { table: string }>(
    'select distinct "table" from pragma_foreign_key_list(?)',
  )
  const ordered: string[] = []
  const visit = (table: string, path: readonly string[]): void => {
    if (ordered.includes(table) || path.includes(table)) return
    for (const { table: other } of references.all(table)) visit(other, [...path, table])
    ordered.push(table)
  }
  for (const table of tables) visit(table, [])
  return ordered
}
