import type { Compilable, CompiledQuery, QueryResult } from 'kysely'
import type { Db } from './schema.ts'

/** Stands for the value that `prepared` puts in at each run. */
class Placeholder {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

/** One stand-in per field of the parameters. */
export type Placeholders<P> = { readonly [K in keyof P]: P[K] }

/**
 * A statement whose SQL is built once and run many times with other values: for the few statements
 * of the hot path, where building costs more than running. `build` sees stand-ins, so it must not
 * look at values (no `if`, no lists, no `undefined`): every run has the same shape.
 */
export function prepared<P extends object, R>(
  build: (db: Db, params: Placeholders<P>) => Compilable<R>,
): (db: Db, params: P) => Promise<QueryResult<R>> {
  const compiledFor = new Map<unknown, CompiledQuery<R>>()
  return (db, params) => {
    const dialect = db.getExecutor().adapter.constructor
    let compiled = compiledFor.get(dialect)
    if (!compiled) {
      compiled = build(db, placeholders<P>()).compile()
      compiledFor.set(dialect, compiled)
    }
    const values = new Map(Object.entries(params))
    const parameters = compiled.parameters.map((value) =>
      value instanceof Placeholder ? (values.get(value.name) ?? null) : value,
    )
    return db.executeQuery({ ...compiled, parameters })
  }
}

function placeholders<P>(): Placeholders<P> {
  // oxlint-disable-next-line no-unsafe-type-assertion -- stand-ins take the place of values
  return new Proxy({}, { get: (_, name) => new Placeholder(String(name)) }) as Placeholders<P>
}

/**
 * The same for statements over rows of one shape: built once for each number of rows, so keep that
 * number small. Every row must have the keys of the first.
 */
export function preparedForRows<T extends object, R>(
  build: (db: Db, rows: T[]) => Compilable<R>,
): (db: Db, rows: T[]) => Promise<QueryResult<R>> {
  const bySize = new Map<number, (db: Db, params: object) => Promise<QueryResult<R>>>()
  return (db, rows) => {
    const columns = Object.keys(rows[0] ?? {})
    let statement = bySize.get(rows.length)
    if (!statement) {
      statement = prepared<object, R>((into) => build(into, placeholderRows<T>(rows, columns)))
      bySize.set(rows.length, statement)
    }
    return statement(db, Object.fromEntries(rows.flatMap((row, index) => cellsOf(row, index))))
  }
}

function placeholderRows<T>(rows: T[], columns: string[]): T[] {
  return rows.map((_, index) => {
    const row = columns.map((name) => [name, new Placeholder(`${name}#${index}`)])
    // oxlint-disable-next-line no-unsafe-type-assertion -- stand-ins take the place of values
    return Object.fromEntries(row) as T
  })
}

function cellsOf(row: object, index: number): [string, unknown][] {
  return Object.entries(row).map(([name, value]) => [`${name}#${index}`, value])
}
