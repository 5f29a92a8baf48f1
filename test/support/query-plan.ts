import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  SelectQueryNode,
  sql,
  SqliteAdapter,
  SqliteIntrospector,
} from 'kysely'
import { z } from 'zod'
import type { Db, Tables } from '../../server/db/schema.ts'
import { StablePlanCompiler } from '../../server/db/sqlite/query-compiler.ts'
import type { Database } from '../../server/db/transaction.ts'

/** A part of a plan that reads a whole table, or a whole index. */
export interface Scan {
  /** The table or its alias in the statement. */
  of: string
  /** Null where no index is used at all. */
  index: string | null
  sql: string
}

const nothing = async () => {}

/** What the stores really ask: selects run, everything else is only noted and changes nothing. */
export async function recordStatements(
  database: Database,
  ask: (db: Db) => Promise<unknown>,
): Promise<CompiledQuery[]> {
  const statements: CompiledQuery[] = []
  const connection: DatabaseConnection = {
    async executeQuery<R>(query: CompiledQuery) {
      statements.push(query)
      if (!SelectQueryNode.is(query.query)) return { rows: [] }
      return database.db.executeQuery<R>(CompiledQuery.raw(query.sql, [...query.parameters]))
    },
    async *streamQuery() {},
  }
  const isSqlite = database.dialect === 'sqlite'
  const db = new Kysely<Tables>({
    dialect: {
      createAdapter: () => (isSqlite ? new SqliteAdapter() : new PostgresAdapter()),
      createQueryCompiler: () =>
        isSqlite ? new StablePlanCompiler() : new PostgresQueryCompiler(),
      createIntrospector: (of) =>
        isSqlite ? new SqliteIntrospector(of) : new PostgresIntrospector(of),
      createDriver: () => ({
        init: nothing,
        acquireConnection: async () => connection,
        releaseConnection: nothing,
        beginTransaction: nothing,
        commitTransaction: nothing,
        rollbackTransaction: nothing,
        destroy: nothing,
      }),
    },
  })
  await ask(db)
  return statements
}

/** How a database would run a statement. */
export interface Plan {
  scans: Scan[]
  /** Names of the indexes in which something is looked up. */
  indexes: string[]
}

export function readPlan(database: Database, query: CompiledQuery): Promise<Plan> {
  return database.dialect === 'sqlite'
    ? planOnSqlite(database, query)
    : planOnPostgres(database, query)
}

async function planOnSqlite(database: Database, query: CompiledQuery): Promise<Plan> {
  const { rows } = await database.db.executeQuery<{ detail: string }>(
    CompiledQuery.raw(`explain query plan ${query.sql}`, [...query.parameters]),
  )
  const details = rows.map(({ detail }) => detail)
  // Rows that the statement itself has made, of tables that it read before.
  const made = details.flatMap(
    (detail) => /^(?:CO-ROUTINE|MATERIALIZE) (\S+)/.exec(detail)?.[1] ?? [],
  )
  return {
    scans: details.flatMap((detail) => {
      const found = /^SCAN (\S+)(?: USING (?:COVERING )?INDEX (\S+))?/.exec(detail)
      const of = found?.[1]
      if (!found || of === undefined || of === 'CONSTANT' || made.includes(of)) return []
      // words are looked up in the index that such a table is
      if (/ VIRTUAL TABLE INDEX \d+:.*M/.test(detail)) return []
      return [{ of, index: found[2] ?? null, sql: query.sql }]
    }),
    indexes: details.flatMap(
      (detail) => /^SEARCH .* USING (?:COVERING )?INDEX (\S+)/.exec(detail)?.[1] ?? [],
    ),
  }
}

interface PlanNode {
  'Node Type': string
  'Relation Name'?: string | undefined
  'Index Name'?: string | undefined
  'Index Cond'?: string | undefined
  Plans?: PlanNode[] | undefined
}

const planNode: z.ZodType<PlanNode> = z.object({
  'Node Type': z.string(),
  'Relation Name': z.string().optional(),
  'Index Name': z.string().optional(),
  'Index Cond': z.string().optional(),
  get Plans() {
    return z.array(planNode).optional()
  },
})
const explained = z.tuple([z.object({ 'QUERY PLAN': z.tuple([z.object({ Plan: planNode })]) })])

/**
 * Sequential scans, and the joins that live on them, are made to look dear: what is left of them is
 * what no index can replace, however few rows there are.
 */
async function planOnPostgres(database: Database, query: CompiledQuery): Promise<Plan> {
  const rows = await database.transaction(async ({ db }) => {
    for (const way of ['seqscan', 'hashjoin', 'mergejoin']) {
      await sql.raw(`set local enable_${way} = off`).execute(db)
    }
    const explain = CompiledQuery.raw(`explain (format json) ${query.sql}`, [...query.parameters])
    return (await db.executeQuery(explain)).rows
  })
  const [{ 'QUERY PLAN': plans }] = explained.parse(rows)
  const nodes = nodesOf(plans[0].Plan)
  return {
    scans: nodes.filter(isScan).map((node) => {
      const index = node['Index Name'] ?? null
      return { of: node['Relation Name'] ?? index ?? '', index, sql: query.sql }
    }),
    indexes: nodes.flatMap((node) => (isScan(node) ? [] : (node['Index Name'] ?? []))),
  }
}

/** Nothing is looked up: the whole table or a whole index is read. */
function isScan(node: PlanNode): boolean {
  const type = node['Node Type']
  if (type === 'Seq Scan') return true
  return /Index (Only )?Scan$/.test(type) && node['Index Cond'] === undefined
}

function nodesOf(node: PlanNode): PlanNode[] {
  return [node, ...(node.Plans ?? []).flatMap(nodesOf)]
}
