import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely'
import { DatabaseError, type Pool, TypeOverrides } from 'pg'

const INT8 = 20

/** `count(*)` and the like come as INT8; ours stay far below 2^53. */
export const POSTGRES_TYPES = new TypeOverrides()
POSTGRES_TYPES.setTypeParser(INT8, Number)

/**
 * A server that accepts and says nothing is noticed within 10 s: at connecting by the first, later
 * by the third. The second, counted by the server, comes before it, so that a statement that is only
 * slow (or waits for a row) ends with an answer and its connection is kept.
 */
export const POSTGRES_LIMITS = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 7_000,
  query_timeout: 8_000,
  idle_in_transaction_session_timeout: 30_000,
  keepAlive: true,
  keepAliveInitialDelayMillis: 10_000,
} as const

/** A server that does not say goodbye in this time is left without. */
export const CLOSE_LIMIT_MS = 2_000

/**
 * The pool, except that a connection is destroyed when it failed in any way that the server did not
 * tell of itself: a query that timed out is still owed its answer, which the next user would wait
 * for. From then on every query on it fails at once with that first error. What broke one has broken
 * those that were open beside it, most likely: nobody gets them any more, to wait for each in turn.
 */
export function suspicious(pool: Pool): PostgresPool {
  const openedAt = new WeakMap<PostgresPoolClient, number>()
  let brokenAt = Number.NEGATIVE_INFINITY
  const onBroken = () => void (brokenAt = performance.now())
  pool.on('connect', (client) => void openedAt.set(client, performance.now()))
  return {
    options: pool.options,
    async connect() {
      for (;;) {
        // oxlint-disable-next-line no-await-in-loop -- at most as often as the pool is big
        const client = await pool.connect()
        if ((openedAt.get(client) ?? 0) > brokenAt) return untilBroken(client, onBroken)
        client.release(true)
      }
    },
    end: () => pool.end(),
  }
}

function untilBroken(client: PostgresPoolClient, onBroken: () => void): PostgresPoolClient {
  let brokenBy: Error | null = null
  async function query<R>(
    sql: string,
    parameters: readonly unknown[],
  ): Promise<PostgresQueryResult<R>> {
    if (brokenBy !== null) throw brokenBy
    try {
      return await client.query<R>(sql, parameters)
    } catch (error) {
      if (!(error instanceof DatabaseError)) {
        brokenBy = asError(error)
        onBroken()
      }
      throw error
    }
  }
  return {
    // oxlint-disable-next-line no-unsafe-type-assertion -- its other form needs a package for cursors
    query: query as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy === true || brokenBy !== null),
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown))
}
