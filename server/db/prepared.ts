import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Db } from './schema.ts'

/** Stands for the value that is put in at each run; `row` counts from 0 where there are many. */
class Placeholder {
  readonly name: string
  readonly row: number
  constructor(name: string, row: number) {
    this.name = name
    this.row = row
  }
}

/** One stand-in per field of the parameters. */
export type Placeholders<P> = { readonly [K in keyof P]: P[K] }

type RunStatement = (query: CompiledQuery) => QueryResult<unknown> | Promise<QueryResult<unknown>>

/** How to run a built statement on a database without Kysely's layers in between. */
const shortcuts = new WeakMap<Db, RunStatement>()

/** Prepared statements on `db` run by this from now on, for drivers where the layers cost more. */
export function runPreparedBy(db: Db, shortcut: RunStatement): void {
  shortcuts.set(db, shortcut)
}

/**
 * A statement whose SQL is built once and run many times with other values: for the few statements
 * of the hot path, where building costs more than running. `build` sees stand-ins, so it must not
 * look at values (no `if`, no lists, no `undefined`): every run has the same shape.
 */
export function prepared<P extends object, R>(
  build: (db: Db, params: Placeholders<P>) => Compilable<R>,
): (db: Db, params: P) => Promise<QueryResult<R>> {
  const statement = builtOnce((db) => build(db, placeholders<P>(0)))
  return async (db, params) => {
    const cells = cellsOf(params)
    return run<R>(db, statement(db), ({ name }) => cells[name])
  }
}

/** Rows in one statement of `preparedForRows`: each number of rows up to this is built once. */
const ROWS_PER_STATEMENT = 50

/** Rows in parts that one prepared statement takes; none when there are none. */
export function inParts<T>(rows: readonly T[]): T[][] {
  const parts: T[][] = []
  for (let from = 0; from < rows.length; from += ROWS_PER_STATEMENT) {
    parts.push(rows.slice(from, from + ROWS_PER_STATEMENT))
  }
  return parts
}

/**
 * The same for statements over rows of one shape: built once for each number of rows, so give it the
 * parts of `inParts`. Every row must have the keys of the first.
 */
export function preparedForRows<T extends object, R>(
  build: (db: Db, rows: T[]) => Compilable<R>,
): (db: Db, rows: T[]) => Promise<QueryResult<R>> {
  const bySize = new Map<number, (db: Db) => CompiledQuery<R>>()
  return async (db, rows) => {
    let statement = bySize.get(rows.length)
    if (!statement) {
      const columns = Object.keys(rows[0] ?? {})
      const size = rows.length
      statement = builtOnce((into) => build(into, placeholderRows<T>(size, columns)))
      bySize.set(size, statement)
    }
    const cells = rows.map(cellsOf)
    return run<R>(db, statement(db), ({ name, row }) => cells[row]?.[name])
  }
}

/** The same for one row whose columns are written as they come. */
export function preparedForRow<T extends object, R>(
  build: (db: Db, row: T) => Compilable<R>,
): (db: Db, row: T) => Promise<QueryResult<R>> {
  const statement = preparedForRows<T, R>((db, [row]) => {
    if (row === undefined) throw new Error('a statement for a row was built without one')
    return build(db, row)
  })
  return (db, row) => statement(db, [row])
}

/** The same for a row of which only some columns are given: built once for each choice of them. */
export function preparedForColumns<T extends object, R>(
  build: (db: Db, row: T) => Compilable<R>,
): (db: Db, row: T) => Promise<QueryResult<R>> {
  const byColumns = new Map<string, (db: Db, row: T) => Promise<QueryResult<R>>>()
  return (db, row) => {
    const columns = Object.keys(row).join()
    const known = byColumns.get(columns) ?? preparedForRow(build)
    byColumns.set(columns, known)
    return known(db, row)
  }
}

/** Compiles at the first run on each dialect. */
function builtOnce<R>(build: (db: Db) => Compilable<R>): (db: Db) => CompiledQuery<R> {
  const compiledFor = new Map<unknown, CompiledQuery<R>>()
  return (db) => {
    const dialect = db.getExecutor().adapter.constructor
    let compiled = compiledFor.get(dialect)
    if (!compiled) {
      compiled = build(db).compile()
      compiledFor.set(dialect, compiled)
    }
    return compiled
  }
}

async function run<R>(
  db: Db,
  compiled: CompiledQuery<R>,
  valueOf: (placeholder: Placeholder) => unknown,
): Promise<QueryResult<R>> {
  const parameters = compiled.parameters.map((value) =>
    value instanceof Placeholder ? (valueOf(value) ?? null) : value,
  )
  const query = { ...compiled, parameters }
  const shortcut = shortcuts.get(db)
  if (!shortcut) return db.executeQuery(query)
  // oxlint-disable-next-line no-unsafe-type-assertion -- what a row is, the query's types say
  return (await shortcut(query)) as QueryResult<R>
}

function cellsOf(row: object): Record<string, unknown> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- any object may be asked for its fields
  return row as Record<string, unknown>
}

function placeholders<P>(row: number): Placeholders<P> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- stand-ins take the place of values
  return new Proxy({}, { get: (_, name) => new Placeholder(String(name), row) }) as Placeholders<P>
}

function placeholderRows<T>(size: number, columns: string[]): T[] {
  return Array.from({ length: size }, (_, index) => {
    const row = columns.map((name) => [name, new Placeholder(name, index)])
    // oxlint-disable-next-line no-unsafe-type-assertion -- stand-ins take the place of values
    return Object.fromEntries(row) as T
  })
}
